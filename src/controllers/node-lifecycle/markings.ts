// Tells the API that nodes are lost: first the node's own status, then that each of its pods is not
// ready, one after the other, so that no Service sends anything there any more
// (controller_utils.go, MarkPodsNotReady). Eight nodes at a time.

import type {Simulation} from '../../engine/simulation.ts';
import type {NodeId, PodId} from '../../objects/ids.ts';
import type {ClusterView} from '../cluster-view.ts';
import type {Readiness} from './node-taints.ts';

export type MarkingParts = {
  readonly simulation: Simulation;
  readonly view: ClusterView;
  readonly readiness: (node: NodeId) => Readiness;
  /** Both are answered. */
  readonly markNode: (node: NodeId) => void;
  readonly markPod: (node: NodeId, pod: PodId) => void;
};

type Job = {
  /** The node's own status is to be written too. */
  readonly status: boolean;
  readonly pods: boolean;
  readonly cause: number;
  /** Pods still to be marked; their numbers may be used again. */
  readonly left: {readonly pod: PodId; readonly serial: number}[];
  step: 'waits' | 'status' | 'pods';
};

const workers = 8;

export class Markings {
  readonly #parts: MarkingParts;
  #jobs = new Map<NodeId, Job>();
  #busy = 0;

  constructor(parts: MarkingParts) {
    this.#parts = parts;
  }

  add(node: NodeId, {status, pods}: {status: boolean; pods: boolean}): void {
    if (this.#jobs.has(node)) return;
    const {cause} = this.#parts.simulation;
    this.#jobs.set(node, {status, pods, cause, left: [], step: 'waits'});
    this.#takeUp();
  }

  answered(node: NodeId, failed: boolean): void {
    const job = this.#jobs.get(node);
    if (job === undefined) return;
    if (failed || !job.pods) this.#finish(node);
    else if (job.step === 'status') this.#beginPods(node, job);
    else this.#nextPod(node, job);
  }

  #takeUp(): void {
    for (const [node, job] of this.#jobs) {
      if (this.#busy === workers) return;
      if (job.step !== 'waits') continue;
      this.#busy++;
      this.#parts.simulation.cause = job.cause;
      job.step = 'status';
      if (job.status) this.#parts.markNode(node);
      else this.#beginPods(node, job);
    }
  }

  #beginPods(node: NodeId, job: Job): void {
    job.step = 'pods';
    for (const {id, serial} of this.#parts.view.podsOn(node)) job.left.push({pod: id, serial});
    this.#nextPod(node, job);
  }

  // A pod that says so already costs nothing. When the node is back, its kubelet's word counts.
  #nextPod(node: NodeId, {left}: Job): void {
    const {view, readiness, markPod} = this.#parts;
    for (let next = left.shift(); next !== undefined; next = left.shift()) {
      if (readiness(node) === 'True') break;
      const pod = view.pod(next.pod);
      if (pod?.serial !== next.serial || !pod.ready) continue;
      markPod(node, next.pod);
      return;
    }
    this.#finish(node);
  }

  #finish(node: NodeId): void {
    this.#jobs.delete(node);
    this.#busy--;
    this.#takeUp();
  }

  clear(): void {
    this.#jobs.clear();
    this.#busy = 0;
  }

  save() {
    return {jobs: this.#jobs, busy: this.#busy};
  }

  restore({jobs, busy}: ReturnType<Markings['save']>): void {
    this.#jobs = new Map(jobs);
    this.#busy = busy;
  }
}
