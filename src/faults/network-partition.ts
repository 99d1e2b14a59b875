// Two groups of machines do not reach one another, or one does not reach the other. Others reach
// both.

import type {RandomStream} from '../engine/random.ts';
import type {Cut, Side} from '../machines/partitions.ts';
import {nodesMeant} from '../objects/node-targets.ts';
import {choiceOf} from '../options/choice.ts';
import {type Target, target} from '../options/target.ts';
import {defineFault} from './define-fault.ts';
import type {FaultWorld} from './fault-world.ts';
import {at} from './known-targets.ts';
import {mastersMeant} from './master-fault.ts';
import {namesOf} from './strike.ts';

export const networkPartition = defineFault({
  kind: 'network-partition',
  options: {
    between: target().describe(
      'one side: a node or master, masters (all of them), or a group; a zone or rack has its masters too',
    ),
    and: target().optional().describe('the other side; all other machines unless written'),
    way: choiceOf(['both', 'forth', 'back'])
      .default('both')
      .describe(
        'what is lost: all, what goes from the first side to the second, or what comes back',
      ),
  },
  mistakes: ({between, and}, known) => [
    ...at('between', known.machines(between)),
    ...at('and', and === undefined ? [] : known.machines(and)),
  ],
  action: {
    things({between, and, way}, world, random): Cut[] {
      const from = sideOf(between, world, random);
      const to = and && sideOf(and, world, random);
      return isEmpty(from) || (to && isEmpty(to)) ? [] : [{from, to, way: way ?? 'both'}];
    },
    nameOf: ({from, to, way}, world) =>
      [textOf(from, world), arrows[way], to === undefined ? 'all others' : textOf(to, world)].join(
        ' ',
      ),
    partsOf: cut => [cut],
    take: (cut, _options, {partitions}) => partitions.cut(cut),
    release: (cut, _options, {partitions}) => partitions.heal(cut),
  },
});

const arrows = {both: '|', forth: '|>', back: '<|'} as const;

function sideOf(meant: Target, world: FaultWorld, random: () => RandomStream): Side {
  if (meant.type === 'one') return sideNamed(new Set([meant.name]), world);
  if (meant.names !== undefined) return sideNamed(new Set(meant.names), world);
  const {store, masters} = world;
  const nodes = nodesMeant(meant, store.nodes, random);
  const whole = meant.selector === undefined && meant.pool === undefined;
  return {
    nodes,
    masters: whole && meant.amount === undefined ? mastersMeant(meant, masters, random) : [],
  };
}

/** A node that is a master's machine, too, counts as a node. */
function sideNamed(names: ReadonlySet<string>, {store, masters}: FaultWorld): Side {
  const all = names.has('masters');
  const fitting = [...masters.all()].filter(([, {name}]) => {
    return all || (names.has(name) && store.nodes.id(name) === undefined);
  });
  return {
    nodes: [...names].flatMap(name => store.nodes.id(name) ?? []),
    masters: fitting.map(([id]) => id),
  };
}

function isEmpty({nodes, masters}: Side): boolean {
  return nodes.length + masters.length === 0;
}

function textOf({nodes, masters}: Side, world: FaultWorld): string {
  return namesOf([
    ...nodes.map(node => `node/${world.store.nodes.nameOf(node)}`),
    ...masters.map(master => `master/${world.masters.get(master)?.name}`),
  ]);
}
