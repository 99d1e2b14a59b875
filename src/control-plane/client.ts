// One component's client: what it may ask of the API, and what the API server does with it. How a
// request gets there is the business of its pipe.

import type {Simulation} from '../engine/simulation.ts';
import type {
  ApiClient,
  ApiComponent,
  ApiOutcome,
  ApiReplies,
  PodDeletion,
  PodWish,
} from '../objects/api-client.ts';
import type {FailureReason} from '../objects/failure-reason.ts';
import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import type {NodeRequest} from '../objects/node-request.ts';
import type {ObjectRequest} from '../objects/object-request.ts';
import {type ContainerExit, endNumber, endOfNumber} from '../objects/pod-end.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadRequest} from '../objects/workload-request.ts';
import {bindingOperand, bindingTarget} from './binding-operand.ts';
import {type Gate, noNodeKey} from './gate.ts';
import {NumberQueue, wishQueue} from './payload-queue.ts';
import type {PodRegistry} from './pod-registry.ts';
import type {Registries} from './registries.ts';
import type {PipeOptions, Send} from './request-kind.ts';
import {RequestPipe, type SavedPipe} from './request-pipe.ts';
import {isPod, nodeOfPod, noTicket, RichRequests} from './rich-requests.ts';
import type {WriteLatency} from './write-latency.ts';

/** Operand of a nomination that is taken back. */
const noNode = -1;

export type ClientOptions = ApiComponent & {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly registries: Registries;
  readonly latency: WriteLatency;
  readonly gate: Gate;
  readonly seats?: PipeOptions['seats'];
};

export class Client implements ApiClient {
  readonly #name: string;
  readonly #store: Store;
  readonly #registry: PodRegistry;
  readonly #replies: ApiReplies;
  readonly #pipe: RequestPipe;
  readonly #rich: RichRequests;
  /** Of the pods that requests on their way are about. */
  readonly #serials = new NumberQueue();
  readonly #created: Send<PodWish>;
  readonly #bound: Send<number>;
  readonly #nominated: Send<number>;
  readonly #deleted: Send<number>;
  readonly #released: Send<number>;
  readonly #evicted: Send<number>;
  readonly #addressed: Send<number>;
  readonly #started: Send<number>;
  readonly #startedUnready: Send<number>;
  readonly #ready: Send<number>;
  readonly #unready: Send<number>;
  readonly #restarted: Send<number>;
  readonly #succeeded: Send<number>;
  readonly #failed: Send<number>;
  readonly #confirmed: Send<number>;

  constructor(options: ClientOptions) {
    const {simulation, store, registries, name, replies, patient = false} = options;
    const registry = registries.pods;
    this.#name = name;
    this.#store = store;
    this.#registry = registry;
    this.#replies = replies;
    const pipe = new RequestPipe({...options, patient});
    this.#pipe = pipe;
    this.#rich = new RichRequests({name, pipe, registries, store, replies});
    this.#created = this.#creation();
    this.#bound = this.#binding();
    this.#nominated = this.#report('nominated', (pod, node) =>
      registry.nominate(pod, node === noNode ? undefined : (node as NodeId)),
    );
    this.#deleted = this.#change(
      'deleted',
      alwaysOk(pod => registry.delete(pod)),
    );
    this.#released = this.#change(
      'released',
      alwaysOk(pod => registry.release(pod)),
    );
    this.#evicted = this.#change('evicted', pod => registry.evict(pod));
    this.#addressed = this.#report('addressed', pod => registry.address(pod));
    this.#started = this.#report('started', pod => registry.start(pod, true));
    this.#startedUnready = this.#report('started-unready', pod => registry.start(pod, false));
    this.#ready = this.#report('ready', pod => registry.ready(pod));
    this.#unready = this.#change(
      'unready',
      alwaysOk(pod => registry.unready(pod)),
      1,
    );
    this.#restarted = this.#report('restarted', pod => registry.restart(pod));
    this.#succeeded = this.#report('succeeded', pod => registry.end(pod, 'Succeeded'));
    this.#failed = this.#report('failed', (pod, end) =>
      registry.end(pod, 'Failed', endOfNumber(end)),
    );
    this.#confirmed = this.#report('confirmed-deleted', pod => registry.confirmDeleted(pod));
    simulation.part(`api.client-of-${name}`, this);
  }

  createPod(wish: PodWish): void {
    this.#created(wish.ordinal, 0, wish);
  }

  bindPod(pod: PodId, node: NodeId, devices = 0): void {
    this.#bound(pod, bindingOperand({node, devices}), this.#serial(pod));
  }

  nominatePod(pod: PodId, node: NodeId | undefined): void {
    this.#nominated(pod, node ?? noNode, this.#serial(pod));
  }

  reportUnschedulable(_pod: PodId): void {
    this.#pipe.spend();
  }

  /** The condition is a request of its own, sent just before. Both are stored with the second. */
  deletePod(
    pod: PodId,
    {disruption, grace, ticket = noTicket}: PodDeletion & {readonly ticket?: number} = {},
  ): void {
    if (disruption === undefined && grace === undefined) {
      this.#deleted(pod, ticket, this.#serial(pod));
      return;
    }
    if (disruption !== undefined) this.#pipe.spend();
    this.#rich.deletePod(pod, {disruption, grace}, ticket);
  }

  evictPod(pod: PodId, ticket = noTicket): void {
    this.#evicted(pod, ticket, this.#serial(pod));
  }

  releasePod(pod: PodId, ticket = noTicket): void {
    this.#released(pod, ticket, this.#serial(pod));
  }

  adoptPod(pod: PodId, owner: WorkloadId, ticket = noTicket): void {
    this.#rich.adoptPod(pod, owner, ticket);
  }

  writeWorkload(request: WorkloadRequest, ticket = noTicket): void {
    this.#rich.workloads(request, ticket);
  }

  writeNode(request: NodeRequest, ticket = noTicket): void {
    this.#rich.nodes(request, ticket);
  }

  writeObject(request: ObjectRequest, ticket = noTicket): void {
    this.#rich.objects(request, ticket);
  }

  spendRequest(): void {
    this.#pipe.spend();
  }

  abandon(): void {
    this.#pipe.abandon();
  }

  reportAddress(pod: PodId): void {
    this.#addressed(pod, 0, this.#serial(pod));
  }

  reportStarted(pod: PodId, {ready} = {ready: true}): void {
    (ready ? this.#started : this.#startedUnready)(pod, 0, this.#serial(pod));
  }

  reportReady(pod: PodId): void {
    this.#ready(pod, 0, this.#serial(pod));
  }

  reportUnready(pod: PodId, ticket = noTicket): void {
    this.#unready(pod, ticket + 1, this.#serial(pod));
  }

  reportRestarted(pod: PodId): void {
    this.#restarted(pod, 0, this.#serial(pod));
  }

  reportEnded(
    pod: PodId,
    phase: 'Succeeded' | 'Failed',
    reason: FailureReason = 'Error',
    exit?: ContainerExit,
  ): void {
    if (phase === 'Succeeded') this.#succeeded(pod, 0, this.#serial(pod));
    else this.#failed(pod, endNumber({reason, exit}), this.#serial(pod));
  }

  confirmDeleted(pod: PodId): void {
    this.#confirmed(pod, 0, this.#serial(pod));
  }

  save(): SavedPipe {
    return this.#pipe.save();
  }

  restore(saved: SavedPipe): void {
    this.#pipe.restore(saved);
  }

  #serial(pod: PodId): number {
    return this.#store.pods.serial(pod);
  }

  #creation(): Send<PodWish> {
    const replies = this.#replies;
    const queue = wishQueue(this.#store.pods);
    return this.#pipe.kind(`api.pod-created-by-${this.#name}`, queue, {
      perform: (ordinal, _, wish) => {
        const created = this.#registry.create(wish);
        if ('pod' in created) replies.podCreated?.(created.pod, ordinal);
        else replies.podRefused?.(ordinal, created.refused);
      },
      refuse: ordinal => replies.podRefused?.(ordinal, 'the API server was unavailable'),
      node: () => noNodeKey,
    });
  }

  #binding(): Send<number> {
    const registry = this.#registry;
    const replies = this.#replies;
    return this.#pod('bound', {
      perform: (pod, target, there) => {
        const outcome = there ? registry.bind(pod, bindingTarget(target)) : 'not-found';
        replies.podBound?.(pod, outcome);
      },
      refuse: pod => replies.podBound?.(pod, 'unavailable'),
    });
  }

  /** A request whose ticket is answered. `shift`: the operand is so much more than the ticket. */
  #change(what: string, change: (pod: PodId) => ApiOutcome, shift = 0): Send<number> {
    const answer = (ticket: number, outcome: ApiOutcome) => {
      if (ticket !== noTicket) this.#replies.answered?.(ticket, outcome);
    };
    return this.#pod(what, {
      perform: (pod, operand, there) => answer(operand - shift, there ? change(pod) : 'not-found'),
      refuse: (_, operand) => answer(operand - shift, 'unavailable'),
    });
  }

  /** A request that nobody waits for. */
  #report(what: string, change: (pod: PodId, operand: number) => void): Send<number> {
    return this.#pod(what, {
      perform: (pod, operand, there) => {
        if (there) change(pod, operand);
      },
      refuse: () => undefined,
    });
  }

  #pod(
    what: string,
    verb: {
      perform: (pod: PodId, operand: number, there: boolean) => void;
      refuse: (pod: PodId, operand: number) => void;
    },
  ): Send<number> {
    const store = this.#store;
    const {perform, refuse} = verb;
    return this.#pipe.kind(`api.pod-${what}-by-${this.#name}`, this.#serials, {
      perform: (pod, operand, serial) =>
        perform(pod as PodId, operand, isPod(store, pod as PodId, serial)),
      refuse: (pod, operand) => refuse(pod as PodId, operand),
      frees: what === 'deleted' || what === 'confirmed-deleted',
      node: (pod, serial) => nodeOfPod(store, pod as PodId, serial),
    });
  }
}

function alwaysOk(change: (pod: PodId) => void): (pod: PodId) => ApiOutcome {
  return pod => {
    change(pod);
    return 'ok';
  };
}
