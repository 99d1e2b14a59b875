// How slow an endpoint has been of late, as ingress-nginx's ewma keeps it (balancer/ewma.lua): a
// mean in which the past fades within ten seconds. Of two endpoints the one with less is chosen.

import {exp} from '../../engine/math.ts';
import {second, type Time} from '../../engine/time.ts';

const fading = 10 * second;

export class PeakEwma {
  #value = 0;
  #touched: Time = 0;

  /** A response took `seconds`. */
  add(seconds: number, now: Time): number {
    const kept = this.#kept(now);
    this.#value = this.#value * kept + seconds * (1 - kept);
    this.#touched = now;
    return this.#value;
  }

  /** Faded to now. */
  score(now: Time): number {
    return this.#value * this.#kept(now);
  }

  save(): readonly [value: number, touched: Time] {
    return [this.#value, this.#touched];
  }

  restore([value, touched]: readonly [number, Time]): void {
    this.#value = value;
    this.#touched = touched;
  }

  #kept(now: Time): number {
    return exp(-(now - this.#touched) / fading);
  }
}
