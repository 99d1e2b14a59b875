// A zone or a rack fails as a whole: all its nodes and masters at once, and back together.

import * as z from 'zod';
import type {Cut} from '../machines/partitions.ts';
import {choiceOf} from '../options/choice.ts';
import {defineFault, type FaultDefinition} from './define-fault.ts';
import type {FaultWorld} from './fault-world.ts';
import {at} from './known-targets.ts';
import {givePower, type MachinePart, takePower} from './power.ts';

type Part = MachinePart | {readonly type: 'link'; readonly cut: Cut};

export function definePlaceFault(place: 'zone' | 'rack'): FaultDefinition {
  const placeOf = (options: object) => String(options[place as keyof typeof options]);
  return defineFault({
    kind: `${place}-outage`,
    options: {
      [place]: z.string().min(1).describe('its name; all its nodes and masters fail together'),
      what: choiceOf(['power', 'link'])
        .default('power')
        .describe('power: its machines stop; link: they run on, cut off from all others'),
    },
    mistakes: (options, known) => at(place, known[place](placeOf(options))),
    action: {
      things: options => [placeOf(options)],
      nameOf: name => `${place}/${name}`,
      partsOf: (name, {what}, world) =>
        what === 'link' ? [linkOf(place, name, world)] : machinesOf(place, name, world),
      take: (part: Part, _options, world) =>
        part.type === 'link' ? world.partitions.cut(part.cut) : takePower(part, world),
      release: (part, _options, world) =>
        part.type === 'link' ? world.partitions.heal(part.cut) : givePower(part, world),
    },
  });
}

function linkOf(place: 'zone' | 'rack', name: string, world: FaultWorld): Part {
  const machines = machinesOf(place, name, world);
  const nodes = machines.flatMap(part => (part.type === 'node' ? [part.id] : []));
  const masters = machines.flatMap(part => (part.type === 'master' ? [part.id] : []));
  return {type: 'link', cut: {from: {nodes, masters}, to: undefined, way: 'both'}};
}

/** Masters that stand on a node are there with it. */
function machinesOf(
  place: 'zone' | 'rack',
  name: string,
  {machines, masters, store}: FaultWorld,
): MachinePart[] {
  const nodes = [...store.nodes.all()].filter(([id]) => machines[place](id) === name);
  const own = [...masters.all()].filter(
    ([, master]) => master.node === undefined && master[place] === name,
  );
  return [
    ...nodes.map(([id]) => ({type: 'node', id}) as const),
    ...own.map(([id]) => ({type: 'master', id}) as const),
  ];
}
