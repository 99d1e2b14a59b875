// Each zone's part of the cpu of all nodes, as far as they can take traffic
// (es:topologycache/topologycache.go, SetNodes). One node that does not say its zone or its cpu
// makes all of it unknown.

import type {NodeObject} from '../objects/node-spec.ts';
import {zoneLabel} from '../objects/node-targets.ts';
import type {ZoneShares} from '../objects/topology-hints.ts';

export function zoneShares(nodes: Iterable<NodeObject>): ZoneShares | undefined {
  const cpu = new Map<string, number>();
  let total = 0;
  for (const node of nodes) {
    if (!isCounted(node)) continue;
    const zone = node.labels.get(zoneLabel);
    const own = node.allocatable.get('cpu') ?? 0;
    if (!zone || own === 0) return undefined;
    cpu.set(zone, own + (cpu.get(zone) ?? 0));
    total += own;
  }
  const zones = [...cpu.keys()].sort();
  return new Map(zones.map(zone => [zone, (cpu.get(zone) ?? 0) / total]));
}

function isCounted({labels, conditions}: NodeObject): boolean {
  const master =
    labels.has('node-role.kubernetes.io/control-plane') ||
    labels.has('node-role.kubernetes.io/master');
  return conditions.ready === 'True' && !master;
}

/** Whether the parts may differ between the two. */
export function sharesChange(one: NodeObject | undefined, other: NodeObject | undefined): boolean {
  if (one === undefined || other === undefined) return one !== other;
  return (
    one.conditions.ready !== other.conditions.ready ||
    one.labels.get(zoneLabel) !== other.labels.get(zoneLabel) ||
    one.allocatable.get('cpu') !== other.allocatable.get('cpu')
  );
}
