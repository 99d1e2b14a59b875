// Tables of the Ingress API: kubernetes-network.md, §7.1 (web: concepts/services-networking/ingress.md,
// its table of examples; staging/src/k8s.io/api/networking/v1/types.go).

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {httpAddress} from '../../../src/network/ingress/http-address.ts';
import {
  canaryOf,
  hostMatches,
  ingressRoute,
  ingressTls,
  pathMatches,
} from '../../../src/network/ingress/ingress-routing.ts';
import {allBad} from '../../../src/network/ingress/ingress-success.ts';
import {
  type IngressObject,
  type IngressPath,
  type IngressSettings,
  type PathType,
  usualSettings,
} from '../../../src/objects/ingress-object.ts';

const paths: [type: PathType, pattern: string, path: string, matches: boolean][] = [
  ['Prefix', '/', '/any/path', true],
  ['Exact', '/foo', '/foo', true],
  ['Exact', '/foo', '/bar', false],
  ['Exact', '/foo', '/foo/', false],
  ['Exact', '/foo/', '/foo', false],
  ['Exact', '/foo', '/FOO', false],
  ['Prefix', '/foo', '/foo', true],
  ['Prefix', '/foo', '/foo/', true],
  ['Prefix', '/foo/', '/foo', true],
  ['Prefix', '/foo/', '/foo/', true],
  ['Prefix', '/aaa/bb', '/aaa/bbb', false],
  ['Prefix', '/aaa/bbb', '/aaa/bbb', true],
  ['Prefix', '/aaa/bbb/', '/aaa/bbb', true],
  ['Prefix', '/aaa/bbb', '/aaa/bbb/', true],
  ['Prefix', '/aaa/bbb', '/aaa/bbb/ccc', true],
  ['Prefix', '/aaa/bbb', '/aaa/bbbxyz', false],
  ['Prefix', '/foo', '/foobar', false],
  // nginx: internal/ingress/controller/template (locations as they are).
  ['ImplementationSpecific', '/foo', '/foobar', true],
  ['ImplementationSpecific', '/foo/', '/foo', false],
];

for (const [type, pattern, path, matches] of paths) {
  test(`${type} ${pattern} ${matches ? 'matches' : 'does not match'} ${path}`, () => {
    assert.is(pathMatches({path: pattern, type, backend: undefined}, path), matches);
  });
}

const hosts: [pattern: string, host: string, matches: boolean][] = [
  ['*.foo.com', 'bar.foo.com', true],
  ['*.foo.com', 'baz.bar.foo.com', false],
  ['*.foo.com', 'foo.com', false],
  ['foo.com', 'foo.com', true],
  ['Foo.com', 'foo.com', true],
  ['foo.com', 'bar.foo.com', false],
];

for (const [pattern, host, matches] of hosts) {
  test(`host ${pattern} ${matches ? 'matches' : 'does not match'} ${host}`, () => {
    assert.is(hostMatches(pattern, host), matches);
  });
}

const to = (path: string, service: string, type: PathType = 'Prefix'): IngressPath => {
  return {path, type, backend: {service, port: 80}};
};

function ingress(host: string | undefined, rules: IngressPath[], fallback?: string): IngressObject {
  return {
    ...{namespace: 'shop', name: 'i', className: 'nginx', tls: [], loadBalancer: []},
    settings: usualSettings,
    rules: rules.length === 0 && host === undefined ? [] : [{host, paths: rules}],
    defaultBackend: fallback === undefined ? undefined : {service: fallback, port: 80},
  };
}

const all = [
  ingress('shop.com', [to('/', 'web'), to('/cart', 'cart'), to('/cart/pay', 'pay', 'Exact')]),
  ingress('shop.com', [to('/cart', 'older-wins'), to('/cart', 'exact', 'Exact')]),
  ingress('*.shop.com', [to('/', 'branch')]),
  ingress(undefined, [to('/status', 'status')]),
];

const routes: [url: string, service: string | undefined][] = [
  ['http://shop.com/', 'web'],
  ['http://SHOP.com/x', 'web'],
  ['http://shop.com/cart', 'exact'],
  ['http://shop.com/cart/1', 'cart'],
  ['http://shop.com/cart/pay', 'pay'],
  ['http://shop.com/cart/pay/', 'cart'],
  ['http://shop.com/cartoon', 'web'],
  ['http://a.shop.com/cart', 'branch'],
  ['http://a.b.shop.com/status/1', 'status'],
  ['http://other.com/status', 'status'],
  ['http://other.com/', undefined],
];

for (const [url, service] of routes) {
  test(`${url} leads to ${service ?? 'nobody'}`, () => {
    const address = httpAddress(url);
    assert.is(address && ingressRoute(all, address)?.backend?.service, service);
  });
}

const slashed = [ingress('shop.com', [to('/cart/', 'prefix'), to('/cart', 'exact', 'Exact')])];

test('a trailing slash makes no prefix longer than an exact path', () => {
  const find = (path: string) => ingressRoute(slashed, {host: 'shop.com', path})?.backend?.service;
  assert.equal(['/cart', '/cart/', '/cart/1'].map(find), ['exact', 'prefix', 'prefix']);
});

const having = (settings: Partial<IngressSettings>, one: IngressObject): IngressObject => {
  return {...one, settings: {...usualSettings, ...settings}};
};

// nginx: docs/user-guide/ingress-path-matching.md: by length, whatever the case, from the start.
const expressions = [
  having(
    {regex: true},
    ingress('shop.com', [to('/api(/|$)(.*)', 'api'), to('/v[0-9]+/cart', 'cart')]),
  ),
  ingress('shop.com', [to('/plain', 'plain', 'Exact'), to('/(', 'wrong')]),
  ingress('other.com', [to('/v[0-9]+', 'literal')]),
];

for (const [url, service] of [
  ['http://shop.com/api', 'api'],
  ['http://shop.com/API/x', 'api'],
  ['http://shop.com/apiary', undefined],
  ['http://shop.com/v12/cart/1', 'cart'],
  ['http://shop.com/plainer', 'plain'],
  ['http://shop.com/(', undefined],
  ['http://other.com/v1', undefined],
] as const) {
  test(`${url} by expressions leads to ${service ?? 'nobody'}`, () => {
    const address = httpAddress(url) ?? {host: 'shop.com', path: '/('};
    assert.is(ingressRoute(expressions, address)?.backend?.service, service);
  });
}

test('a canary stands beside the rule with its host and path, and is none by itself', () => {
  const canary = (host: string, path: string, share: number) =>
    having({canary: share}, ingress(host, [to(path, 'new')]));
  const main = ingress('shop.com', [to('/', 'web'), to('/cart', 'cart')]);
  const beside = (some: IngressObject[], path: string) => {
    const asked = {host: 'shop.com', path};
    const route = ingressRoute([main, ...some], asked);
    return route && canaryOf([main, ...some], asked, route)?.backend?.service;
  };
  assert.is(beside([canary('shop.com', '/cart', 0.1)], '/cart/1'), 'new');
  assert.is(beside([canary('shop.com', '/cart', 0.1)], '/'), undefined);
  assert.is(beside([canary('shop.com', '/cart', 0)], '/cart'), undefined);
  assert.is(beside([canary('else.com', '/cart', 0.1)], '/cart'), undefined);
  assert.is(ingressRoute([canary('a.com', '/', 1)], {host: 'a.com', path: '/'}), undefined);
});

test('what no rule matches goes to a default backend, of the host’s own Ingress first', () => {
  const some = [
    ingress(undefined, [], 'everybody'),
    ingress('shop.com', [to('/cart', 'cart')], 'own'),
  ];
  const find = (host: string, path: string) => ingressRoute(some, {host, path})?.backend?.service;
  assert.equal([find('shop.com', '/x'), find('else.com', '/cart')], ['own', 'everybody']);
  assert.is(find('shop.com', '/cart/1'), 'cart');
});

test('TLS is for the hosts that it names, else for those of its rules', () => {
  const one = {...ingress('a.com', []), tls: [{hosts: ['a.com', '*.b.com'], secret: 'one'}]};
  const two = {...ingress('c.com', []), tls: [{hosts: [], secret: 'two'}]};
  const secretFor = (host: string) => ingressTls([one, two], host)?.secret;
  assert.equal(['a.com', 'x.b.com', 'c.com', 'd.com'].map(secretFor), [
    'one',
    'one',
    'two',
    undefined,
  ]);
});

// Oracles deadpods-*: C(b,t) / C(n,t).
test('all of several tries fail as often as they all meet dead pods', () => {
  assert.is(allBad(2, 10, 1), 0.2);
  assert.ok(Math.abs(allBad(3, 10, 3) - 1 / 120) < 1e-15);
  assert.equal([allBad(2, 10, 3), allBad(2, 2, 3), allBad(1, 2, 3)], [0, 1, 0]);
});

test.run();
