// The workers of one controller. A worker takes an item from the queue, has its plan made, sends
// the plan's requests batch by batch, and is free again when the last is answered. All of it lives
// and dies with the controller manager's process.

import type {EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {ApiClient, ApiConnector, ApiOutcome, ClientLimits} from '../objects/api-client.ts';
import type {Manager} from './manager.ts';
import {managerClient} from './manager-client.ts';
import type {Plan, PlannedRequest} from './plan.ts';
import {type QueueItem, type SavedQueue, WorkQueue} from './work-queue.ts';

export type WorkLoopOptions = {
  readonly simulation: Simulation;
  readonly api: ApiConnector;
  readonly manager: Manager;
  /** The controller's user agent, as `replicaset-controller`. */
  readonly name: string;
  readonly workers: number;
  /** Other than those of most controllers. */
  readonly limits?: ClientLimits;
  readonly sync: (item: QueueItem) => Plan;
  /** A pod's creation failed, or was dropped with its batch. */
  readonly notCreated?: (item: QueueItem) => void;
  /** Not all of its plan's requests went well. */
  readonly requestFailed?: (item: QueueItem) => void;
  /** Of a failed item: after so long, then ever twice as long; 5 ms unless told. */
  readonly firstRetry?: Time;
  /** After so many the item waits for its next event. */
  readonly maxRetries?: number;
};

export class WorkLoop {
  readonly queue: WorkQueue;
  readonly #options: WorkLoopOptions;
  readonly #api: ApiClient;
  readonly #woken: EventKind;
  #waking = false;
  #jobs: (Job | undefined)[];

  constructor(options: WorkLoopOptions) {
    const {simulation, api, manager, name, workers} = options;
    this.#options = options;
    this.#jobs = new Array<Job | undefined>(workers).fill(undefined);
    const {firstRetry} = options;
    this.queue = new WorkQueue(simulation, {name, firstRetry}, () => this.#wake());
    this.#woken = simulation.event(`${name}.woken`, () => {
      this.#waking = false;
      this.#start();
    });
    this.#api = api.connect({
      name,
      ...managerClient,
      ...(options.limits !== undefined && {limits: options.limits}),
      replies: {
        podCreated: (_pod, worker) => this.#created(worker),
        podRefused: worker => this.#refused(worker),
        answered: (worker, outcome) => this.#answered(worker, outcome),
      },
    });
    simulation.part(name, this);
    manager.join({stop: () => this.#stop(), start: () => this.queue.reopen()});
  }

  #stop(): void {
    this.queue.close();
    for (const job of this.#jobs) if (job !== undefined) this.queue.note(job.item, job.cause);
    this.#jobs.fill(undefined);
    this.#api.abandon();
  }

  /** A request that no plan has, as the GET before a deletion. */
  spendRequest(): void {
    this.#api.spendRequest();
  }

  // Behind all that is due now, so that a burst of changes is seen as a whole.
  #wake(): void {
    if (this.#waking || !this.#jobs.includes(undefined)) return;
    this.#waking = true;
    this.#woken.after(0);
  }

  #start(): void {
    for (let worker = 0; worker < this.#jobs.length; worker++) {
      if (this.#jobs[worker] === undefined) this.#work(worker);
    }
  }

  #work(worker: number): void {
    for (;;) {
      const item = this.queue.take();
      if (item === undefined) return;
      const {cause} = this.#options.simulation;
      const plan = this.#options.sync(item);
      const job: Job = {item, plan, cause, batch: 0, outstanding: 0, failed: false, ending: false};
      this.#jobs[worker] = job;
      if (!this.#advance(worker, job)) return;
    }
  }

  /** Sends what comes next; true when nothing does. */
  #advance(worker: number, job: Job): boolean {
    const {batches, last} = job.plan;
    while (job.batch < batches.length) {
      const batch = batches[job.batch++];
      if (job.failed) this.#drop(job.item, batch);
      else for (const request of batch) this.#send(worker, job, request);
      if (job.outstanding > 0) return false;
    }
    if (last !== undefined && !job.ending) {
      job.ending = true;
      this.#send(worker, job, last);
      return false;
    }
    this.#finish(worker, job);
    return true;
  }

  #send(worker: number, job: Job, request: PlannedRequest): void {
    job.outstanding++;
    switch (request.verb) {
      case 'create-pod':
        this.#api.createPod({...request, ordinal: worker});
        return;
      case 'delete-pod':
        this.#api.deletePod(request.pod, {ticket: worker});
        return;
      case 'release-pod':
        this.#api.releasePod(request.pod, worker);
        return;
      case 'adopt-pod':
        this.#api.adoptPod(request.pod, request.owner, worker);
        return;
      case 'write-object':
        this.#api.writeObject(request.request, worker);
        return;
      default:
        this.#api.writeWorkload(request, worker);
    }
  }

  #drop(item: QueueItem, batch: readonly PlannedRequest[]): void {
    for (const {verb} of batch) if (verb === 'create-pod') this.#options.notCreated?.(item);
  }

  /** With each pod created comes an Event object. */
  #created(worker: number): void {
    this.#api.spendRequest();
    this.#answered(worker, 'ok');
  }

  #refused(worker: number): void {
    const job = this.#jobs[worker];
    if (job !== undefined) this.#options.notCreated?.(job.item);
    this.#api.spendRequest();
    this.#answered(worker, 'conflict');
  }

  // What is gone need not be written any more.
  #answered(worker: number, outcome: ApiOutcome): void {
    const job = this.#jobs[worker];
    if (job === undefined) throw new Error(`${this.#options.name}: an answer nobody waits for`);
    if (outcome !== 'ok' && outcome !== 'not-found') job.failed = true;
    if (--job.outstanding > 0) return;
    if (this.#advance(worker, job)) this.#work(worker);
  }

  #finish(worker: number, {item, plan, failed}: Job): void {
    const {maxRetries = Infinity, requestFailed} = this.#options;
    const wrong = failed || plan.failed === true;
    this.#jobs[worker] = undefined;
    if (failed) requestFailed?.(item);
    if (wrong && this.queue.failures(item) < maxRetries) this.queue.addRateLimited(item);
    else this.queue.forget(item);
    if (plan.again !== undefined) this.queue.addAfter(item, plan.again);
    this.queue.done(item);
  }

  save(): SavedLoop {
    return {waking: this.#waking, jobs: this.#jobs, queue: this.queue.save()};
  }

  restore({waking, jobs, queue}: SavedLoop): void {
    this.#waking = waking;
    this.#jobs = [...jobs];
    this.queue.restore(queue);
  }
}

type Job = {
  readonly item: QueueItem;
  readonly plan: Plan;
  readonly cause: number;
  /** The one that goes next. */
  batch: number;
  outstanding: number;
  failed: boolean;
  ending: boolean;
};

export type SavedLoop = {
  readonly waking: boolean;
  readonly jobs: readonly (Job | undefined)[];
  readonly queue: SavedQueue;
};
