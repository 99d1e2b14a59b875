// Runs an oracle file, each of its oracles against what its family does for it.

import {chiSquareP, mean} from '../support/statistics.ts';
import {callFamilies} from './call-families.ts';
import {choiceFamilies} from './choice-families.ts';
import {closedFamily} from './closed-family.ts';
import {doorFamily} from './door-family.ts';
import type {FamilyGroup} from './families.ts';
import type {Figure} from './figure.ts';
import {healthCheckFamily} from './health-check-family.ts';
import {lastNode} from './last-node.ts';
import {nodeFamilies} from './node-families.ts';
import {type KnownOracle, readOracles} from './oracle-file.ts';
import {queueFamilies} from './queue-families.ts';
import {raceFamily} from './race-family.ts';
import {rolloutFamily} from './rollout-family.ts';
import {ruleFamilies} from './rule-families.ts';
import {synFamily} from './syn-family.ts';
import {syncFamily} from './sync-family.ts';
import {uniformFamilies} from './uniform-families.ts';

const groups: readonly FamilyGroup[] = [
  nodeFamilies,
  rolloutFamily,
  queueFamilies,
  choiceFamilies,
  callFamilies,
  closedFamily,
  uniformFamilies,
  doorFamily,
  ruleFamilies,
  syncFamily,
  healthCheckFamily,
  synFamily,
  lastNode,
  raceFamily,
];
const familyNames = groups.flatMap(({names}) => names);

export type Answer = {
  readonly id: string;
  readonly figures: readonly Figure[];
  /** Why nothing could be said of it. */
  readonly trouble?: string;
};

export async function runOracles(
  text: string,
  answered: (answer: Answer) => void,
  /** Of the ids of those that are run. */
  beginning = '',
): Promise<{readonly answers: readonly Answer[]; readonly others: readonly string[]}> {
  const {known, others} = readOracles(text, familyNames);
  const answers: Answer[] = [];
  for (const [index, each] of known.entries()) {
    if (!each.oracle.id.startsWith(beginning)) continue;
    const answer = await answerOf(each, index + 1);
    answers.push(answer);
    answered(answer);
  }
  return {answers, others};
}

async function answerOf(known: KnownOracle, seed: number): Promise<Answer> {
  const {id} = known.oracle;
  const group = groups.find(({names}) => names.includes(known.family));
  try {
    const figures = (await group?.figures(known, seed)) ?? [];
    if (figures.length > 0) return {id, figures};
    return {id, figures, trouble: 'none of its expected figures is known here'};
  } catch (error) {
    return {id, figures: [], trouble: error instanceof Error ? error.message : String(error)};
  }
}

/** The scenarios that are run for one oracle; `undefined` if there is no such oracle. */
export function scenariosFor(text: string, id: string): readonly string[] | undefined {
  const {known} = readOracles(text, familyNames);
  const index = known.findIndex(({oracle}) => oracle.id === id);
  if (index < 0) return undefined;
  const {family} = known[index];
  const group = groups.find(({names}) => names.includes(family));
  return group?.scenarios?.(known[index], index + 1) ?? [];
}

export type Together = {readonly runs: number; readonly bias: number; readonly chance: number};

/**
 * Whether the runs' deviations look like chance, all together. Figures of one run hang together, so
 * each run counts with one, the least certain. `bias`: the sum of deviations in standard errors;
 * `chance`: of the deviations to fall into quarters of the normal law as unevenly as they do.
 */
export function together(answers: readonly Answer[]): Together {
  const deviations = answers.flatMap(({figures}) => {
    const uncertain = figures.filter(({z}) => z !== undefined);
    uncertain.sort((a, b) => b.halfWidth / b.expected - a.halfWidth / a.expected);
    return uncertain[0]?.z ?? [];
  });
  const quarters = [0, 0, 0, 0];
  for (const z of deviations) quarters[z < -0.6745 ? 0 : z < 0 ? 1 : z < 0.6745 ? 2 : 3]++;
  const runs = deviations.length;
  if (runs === 0) return {runs, bias: 0, chance: 1};
  const even = quarters.map(() => runs / 4);
  return {
    runs,
    bias: mean(deviations) * Math.sqrt(runs),
    chance: chiSquareP(quarters, even),
  };
}

export function looksLikeChance({bias, chance}: Together): boolean {
  return Math.abs(bias) <= 3.3 && chance >= 0.001;
}
