// Whether somebody can ever call as an entry of `traffic` says: pods that there may be, and options
// that mean something of callers there.

import type {TrafficEntry} from '../network/traffic/traffic-options.ts';
import {labelsMatch} from '../objects/labels.ts';
import {didYouMean} from '../options/nearest.ts';
import type {PodTarget} from '../options/pod-target.ts';
import {show} from '../options/show.ts';
import {KnownNodes} from './known-nodes.ts';
import {podMistakes} from './known-pods.ts';
import type {Notebook} from './notebook.ts';
import type {TrafficParts} from './traffic-check.ts';
import type {Path} from './yaml-document.ts';

export function checkCallers(
  entry: TrafficEntry,
  path: Path,
  parts: TrafficParts,
  notebook: Notebook,
): void {
  const {from, namespace} = entry;
  for (const key of ['via', 'source'] as const) {
    if (entry[key] === undefined || from === 'outside') continue;
    notebook.error([...path, key], 'only of callers from outside');
  }
  if (typeof from === 'string') return;
  const own = [...path, 'from'];
  if (from.type === 'some' && from.amount !== undefined) {
    notebook.error(own, 'expected no count or percent: all pods that fit call');
  }
  const {nodes, objects} = parts;
  const mistakes = podMistakes(from, namespace, {nodes: new KnownNodes(nodes), objects});
  for (const mistake of mistakes) notebook.error([...own, ...mistake.path], mistake.message);
  const nobody = mistakes.length > 0 ? undefined : nobodyMeant(from, namespace, parts);
  if (nobody !== undefined) notebook.warn(own, nobody);
}

function nobodyMeant(
  target: PodTarget,
  namespace: string,
  {templates, objects, sections}: TrafficParts,
): string | undefined {
  const where = namespace === 'default' ? '' : ` in namespace ${namespace}`;
  if (target.type === 'some') {
    const {selector} = target.fitting;
    const isMeant = templates.some(
      ({template}) =>
        template.namespace === namespace &&
        (selector === undefined || labelsMatch(selector, template.labels)),
    );
    return isMeant ? undefined : `there is no pod${where} that this means`;
  }
  const {name} = target;
  const all = objects.filter(each => each.namespace === namespace);
  const pods = all.filter(({kind}) => kind === 'Pod').map(each => each.name);
  const makers = [...all, ...(sections.workload ?? [])].map(each => each.name);
  // Controllers and workloads call theirs NAME-….
  if (pods.includes(name) || makers.some(maker => name.startsWith(`${maker}-`))) return undefined;
  const workloads = all.map(each => `${each.kind.toLowerCase()}/${each.name}`);
  const hint = didYouMean(name, ['outside', 'nodes', ...pods, ...workloads]);
  return `no pod ${show(name)}${where} among the scenario's objects${hint}`;
}
