// Kubernetes' kube-proxy: pkg/proxy/topology.go (CategorizeEndpoints) and the verdicts of each mode
// (kubernetes-network.md, §2.4 and §3.1).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Way} from '../../../src/machines/service-views.ts';
import {EndpointsVersion} from '../../../src/network/proxy/endpoints-version.ts';
import type {Endpoint, EndpointSlice} from '../../../src/objects/endpoint-slice.ts';
import type {NodeId} from '../../../src/objects/ids.ts';
import {type ServiceWishes, serviceWith} from '../../support/services.ts';

type Mode = 'iptables' | 'ipvs' | 'nftables';

const modes: readonly Mode[] = ['iptables', 'nftables', 'ipvs'];

/** `name@node`, with `!` not ready, `~` terminating; hints after `:`, of zones or `node=`. */
function endpoint(text: string, address: number): Endpoint {
  const [place, hint = ''] = text.split(':');
  const [name, node] = place.split('@');
  const terminating = name.endsWith('~');
  const serving = !name.includes('!');
  const [, hintedNode] = hint.split('=');
  return {
    ...{address, node, zone: undefined, hostname: undefined, serving, terminating},
    pod: undefined,
    ready: serving && !terminating,
    forZones: hint === '' || hintedNode !== undefined ? [] : [hint],
    forNodes: hintedNode === undefined ? [] : [hintedNode],
  };
}

function version(texts: readonly string[], mode: Mode = 'iptables', wishes: ServiceWishes = {}) {
  const slice: EndpointSlice = {
    ...{namespace: 'default', name: 'web-1', service: 'web', managedBy: undefined, headless: false},
    ports: [{name: '', protocol: 'TCP', port: 8080}],
    endpoints: texts.map((text, i) => endpoint(text, i + 1)),
    version: 1,
  };
  const service = {...serviceWith('web', wishes), loadBalancer: []};
  const nodeNamed = (name: string) => Number(name.slice(1)) as NodeId;
  return new EndpointsVersion(service, [slice], {cluster: {mode, nodeNamed}, cause: 0});
}

/** From node n0 in zone a: the addresses to choose from, or the verdict. */
function seen(of: EndpointsVersion, way: Way = 'internal', node = 0): string {
  const place = {node: node as NodeId, name: `n${node}`, zone: node === 0 ? 'a' : 'b'};
  const {verdict, targets} = of.choices(place, 0, way);
  return verdict === 'choose' ? targets.map(({address}) => address).join(' ') : verdict;
}

const local: ServiceWishes = {internalTrafficPolicy: 'Local', externalTrafficPolicy: 'Local'};

const clusterCases: [what: string, endpoints: string[], chosen: string][] = [
  ['ready ones alone', ['a@n0', 'b!@n1', 'c@n2'], '1 3'],
  ['none that end while one is ready', ['a~@n0', 'b@n1'], '2'],
  ['those that end and still serve, where none is ready', ['a~@n0', 'b~@n1', 'c!~@n1'], '1 2'],
  ['nobody: it refuses', ['a!@n0', 'b!~@n1'], 'refuse'],
  ['no endpoint at all: it refuses', [], 'refuse'],
  ['those hinted for its zone', ['a@n1:a', 'b@n2:b', 'c@n3:a'], '1 3'],
  ['all where one has no hint', ['a@n1:a', 'b@n2', 'c@n3:a'], '1 2 3'],
  ['all where none is for its zone', ['a@n1:c', 'b@n2:b'], '1 2'],
  ['those hinted for its node', ['a@n0:node=n0', 'b@n2:node=n2'], '1'],
  ['all where none is for its node', ['a@n1:node=n1', 'b@n2:node=n2'], '1 2'],
  ['no hints for those that end', ['a~@n1:b', 'b~@n2:a'], '1 2'],
];

for (const mode of modes) {
  for (const [what, endpoints, chosen] of clusterCases) {
    test(`${mode} chooses among ${what}`, () => {
      assert.is(seen(version(endpoints, mode)), chosen);
    });
  }
}

const localCases: [what: string, endpoints: string[], way: Way, chosen: string[]][] = [
  ['its own node’s', ['a@n0', 'b@n1', 'c@n0'], 'internal', ['1 3', '1 3', '1 3']],
  ['its own that end', ['a~@n0', 'b@n1'], 'internal', ['1', '1', '1']],
  ['nobody within', ['b@n1'], 'internal', ['drop', 'drop', 'refuse']],
  ['nobody from outside', ['b@n1'], 'external', ['drop', 'drop', '1']],
  ['nobody anywhere', ['b!@n1'], 'internal', ['refuse', 'refuse', 'refuse']],
];

for (const [what, endpoints, way, chosen] of localCases) {
  test(`with the policy Local a node has ${what}`, () => {
    assert.equal(
      modes.map(mode => seen(version(endpoints, mode, local), way)),
      chosen,
    );
  });
}

test('nodes that would choose alike share one answer', () => {
  const of = version(['a@n1:a', 'b@n2:b']);
  const at = (node: number) => {
    const place = {node: node as NodeId, name: `n${node}`, zone: node < 2 ? 'a' : 'c'};
    return of.choices(place, 0, 'internal');
  };
  assert.ok(at(0) === at(1));
  assert.not(at(0) === at(2));
  assert.ok(at(2) === at(3));
});

test('of two endpoints with one address the one that stays counts', () => {
  const slice = (text: string): EndpointSlice => ({
    ...{namespace: 'default', name: text, service: 'web', managedBy: undefined, headless: false},
    ports: [{name: '', protocol: 'TCP', port: 8080}],
    endpoints: [endpoint(text, 7)],
    version: 1,
  });
  const service = {...serviceWith('web'), loadBalancer: []};
  const cluster = {mode: 'iptables' as const, nodeNamed: () => 0 as NodeId};
  for (const order of [
    ['a~@n0', 'b@n0'],
    ['b@n0', 'a~@n0'],
  ]) {
    const of = new EndpointsVersion(service, order.map(slice), {cluster, cause: 0});
    assert.is(of.readyAt(0 as NodeId), 1);
    assert.is(seen(of), '7');
  }
});

test.run();
