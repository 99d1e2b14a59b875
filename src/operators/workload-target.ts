// A workload as people name it to kubectl: `deployment/web`.

import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import {type Written, written} from '../options/written.ts';

const kinds = {
  deployment: 'Deployment',
  replicaset: 'ReplicaSet',
  replicationcontroller: 'ReplicationController',
  daemonset: 'DaemonSet',
  job: 'Job',
} as const;

export type WorkloadTarget = {
  readonly kind: (typeof kinds)[keyof typeof kinds];
  readonly name: string;
};

export function workloadTarget(
  allowed: readonly WorkloadTarget['kind'][],
): Written<WorkloadTarget, string> {
  const words = Object.entries(kinds).flatMap(([word, kind]) =>
    allowed.includes(kind) ? [word] : [],
  );
  return written({
    parse: (input, fail) => {
      const [word, name, ...rest] = typeof input === 'string' ? input.split('/') : [];
      const kind = Object.entries(kinds).find(([known]) => known === word?.toLowerCase())?.[1];
      if (kind !== undefined && allowed.includes(kind) && name && rest.length === 0) {
        return {kind, name};
      }
      const hint = word === undefined ? '' : didYouMean(word, words);
      fail(`expected ${words.join('/NAME or ')}/NAME, got ${show(input)}${hint}`);
      return undefined;
    },
    schema: {title: 'workload', type: 'string', pattern: `^(${words.join('|')})/.+$`},
  });
}

/** By which the API finds it. */
export function targetName({kind, name}: WorkloadTarget, namespace: string): string {
  return `${kind}/${namespace}/${name}`;
}

/** As it is written. */
export function targetText({kind, name}: WorkloadTarget): string {
  return `${kind.toLowerCase()}/${name}`;
}
