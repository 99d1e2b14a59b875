// A client's requests that carry more than two numbers, a queue for each kind of object.

import type {ApiOutcome, ApiReplies, PodDeletion} from '../objects/api-client.ts';
import type {NodeId, PodId, WorkloadId} from '../objects/ids.ts';
import type {NodeRequest} from '../objects/node-request.ts';
import type {ObjectRequest} from '../objects/object-request.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadRequest} from '../objects/workload-request.ts';
import {noNodeKey} from './gate.ts';
import {Fifo} from './payload-queue.ts';
import type {Registries} from './registries.ts';
import type {Send} from './request-kind.ts';
import type {RequestPipe} from './request-pipe.ts';

/** Of a request whose sender does not wait for the answer. */
export const noTicket = -1;

/** About a pod by its serial: the number may be another's by then. */
type PodRequest = {readonly pod: PodId; readonly serial: number} & (
  | ({readonly verb: 'delete'} & PodDeletion)
  | {readonly verb: 'adopt'; readonly owner: WorkloadId}
);

type RichOptions = {
  readonly name: string;
  readonly pipe: RequestPipe;
  readonly registries: Registries;
  readonly store: Store;
  readonly replies: ApiReplies;
};

const deletions: ReadonlySet<string> = new Set(['delete', 'finalize', 'finalize-namespace']);

type SendRich<Request> = (request: Request, ticket: number) => void;

export class RichRequests {
  readonly workloads: SendRich<WorkloadRequest>;
  readonly nodes: SendRich<NodeRequest>;
  readonly objects: SendRich<ObjectRequest>;
  readonly #pods: SendRich<PodRequest>;
  readonly #options: RichOptions;

  constructor(options: RichOptions) {
    const {registries} = options;
    this.#options = options;
    this.workloads = this.#kinds<WorkloadRequest>('workload', {
      verbs: {
        create: 'created',
        update: 'updated',
        'update-status': 'status-updated',
        delete: 'deleted',
        release: 'released',
        finalize: 'finalized',
      },
      perform: request => registries.workloads.perform(request),
    });
    this.nodes = this.#kinds<NodeRequest>('node', {
      verbs: {
        create: 'created',
        update: 'updated',
        'update-status': 'status-updated',
        delete: 'deleted',
      },
      perform: request => registries.nodes.perform(request),
      node: request => (request.verb === 'create' ? noNodeKey : request.node),
    });
    this.objects = this.#kinds<ObjectRequest>('object', {
      verbs: {
        apply: 'applied',
        delete: 'deleted',
        'finalize-namespace': 'finalized',
        'update-budget': 'budget-updated',
        'update-quota': 'quota-updated',
        'write-slice': 'slice-written',
        'assign-load-balancer': 'load-balancer-assigned',
      },
      perform: request => registries.objects.perform(request),
    });
    this.#pods = this.#kinds<PodRequest>('pod', {
      verbs: {delete: 'disrupted', adopt: 'adopted'},
      perform: request => this.#changePod(request),
      node: ({pod, serial}) => nodeOfPod(options.store, pod, serial),
    });
  }

  deletePod(pod: PodId, deletion: PodDeletion, ticket: number): void {
    const serial = this.#options.store.pods.serial(pod);
    this.#pods({verb: 'delete', pod, serial, ...deletion}, ticket);
  }

  adoptPod(pod: PodId, owner: WorkloadId, ticket: number): void {
    const serial = this.#options.store.pods.serial(pod);
    this.#pods({verb: 'adopt', pod, serial, owner}, ticket);
  }

  /** `verbs` in the past tense, for the events' names: `api.NOUN-updated-by-NAME`. */
  #kinds<Request extends {readonly verb: string}>(
    noun: string,
    options: {
      verbs: Readonly<Record<Request['verb'], string>>;
      perform: (request: Request) => ApiOutcome;
      node?: (request: Request) => number;
    },
  ): SendRich<Request> {
    const {pipe, name, replies} = this.#options;
    const {perform, node = () => noNodeKey} = options;
    const queue = new Fifo<Request>();
    const answer = (ticket: number, outcome: ApiOutcome) => {
      if (ticket !== noTicket) replies.answered?.(ticket, outcome);
    };
    const sends = new Map<string, Send<Request>>();
    for (const [verb, past] of Object.entries<string>(options.verbs)) {
      const send = pipe.kind<Request>(`api.${noun}-${past}-by-${name}`, queue, {
        perform: (ticket, _, request) => answer(ticket, perform(request)),
        refuse: ticket => answer(ticket, 'unavailable'),
        frees: deletions.has(verb),
        node: (_, request) => node(request),
      });
      sends.set(verb, send);
    }
    return (request, ticket) => sends.get(request.verb)?.(ticket, 0, request);
  }

  #changePod(request: PodRequest): ApiOutcome {
    const {store, registries} = this.#options;
    const {pod, serial} = request;
    if (!isPod(store, pod, serial)) return 'not-found';
    if (request.verb === 'adopt') return registries.pods.adopt(pod, request.owner);
    const {disruption, grace} = request;
    registries.pods.delete(pod, {disruption, grace});
    return 'ok';
  }
}

/** Whether the pod that the request was about is still there, under the number it had. */
export function isPod({pods}: Store, pod: PodId, serial: number): boolean {
  return pods.exists(pod) && pods.serial(pod) === serial;
}

export function nodeOfPod(store: Store, pod: PodId, serial: number): NodeId | typeof noNodeKey {
  return isPod(store, pod, serial) ? (store.pods.node(pod) ?? noNodeKey) : noNodeKey;
}
