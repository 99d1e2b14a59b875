// What a reader of a comparison must be told before believing it.

import type {Comparison, ComparisonRow} from './comparison.ts';
import {figureText, isFigure} from './figure-name.ts';
import type {Observation} from './observation.ts';

export function warningsOf(
  comparison: Omit<Comparison, 'warnings'>,
  {observations, unsettled}: {observations: readonly Observation[]; unsettled: readonly string[]},
): string[] {
  const warnings = [
    missingPrimary(comparison),
    interrupted(observations),
    ...comparison.variants.map(({index, name}) => sameRuns(index, name, observations)),
    notSettled(comparison, unsettled),
    ...tooShort(comparison),
    pairing(comparison),
  ];
  return warnings.filter(warning => warning !== undefined);
}

function missingPrimary({primary, rows}: Pick<Comparison, 'primary' | 'rows'>) {
  if (primary === undefined || rows.some(row => isFigure(row, primary))) return undefined;
  const objects = rows.filter(({metric}) => metric === primary.metric).map(({object}) => object);
  const known = [...new Set(objects)].map(object => figureText({...primary, object}));
  const which = known.length === 0 ? '' : `; there is ${known.slice(0, 5).join(', ')}`;
  return `no run has the figure that decides, ${figureText(primary)}${which}`;
}

function interrupted(observations: readonly Observation[]): string | undefined {
  const count = observations.filter(({complete}) => !complete).length;
  return count === 0 ? undefined : `${count} of ${observations.length} runs did not end: left out`;
}

/** The figure that decides, or where none does all of them. */
function notSettled({primary}: Pick<Comparison, 'primary'>, unsettled: readonly string[]) {
  const name = primary && figureText(primary);
  const told = unsettled.filter(each => name === undefined || each === name);
  if (told.length === 0) return undefined;
  return `not settled by the middle of the run: ${told.join(', ')}; a longer run has more to tell`;
}

function tooShort({rows, primary, variants}: Omit<Comparison, 'warnings'>): string[] {
  const correlated = rows.filter(
    row => row.method.startsWith('correlated') && (primary === undefined || isFigure(row, primary)),
  );
  return correlated.map(
    row =>
      `the one run of ${variants[row.variant].name} is too short for an interval of ${figureText(row)}: its values hang together; make it longer, or play replications`,
  );
}

/** Many runs without any chance in them are one run. */
function sameRuns(index: number, name: string, observations: readonly Observation[]) {
  const runs = observations.filter(({variant}) => variant === index);
  const prints = new Set(runs.map(({fingerprint}) => fingerprint));
  if (runs.length < 2 || prints.size > 1) return undefined;
  return `all ${runs.length} runs of ${name} are the same run: nothing in it is left to chance`;
}

/** Above 1 the runs of a pair are further apart than strangers: pairing makes intervals wider. */
function pairing({rows, primary, variants}: Omit<Comparison, 'warnings'>): string | undefined {
  const judged = rows.filter(({varianceRatio}) => varianceRatio !== undefined);
  const first = judged.filter(row => primary !== undefined && isFigure(row, primary));
  const harmed = (first.length > 0 ? first : judged).filter(hasRatioAboveOne);
  if (harmed.length === 0) return undefined;
  const worst = harmed.reduce((one, other) => (ratioOf(other) > ratioOf(one) ? other : one));
  const where = `${figureText(worst)} of ${variants[worst.variant].name}`;
  const many = first.length > 0 ? '' : `, and on ${harmed.length} of ${judged.length} differences`;
  return `pairing by replication does not help on ${where}: the variance of its differences is ${ratioOf(worst).toFixed(2)} times that of independent runs${many}`;
}

function hasRatioAboveOne(row: ComparisonRow): boolean {
  return ratioOf(row) > 1;
}

function ratioOf({varianceRatio = 0}: ComparisonRow): number {
  return varianceRatio;
}
