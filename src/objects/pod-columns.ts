// The numbers of all pods, one typed array a column, grown by doubling.

export class PodColumns {
  length = 0;
  template = new Int32Array(16);
  serial = new Float64Array(16);
  priority = new Int32Array(16);
  created = new Float64Array(16);
  lifetime = new Float64Array(16);
  started = new Float64Array(16);
  deletion = new Float64Array(16);
  grace = new Float64Array(16);
  node = new Int32Array(16);
  devices = new Uint32Array(16);
  nominated = new Int32Array(16);
  owner = new Int32Array(16);
  phase = new Uint8Array(16);
  disruption = new Uint8Array(16);
  cause = new Int32Array(16);
  ready = new Uint8Array(16);
  readySince = new Float64Array(16);
  restarts = new Int32Array(16);
  end = new Int32Array(16);
  address = new Uint32Array(16);

  add(): number {
    if (this.length === this.template.length) this.#resize(this.length * 2);
    return this.length++;
  }

  /** As of a pod to which nothing has happened yet. */
  clear(pod: number): void {
    this.started[pod] = -1;
    this.deletion[pod] = -1;
    this.node[pod] = -1;
    this.devices[pod] = 0;
    this.nominated[pod] = -1;
    this.phase[pod] = 0;
    this.disruption[pod] = 0;
    this.ready[pod] = 0;
    this.restarts[pod] = 0;
    this.end[pod] = 0;
    this.address[pod] = 0;
  }

  save(): SavedColumns {
    const {length} = this;
    return {
      length,
      template: this.template.slice(0, length),
      serial: this.serial.slice(0, length),
      priority: this.priority.slice(0, length),
      created: this.created.slice(0, length),
      lifetime: this.lifetime.slice(0, length),
      started: this.started.slice(0, length),
      deletion: this.deletion.slice(0, length),
      grace: this.grace.slice(0, length),
      node: this.node.slice(0, length),
      devices: this.devices.slice(0, length),
      nominated: this.nominated.slice(0, length),
      owner: this.owner.slice(0, length),
      phase: this.phase.slice(0, length),
      disruption: this.disruption.slice(0, length),
      cause: this.cause.slice(0, length),
      ready: this.ready.slice(0, length),
      readySince: this.readySince.slice(0, length),
      restarts: this.restarts.slice(0, length),
      end: this.end.slice(0, length),
      address: this.address.slice(0, length),
    };
  }

  restore(saved: SavedColumns): void {
    this.length = saved.length;
    this.#resize(Math.max(16, 2 ** (32 - Math.clz32(saved.length))));
    this.template.set(saved.template);
    this.serial.set(saved.serial);
    this.priority.set(saved.priority);
    this.created.set(saved.created);
    this.lifetime.set(saved.lifetime);
    this.started.set(saved.started);
    this.deletion.set(saved.deletion);
    this.grace.set(saved.grace);
    this.node.set(saved.node);
    this.devices.set(saved.devices);
    this.nominated.set(saved.nominated);
    this.owner.set(saved.owner);
    this.phase.set(saved.phase);
    this.disruption.set(saved.disruption);
    this.cause.set(saved.cause);
    this.ready.set(saved.ready);
    this.readySince.set(saved.readySince);
    this.restarts.set(saved.restarts);
    this.end.set(saved.end);
    this.address.set(saved.address);
  }

  #resize(size: number): void {
    this.template = grown(this.template, new Int32Array(size));
    this.serial = grown(this.serial, new Float64Array(size));
    this.priority = grown(this.priority, new Int32Array(size));
    this.created = grown(this.created, new Float64Array(size));
    this.lifetime = grown(this.lifetime, new Float64Array(size));
    this.started = grown(this.started, new Float64Array(size));
    this.deletion = grown(this.deletion, new Float64Array(size));
    this.grace = grown(this.grace, new Float64Array(size));
    this.node = grown(this.node, new Int32Array(size));
    this.devices = grown(this.devices, new Uint32Array(size));
    this.nominated = grown(this.nominated, new Int32Array(size));
    this.owner = grown(this.owner, new Int32Array(size));
    this.phase = grown(this.phase, new Uint8Array(size));
    this.disruption = grown(this.disruption, new Uint8Array(size));
    this.cause = grown(this.cause, new Int32Array(size));
    this.ready = grown(this.ready, new Uint8Array(size));
    this.readySince = grown(this.readySince, new Float64Array(size));
    this.restarts = grown(this.restarts, new Int32Array(size));
    this.end = grown(this.end, new Int32Array(size));
    this.address = grown(this.address, new Uint32Array(size));
  }
}

/** -1 stands for nothing. */
export function optional(value: number): number | undefined {
  return value === -1 ? undefined : value;
}

function grown<Column extends Int32Array | Uint32Array | Float64Array | Uint8Array>(
  old: Column,
  wider: Column,
): Column {
  wider.set(old.subarray(0, Math.min(old.length, wider.length)));
  return wider;
}

export type SavedColumns = {
  length: number;
  template: Int32Array;
  serial: Float64Array;
  priority: Int32Array;
  created: Float64Array;
  lifetime: Float64Array;
  started: Float64Array;
  deletion: Float64Array;
  grace: Float64Array;
  node: Int32Array;
  devices: Uint32Array;
  nominated: Int32Array;
  owner: Int32Array;
  phase: Uint8Array;
  disruption: Uint8Array;
  cause: Int32Array;
  ready: Uint8Array;
  readySince: Float64Array;
  restarts: Int32Array;
  end: Int32Array;
  address: Uint32Array;
};
