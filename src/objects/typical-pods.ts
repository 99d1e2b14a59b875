// What the pods of a cluster usually ask for: the shapes, most frequent first, that make up 95 % of
// them. Fragmentation is what these could not use (Weng et al., Beware of Fragmentation, USENIX ATC
// 2023, section 3.2).

export type TypicalShape = {
  readonly cpuMillicores: number;
  /** Devices, and what of each in thousandths; 0 devices for a pod without. */
  readonly count: number;
  readonly milli: number;
  /** Of the devices; empty: any. */
  readonly models: readonly string[];
  /** How many pods have this shape; only the proportions matter. */
  readonly pods: number;
};

const covered = 0.95;

/** Equal shapes are put together; of equally frequent ones, those seen first come first. */
export function typicalShapes(seen: Iterable<TypicalShape>): TypicalShape[] {
  const byKey = new Map<string, TypicalShape>();
  let all = 0;
  for (const shape of seen) {
    const key = keyOf(shape);
    const pods = (byKey.get(key)?.pods ?? 0) + shape.pods;
    byKey.set(key, {...shape, pods});
    all += shape.pods;
  }
  const typical: TypicalShape[] = [];
  let sum = 0;
  for (const shape of [...byKey.values()].sort((left, right) => right.pods - left.pods)) {
    if (sum >= covered * all) break;
    typical.push(shape);
    sum += shape.pods;
  }
  return typical;
}

function keyOf({cpuMillicores, count, milli, models}: TypicalShape): string {
  return `${cpuMillicores}/${count}/${milli}/${[...models].sort().join('|')}`;
}
