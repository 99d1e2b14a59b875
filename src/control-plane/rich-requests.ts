// A client's requests that carry more than two numbers, a queue for each kind of object.

import type {Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiOutcome, ApiReplies, PodDeletion} from '../objects/api-client.ts';
import type {PodId, WorkloadId} from '../objects/ids.ts';
import type {NodeRequest} from '../objects/node-request.ts';
import type {ObjectRequest} from '../objects/object-request.ts';
import type {Store} from '../objects/store.ts';
import type {WorkloadRequest} from '../objects/workload-request.ts';
import type {Registries} from './registries.ts';
import {RequestClient} from './request-client.ts';

/** About a pod by its serial: the number may be another's by then. */
type PodRequest = {readonly pod: PodId; readonly serial: number} & (
  | ({readonly verb: 'delete'} & PodDeletion)
  | {readonly verb: 'adopt'; readonly owner: WorkloadId}
);

export class RichRequests {
  readonly workloads: RequestClient<WorkloadRequest>;
  readonly nodes: RequestClient<NodeRequest>;
  readonly objects: RequestClient<ObjectRequest>;
  readonly #pods: RequestClient<PodRequest>;
  readonly #store: Store;
  readonly #registries: Registries;

  constructor(
    simulation: Simulation,
    options: {name: string; registries: Registries; store: Store; replies: ApiReplies},
  ) {
    const {name, registries, store, replies} = options;
    this.#store = store;
    this.#registries = registries;
    this.workloads = new RequestClient<WorkloadRequest>(simulation, {
      name,
      noun: 'workload',
      verbs: {
        create: 'created',
        update: 'updated',
        'update-status': 'status-updated',
        delete: 'deleted',
        release: 'released',
        finalize: 'finalized',
      },
      perform: request => registries.workloads.perform(request),
      replies,
    });
    this.nodes = new RequestClient<NodeRequest>(simulation, {
      name,
      noun: 'node',
      verbs: {
        create: 'created',
        update: 'updated',
        'update-status': 'status-updated',
        delete: 'deleted',
      },
      perform: request => registries.nodes.perform(request),
      replies,
    });
    this.objects = new RequestClient<ObjectRequest>(simulation, {
      name,
      noun: 'object',
      verbs: {apply: 'applied', delete: 'deleted', 'update-budget': 'budget-updated'},
      perform: request => registries.objects.perform(request),
      replies,
    });
    this.#pods = new RequestClient<PodRequest>(simulation, {
      name,
      noun: 'pod',
      verbs: {delete: 'disrupted', adopt: 'adopted'},
      perform: request => this.#changePod(request),
      replies,
    });
  }

  deletePod(pod: PodId, deletion: PodDeletion, storedAt: Time, ticket: number): void {
    const serial = this.#store.pods.serial(pod);
    this.#pods.send({verb: 'delete', pod, serial, ...deletion}, storedAt, ticket);
  }

  adoptPod(pod: PodId, owner: WorkloadId, storedAt: Time, ticket: number): void {
    const serial = this.#store.pods.serial(pod);
    this.#pods.send({verb: 'adopt', pod, serial, owner}, storedAt, ticket);
  }

  save() {
    return {
      workloads: this.workloads.save(),
      nodes: this.nodes.save(),
      objects: this.objects.save(),
      pods: this.#pods.save(),
    };
  }

  restore({workloads, nodes, objects, pods}: SavedRichRequests): void {
    this.workloads.restore(workloads);
    this.nodes.restore(nodes);
    this.objects.restore(objects);
    this.#pods.restore(pods);
  }

  #changePod(request: PodRequest): ApiOutcome {
    const {pods} = this.#store;
    const {pod, serial} = request;
    if (!pods.exists(pod) || pods.serial(pod) !== serial) return 'not-found';
    if (request.verb === 'adopt') return this.#registries.pods.adopt(pod, request.owner);
    const {disruption, grace} = request;
    this.#registries.pods.delete(pod, {disruption, grace});
    return 'ok';
  }
}

export type SavedRichRequests = ReturnType<RichRequests['save']>;
