// Every field of every Service, Ingress and IngressClass of the manifests in $ORRERY_DATA/manifests
// is modelled, or reading it says that it is not.

import {existsSync, readdirSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {loadAll} from 'js-yaml';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {readManifests} from '../../src/manifests/read.ts';

const folder = join(process.env.ORRERY_DATA ?? '', 'manifests');
const present = process.env.ORRERY_DATA !== undefined && existsSync(folder);
if (!present) console.log('skipped: every Service; set ORRERY_DATA to the folder of manifests');

const common = ['apiVersion', 'kind', 'metadata.name', 'metadata.namespace', 'metadata.labels.*'];

/** Annotations that no part of a cluster reads: Prometheus does. */
const others = ['metadata.annotations.prometheus.io/*'];

const modelled: Readonly<Record<string, readonly string[]>> = {
  Service: [
    ...common,
    ...others,
    'spec.clusterIP',
    'spec.ports.name',
    'spec.ports.nodePort',
    'spec.ports.port',
    'spec.ports.protocol',
    'spec.ports.targetPort',
    'spec.selector.*',
    'spec.type',
  ],
  Ingress: [
    ...common,
    'spec.defaultBackend.service.name',
    'spec.defaultBackend.service.port.number',
    'spec.ingressClassName',
    'spec.rules.host',
    'spec.rules.http.paths.backend.service.name',
    'spec.rules.http.paths.backend.service.port.number',
    'spec.rules.http.paths.path',
    'spec.rules.http.paths.pathType',
    'spec.tls.hosts',
    'spec.tls.secretName',
  ],
  IngressClass: [
    ...common,
    'metadata.annotations.ingressclass.kubernetes.io/is-default-class',
    'spec.controller',
  ],
};

type Leaf = {readonly kind: string; readonly path: string};

function leavesOf(value: unknown, path = ''): string[] {
  if (Array.isArray(value)) return value.flatMap(item => leavesOf(item, path));
  if (typeof value !== 'object' || value === null) return [path];
  return Object.entries(value).flatMap(([key, each]) =>
    leavesOf(each, path === '' ? key : `${path}.${key}`),
  );
}

function objectsIn(text: string): {kind: string}[] {
  const found = loadAll(text) as ({kind?: string; items?: {kind: string}[]} | null)[];
  return found.flatMap(each => {
    if (each?.kind === undefined) return [];
    return each.kind === 'List' ? (each.items ?? []) : [{...each, kind: each.kind}];
  });
}

function unnamed(text: string, file: string): Leaf[] {
  const {problems} = readManifests(text, {file});
  const named = problems.map(({path = ''}) => path.replace(/\[\d+\]/g, '').replace(/^items\./, ''));
  return objectsIn(text)
    .filter(({kind}) => kind in modelled)
    .flatMap(object => leavesOf(object).map(path => ({kind: object.kind, path})))
    .filter(({kind, path}) => !modelled[kind].some(pattern => fits(path, pattern)))
    .filter(({path}) => !named.some(each => each !== '' && `${path}.`.startsWith(`${each}.`)));
}

function fits(path: string, pattern: string): boolean {
  return pattern.endsWith('*') ? path.startsWith(pattern.slice(0, -1)) : path === pattern;
}

const files = present
  ? (readdirSync(folder, {recursive: true}) as string[]).filter(each => /\.ya?ml$/.test(each))
  : [];
const texts = files
  .sort()
  .map(file => ({file, text: readFileSync(join(folder, file), 'utf8')}))
  .filter(({text}) => /^\s*(- )?kind: *(Service|Ingress|IngressClass)\s*$/m.test(text));

for (const {file, text} of texts) {
  test(`every field of the Services and Ingresses in ${file} is modelled or named`, () => {
    assert.equal(unnamed(text, file), []);
  });
}

if (present) {
  test('there are as many Services, Ingresses and classes as the manifests hold', () => {
    const counts = new Map<string, number>();
    for (const {kind} of texts.flatMap(({text}) => objectsIn(text))) {
      if (kind in modelled) counts.set(kind, (counts.get(kind) ?? 0) + 1);
    }
    assert.equal(Object.fromEntries(counts), {Service: 98, Ingress: 9, IngressClass: 3});
  });
}

test('a field that is neither modelled nor named would be found', () => {
  const text = `apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: web, annotations: {example.com/team: shop}}
spec: {controller: k8s.io/web, parameters: {kind: Thing, name: of}}
`;
  assert.equal(unnamed(text, 'x.yaml'), [
    {kind: 'IngressClass', path: 'metadata.annotations.example.com/team'},
  ]);
});

test.run();
