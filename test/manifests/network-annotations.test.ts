// Annotations of Services and Ingresses that would change something are named with their place.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';
import {type IngressSettings, usualSettings} from '../../src/objects/ingress-object.ts';
import {problems} from './problems-of.ts';

const service = (annotation: string) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    ${annotation}\nspec: {ports: [{port: 80}]}\n`;
const ingress = (annotation: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n    ${annotation}\nspec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n`;

const unheard: readonly [(annotation: string) => string, string][] = [
  [service, 'metallb.io/address-pool: public'],
  [service, 'cloud.google.com/neg: all'],
  [service, 'service.beta.kubernetes.io/aws-load-balancer-internal: "true"'],
  [ingress, 'nginx.ingress.kubernetes.io/limit-rps: "5"'],
  [ingress, 'alb.ingress.kubernetes.io/scheme: internal'],
  [ingress, 'kubernetes.io/ingress.allow-http: "false"'],
];

const silent: readonly [(annotation: string) => string, string][] = [
  [service, 'prometheus.io/scrape: "true"'],
  [service, 'service.kubernetes.io/topology-mode: Auto'],
  [ingress, 'kubernetes.io/ingress.class: nginx'],
  [ingress, 'example.com/team: shop'],
];

for (const [text, annotation] of unheard) {
  test(`${annotation} is named`, () => {
    const [found] = problems(text(annotation));
    const key = annotation.slice(0, annotation.indexOf(':'));
    assert.ok(found.startsWith('x.yaml:6:5: warning: metadata.annotations'), found);
    assert.ok(found.endsWith(`the annotation ${key} is not modelled yet and has no effect`), found);
  });
}

for (const [text, annotation] of silent) {
  test(`${annotation} needs no word`, () => assert.equal(problems(text(annotation)), []));
}

const nginx = (part: string) => ingress(`nginx.ingress.kubernetes.io/${part}`);

const settings: [annotation: string, settings: Partial<IngressSettings>][] = [
  ['ssl-redirect: "false"', {sendsToTls: 'never'}],
  ['force-ssl-redirect: "true"', {sendsToTls: 'always'}],
  ['rewrite-target: /$2', {regex: true}],
  ['use-regex: "true"', {regex: true}],
  ['proxy-connect-timeout: "2"', {connectTimeout: 2_000_000}],
  ['proxy-read-timeout: "120"', {readTimeout: 120_000_000}],
  ['proxy-next-upstream: "off"', {tries: 1}],
  ['proxy-next-upstream: error timeout non_idempotent', {triesAfter: 'connection'}],
  ['proxy-next-upstream: error http_502', {triesAfter: 'any'}],
  ['proxy-next-upstream-tries: "0"', {tries: 10}],
  ['load-balance: ewma', {balance: 'ewma'}],
  ['backend-protocol: HTTPS', {secureBackend: true}],
  ['backend-protocol: GRPC', {}],
  ['canary-weight: "20"', {}],
];

for (const [annotation, expected] of settings) {
  test(`${annotation} is read`, () => {
    assert.equal(problems(nginx(annotation)), []);
    assert.equal(settingsOf(nginx(annotation)), {...usualSettings, ...expected});
  });
}

test('a canary has its share of a total', () => {
  const shareOf = (weight: string) => settingsOf(nginx(`canary: "true"\n    ${weight}`)).canary;
  const domain = 'nginx.ingress.kubernetes.io';
  assert.is(shareOf(`${domain}/canary-weight: "20"`), 0.2);
  const total = `${domain}/canary-weight: "20"\n    ${domain}/canary-weight-total: "1000"`;
  assert.is(shareOf(total), 0.02);
  assert.is(shareOf('example.com/none: a'), 0);
});

test('a setting that means nothing is told', () => {
  const wrong = (annotation: string) => problems(nginx(annotation)).join();
  assert.match(wrong('proxy-read-timeout: 60s'), 'expected a whole number, got "60s"');
  assert.match(wrong('ssl-redirect: "no"'), 'expected "true" or "false", got "no"');
  assert.match(wrong('load-balance: least_conn'), 'round_robin');
});

function settingsOf(text: string): IngressSettings {
  const {value} = readManifests(text, {file: 'x.yaml'}).objects[0];
  if (value.type !== 'ingress') throw new Error('no Ingress');
  return value.ingress.settings;
}

test.run();
