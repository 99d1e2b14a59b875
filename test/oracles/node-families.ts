// The families about things that fail and are repaired: one thing, k of n, with few repair crews.

import type {Seen} from './failing-nodes.ts';
import {type FailingNodes, failingNodesText, watchFailingNodes} from './failing-nodes.ts';
import type {FamilyGroup} from './families.ts';
import {estimated, type Figure, runsWanted} from './figure.ts';
import {type KnownOracle, type Oracle, parameter} from './oracle-file.ts';

export const nodeFamilies: FamilyGroup = {
  names: ['avail', 'kofn-repair', 'kofn', 'machine-repair'],
  figures: nodeFigures,
  scenarios: (known, seed) => {
    const model = modelOf(known);
    return [failingNodesText({...model, seed, horizon: horizonOf(few, model)})];
  },
};

type Model = Omit<FailingNodes, 'horizon' | 'seed'>;

/** Failures to be seen in a first run, and at most: replicas make each of them dearer. */
const few = 20_000;
const most = ({replicas}: Model) => (replicas ? 400_000 : 8_000_000);

async function nodeFigures(
  {family, oracle}: KnownOracle,
  seed: number,
): Promise<readonly Figure[]> {
  const model = modelOf({family, oracle});
  for (let failures = few; ; ) {
    const figures = await figuresAfter(failures, {...model, seed}, oracle);
    const wanted = Math.max(...figures.map(runsWanted));
    if (wanted <= 1 || failures >= most(model)) return figures;
    failures = Math.min(most(model), failures * 1.3 * wanted);
  }
}

async function figuresAfter(
  failures: number,
  model: Model & {readonly seed: number},
  oracle: Oracle,
): Promise<readonly Figure[]> {
  const horizon = horizonOf(failures, model);
  const seen = await watchFailingNodes({...model, horizon});
  return Object.entries(oracle.expected).flatMap(([name, expected]) =>
    typeof expected === 'number' ? [figureOf(name, expected, {seen, model, horizon})] : [],
  );
}

function horizonOf(failures: number, model: Model): number {
  const {nodes, meanUp, meanDown, crews = nodes} = model;
  // Repairs may be what there is too little of.
  const rate = Math.min(nodes / (meanUp + meanDown), crews / meanDown);
  return Math.max(100, Math.ceil(failures / rate));
}

function modelOf({family, oracle}: KnownOracle): Model {
  const all = (name: string) => parameter(oracle, name);
  switch (family) {
    case 'avail': {
      const model = {meanUp: all('mtbf'), meanDown: all('mttr')};
      return {...model, nodes: 10, crews: undefined, replicas: false};
    }
    case 'kofn': {
      const up = all('A');
      const model = {nodes: all('n'), meanUp: up / (1 - up), meanDown: 1};
      return {...model, crews: undefined, replicas: true};
    }
    case 'kofn-repair': {
      const model = {meanUp: 1 / all('failRate'), meanDown: 1 / all('repairRate')};
      return {...model, nodes: all('n'), crews: all('crews'), replicas: true};
    }
    default: {
      const model = {meanUp: 1 / all('lam'), meanDown: 1 / all('mu')};
      return {...model, nodes: all('N'), crews: all('c'), replicas: false};
    }
  }
}

function figureOf(
  name: string,
  expected: number,
  {seen, model, horizon}: {seen: Seen; model: Model; horizon: number},
): Figure {
  const {nodes} = model;
  const {levels, shares, repairs, repairTimes} = seen;
  const share = (from: number, to: number) => {
    const sample = shares.map(batch => batch.slice(from, to + 1).reduce((sum, x) => sum + x, 0));
    return estimated(name, expected, {sample, stretches: stretches(levels.entries, {from, to})});
  };
  const meanUp = shares.map(batch => batch.reduce((sum, part, up) => sum + part * up, 0));
  const often = {stretches: Infinity};
  const atLeast = /^k(\d+)$/.exec(name);
  if (atLeast !== null) return share(Number(atLeast[1]), nodes);
  const length = horizon / shares.length;
  switch (name) {
    case 'A':
    case 'meanUpFraction':
      return estimated(name, expected, {sample: meanUp.map(up => up / nodes), ...often});
    case 'meanAtServer':
      return estimated(name, expected, {sample: meanUp.map(up => nodes - up), ...often});
    case 'throughput':
      return estimated(name, expected, {sample: repairs.map(n => n / length), ...often});
    case 'R':
      return estimated(name, expected, {
        sample: repairTimes.map((time, i) => time / repairs[i]),
        ...often,
      });
    case 'PallUp':
      return share(nodes, nodes);
    case 'PallDown':
      return share(0, 0);
    default:
      throw new Error(`this program does not know the figure ${name}`);
  }
}

/** How often the number up came into the range, or left it, whichever is rarer. */
function stretches(entries: Float64Array, {from, to}: {from: number; to: number}): number {
  // Numbers change by one, so what comes in comes over an edge of the range, and goes out over it.
  const edges = [
    from > 0 ? Math.min(entries[from - 1], entries[from]) : Infinity,
    to < entries.length - 1 ? Math.min(entries[to + 1], entries[to]) : Infinity,
  ];
  const finite = edges.filter(count => count < Infinity);
  return finite.length === 0 ? 0 : finite.reduce((sum, count) => sum + count, 0);
}
