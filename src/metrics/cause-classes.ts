// The few words for what takes workloads down (`class` of outages.csv), by the kind of its cause.

import type {NewCause} from '../objects/causes.ts';

export type CauseClass =
  | 'node'
  | 'container'
  | 'image'
  | 'configuration'
  | 'control-plane'
  | 'network'
  | 'rollout'
  | 'maintenance'
  | 'operator'
  | 'other';

/** The cause is not of these where there is none, or it only let something begin. */
export type OutageClass = CauseClass | 'start' | 'preemption' | 'unknown';

const kinds: ReadonlyMap<string, CauseClass> = new Map([
  ...all('node', ['node-crash', 'node-reboot', 'kubelet-stop', 'node-unreachable', 'node-slow']),
  ...all('node', ['node-failures', 'zone-outage', 'rack-outage', 'node-pressure']),
  ...all('container', ['container-crash', 'pod-hang', 'memory-leak', 'oom-kill']),
  ...all('image', ['registry-outage', 'registry-slow', 'bad-image']),
  ...all('configuration', ['bad-config']),
  ...all('control-plane', ['master-loss', 'api-server-crash', 'etcd-member-loss']),
  ...all('control-plane', ['leader-crash', 'remove-master', 'restore-etcd', 'etcd-quota']),
  ...all('network', ['network-partition', 'proxy-stop', 'dns-outage']),
  ...all('rollout', ['set-image', 'rollout', 'apply', 'rollout-restart', 'rollout-undo']),
  ...all('rollout', ['rollout-pause', 'rollout-resume']),
  ...all('maintenance', ['maintenance', 'drain', 'cordon', 'uncordon', 'taint', 'remove-node']),
]);

export function classOf({kind, origin}: Pick<NewCause, 'kind' | 'origin'>): CauseClass {
  const known = kinds.get(kind);
  if (known !== undefined) return known;
  if (origin === 'operation') return 'operator';
  return origin === 'itself' ? 'container' : 'other';
}

function all(as: CauseClass, names: readonly string[]): [string, CauseClass][] {
  return names.map(name => [name, as]);
}
