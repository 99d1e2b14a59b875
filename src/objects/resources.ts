// Amounts of resources. The three that every node has are fields; extended resources, hugepages and
// attachable volumes ("scalar resources" in kube-scheduler) are a map, absent when there are none.

export type Resources = {
  readonly cpuMillicores: number;
  readonly memoryBytes: number;
  readonly ephemeralStorageBytes: number;
  readonly scalars: ReadonlyMap<string, number> | undefined;
};

/**
 * What one container asks for: by resource name, cpu in millicores, the rest in bytes or counts. A
 * key with 0 is an explicit zero.
 */
export type ResourceList = ReadonlyMap<string, number>;

export const noResourceList: ResourceList = new Map();

export function toResources(list: ResourceList): Resources {
  let scalars: Map<string, number> | undefined;
  for (const [name, amount] of list) {
    if (nativeResources.has(name)) continue;
    scalars ??= new Map();
    scalars.set(name, amount);
  }
  return {
    cpuMillicores: list.get('cpu') ?? 0,
    memoryBytes: list.get('memory') ?? 0,
    ephemeralStorageBytes: list.get('ephemeral-storage') ?? 0,
    scalars,
  };
}

const nativeResources = new Set(['cpu', 'memory', 'ephemeral-storage', 'pods']);
