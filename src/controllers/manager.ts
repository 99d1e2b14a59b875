// The controller manager's process: all controllers live and die with it. What they keep in memory
// is lost with it; what they see of the cluster is not, since the manager that takes over has
// watched all along.

export type ManagedPart = {
  /** The process has ended: whatever was under way is not finished, nothing is remembered. */
  stop(): void;
  /** Another takes over, with an empty memory and everything still to be looked at. */
  start(): void;
};

export class Manager {
  running = true;
  readonly #parts: ManagedPart[] = [];

  join(part: ManagedPart): void {
    this.#parts.push(part);
  }

  stop(): void {
    if (!this.running) return;
    this.running = false;
    for (const part of this.#parts) part.stop();
  }

  start(): void {
    if (this.running) return;
    this.running = true;
    for (const part of this.#parts) part.start();
  }

  save(): boolean {
    return this.running;
  }

  /** Its parts bring back their own state. */
  restore(running: boolean): void {
    this.running = running;
  }
}
