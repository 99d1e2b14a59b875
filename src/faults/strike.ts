// What a fault of a scenario does, with its options: whom it strikes and how. A thing is what fails
// as a whole, a node, a zone, a pod; its parts are what that takes hold of, such as all machines of
// the zone. Both are values that can be cloned, for they are saved.

import type {RandomStream} from '../engine/random.ts';

export type Strike<Thing, Part> = {
  readonly kind: string;
  /** Those meant now; `random` is asked only where some of several are to be drawn. */
  things(random: () => RandomStream): readonly Thing[];
  /** As the incident's row names it, `node/general-3`; no two things share it. */
  nameOf(thing: Thing): string;
  partsOf(thing: Thing): readonly Part[];
  take(part: Part): void;
  /** Absent for what is over as it happens. */
  readonly release: ((part: Part) => void) | undefined;
  /** False once a thing is gone for good. */
  remains(thing: Thing): boolean;
  /** Tells of things that come later. */
  watchJoining(join: (thing: Thing) => void): void;
};

/** As an incident's row names several. */
export function namesOf(names: readonly string[]): string {
  const shown = names.length > 4 ? names.slice(0, 3) : names;
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(' ')} and ${rest} more` : shown.join(' ');
}
