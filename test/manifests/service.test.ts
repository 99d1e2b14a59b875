// Services and their endpoints and ingresses, as pkg/apis/core/validation and pkg/apis/networking
// check them.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import {addressText} from '../../src/options/address.ts';
import {problems, rows} from './problems-of.ts';

const inService = (part: string) =>
  `apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {${part}}\n`;
const withPort = (part: string) => inService(`ports: [{port: 80}], ${part}`);
const inPorts = (part: string) => inService(`type: NodePort, ports: [${part}]`);

function readOne(text: string) {
  const {objects} = readManifests(text, {file: 'x.yaml'});
  return objects[0].value;
}

function service(part: string) {
  const value = readOne(inService(part));
  if (value.type !== 'service') throw new Error('not a Service');
  return value.service;
}

test('a Service that says little has the real defaults', () => {
  const web = service('selector: {app: web}, ports: [{port: 80, targetPort: http}]');
  assert.is(web.type, 'ClusterIP');
  assert.is(web.clusterIP, undefined);
  assert.is(web.sessionAffinity, undefined);
  assert.is(web.externalTrafficPolicy, 'Cluster');
  assert.equal(web.ports, [
    {name: '', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: undefined},
  ]);
  assert.is(service('ports: [{port: 80}]').ports[0].targetPort, 80);
  assert.is(service('ports: [{port: 80}]').selector, undefined);
});

test('what a Service says is read', () => {
  const web = service(
    'type: LoadBalancer, clusterIP: 10.96.0.20, externalTrafficPolicy: Local, healthCheckNodePort: 30100, ' +
      'sessionAffinity: ClientIP, trafficDistribution: PreferClose, ports: [{port: 80, nodePort: 30080}]',
  );
  assert.is(addressText(web.clusterIP ?? 0), '10.96.0.20');
  assert.is(web.healthCheckNodePort, 30_100);
  assert.is(web.sessionAffinity, 10_800_000_000);
  assert.is(web.trafficDistribution, 'PreferSameZone');
  assert.is(service('clusterIP: None').headless, true);
  assert.is(
    service('type: ExternalName, externalName: db.example.com').externalName,
    'db.example.com',
  );
});

test('a wrong Service', () => {
  rows(inService, [
    ['selector: {a: b}', 'spec.ports: expected at least one port, got nothing'],
    ['type: ExternalName', 'a Service of type ExternalName needs a name, got nothing'],
    [
      'type: ExternalName, externalName: a_b',
      'starting and ending with a letter or digit, got "a_b"',
    ],
    [
      'type: ExternalName, externalName: a.b, clusterIP: 10.96.0.20',
      'spec.clusterIP: a Service of type ExternalName has no cluster IP, got "10.96.0.20"',
    ],
  ]);
  rows(withPort, [
    [
      'type: Nodeport',
      'expected one of ClusterIP, NodePort, LoadBalancer, ExternalName, got "Nodeport"; did you mean NodePort?',
    ],
    [
      'clusterIP: 10.96.0.300',
      'spec.clusterIP: expected an IP address such as 10.96.0.20, got "10.96.0.300"',
    ],
    ['clusterIP: 10.96.0.020', 'expected an IP address such as 10.96.0.20, got "10.96.0.020"'],
    [
      'type: NodePort, clusterIP: None',
      'a Service of type NodePort cannot do without a cluster IP',
    ],
    [
      'clusterIP: 10.96.0.20, clusterIPs: [10.96.0.21]',
      'expected "10.96.0.20", the clusterIP, got "10.96.0.21"',
    ],
    [
      'healthCheckNodePort: 30100',
      'only a LoadBalancer with externalTrafficPolicy: Local has a healthCheckNodePort',
    ],
    ['loadBalancerClass: a/b', 'only a Service of type LoadBalancer has loadBalancerClass'],
    [
      'sessionAffinityConfig: {clientIP: {timeoutSeconds: 5}}',
      'only a Service with sessionAffinity: ClientIP may say how long',
    ],
    [
      'trafficDistribution: Prefer',
      'expected one of PreferSameZone, PreferSameNode, PreferClose, got "Prefer"',
    ],
    ['ipFamilyPolicy: PreferDualStack', 'ipFamilyPolicy is not modelled yet and has no effect'],
  ]);
});

test('policies that only some Services have', () => {
  const found = problems(
    withPort(
      'externalTrafficPolicy: Local, sessionAffinity: ClientIP, sessionAffinityConfig: {clientIP: {timeoutSeconds: 90000}}',
    ),
  );
  assert.match(
    found.join('\n'),
    'only a Service that can be reached from outside has an externalTrafficPolicy',
  );
  assert.match(found.join('\n'), 'expected 1 to 86400 seconds, got 90000');
  assert.match(
    problems(withPort('externalIPs: [127.0.0.1]')).join('\n'),
    'expected an address that is not unspecified, loopback',
  );
});

test('wrong ports of a Service', () => {
  rows(inPorts, [
    ['{port: 0}', 'spec.ports[0].port: expected a port from 1 to 65535, got 0'],
    ['{port: 80, targetPort: 70000}', 'targetPort: expected a port from 1 to 65535, got 70000'],
    [
      '{port: 80, targetPort: Web}',
      'port name of at most 15 lower-case letters, digits and hyphens, got "Web"',
    ],
    ['{port: 80, nodePort: 29999}', 'expected a node port from 30000 to 32767, got 29999'],
    ['{port: 80, nodePort: 32768}', 'expected a node port from 30000 to 32767, got 32768'],
    ['{port: 80, name: a}, {port: 81}', 'each of several ports needs a name, got nothing'],
    ['{port: 80, name: a}, {port: 81, name: a}', 'duplicate name "a"'],
    ['{port: 80, name: a}, {port: 80, name: b}', 'duplicate port 80 (TCP)'],
    [
      '{port: 80, name: a, nodePort: 30080}, {port: 81, name: b, nodePort: 30080}',
      'duplicate node port 30080 (TCP)',
    ],
    ['{port: 80, protocol: HTTP}', 'expected one of TCP, UDP, SCTP, got "HTTP"'],
  ]);
  rows(inService, [
    [
      'ports: [{port: 80, nodePort: 30080}]',
      'a Service of type ClusterIP has no node ports, got 30080',
    ],
    [
      'type: LoadBalancer, ports: [{port: 10250}]',
      'port 10250 is the kubelet’s and is not exposed by a LoadBalancer',
    ],
  ]);
  assert.equal(problems(inPorts('{port: 53, name: a, protocol: UDP}, {port: 53, name: b}')), []);
});

const inSlice = (part: string) =>
  `apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata: {name: db-1, labels: {kubernetes.io/service-name: db}}\n${part}\n`;

test('endpoint slices that people write', () => {
  const value = readOne(
    inSlice(
      'addressType: IPv4\nports: [{port: 5432}]\nendpoints: [{addresses: [10.0.0.7]}, {addresses: [10.0.0.8], conditions: {ready: false}}]',
    ),
  );
  if (value.type !== 'endpoint-slice') throw new Error('not an EndpointSlice');
  const {service: of, endpoints} = value.slice;
  assert.is(of, 'db');
  assert.equal(
    endpoints.map(({ready, serving}) => [ready, serving]),
    [
      [true, true],
      [false, false],
    ],
  );
  rows(inSlice, [
    ['endpoints: []', 'addressType: expected one of IPv4, IPv6, FQDN, got nothing'],
    [
      'addressType: FQDN\nendpoints: [{addresses: [a.b]}]',
      'endpoints of type FQDN are not modelled yet and have no effect',
    ],
    ['addressType: IPv4\nendpoints: [{addresses: []}]', 'expected 1 to 100 addresses, got 0'],
    [
      'addressType: IPv4\nendpoints: [{addresses: [127.0.0.1]}]',
      'loopback or link-local, got "127.0.0.1"',
    ],
    ['addressType: IPv4\nendpoints: []\nports: [{port: 1}, {port: 2}]', 'duplicate port name ""'],
  ]);
});

test('endpoints of the older kind', () => {
  const text =
    'apiVersion: v1\nkind: Endpoints\nmetadata: {name: db}\nsubsets: [{addresses: [{ip: 10.0.0.7}], notReadyAddresses: [{ip: 10.0.0.8}], ports: [{port: 5432}]}]\n';
  const value = readOne(text);
  if (value.type !== 'endpoints') throw new Error('not Endpoints');
  assert.equal(
    value.endpoints.subsets[0].endpoints.map(({ready}) => ready),
    [true, false],
  );
  assert.match(
    problems(text.replace('10.0.0.7', 'x')).join(),
    'expected an IP address such as 10.96.0.20, got "x"',
  );
});

const inIngress = (part: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\nspec: {${part}}\n`;
const inPath = (part: string) =>
  inIngress(
    `rules: [{http: {paths: [{backend: {service: {name: web, port: {number: 80}}}, ${part}}]}}]`,
  );
const inBackend = (part: string) => inIngress(`defaultBackend: {${part}}`);

/** Beside the one that says that nothing serves it yet. */
function ingressRows(
  text: (part: string) => string,
  cases: readonly (readonly [string, string])[],
) {
  for (const [part, message] of cases) {
    const found = problems(text(part)).filter(each => !each.includes('Ingress is not modelled'));
    assert.is(found.length, 1, `${part}: ${found.join('\n')}`);
    assert.ok(found[0].endsWith(message), `${part}\n  got      ${found[0]}\n  expected ${message}`);
  }
}

test('a wrong Ingress', () => {
  ingressRows(inIngress, [
    ['ingressClassName: nginx', 'spec: expected rules or a defaultBackend, got neither'],
    ['rules: [{host: 10.0.0.1}]', 'expected a DNS name, not an address, got "10.0.0.1"'],
    [
      'rules: [{host: "a.*.b"}]',
      'expected a host such as shop.example.com or *.example.com, got "a.*.b"',
    ],
    ['rules: [{http: {paths: []}}]', 'expected at least one path, got none'],
  ]);
  ingressRows(inPath, [
    ['path: /', 'pathType: expected one of Exact, Prefix, ImplementationSpecific, got nothing'],
    ['pathType: Prefix, path: shop', 'expected a path that begins with /, got "shop"'],
    ['pathType: Exact, path: /a//b', 'expected a path without //, got "/a//b"'],
    ['pathType: Exact, path: /a/..', 'expected a path without /.., got "/a/.."'],
  ]);
  ingressRows(inBackend, [
    [
      'service: {name: web, port: {}}',
      "expected the name or the number of a Service's port, got neither",
    ],
    [
      'service: {name: web, port: {name: http, number: 80}}',
      "the number of a Service's port, got both",
    ],
    [
      'resource: {kind: A, name: b}',
      'a backend that is no Service is not modelled yet and has no effect',
    ],
  ]);
});

test('an IngressClass names its controller', () => {
  const text = (controller: string) =>
    `apiVersion: networking.k8s.io/v1\nkind: IngressClass\nmetadata: {name: nginx, annotations: {ingressclass.kubernetes.io/is-default-class: "true"}}\nspec: {controller: ${controller}}\n`;
  const value = readOne(text('k8s.io/ingress-nginx'));
  assert.equal(value.type === 'ingress-class' && value.ingressClass, {
    name: 'nginx',
    controller: 'k8s.io/ingress-nginx',
    byDefault: true,
  });
  assert.match(
    problems(text('nginx')).join(),
    'expected a controller such as k8s.io/ingress-nginx',
  );
});

test.run();
