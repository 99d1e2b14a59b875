// What a scenario's network objects say of one another, and what becomes of them in a whole run.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {minutes, seconds} from '../../src/engine/time.ts';
import {addressText} from '../../src/options/address.ts';
import {formatProblem} from '../../src/options/problem.ts';
import {build} from '../../src/scenario/build.ts';
import {readScenarioFrom} from '../../src/scenario/read-scenario-from.ts';
import {scenarioOf} from '../support/busy-scenario.ts';
import {memoryFiles} from './memory-files.ts';

const head = (cluster = '') => `apiVersion: orrery/v1
kind: Scenario
question: Who has which address?
duration: 1h
cluster:
  nodes: [{name: n, count: 3, zones: [a, b], allocatable: {cpu: 8, memory: 32Gi}}]
  ${cluster}
`;
const web = `---
{apiVersion: apps/v1, kind: Deployment, metadata: {name: web}, spec: {replicas: 6, selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: b, ports: [{containerPort: 8080, name: http}]}]}}}}
`;
const service = (name: string, spec: string) =>
  `---\n{apiVersion: v1, kind: Service, metadata: {name: ${name}}, spec: {selector: {app: web}, ports: [{port: 80, targetPort: http}], ${spec}}}\n`;
const ingress = (spec: string) =>
  `---\n{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: shop}, spec: {${spec}}}\n`;
const tlsSecret = (data: string) =>
  `---\n{apiVersion: v1, kind: Secret, metadata: {name: cert}, data: ${data}}\n`;

async function problems(text: string): Promise<string[]> {
  const {problems: found} = await readScenarioFrom(memoryFiles({'a.yaml': text}), 'a.yaml');
  return found.map(formatProblem).filter(each => !each.includes('Ingress is not modelled'));
}

const mistakes: [text: string, message: string][] = [
  [
    head('network: {podCIDR: 10.96.0.0/16}'),
    'the ranges of pods and Services overlap: 10.96.0.0/16 and 10.96.0.0/12',
  ],
  [
    head('network: {podCIDR: 10.0.0.0}'),
    'expected a range of addresses such as 10.96.0.0/12, got "10.0.0.0"',
  ],
  [
    head('network: {podCIDR: 10.244.0.0/16, nodeCIDRMask: 12}'),
    'cluster.network.nodeCIDRMask: expected at least 16, as podCIDR has, got 12',
  ],
  [
    head('network: {podCIDR: 10.244.0.0/24}') + service('a', ''),
    '10.244.0.0/24 has room for 1 nodes, and there are 3; pods on the others have no address',
  ],
  [
    head() + service('a', 'clusterIP: 10.0.0.7'),
    'expected a cluster IP of 10.96.0.0/12, got 10.0.0.7',
  ],
  [
    head() + service('a', 'clusterIP: 10.96.0.7') + service('b', 'clusterIP: 10.96.0.7'),
    `cluster IP 10.96.0.7 is Service "a"'s already`,
  ],
  [
    head('network: {serviceCIDR: 10.96.0.0/30}') + service('a', '') + service('b', ''),
    '10.96.0.0/30 has room for 1 Services, and there are 2',
  ],
  [
    head() +
      service('web', '') +
      ingress('defaultBackend: {service: {name: wob, port: {number: 80}}}'),
    'no Service "wob" in namespace default; did you mean web?',
  ],
  [
    head() +
      service('web', '') +
      ingress('defaultBackend: {service: {name: web, port: {number: 81}}}'),
    'Service "web" has no port 81',
  ],
  [
    head() +
      service('web', '') +
      ingress(
        'defaultBackend: {service: {name: web, port: {number: 80}}}, tls: [{secretName: cart}]',
      ) +
      tlsSecret('{tls.crt: "", tls.key: ""}'),
    'no Secret "cart" for TLS in namespace default; did you mean cert?',
  ],
  [
    head() +
      service('web', '') +
      ingress(
        'defaultBackend: {service: {name: web, port: {number: 80}}}, tls: [{secretName: cert}]',
      ) +
      tlsSecret('{tls.crt: ""}'),
    'Secret "cert" is for TLS and has no tls.key',
  ],
  [
    head() +
      service('web', '') +
      ingress(
        'defaultBackend: {service: {name: web, port: {number: 80}}}, tls: [{secretName: cert}]',
      ) +
      tlsSecret('{tls.crt: "", tls.key: ""}'),
    'Secret "cert" is for TLS: expected type kubernetes.io/tls, got Opaque',
  ],
];

for (const [text, message] of mistakes) {
  test(`told: ${message}`, async () => {
    const found = await problems(text);
    assert.ok(
      found.some(each => each.endsWith(message)),
      found.join('\n'),
    );
  });
}

async function played(text: string, time: number) {
  const world = build(await scenarioOf(text), {plugins: [], replication: 0});
  world.start();
  world.simulation.run(time);
  return world;
}

for (const lifecycle of ['simple', 'detailed']) {
  test(`pods have addresses of their nodes and Services have them, kubelets ${lifecycle}`, async () => {
    const text =
      head(`kubelet: {lifecycle: ${lifecycle}}`) + web + service('web', 'type: NodePort');
    const {store, machines, simulation} = await played(text, minutes(5));
    const addresses = [...store.pods.all()].map(pod => store.pods.addresses[pod]);
    assert.is(new Set(addresses).size, 6);
    for (const address of addresses) assert.match(addressText(address), /^10\.128\.[012]\.\d+$/);
    const [[, slice]] = [...store.endpointSlices.all()];
    assert.equal(slice.endpoints.map(({address}) => address).sort(), addresses.sort());
    assert.is(slice.ports[0].port, 8080);
    assert.ok(slice.endpoints.every(({zone, ready}) => zone !== undefined && ready));
    for (const pod of store.pods.all()) {
      assert.is(machines.addresses.of(pod), store.pods.addresses[pod]);
    }
    assert.is(simulation.eventsPending, 0);
  });
}

test('a load balancer’s address is pending for ever without a cloud provider', async () => {
  const text = (network: string) => head(network) + web + service('web', 'type: LoadBalancer');
  const addressesOf = async (network: string, time: number) => {
    const {store} = await played(text(network), time);
    return [...store.services.all()].flatMap(([, each]) => each.loadBalancer.map(addressText));
  };
  const cloud = 'network: {loadBalancers: {takes: 40s}}';
  assert.equal(await addressesOf('', minutes(50)), []);
  assert.equal(await addressesOf(cloud, seconds(39)), []);
  assert.equal(await addressesOf(cloud, seconds(41)), ['198.18.0.1']);
});

test('a node that loses its power gives its pods new addresses, which Services learn', async () => {
  const fault = `faults: [{kind: node-crash, node: n-0, at: 5m, lasts: 10s}]\n`;
  const options = 'kubelet: {boot: 5s}';
  const text = head(options).replace('cluster:', `${fault}cluster:`) + web + service('web', '');
  const before = await played(text, minutes(4));
  const after = await played(text, minutes(10));
  const all = (world: typeof before) =>
    [...world.store.endpointSlices.all()].flatMap(([, slice]) =>
      slice.endpoints.map(({address}) => addressText(address)),
    );
  assert.is(all(after).length, 6);
  assert.is(all(after).filter(address => all(before).includes(address)).length, 4);
});

test.run();
