// The plugins that a pod in Permit waits for, each with its own time (kube-scheduler's
// waiting_pods_map.go).

import type {Time} from '../../engine/time.ts';
import {minutes} from '../../engine/time.ts';

/** No plugin may make a pod wait longer. */
const longestWait = minutes(15);

export class PermitWaits {
  readonly #expiries = new Map<string, Time>();

  constructor(saved: SavedPermitWaits = []) {
    for (const [plugin, expiry] of saved) this.#expiries.set(plugin, expiry);
  }

  get any(): boolean {
    return this.#expiries.size > 0;
  }

  add(plugin: string, wait: Time, now: Time): void {
    this.#expiries.set(plugin, now + Math.min(wait, longestWait));
  }

  has(plugin: string): boolean {
    return this.#expiries.has(plugin);
  }

  /** False if the pod was not waiting for the plugin. */
  allow(plugin: string): boolean {
    return this.#expiries.delete(plugin);
  }

  /** The first to run out turns the pod away. */
  first(): {readonly plugin: string; readonly expiry: Time} | undefined {
    let first: {plugin: string; expiry: Time} | undefined;
    for (const [plugin, expiry] of this.#expiries) {
      if (first === undefined || expiry < first.expiry) first = {plugin, expiry};
    }
    return first;
  }

  save(): SavedPermitWaits {
    return [...this.#expiries];
  }
}

export type SavedPermitWaits = [plugin: string, expiry: Time][];
