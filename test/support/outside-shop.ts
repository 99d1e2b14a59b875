// A Service that is called from outside, for tests: text of a scenario whose cluster takes no time
// of its own, and what its requests came to.

import {outcomes} from '../../src/machines/request-book.ts';
import type {Record as RequestRecord} from '../../src/network/traffic/record.ts';
import type {Play} from '../timelines/play.ts';

export type ShopWishes = {
  readonly nodes?: string;
  readonly network?: string;
  readonly rest?: string;
  readonly traffic: string;
  /** Of each Deployment with the label app=web: its pods, and the node they are all on. */
  readonly pods: readonly (readonly [count: number, node?: string])[];
  /** Of the pods' spec, and of their container. */
  readonly spec?: string;
  readonly container?: string;
  readonly service: string;
};

export function outsideShop({
  nodes = '{name: n, count: 3, allocatable: {cpu: 64, memory: 64Gi, pods: 500}}',
  network = 'loadBalancers: {takes: 0s}',
  rest = 'duration: 10m',
  spec = '',
  container = '',
  traffic,
  pods,
  service,
}: ShopWishes): string {
  return `seed: 7
cluster:
  controlPlane: {latency: none}
  network: {latency: none, ${network}}
  nodes: [${nodes}]
${rest}
traffic: [${traffic}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}], ${service}}
${pods.map((each, i) => deployment(i, each, {spec, container})).join('')}`;
}

function deployment(
  i: number,
  [count, node]: ShopWishes['pods'][number],
  {spec, container}: {spec: string; container: string},
): string {
  const where = node === undefined ? '' : `nodeSelector: {kubernetes.io/hostname: ${node}},`;
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web-${i}}
spec:
  replicas: ${count}
  selector: {matchLabels: {deployment: web-${i}}}
  template:
    metadata: {labels: {app: web, deployment: web-${i}}}
    spec: {${where} ${spec} containers: [{name: main, image: "web:1", ${container}}]}
`;
}

export function recordOf(play: Play, place = 0): RequestRecord {
  const record = play.world.requests?.records()[place];
  if (record === undefined) throw new Error('nobody has sent anything');
  return record as RequestRecord;
}

/** Outcomes that there were. */
export function counts(record: RequestRecord): {readonly [outcome: string]: number} {
  const told = outcomes.map(outcome => [outcome, record.count(outcome)] as const);
  return Object.fromEntries(told.filter(([, count]) => count > 0));
}
