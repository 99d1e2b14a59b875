// Nodes whose kube-proxies sync all the time, each at a phase of its own: they joined the cluster
// at one moment and their proxies started one after the other, and some endpoint changes in each of
// their periods. So the news that matters waits for a share of a period, each share alike.

import {allocatable, serviceOf} from './built.ts';
import {seconds as lasting} from './traffic-scenario.ts';

export type BusyWish = {
  /** In seconds: between two syncs of a node; from a change to those who hear of it. */
  readonly period: number;
  readonly news: number;
  readonly nodes: number;
};

/** In seconds: the new nodes join. */
const joins = 10;

/** All of them have programmed all there was, and go on by their phases. */
export const busyFrom = ({period, news}: BusyWish): number => joins + 10 + 4 * period + 4 * news;

export function busyCluster({period, news}: BusyWish) {
  return {
    nodes: [{name: 'server', count: 1, allocatable, labels: {pool: 'servers'}}],
    controlPlane: news === 0 ? {latency: 'none'} : {latency: {write: '0s', watch: lasting(news)}},
    kubelet: {boot: '0s', lifecycle: 'simple', podStart: '0s'},
    network: {
      latency: 'none',
      proxy: {
        ...{minSync: lasting(period), syncTakes: '0s'},
        starts: {uniform: {from: '0s', to: lasting(period)}},
      },
    },
  };
}

export const joining = ({nodes}: BusyWish) => ({
  ...{at: lasting(joins), do: 'add-nodes'},
  nodes: {name: 'n', count: nodes, allocatable: {cpu: 8, memory: '16Gi', pods: 110}},
});

/** That keep proxies busy, so many Services that none changes again before all know. */
const others = ({period, news}: BusyWish): number =>
  Math.max(1, Math.ceil((4 * news + 2) / (0.4 * period)));

export function busyWork(wish: BusyWish): object[] {
  const count = others(wish);
  const apart = 0.4 * wish.period;
  return Array.from({length: count}, (_, i) => ({
    ...{kind: 'arrivals', name: `busy-${i}`, start: lasting(i * apart)},
    ...{gaps: lasting(count * apart), lifetime: lasting(0.5 * count * apart)},
    template: podsOf(`busy-${i}`),
  }));
}

export const podsOf = (app: string): object => ({
  metadata: {labels: {app}},
  spec: {nodeSelector: {pool: 'servers'}},
});

export const busyServices = (wish: BusyWish): object[] =>
  Array.from({length: others(wish)}, (_, i) => serviceOf(`busy-${i}`));
