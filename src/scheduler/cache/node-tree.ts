// The order in which nodes are looked at: the zones in turn, each giving its next node
// (kube-scheduler's nodeTree, pkg/scheduler/backend/cache/node_tree.go).

import type {Labels} from '../../objects/labels.ts';

type Located = {readonly name: string; readonly labels: Labels};

export class NodeTree {
  /** Zones by first appearance, the names in each by arrival. */
  readonly #zones = new Map<string, Set<string>>();

  add(node: Located): void {
    const zone = zoneKey(node.labels);
    const names = this.#zones.get(zone);
    if (names === undefined) this.#zones.set(zone, new Set([node.name]));
    else names.add(node.name);
  }

  /** A zone without nodes is forgotten: it comes last if it appears again. */
  remove(node: Located): void {
    const zone = zoneKey(node.labels);
    const names = this.#zones.get(zone);
    names?.delete(node.name);
    if (names?.size === 0) this.#zones.delete(zone);
  }

  /** A node that changed its zone goes to the end of the new one. True when the order changed. */
  update(before: Located, after: Located): boolean {
    if (zoneKey(before.labels) === zoneKey(after.labels)) return false;
    this.remove(before);
    this.add(after);
    return true;
  }

  list(): string[] {
    const zones = [...this.#zones.values()].map(names => [...names]);
    const longest = zones.reduce((most, names) => Math.max(most, names.length), 0);
    const order: string[] = [];
    for (let turn = 0; turn < longest; turn++) {
      for (const names of zones) {
        if (turn < names.length) order.push(names[turn]);
      }
    }
    return order;
  }
}

// As GetZoneKey: the labels of before Kubernetes 1.17 win where they are present. A zone's name
// counts within its region only; the separator cannot stand in a label value.
function zoneKey(labels: Labels): string {
  const region =
    labels.get('failure-domain.beta.kubernetes.io/region') ??
    labels.get('topology.kubernetes.io/region') ??
    '';
  const zone =
    labels.get('failure-domain.beta.kubernetes.io/zone') ??
    labels.get('topology.kubernetes.io/zone') ??
    '';
  return `${region}/${zone}`;
}
