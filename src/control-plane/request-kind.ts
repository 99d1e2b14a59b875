// What a client's pipe is told of the requests that go through it (see request-pipe.ts).

import type {Simulation} from '../engine/simulation.ts';
import type {ClientLimits} from '../objects/api-client.ts';
import type {Gate} from './gate.ts';
import type {PayloadQueue} from './payload-queue.ts';
import type {Seats} from './seats.ts';
import type {WriteLatency} from './write-latency.ts';

export type PipeOptions = {
  readonly simulation: Simulation;
  readonly name: string;
  readonly limits: ClientLimits;
  readonly latency: WriteLatency;
  readonly gate: Gate;
  /** Of the API server that serves this key, where requests may have to wait for one. */
  readonly seats?: ((key: number) => Seats | undefined) | undefined;
  /** Nothing that it asks for is given up. */
  readonly patient: boolean;
};

export type Verb<Payload> = {
  /** Does what was asked for, and answers. */
  perform(a: number, b: number, payload: Payload): void;
  /** Answers that it was given up. */
  refuse(a: number, b: number, payload: Payload): void;
  /** It only deletes, which etcd does without space. */
  readonly frees?: boolean;
  /** The node whose kubelet asks, if it is a kubelet that does. */
  node(a: number, payload: Payload): number;
};

export type Kind = {readonly verb: Verb<unknown>; readonly queue: PayloadQueue<unknown>};

export type Send<Payload> = (a: number, b: number, payload: Payload) => void;
