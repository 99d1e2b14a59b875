// The stateful parts of a simulation, by name: what has to be saved so that a run can go on
// elsewhere. Values are cloned on the way in and out, so no two runs share anything.

/** Whatever structuredClone takes: plain objects, arrays, maps, typed arrays; no functions. */
export type Saved = unknown;

export interface Part<S = Saved> {
  save(): S;
  restore(saved: S): void;
}

export class Parts {
  readonly #parts = new Map<string, Part>();

  add(name: string, part: Part): void {
    if (this.#parts.has(name)) throw new Error(`part ${name} is registered twice`);
    this.#parts.set(name, part);
  }

  save(): ReadonlyMap<string, Saved> {
    const saved = new Map<string, Saved>();
    for (const [name, part] of this.#parts) saved.set(name, clone(name, part.save()));
    return saved;
  }

  /** In the order of registration, which is the order in which the scenario was built. */
  restore(saved: ReadonlyMap<string, Saved>): void {
    for (const name of saved.keys()) {
      if (!this.#parts.has(name)) throw new Error(`part ${name} is saved, but not in this run`);
    }
    for (const [name, part] of this.#parts) {
      if (!saved.has(name)) throw new Error(`part ${name} is in this run, but not saved`);
      part.restore(clone(name, saved.get(name)));
    }
  }
}

function clone(name: string, value: Saved): Saved {
  try {
    return structuredClone(value);
  } catch (cause) {
    throw new Error(`part ${name} saves what cannot be cloned`, {cause});
  }
}
