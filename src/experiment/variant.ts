// One of the scenarios that a comparison holds against one another: the scenario's file with a few
// values set. Its name says what sets it apart, in as few words as are unambiguous.

export type VariedPath = {
  /** As typed: `cluster.nodes[0].count`. */
  readonly path: string;
  /** As typed, YAML each. */
  readonly values: readonly string[];
};

export type Variant = {
  readonly index: number;
  /** `profile=default,count=80` */
  readonly name: string;
  readonly settings: readonly {readonly path: string; readonly value: string}[];
};

/**
 * Every combination, the last path changing fastest. Without paths: the scenario as it is. A value
 * may be there twice: a strategy against itself shows what a comparison makes of nothing.
 */
export function variantsOf(varied: readonly VariedPath[]): Variant[] {
  const names = shortNames(varied.map(({path}) => path));
  let combinations: Variant['settings'][] = [[]];
  for (const {path, values} of varied) {
    combinations = combinations.flatMap(before => values.map(value => [...before, {path, value}]));
  }
  const given = new Map<string, number>();
  return combinations.map((settings, index) => {
    const name = settings.map(({value}, i) => `${names[i]}=${value}`).join(',') || 'as written';
    const times = (given.get(name) ?? 0) + 1;
    given.set(name, times);
    return {index, name: times === 1 ? name : `${name} (${times})`, settings};
  });
}

/** As `--set` takes them. */
export function settingsOf({settings}: Variant): string[] {
  return settings.map(({path, value}) => `${path}=${value}`);
}

/** The shortest end of each path that no other path ends with, or all of it. */
function shortNames(paths: readonly string[]): string[] {
  const steps = paths.map(stepsOf);
  return paths.map((path, i) => {
    for (let length = 1; length < steps[i].length; length++) {
      const end = steps[i].slice(-length).join('.');
      const others = steps.filter((_, other) => other !== i);
      if (others.every(other => other.slice(-length).join('.') !== end)) return end;
    }
    return path;
  });
}

/** A list's index stays with the list: `nodes[0]`. */
function stepsOf(path: string): string[] {
  return path.match(/(?:[^.[\]]|\["[^"]*"\]|\[\d+\])+/g) ?? [path];
}
