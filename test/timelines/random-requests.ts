// Requests of every kind across a cluster in trouble: callers on nodes, in pods and outside, by
// addresses, names and an ingress, with every policy, to programs that call others.

import {RandomStream} from '../../src/engine/random.ts';
import {type Trouble, troubled} from './random-trouble.ts';

/** When the last request is sent; whoever sent it waits for a minute at most. */
const ends = '130m';

export function requestTrouble(seed: number, trouble: Trouble = {}): string {
  const random = new RandomStream(`requests ${seed}`);
  const text = troubled(seed, {...trouble, duration: '140m'});
  const mode = random.choice(['iptables', 'ipvs', 'nftables']);
  const network = `network: {proxy: {mode: ${mode}}, loss: ${random.choice(['0', '0.5%'])}, loadBalancers: {takes: 5s}}`;
  return `${text.replace('cluster:\n', `cluster:\n  ${network}\n`).replace('\n---', sections(random))}${objects}`;
}

const patience = 'connectTimeout: 4s, timeout: 20s';

const policies = [
  patience,
  'connectTimeout: 2s, timeout: 1s, retries: {tries: 3, backOff: 100ms, budget: 50%}',
  'connectTimeout: 5s, timeout: 500ms, retries: {tries: 2, others: true}, hedgeAfter: 200ms',
  `${patience}, keepAlive: {connections: 3}`,
  `${patience}, keepAlive: {connections: 1, multiplexed: true, age: 5m}`,
];

function sections(random: RandomStream): string {
  const policy = () => random.choice(policies);
  const balance = random.choice(['round-robin', 'power-of-two', 'least-connections']);
  const entry = (said: string) => `{${said}, starts: 1m, ends: ${ends}, ${policy()}}`;
  return `
applications:
  - {selector: app=web, takes: {exponential: {mean: 20ms}}, workers: 2, queue: 10, calls: [{to: api, ${policy()}}, {parallel: [{to: book, chance: 50%, ${policy()}}, {sleep: 5ms}]}]}
  - {selector: app=book, takes: {exponential: {mean: 30ms}}, errors: 1%}
  - {selector: app=api, takes: 10ms, sharing: 2, queue: 20}
traffic:
  - ${entry('name: near, from: nodes, to: web, rate: 2/s')}
  - ${entry('name: far, from: outside, to: shop, rate: 1/s')}
  - ${entry("name: shoppers, from: outside, to: 'http://shop.com/', rate: 1/s")}
  - ${entry('name: inner, from: deployment/api, to: sticky, rate: 1/s')}
  - ${entry(`name: names, from: nodes, to: book, balance: ${balance}, rate: 1/s`)}
  - {name: people, from: nodes, to: web, users: 5, think: 5s, ends: ${ends}, ${patience}}
---`;
}

const labels = 'app.kubernetes.io/name: ingress-nginx';

const deployment = (name: string, label: string, replicas: number, limit: string) => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {${label}}}
  template:
    metadata: {labels: {${label}}}
    spec: {containers: [{name: main, image: "${name}:1", resources: {limits: {cpu: ${limit}}}}]}
`;

const service = (name: string, spec: string) =>
  `---\n{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {${spec}, ports: [{name: http, port: 80}]}}\n`;

// The Service `web` is there already.
const objects = [
  deployment('book', 'app: book', 3, '100m'),
  deployment('nginx', labels, 2, '500m'),
  service('api', 'selector: {app: api}, internalTrafficPolicy: Cluster'),
  service('book', 'selector: {app: book}, clusterIP: None'),
  service('shop', 'type: NodePort, selector: {app: web}, externalTrafficPolicy: Local'),
  service('sticky', 'selector: {app: web}, sessionAffinity: ClientIP'),
  service('nginx', `type: LoadBalancer, selector: {${labels}}`),
  `---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec: {ingressClassName: nginx, rules: [{host: shop.com, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}}]}
`,
].join('');
