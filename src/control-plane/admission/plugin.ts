// What an admission plugin is. Most look at a pod's template alone: what they make of it holds for
// all siblings, until something that they read changes. Those that count pods are asked for each.

import type {PodTemplate} from '../../objects/pod-spec.ts';

export type Reviewed = {readonly template: PodTemplate; readonly priority: number};
export type Refusal = {readonly refused: string};

export type AdmissionPlugin = {
  /** As kube-apiserver calls it. */
  readonly name: string;
  /** What becomes of a pod of this template, as far as this plugin is concerned. */
  review?(pod: Reviewed): Reviewed | Refusal;
  /** Grows whenever `review` may answer otherwise than before. */
  revision?(): number;
  /** Asked for every single pod, after all reviews. */
  allow?(pod: Reviewed): Refusal | undefined;
};
