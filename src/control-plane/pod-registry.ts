// What a stored request does to a pod: the rules of the API server's pod registry, without any
// delay. The one place that writes pods and that tells the signals, once each, at the moment of
// storing.

import type {Time} from '../engine/time.ts';
import type {ApiOutcome, PodDeletion, PodWish} from '../objects/api-client.ts';
import type {Disruption} from '../objects/disruption.ts';
import type {FailureReason} from '../objects/failure-reason.ts';
import {devicesOfIndex, gpuIndexName} from '../objects/gpu.ts';
import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import {endNumber, type PodEnd} from '../objects/pod-end.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {Store} from '../objects/store.ts';
import {kindOf} from '../objects/workload-object.ts';
import type {Address} from '../options/address.ts';
import type {TolerationSeconds} from './admission/default-toleration-seconds.ts';
import {Admission} from './admission.ts';
import type {BindingTarget} from './binding-operand.ts';
import {askBudgets} from './eviction.ts';
import {noteGone} from './gone-pods.ts';
import {admissionPlugins} from './request-path.ts';

/** What kubelets know of their pods' sandboxes. */
export type SandboxAddresses = {of(pod: PodId): Address | undefined};

export type Created = {readonly pod: PodId} | {readonly refused: string};

/** A node under pressure, and one that shuts down. */
const endedByKubelet: ReadonlySet<FailureReason> = new Set(['Evicted', 'Terminated']);

const unsaid: PodEnd = {reason: 'Error', exit: undefined};

export class PodRegistry {
  readonly #clock: {readonly now: Time};
  readonly #store: Store;
  readonly #admission: Admission;
  readonly #addresses: SandboxAddresses | undefined;

  constructor(
    clock: {readonly now: Time},
    store: Store,
    {seconds, addresses}: {seconds?: TolerationSeconds; addresses?: SandboxAddresses} = {},
  ) {
    this.#clock = clock;
    this.#store = store;
    this.#addresses = addresses;
    this.#admission = new Admission(admissionPlugins(store, clock, seconds));
  }

  /** Names are not compared: whoever makes pods gives each its own. */
  create({name, template, lifetime, owner = this.#ownerOf(template)}: PodWish): Created {
    const {pods, nodes, signals} = this.#store;
    const admitted = this.#admission.admit(template);
    if ('refused' in admitted) return admitted;
    const {now} = this.#clock;
    const {template: stored, priority} = admitted;
    const pod = pods.create({name, template: stored, priority, lifetime, owner}, now);
    signals.created.emit(pod);
    // A pod that names its node is born bound. One that names a node that is not there waits for
    // ever.
    const {nodeName} = template.spec;
    const node = nodeName === undefined ? undefined : nodes.id(nodeName);
    if (node === undefined) return {pod};
    pods.devices[pod] = devicesOfIndex(stored.annotations.get(gpuIndexName) ?? '') ?? 0;
    pods.bind(pod, node, now);
    return {pod};
  }

  /** A pod that is written out may name an owner that the API holds. */
  #ownerOf({namespace, owner}: PodTemplate): WorkloadId | undefined {
    return owner && this.#store.workloads.id(`${owner.kind}/${namespace}/${owner.name}`);
  }

  release(pod: PodId): void {
    this.#store.pods.setOwner(pod, undefined, this.#clock.now);
  }

  // As the controllers' reference manager, which names the UIDs of both: only what nobody controls,
  // for one that is there.
  adopt(pod: PodId, owner: WorkloadId): ApiOutcome {
    const {pods, workloads} = this.#store;
    const object = workloads.get(owner);
    if (object === undefined) return 'not-found';
    if (pods.owner(pod) === owner) return 'ok';
    if (pods.owner(pod) !== undefined) return 'conflict';
    const whole = {id: owner, kind: kindOf(object), name: object.name};
    pods.setOwner(pod, whole, this.#clock.now);
    return 'ok';
  }

  // As BindingREST.assignPod. It also refuses a pod that is being deleted; one without a node never
  // is for longer than the deletion takes.
  bind(pod: PodId, {node, devices}: BindingTarget): ApiOutcome {
    const {pods} = this.#store;
    if (pods.node(pod) !== undefined) return 'conflict';
    pods.devices[pod] = devices;
    pods.bind(pod, node, this.#clock.now);
    return 'ok';
  }

  /**
   * A patch that changes nothing is not stored, hence not watched; a bound pod has no nomination.
   */
  nominate(pod: PodId, node: NodeId | undefined): void {
    const {pods} = this.#store;
    if (pods.node(pod) !== undefined || pods.nominatedNode(pod) === node) return;
    pods.nominate(pod, node, this.#clock.now);
  }

  // As podStrategy.CheckGracefulDelete: without a node, or at its end, a pod goes at once. A second
  // deletion can only shorten the grace period.
  delete(pod: PodId, {disruption, grace}: PodDeletion = {}): void {
    const {pods, signals} = this.#store;
    const {now} = this.#clock;
    const wanted = grace ?? pods.template(pod).spec.terminationGracePeriod;
    if (pods.node(pod) === undefined || this.#atItsEnd(pod) || wanted === 0) {
      this.#remove(pod, pods.disruption(pod) ?? disruption);
      return;
    }
    const deadline = pods.deletionDeadline(pod);
    if (deadline !== undefined && deadline <= now + wanted) return;
    pods.terminate(pod, {deadline: now + wanted, disruption}, now);
    if (deadline === undefined) signals.terminating.emit(pod);
  }

  evict(pod: PodId): ApiOutcome {
    const outcome = askBudgets(this.#store, pod, this.#clock.now);
    if (outcome === 'ok') this.delete(pod, {disruption: 'EvictionByEvictionAPI'});
    return outcome;
  }

  start(pod: PodId, ready: boolean): void {
    const {pods, signals} = this.#store;
    if (pods.phase(pod) !== 'Pending') return;
    this.#noteAddress(pod);
    pods.start(pod, this.#clock.now);
    signals.started.emit(pod);
    if (ready) this.ready(pod);
  }

  /** It has a sandbox, and its containers wait for others to be through. */
  address(pod: PodId): void {
    if (this.#atItsEnd(pod) || !this.#noteAddress(pod)) return;
    const {log, addresses} = this.#store.pods;
    log.append(this.#clock.now, 'addressed', pod, addresses[pod] | 0);
  }

  // As the kubelet's status manager, which always sends the newest status: what is stored is the
  // address that the pod has when it is stored.
  #noteAddress(pod: PodId): boolean {
    const {addresses} = this.#store.pods;
    const address = this.#addresses?.of(pod);
    if (address === undefined || address === addresses[pod]) return false;
    addresses[pod] = address;
    return true;
  }

  ready(pod: PodId): void {
    const {pods, signals} = this.#store;
    if (pods.phase(pod) !== 'Running' || pods.ready(pod)) return;
    this.#noteAddress(pod);
    pods.becomeReady(pod, this.#clock.now);
    signals.ready.emit(pod);
  }

  unready(pod: PodId): void {
    const {pods, signals} = this.#store;
    if (!pods.ready(pod)) return;
    pods.becomeUnready(pod, this.#clock.now);
    signals.unready.emit(pod);
  }

  restart(pod: PodId): void {
    const {pods, signals} = this.#store;
    if (this.#atItsEnd(pod)) return;
    pods.restart(pod, this.#clock.now);
    signals.restarted.emit(pod);
  }

  end(pod: PodId, phase: 'Succeeded' | 'Failed', end: PodEnd = unsaid): void {
    const {pods, signals} = this.#store;
    if (this.#atItsEnd(pod)) return;
    // As the condition DisruptionTarget, which the kubelet's patch sets with the phase.
    const disrupted = phase === 'Failed' && endedByKubelet.has(end.reason);
    if (disrupted) pods.disrupt(pod, 'TerminationByKubelet');
    pods.end(pod, phase, this.#clock.now, endNumber(end));
    if (phase === 'Succeeded') signals.ended.emit(pod, 'succeeded', 'Completed');
    else signals.ended.emit(pod, disrupted ? 'evicted' : 'failed', end.reason);
  }

  confirmDeleted(pod: PodId): void {
    this.#remove(pod, this.#store.pods.disruption(pod));
  }

  /** The signals come first, while there still is something to look at. */
  #remove(pod: PodId, disruption: Disruption | undefined): void {
    const {pods, signals} = this.#store;
    if (!this.#atItsEnd(pod)) {
      if (disruption === 'PreemptionByScheduler') signals.ended.emit(pod, 'preempted', disruption);
      else if (disruption !== undefined) signals.ended.emit(pod, 'evicted', disruption);
      else signals.ended.emit(pod, 'deleted', 'Deleted');
    }
    signals.deleted.emit(pod);
    noteGone(this.#store, pod, {disruption, now: this.#clock.now});
    pods.delete(pod, this.#clock.now);
  }

  #atItsEnd(pod: PodId): boolean {
    const phase = this.#store.pods.phase(pod);
    return phase === 'Succeeded' || phase === 'Failed';
  }
}
