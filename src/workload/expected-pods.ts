// What a workload's pods will ask for, before any has come: for strategies that are told what is
// typical.

import type {PodTemplate} from '../objects/pod-spec.ts';
import type {ResourceList} from '../objects/resources.ts';
import type {CommonOptions} from './common-options.ts';
import {completePod} from './complete-pod.ts';

export type ExpectedPods = {readonly template: PodTemplate; readonly pods: number};

export type Expecting = {
  readonly decodePod: (pod: object) => PodTemplate;
  /** Of the scenario. */
  readonly duration: number;
};

type Combination = {readonly requests: ResourceList; readonly share: number};

/** `pods` of a workload, by every combination of what they may ask for. */
export function expectedPods(
  options: CommonOptions,
  pods: number,
  {decodePod}: Expecting,
): ExpectedPods[] {
  const base = decodePod(completePod(options));
  const [first, ...rest] = base.spec.containers;
  return combinations(first.requests, options.requests).map(({requests, share}) => {
    const containers = [{...first, requests}, ...rest];
    return {template: {...base, spec: {...base.spec, containers}}, pods: Math.round(pods * share)};
  });
}

function combinations(requests: ResourceList, choices: CommonOptions['requests']): Combination[] {
  let all: Combination[] = [{requests, share: 1}];
  for (const {resource, values, weights} of choices) {
    const sum = weights.reduce((total, weight) => total + weight, 0);
    all = all.flatMap(({requests, share}) =>
      values.map((value, i) => ({
        requests: new Map(requests).set(resource, value),
        share: (share * weights[i]) / sum,
      })),
    );
  }
  return all;
}
