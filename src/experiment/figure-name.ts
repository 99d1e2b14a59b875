// What a figure is called: a metric, and of what where it is not of the whole run. Both apart in
// tables, together on the command line: `availability:default/web`.

export type FigureName = {readonly metric: string; readonly object: string};

export function figureText({metric, object}: FigureName): string {
  return object === '' ? metric : `${metric}:${object}`;
}

export function isFigure(one: FigureName, other: FigureName | undefined): boolean {
  return one.metric === other?.metric && one.object === other.object;
}
