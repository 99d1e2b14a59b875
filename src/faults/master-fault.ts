// A fault on masters, each for itself: what all of them share.

import type {RandomStream} from '../engine/random.ts';
import type {MasterId, Masters} from '../machines/masters.ts';
import {someOf} from '../objects/node-targets.ts';
import {type Target, target} from '../options/target.ts';
import {defineFault, type FaultDefinition} from './define-fault.ts';
import type {FaultWorld} from './fault-world.ts';
import {at} from './known-targets.ts';

type OnMaster = (master: MasterId, world: FaultWorld) => void;

export function defineMasterFault(definition: {
  readonly kind: string;
  readonly take: OnMaster;
  readonly release: OnMaster;
}): FaultDefinition {
  const {kind, take, release} = definition;
  return defineFault({
    kind,
    options: {master: target().describe('which: a name, or {zone, rack} with count or percent')},
    mistakes: ({master}, known) => at('master', known.masters(master as Target)),
    action: {
      things: ({master}, {masters}, random) => mastersMeant(master as Target, masters, random),
      nameOf: (master, {masters}) => masterName(master, masters),
      partsOf: master => [master],
      take: (master, _options, world) => take(master, world),
      release: (master, _options, world) => release(master, world),
      remains: (master, {masters}) => masters.get(master) !== undefined,
    },
  });
}

export function masterName(master: MasterId, masters: Masters): string {
  return `master/${masters.get(master)?.name ?? master}`;
}

export function mastersMeant(
  meant: Target,
  masters: Masters,
  random: () => RandomStream,
): MasterId[] {
  const fitting = [...masters.all()].filter(([, master]) =>
    meant.type === 'one'
      ? master.name === meant.name
      : (meant.names === undefined || meant.names.includes(master.name)) &&
        (meant.zone === undefined || meant.zone === master.zone) &&
        (meant.rack === undefined || meant.rack === master.rack),
  );
  const ids = fitting.map(([id]) => id);
  return someOf(ids, meant.type === 'one' ? undefined : meant.amount, random);
}
