// A kubelet with every step of a pod's life, on two nodes, and what it told. Delays are fixed
// unless a test wishes otherwise, so that moments can be added up by hand.

import {nodeLines} from '../../src/control-plane/node-lines.ts';
import type {Time} from '../../src/engine/time.ts';
import {formatDuration, seconds} from '../../src/engine/time.ts';
import {Listeners} from '../../src/machines/listeners.ts';
import {Machines} from '../../src/machines/machines.ts';
import {Registry} from '../../src/machines/registry.ts';
import {behaviours} from '../../src/node/behaviour-options.ts';
import {kubeletOptions} from '../../src/node/kubelet-options.ts';
import {startKubelets} from '../../src/node/start-kubelets.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import type {Container, PodSpec, Probe} from '../../src/objects/pod-spec.ts';
import {apiWorld, podTemplate, wish} from '../control-plane/world.ts';
import {containerWith} from '../support/pods-and-nodes.ts';

export const mebibyte = 2 ** 20;

/** Everything at once but what is being looked at: restarts and stops take the time they say. */
const fixed = {
  volumes: '0s',
  sandbox: '1s',
  containerStart: '0s',
  imageCheck: '0s',
  observe: '0s',
  syncTick: '0s',
  syncJitter: 0,
  fullNodeSlowness: 0,
  stopTime: '1s',
  sandboxStop: '0s',
};

export type Wishes = {
  readonly seed?: number;
  readonly kubelet?: object;
  /** Delays are those of a scenario that says nothing. */
  readonly byDefault?: boolean;
  readonly behaviour?: readonly object[];
  readonly present?: readonly string[];
  /** Of both nodes. */
  readonly allocatable?: ReadonlyMap<string, number>;
  readonly sizes?: Readonly<Record<string, number>>;
  readonly missing?: readonly string[];
};

export const image = 'registry.example/app:1';

export function detailedWorld(wishes: Wishes = {}) {
  const {seed = 1, kubelet: options = {}, behaviour = [], sizes = {}, missing = []} = wishes;
  const world = apiWorld({seed});
  const {simulation, store} = world;
  const {present = [image], allocatable = new Map()} = wishes;
  for (const node of [0, 1] as NodeId[]) {
    const known = store.nodes.get(node);
    if (known !== undefined) {
      store.nodes.replace(
        node,
        {...known, allocatable, images: [{names: present, sizeBytes: 1}]},
        0,
      );
    }
  }
  const machines = new Machines(simulation);
  for (const node of [0, 1]) machines.add(node as NodeId, {zone: undefined, rack: undefined});
  const listeners = new Listeners(simulation);
  const registry = new Registry(simulation, {
    bytesPerSecond: mebibyte,
    sizes: new Map(Object.entries(sizes)),
    defaultBytes: 10 * mebibyte,
    missing: new Set(missing),
  });
  const kubelets = startKubelets({
    ...world,
    machines,
    listeners,
    registry,
    lines: nodeLines(machines),
    watchDelay: 0,
    options: kubeletOptions.parse({
      ...(wishes.byDefault ? {} : fixed),
      lifecycle: 'detailed',
      ...options,
    }),
    behaviours: behaviours.parse(behaviour),
  });
  return {
    ...world,
    machines,
    listeners,
    registry,
    ...kubelets,
    client: world.connect(),
    told: toldBy(world),
  };
}

export type DetailedWorld = ReturnType<typeof detailedWorld>;

export function podOn(
  world: DetailedWorld,
  spec: Partial<PodSpec> = {},
  name = 'pod-0',
  lifetime?: Time,
): PodId {
  const containers = [container()];
  const template = podTemplate({nodeName: 'node-0', containers, ...spec});
  const created = world.api.applyPod(wish(name, template, {lifetime}));
  if ('refused' in created) throw new Error(created.refused);
  return created.pod;
}

export function container(name = 'main', more: Partial<Container> = {}): Container {
  return containerWith(new Map(), {name, image, ...more});
}

export function probe(more: Partial<Probe> = {}): Probe {
  return {
    handler: 'exec',
    initialDelay: 0,
    period: seconds(10),
    timeout: seconds(1),
    successThreshold: 1,
    failureThreshold: 3,
    terminationGracePeriod: undefined,
    ...more,
  };
}

/** All signals with their moments, as `main started at 1s` or `pod-0 ready at 1s`. */
function toldBy({simulation, store}: ReturnType<typeof apiWorld>) {
  const told: {what: string; at: Time}[] = [];
  const tell = (what: string) => told.push({what, at: simulation.now});
  const {signals, pods} = store;
  signals.container.watch((pod, index, step) => {
    const {initContainers, containers} = pods.template(pod).spec;
    tell(`${[...initContainers, ...containers][index].name} ${step}`);
  });
  for (const what of [
    'started',
    'ready',
    'unready',
    'restarted',
    'terminating',
    'deleted',
  ] as const) {
    signals[what].watch(pod => tell(`${pods.name(pod)} ${what}`));
  }
  signals.ended.watch((pod, outcome, reason) => tell(`${pods.name(pod)} ${outcome} ${reason}`));
  return {
    /** When something was told, each time. */
    times: (what: string) => told.filter(entry => entry.what === what).map(({at}) => at),
    lines: () => told.map(({what, at}) => `${what} at ${formatDuration(at)}`),
    words: () => told.map(({what}) => what),
    entries: () => told,
  };
}
