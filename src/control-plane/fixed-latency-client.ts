// One component's client: a request leaves when the client's token bucket lets it and is stored a
// fixed time later, in one event that also answers the component.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {
  ApiClient,
  ApiOutcome,
  ApiReplies,
  ClientLimits,
  PodDeletion,
  PodWish,
} from '../objects/api-client.ts';
import {type FailureReason, failureReasons} from '../objects/failure-reason.ts';
import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import type {NodeRequest} from '../objects/node-request.ts';
import type {ObjectRequest} from '../objects/object-request.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadRequest} from '../objects/workload-request.ts';
import type {PodRegistry} from './pod-registry.ts';
import type {Registries} from './registries.ts';
import {noTicket} from './request-client.ts';
import {RichRequests, type SavedRichRequests} from './rich-requests.ts';
import {type SavedWish, SerialQueue, WishQueue} from './sent-requests.ts';
import {type SavedBucket, TokenBucket} from './token-bucket.ts';

/** Operand of a nomination that is taken back. */
const noNode = -1;

export type FixedLatencyClientOptions = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly registries: Registries;
  readonly write: Time;
  readonly name: string;
  readonly limits: ClientLimits;
  readonly replies: ApiReplies;
};

export class FixedLatencyClient implements ApiClient {
  readonly #simulation: Simulation;
  readonly #store: Store;
  readonly #registry: PodRegistry;
  readonly #write: Time;
  readonly #replies: ApiReplies;
  readonly #bucket: TokenBucket;
  readonly #serials = new SerialQueue();
  readonly #wishes: WishQueue;
  readonly #rich: RichRequests;
  readonly #created: EventKind<number>;
  readonly #bound: EventKind<PodId, NodeId>;
  readonly #nominated: EventKind<PodId, number>;
  readonly #deleted: EventKind<PodId, number>;
  readonly #released: EventKind<PodId, number>;
  readonly #evicted: EventKind<PodId, number>;
  readonly #started: EventKind<PodId>;
  readonly #startedUnready: EventKind<PodId>;
  readonly #ready: EventKind<PodId>;
  readonly #unready: EventKind<PodId, number>;
  readonly #restarted: EventKind<PodId>;
  readonly #succeeded: EventKind<PodId>;
  readonly #failed: EventKind<PodId, number>;
  readonly #confirmed: EventKind<PodId>;

  constructor(options: FixedLatencyClientOptions) {
    const {simulation, store, registries, write, name, limits, replies} = options;
    this.#simulation = simulation;
    this.#store = store;
    this.#registry = registries.pods;
    this.#write = write;
    this.#replies = replies;
    this.#bucket = new TokenBucket(limits);
    this.#wishes = new WishQueue(store.pods);
    this.#rich = new RichRequests(simulation, {name, registries, store, replies});
    const stored = <B extends number = never>(
      what: string,
      handler: (pod: PodId, operand: B) => void,
    ) => simulation.event(`api.pod-${what}-by-${name}`, handler) as EventKind<PodId, B>;
    this.#created = simulation.event(`api.pod-created-by-${name}`, () => this.#create());
    this.#bound = stored<NodeId>('bound', (pod, node) => this.#bind(pod, node));
    this.#nominated = stored<number>('nominated', (pod, node) => this.#nominate(pod, node));
    this.#deleted = stored<number>('deleted', (pod, ticket) => {
      this.#answer(ticket, this.#delete(pod));
    });
    this.#released = stored<number>('released', (pod, ticket) => {
      this.#answer(ticket, this.#release(pod));
    });
    this.#evicted = stored<number>('evicted', (pod, ticket) => {
      this.#answer(ticket, this.#evict(pod));
    });
    this.#started = stored('started', pod => this.#start(pod, true));
    this.#startedUnready = stored('started-unready', pod => this.#start(pod, false));
    this.#ready = stored('ready', pod => this.#ifThere(pod)?.ready(pod));
    this.#unready = stored<number>('unready', (pod, ticket) => {
      this.#answer(ticket - 1, this.#becomeUnready(pod));
    });
    this.#restarted = stored('restarted', pod => this.#ifThere(pod)?.restart(pod));
    this.#succeeded = stored('succeeded', pod => this.#ifThere(pod)?.end(pod, 'Succeeded'));
    this.#failed = stored<number>('failed', (pod, reason) =>
      this.#ifThere(pod)?.end(pod, 'Failed', failureReasons[reason]),
    );
    this.#confirmed = stored('confirmed-deleted', pod => this.#confirm(pod));
    simulation.part(`api.client-of-${name}`, this);
  }

  createPod(wish: PodWish): void {
    this.#wishes.push(wish);
    this.#created.at(this.#storedAt(), wish.ordinal);
  }

  bindPod(pod: PodId, node: NodeId): void {
    this.#sendAbout(pod);
    this.#bound.at(this.#storedAt(), pod, node);
  }

  nominatePod(pod: PodId, node: NodeId | undefined): void {
    this.#sendAbout(pod);
    this.#nominated.at(this.#storedAt(), pod, node ?? noNode);
  }

  reportUnschedulable(_pod: PodId): void {
    this.#bucket.reserve(this.#simulation.now);
  }

  /** The condition is a request of its own, sent just before. Both are stored with the second. */
  deletePod(
    pod: PodId,
    {disruption, grace, ticket = noTicket}: PodDeletion & {readonly ticket?: number} = {},
  ): void {
    if (disruption === undefined && grace === undefined) {
      this.#sendAbout(pod);
      this.#deleted.at(this.#storedAt(), pod, ticket);
      return;
    }
    if (disruption !== undefined) this.#bucket.reserve(this.#simulation.now);
    this.#rich.deletePod(pod, {disruption, grace}, this.#storedAt(), ticket);
  }

  evictPod(pod: PodId, ticket = noTicket): void {
    this.#sendAbout(pod);
    this.#evicted.at(this.#storedAt(), pod, ticket);
  }

  releasePod(pod: PodId, ticket = noTicket): void {
    this.#sendAbout(pod);
    this.#released.at(this.#storedAt(), pod, ticket);
  }

  adoptPod(pod: PodId, owner: WorkloadId, ticket = noTicket): void {
    this.#rich.adoptPod(pod, owner, this.#storedAt(), ticket);
  }

  writeWorkload(request: WorkloadRequest, ticket = noTicket): void {
    this.#rich.workloads.send(request, this.#storedAt(), ticket);
  }

  writeNode(request: NodeRequest, ticket = noTicket): void {
    this.#rich.nodes.send(request, this.#storedAt(), ticket);
  }

  writeObject(request: ObjectRequest, ticket = noTicket): void {
    this.#rich.objects.send(request, this.#storedAt(), ticket);
  }

  abandon(): void {
    throw new Error('not yet');
  }

  spendRequest(): void {
    this.#bucket.reserve(this.#simulation.now);
  }

  reportStarted(pod: PodId, {ready} = {ready: true}): void {
    this.#sendAbout(pod);
    (ready ? this.#started : this.#startedUnready).at(this.#storedAt(), pod);
  }

  reportReady(pod: PodId): void {
    this.#sendAbout(pod);
    this.#ready.at(this.#storedAt(), pod);
  }

  reportUnready(pod: PodId, ticket = noTicket): void {
    this.#sendAbout(pod);
    this.#unready.at(this.#storedAt(), pod, ticket + 1);
  }

  reportRestarted(pod: PodId): void {
    this.#sendAbout(pod);
    this.#restarted.at(this.#storedAt(), pod);
  }

  reportEnded(pod: PodId, phase: 'Succeeded' | 'Failed', reason: FailureReason = 'Error'): void {
    this.#sendAbout(pod);
    if (phase === 'Succeeded') this.#succeeded.at(this.#storedAt(), pod);
    else this.#failed.at(this.#storedAt(), pod, failureReasons.indexOf(reason));
  }

  confirmDeleted(pod: PodId): void {
    this.#sendAbout(pod);
    this.#confirmed.at(this.#storedAt(), pod);
  }

  save(): SavedClient {
    return {
      bucket: this.#bucket.save(),
      serials: this.#serials.save(),
      wishes: this.#wishes.save(),
      rich: this.#rich.save(),
    };
  }

  restore({bucket, serials, wishes, rich}: SavedClient): void {
    this.#bucket.restore(bucket);
    this.#serials.restore(serials);
    this.#wishes.restore(wishes);
    this.#rich.restore(rich);
  }

  #storedAt(): Time {
    return this.#bucket.reserve(this.#simulation.now) + this.#write;
  }

  #sendAbout(pod: PodId): void {
    this.#serials.push(this.#store.pods.serial(pod));
  }

  /** Whether the pod that the request was about is still there, under the number it had. */
  #stillThere(pod: PodId): boolean {
    const serial = this.#serials.shift();
    return this.#store.pods.exists(pod) && this.#store.pods.serial(pod) === serial;
  }

  #create(): void {
    const wish = this.#wishes.shift();
    const created = this.#registry.create(wish);
    if ('pod' in created) this.#replies.podCreated?.(created.pod, wish.ordinal);
    else this.#replies.podRefused?.(wish.ordinal, created.refused);
  }

  #bind(pod: PodId, node: NodeId): void {
    const outcome = this.#stillThere(pod) ? this.#registry.bind(pod, node) : 'not-found';
    this.#replies.podBound?.(pod, outcome);
  }

  #nominate(pod: PodId, node: number): void {
    if (!this.#stillThere(pod)) return;
    this.#registry.nominate(pod, node === noNode ? undefined : (node as NodeId));
  }

  #delete(pod: PodId): ApiOutcome {
    if (!this.#stillThere(pod)) return 'not-found';
    this.#registry.delete(pod);
    return 'ok';
  }

  #evict(pod: PodId): ApiOutcome {
    return this.#stillThere(pod) ? this.#registry.evict(pod) : 'not-found';
  }

  #release(pod: PodId): ApiOutcome {
    if (!this.#stillThere(pod)) return 'not-found';
    this.#registry.release(pod);
    return 'ok';
  }

  #becomeUnready(pod: PodId): ApiOutcome {
    const registry = this.#ifThere(pod);
    registry?.unready(pod);
    return registry === undefined ? 'not-found' : 'ok';
  }

  #answer(ticket: number, outcome: ApiOutcome): void {
    if (ticket !== noTicket) this.#replies.answered?.(ticket, outcome);
  }

  #start(pod: PodId, ready: boolean): void {
    this.#ifThere(pod)?.start(pod, ready);
  }

  #ifThere(pod: PodId): PodRegistry | undefined {
    return this.#stillThere(pod) ? this.#registry : undefined;
  }

  #confirm(pod: PodId): void {
    if (this.#stillThere(pod)) this.#registry.confirmDeleted(pod);
  }
}

export type SavedClient = {
  readonly bucket: SavedBucket;
  readonly serials: readonly number[];
  readonly wishes: readonly SavedWish[];
  readonly rich: SavedRichRequests;
};
