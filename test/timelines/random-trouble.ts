// A cluster in which, for two hours, everything that a scenario can say goes wrong by dice while its
// operators work on; then nothing more is done to it.

import {RandomStream} from '../../src/engine/random.ts';
import {faults} from '../../src/faults/index.ts';
import {budget, document, job, workload} from './objects.ts';

/** When the last fault begins; each lasts ten minutes at most. */
const trouble = 7200;

export type Trouble = {
  /** Kinds of faults, all unless written. */
  readonly kinds?: readonly string[];
  readonly duration?: string;
  readonly restores?: boolean;
  /** CoreDNS as pods. */
  readonly dnsPods?: boolean;
};

const allKinds: readonly string[] = faults.map(({kind}) => kind);

export function troubled(seed: number, {kinds = allKinds, ...rest}: Trouble = {}): string {
  const {duration = '6h', restores = false, dnsPods = false} = rest;
  const random = new RandomStream(`trouble ${seed}`);
  const struck = Array.from({length: 30}, (_, i) => fault(random, kinds[i % kinds.length], i));
  const done = Array.from({length: 12}, () => operation(random));
  const copies = restores
    ? ['{at: 30m, do: snapshot-etcd, name: s}', '{at: 45m, do: restore-etcd, from: s}']
    : [];
  return `duration: ${duration}
seed: ${seed}
cluster:
  nodes:
    - name: n
      count: 6
      zones: [a, b, c]
      racks: [r1, r2]
      allocatable: {cpu: 8, memory: 16Gi, pods: 30}
  controlPlane: {masters: {count: 3, zones: [a, b, c]}}
images: {sizes: [{name: "shop/web:2", size: 300Mi}]}
behaviour:
  - {selector: app=sum, exitsAfter: {exponential: {mean: 2m}}}
  - {selector: app=tick, exitsAfter: 30s}
  - {selector: app=web, shutdownDelay: 5s, becomesReadyAfter: 3s}
timeline: [${[...done, ...copies, ...last].join(', ')}]
faults: [${struck.join(', ')}]
${objects}${dnsPods ? coreDns : ''}`;
}

/** Whatever was under way is put right, so that one knows how it must end. */
const last = [
  ...['{at: 160m, do: uncordon, node: {pool: n}}', '{at: 160m, do: delete, target: cronjob/tick}'],
  '{at: 160m, do: rollout, target: deployment/web, action: resume}',
];

const probe = {httpGet: {path: '/', port: 80}, periodSeconds: 5};
const resources = {requests: {cpu: '250m', memory: '128Mi'}, limits: {memory: '1Gi'}};
const container = {resources, readinessProbe: probe, livenessProbe: probe};

const objects = [
  workload({replicas: 6, container}),
  workload({name: 'api', replicas: 3, spec: {strategy: {type: 'Recreate'}}}),
  workload({kind: 'ReplicaSet', name: 'bare', replicas: 2}),
  workload({kind: 'DaemonSet', name: 'agent'}),
  job({spec: {completions: 8, parallelism: 2, backoffLimit: 100}}),
  document({
    ...{apiVersion: 'batch/v1', kind: 'CronJob', metadata: {name: 'tick'}},
    spec: {
      schedule: '*/15 * * * *',
      jobTemplate: {
        spec: {
          template: {
            metadata: {labels: {app: 'tick'}},
            spec: {restartPolicy: 'OnFailure', containers: [{name: 'main', image: 'shop/web:1'}]},
          },
        },
      },
    },
  }),
  budget({maxUnavailable: 1}),
  document({
    ...{apiVersion: 'v1', kind: 'Service', metadata: {name: 'web'}},
    spec: {selector: {app: 'web'}, ports: [{port: 80}]},
  }),
].join('');

const coreDns = [
  document({
    ...{apiVersion: 'v1', kind: 'Service', metadata: {name: 'kube-dns', namespace: 'kube-system'}},
    spec: {selector: {app: 'coredns'}, ports: [{port: 53, protocol: 'UDP'}]},
  }),
  document({
    ...{apiVersion: 'apps/v1', kind: 'Deployment'},
    metadata: {name: 'coredns', namespace: 'kube-system'},
    spec: {
      replicas: 3,
      selector: {matchLabels: {app: 'coredns'}},
      template: {
        metadata: {labels: {app: 'coredns'}},
        spec: {containers: [{name: 'main', image: 'shop/web:1', resources}]},
      },
    },
  }),
].join('');

type Say = (random: RandomStream) => string;

const node: Say = random => `node: n-${random.integer(0, 5)}`;
const master: Say = random => `master: master-${random.integer(0, 2)}`;
const podTarget: Say = random =>
  random.choice(['pod: deployment/web', 'pod: {workload: deployment/api, count: 1}']);
const what: Say = random => `what: ${random.choice(['power', 'link'])}`;
const way = (random: RandomStream, ways: readonly string[]) => `way: ${random.choice(ways)}`;
const component: Say = random =>
  `component: ${random.choice(['kube-scheduler', 'kube-controller-manager'])}`;

/** What each kind needs to be told, beside when and for how long. */
const particulars: Readonly<Record<string, Say>> = {
  'node-crash': node,
  'node-reboot': random => `${node(random)}, downtime: ${random.integer(5, 300)}s`,
  'kubelet-stop': node,
  'proxy-stop': node,
  'node-unreachable': random => `${node(random)}, ${way(random, ['both', 'from-node', 'to-node'])}`,
  'node-slow': random => `${node(random)}, factor: ${random.integer(2, 9)}`,
  'node-failures': () => `up: {exponential: {mean: 2h}}, down: 4m, until: 2h`,
  'zone-outage': random => `zone: ${random.choice(['a', 'b', 'c'])}, ${what(random)}`,
  'rack-outage': random => `rack: ${random.choice(['r1', 'r2'])}, ${what(random)}`,
  'container-crash': podTarget,
  'pod-hang': podTarget,
  'memory-leak': random => `${podTarget(random)}, perMinute: 200Mi`,
  'bad-image': () => 'pod: {selector: app=web, percent: 50}',
  'bad-config': () => 'pod: {selector: app=api, percent: 50}',
  'registry-outage': random => random.choice(['slow: 5', '']),
  'dns-outage': () => '',
  'master-loss': master,
  'api-server-crash': master,
  'etcd-member-loss': random => `member: ${random.choice(['leader', 'majority', 'master-1'])}`,
  'leader-crash': component,
  'network-partition': random =>
    `between: ${random.choice(['masters', 'n-1', 'master-0', '{zone: a}'])}, ${way(random, ['both', 'forth', 'back'])}`,
  maintenance: () => 'node: {pool: n, count: 2}, drainTimeout: 3m, downtime: 1m',
};

/** Kinds that say for themselves how long they take. */
const brief = new Set([
  ...['node-reboot', 'container-crash', 'memory-leak', 'leader-crash', 'maintenance'],
]);

function fault(random: RandomStream, kind: string, i: number): string {
  const said = particulars[kind];
  if (said === undefined) throw new Error(`tell here what ${kind} needs`);
  const own = said(random);
  const start = [`kind: ${kind}`, `name: f${i}`, ...(own === '' ? [] : [own])].join(', ');
  if (kind === 'node-failures') return `{${start}}`;
  const at = `at: ${random.integer(60, trouble)}s`;
  const lasts = brief.has(kind) ? '' : `, lasts: ${random.integer(1, 600)}s`;
  return `{${start}, ${at}${lasts}}`;
}

function operation(random: RandomStream): string {
  const at = `at: ${random.integer(60, trouble)}s`;
  const name = random.choice(['n-0', 'n-3', 'n-5']);
  return random.choice([
    `{${at}, do: scale, target: deployment/web, replicas: ${random.integer(0, 12)}}`,
    `{${at}, do: set-image, target: deployment/web, image: "shop/web:2"}`,
    `{${at}, do: set-image, target: deployment/api, image: "shop/web:2"}`,
    `{${at}, do: rollout, target: deployment/web, action: ${random.choice(['restart', 'undo', 'pause', 'resume'])}}`,
    `{${at}, do: rollout, target: daemonset/agent, action: restart}`,
    `{${at}, do: drain, node: ${name}, timeout: 10m}`,
    `{${at}, do: uncordon, node: ${name}}`,
    `{${at}, do: delete, target: replicaset/bare, cascade: ${random.choice(['background', 'foreground'])}}`,
    `{${at}, do: add-nodes, nodes: {name: x${random.integer(0, 999)}, count: 1, zones: [b], racks: [r1], allocatable: {cpu: 8, memory: 16Gi, pods: 30}}}`,
    `{${at}, do: taint, node: ${name}, taint: "night=1:NoExecute"}`,
    `{${at}, do: taint, node: ${name}, taint: "night=1:NoExecute-"}`,
  ]);
}
