// Whether anybody answers at the addresses of pods, kept up as their containers live:
//
//   sandbox made ─▶ closed ─▶ all containers run, and are up ─▶ open ⇄ hung
//                     ▲                                          │
//                     ├───────────── one ended ◀─────────────────┤
//                     └─ ended ◀─ draining ◀─ one had its SIGTERM┘         sandbox down ─▶ none
//
// A pod listens as a whole, whichever of its containers has the port. What will change by itself is
// one event of the pod. Without `listeners` nobody wants to know, and nothing is done.

import type {EventHandle, EventKind, Simulation} from '../engine/simulation.ts';
import type {Time} from '../engine/time.ts';
import type {Listeners} from '../machines/listeners.ts';
import type {PodId} from '../objects/ids.ts';
import type {LiveContainer, LivePod} from './live-pod.ts';
import type {LivePods} from './live-pods.ts';

export type PodListenersOptions = {
  readonly simulation: Simulation;
  readonly listeners: Listeners | undefined;
  readonly lives: LivePods;
};

export class PodListeners {
  readonly #simulation: Simulation;
  readonly #listeners: Listeners | undefined;
  readonly #lives: LivePods;
  readonly #turned: EventKind<PodId>;
  readonly #sandboxDown: EventKind<PodId>;

  constructor({simulation, listeners, lives}: PodListenersOptions) {
    this.#simulation = simulation;
    this.#listeners = listeners;
    this.#lives = lives;
    this.#turned = simulation.event('pod.listening-changed', (pod: PodId) =>
      this.settle(lives.of(pod)),
    );
    this.#sandboxDown = simulation.event('pod.address-gone', (pod: PodId) =>
      this.remove(lives.of(pod)),
    );
  }

  /** A container runs, and is up in so long. */
  begin(live: LivePod, index: number, warmUp: Time): void {
    const container = live.containers[index];
    container.answersFrom = this.#simulation.now + warmUp;
    container.deafFrom = Infinity;
    this.settle(live);
  }

  /** A container is being stopped, and goes on to take connections for so long. */
  stop(live: LivePod, index: number, deafAfter: Time): void {
    live.containers[index].deafFrom = this.#simulation.now + deafAfter;
    this.settle(live);
  }

  /** Its containers, or what they do, have changed. */
  settle(live: LivePod): void {
    if (this.#listeners === undefined || live.sandbox === undefined) return;
    this.#cancel(live.listensAnew);
    live.listensAnew = undefined;
    // A kubelet that was away may use a sandbox again that another had begun to take down.
    live.listener ??= this.#listeners.add(live.pod, live.serial, live.node);
    const {now} = this.#simulation;
    const {containers, initCount} = this.#lives.plan(live);
    let worst: Listening = 'open';
    let next = Infinity;
    for (let index = 0; index < containers.length; index++) {
      if (index < initCount && !containers[index].sidecar) continue;
      const one = listening(live.containers[index], now);
      if (order.indexOf(one) > order.indexOf(worst)) worst = one;
      next = Math.min(next, nextTurn(live.containers[index], now));
    }
    const state = worst === 'draining' ? 'closed' : worst;
    this.#listeners.set(live.listener, state, worst === 'draining');
    if (next < Infinity) live.listensAnew = this.#turned.at(next, live.pod);
  }

  /** Its sandbox is taken down in so long, whenever the kubelet sees it. */
  removeAfter(live: LivePod, time: Time): void {
    if (live.listener === undefined) return;
    this.#cancel(live.listensAnew);
    live.listensAnew = this.#sandboxDown.after(time, live.pod);
  }

  remove(live: LivePod): void {
    this.#cancel(live.listensAnew);
    live.listensAnew = undefined;
    if (live.listener === undefined) return;
    this.#listeners?.remove(live.listener);
    live.listener = undefined;
  }

  #cancel(handle: EventHandle | undefined): void {
    if (handle !== undefined) this.#simulation.cancel(handle);
  }
}

/** What is worse counts for the pod. */
const order = ['open', 'hung', 'draining', 'closed'] as const;

type Listening = (typeof order)[number];

function listening(container: LiveContainer, now: Time): Listening {
  const {state, answersFrom, deafFrom, hangs} = container;
  if (state !== 'running' || now < answersFrom) return 'closed';
  if (now >= deafFrom) return 'draining';
  return hangs.some(({from, until}) => from <= now && now < until) ? 'hung' : 'open';
}

/** When that is another; Infinity if nothing is to happen by itself. */
function nextTurn({state, answersFrom, deafFrom, hangs}: LiveContainer, now: Time): Time {
  if (state !== 'running') return Infinity;
  let next = deafFrom > now ? deafFrom : Infinity;
  if (answersFrom > now) next = Math.min(next, answersFrom);
  for (const {until} of hangs) if (until > now) next = Math.min(next, until);
  return next;
}
