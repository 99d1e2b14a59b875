// How long the control plane takes for what it does by itself.

import {millisecond, second, type Time} from '../engine/time.ts';

export type ControlPlaneTiming = {
  /** From power to a kubelet that starts the master's static pods. */
  readonly boot: Time;
  readonly apiServerStart: Time;
  readonly etcdStart: Time;
  /** Until a master that is added is a member of etcd: kubeadm join, as a learner first. */
  readonly join: Time;
  /** As etcd's --heartbeat-interval. */
  readonly heartbeat: Time;
  /** As etcd's --election-timeout; a member waits once to twice as long. */
  readonly election: Time;
  /** Between two members. */
  readonly roundTrip: Time;
  /** Until a member has an entry on its disk. */
  readonly fsync: Time;
  /** Until the reset of a connection is followed by a new one, at most. */
  readonly reconnect: Time;
  /** The longest that one waits before trying again an API server that did not answer. */
  readonly backOff: {readonly kubelet: Time; readonly others: Time};
  /** Until a connection over which nothing comes is given up, from and to. */
  readonly silence: {
    readonly kubelet: readonly [from: Time, to: Time];
    readonly others: readonly [from: Time, to: Time];
  };
};

// Silence of kubelets: two tries of a heartbeat, 10 s each, after which the kubelet drops all its
// connections; the first may be under way. Of others: HTTP/2 pings after 30 s without a frame, for
// 15 s; those who renew a lease had their last frame within its 2 s. Back-off: of a kubelet's lease
// 200 ms doubling up to 7 s, of a reflector 800 ms up to 30 s.
export const realTiming: ControlPlaneTiming = {
  boot: 30 * second,
  apiServerStart: 5 * second,
  etcdStart: 1 * second,
  join: 30 * second,
  heartbeat: 100 * millisecond,
  election: second,
  roundTrip: millisecond,
  fsync: 5 * millisecond,
  reconnect: second,
  backOff: {kubelet: 7 * second, others: 30 * second},
  silence: {kubelet: [10 * second, 20 * second], others: [43 * second, 45 * second]},
};

/** For textbooks: whatever breaks or comes back does so for all at once. */
export const noTiming: ControlPlaneTiming = {
  boot: 0,
  apiServerStart: 0,
  etcdStart: 0,
  join: 0,
  heartbeat: 0,
  election: 0,
  roundTrip: 0,
  fsync: 0,
  reconnect: 0,
  backOff: {kubelet: 0, others: 0},
  silence: {kubelet: [0, 0], others: [0, 0]},
};
