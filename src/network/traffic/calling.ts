// How somebody calls a Service: what it asks for, how long it waits, whether it tries again, and
// whether it keeps its connections. A traffic entry is one, and so is each call of an application.

import type {Time} from '../../engine/time.ts';
import type {Distribution} from '../../options/distribution.ts';
import type {Caller, Destination} from '../destination.ts';
import type {CallSteps} from './application.ts';
import type {RecordLabels} from './record.ts';

export type CallingId = number & {readonly id: 'calling'};

export type RetryOptions = {
  /** In all, the first one included. */
  readonly tries: number;
  /** Before the k-th repetition: base · factor^(k-1), at most `most`, times 1 ± jitter. */
  readonly backOff: {
    readonly base: Time;
    readonly factor: number;
    readonly most: Time;
    /** From 0 to 1; with `full` a draw between 0 and the pause itself, as Envoy does. */
    readonly jitter: number | 'full';
  };
  /**
   * Repetitions under way are at most this share of all requests under way, but for `least` that
   * are always allowed (Envoy: 20 %, 3).
   */
  readonly budget: {readonly share: number; readonly least: number} | undefined;
  /** Leaves out targets that were tried, while there are others. */
  readonly others: boolean;
  /**
   * Only failures of the connection; or those alone after which it is certain that the request was
   * not sent. Any unless said.
   */
  readonly after?: 'connection' | 'unsent';
};

export type KeepAliveOptions = {
  /** Of one caller, at most; of a proxy those that are idle. */
  readonly connections: number;
  /** A proxy's: it chooses a target for each request, and goes over what it has to that one. */
  readonly byTarget?: boolean;
  /** Any number of requests at once on a connection (HTTP/2, gRPC). */
  readonly multiplexed: boolean;
  /** A connection is closed after so many requests, when it is so old, or idle for so long. */
  readonly requests: number;
  readonly age: Time;
  readonly idle: Time;
  /** It is given up when its lost machine has been sent to for so long; never unless written. */
  readonly silence?: Time;
};

export type CallingOptions = {
  /** By it its streams of chance are named. */
  readonly name: string;
  readonly labels: RecordLabels;
  readonly destination: Destination;
  /** What it asks of the application, in place of the application's own. */
  readonly takes: Distribution | undefined;
  readonly requestBytes: number;
  /** From the first packet; `Infinity`: until the kernel gives up. */
  readonly connectTimeout: Time;
  /** Round trips that a new connection takes before a request goes out: TLS 1.3 takes one. */
  readonly handshakes: number;
  /** Of each try, from its beginning to the last byte; or `Infinity`. */
  readonly timeout: Time;
  readonly retries: RetryOptions | undefined;
  /** A second copy goes out when the first was not answered by then. */
  readonly hedgeAfter: Time | undefined;
  readonly keepAlive: KeepAliveOptions | undefined;
  /** What the pod that it reaches asks of others in place of its own calls: it is a proxy. */
  readonly forwards: CallSteps | undefined;
  /** How it goes on where it is sent to the secure address (308); `undefined`: it does not. */
  readonly redirected: CallingId | undefined;
  /** A proxy calls: of failures it makes statuses (502, 503, 504) that its own client sees. */
  readonly gateway: boolean;
  /** The application answers well even if this fails. */
  readonly optional: boolean;
  /** Whoever began a request hears of its end, once for each. */
  readonly over: ((caller: Caller) => void) | undefined;
};

export const callingDefaults = {
  takes: undefined,
  requestBytes: 0,
  connectTimeout: Infinity,
  handshakes: 0,
  timeout: Infinity,
  retries: undefined,
  hedgeAfter: undefined,
  keepAlive: undefined,
  forwards: undefined,
  redirected: undefined,
  gateway: false,
  optional: false,
  over: undefined,
} as const satisfies Partial<CallingOptions>;
