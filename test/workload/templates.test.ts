import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hours} from '../../src/engine/time.ts';
import {labelsMatch} from '../../src/objects/labels.ts';
import {kindOf, selectorOf} from '../../src/objects/workload-object.ts';
import {chiSquareP} from '../support/statistics.ts';
import {definitionOf, podsOf, workloadWorld} from './world.ts';

const many = {kind: 'batch', name: 'b', count: 7000};
const cpu = {empirical: {values: ['500m', 1, 2, 4], weights: [3, 2, 1, 1]}};
const memory = {empirical: {values: ['512Mi', '1Gi', '2Gi', '4Gi'], weights: [3, 2, 1, 1]}};

function requestsOf(options: object, resource: string): (number | undefined)[] {
  return podsOf(hours(1), {...many, ...options}).map(({template}) =>
    template.spec.containers[0].requests.get(resource),
  );
}

test('a certain amount is what every pod asks for', () => {
  const requests = {cpu: '250m', memory: '1Gi', 'nvidia.com/gpu': 2};
  const [pod] = podsOf(hours(1), {...many, count: 1, requests});
  assert.equal(
    [...pod.template.spec.containers[0].requests],
    [
      ['cpu', 250],
      ['memory', 2 ** 30],
      ['nvidia.com/gpu', 2],
    ],
  );
});

test('amounts are drawn by weight', () => {
  const drawn = requestsOf({requests: {cpu}}, 'cpu');
  const counts = [500, 1000, 2000, 4000].map(value => drawn.filter(own => own === value).length);
  const p = chiSquareP(counts, [3000, 2000, 1000, 1000]);
  assert.ok(p > 1e-4, `chi-square p ${p} of ${counts}`);
});

test('each resource is drawn for itself', () => {
  const drawn = {
    cpu: requestsOf({requests: {cpu, memory}}, 'cpu'),
    memory: requestsOf({requests: {cpu, memory}}, 'memory'),
  };
  const both = drawn.cpu.filter((own, i) => own === 500 && drawn.memory[i] === 2 ** 29).length;
  const p = chiSquareP([both, 7000 - both], [(7000 * 9) / 49, (7000 * 40) / 49]);
  assert.ok(p > 1e-4, `chi-square p ${p} of ${both}`);
});

test('pods that ask for the same share one template', () => {
  const made = podsOf(hours(1), {...many, requests: {cpu, memory}});
  assert.is(new Set(made.map(({template}) => template)).size, 16);
});

test('owned pods share a template within their owner and a spec beyond it', () => {
  const owned = {kind: 'ReplicaSet', groupsOf: 1000};
  const made = podsOf(hours(1), {...many, requests: {cpu, memory}, owned});
  assert.is(new Set(made.map(({template}) => template)).size, 7 * 16);
  assert.is(new Set(made.map(({template}) => template.spec)).size, 16);
});

test('an owner is there before its pods, and selects them and no others', () => {
  const {simulation, store, made, add} = workloadWorld();
  add({...many, count: 10, owned: {kind: 'StatefulSet', groupsOf: 4}});
  simulation.run(hours(1));
  const owners = [...store.workloads.all()].map(([, owner]) => owner);
  assert.equal(
    owners.map(owner => `${kindOf(owner)} ${owner.name}`),
    ['StatefulSet b-0', 'StatefulSet b-1', 'StatefulSet b-2'],
  );
  for (const [i, {template}] of made.entries()) {
    const own = owners.filter(owner => labelsMatch(selectorOf(owner), template.labels));
    assert.equal(own, [owners[Math.floor(i / 4)]]);
    assert.equal(template.owner, {kind: 'StatefulSet', name: own[0].name});
  }
});

test('a template says the rest, and bare pods have no owner', () => {
  const template = {metadata: {labels: {app: 'x'}}, spec: {priorityClassName: 'high'}};
  const {simulation, store, add} = workloadWorld();
  const priorityClass = {name: 'high', value: 9, globalDefault: false} as const;
  store.priorityClasses.add({...priorityClass, preemptionPolicy: 'PreemptLowerPriority'}, 0);
  add({...many, count: 1, namespace: 'prod', template});
  simulation.run(hours(1));
  const [pod] = store.pods.all();
  assert.is(store.pods.priority(pod), 9);
  assert.is(store.pods.namespace(pod), 'prod');
  assert.equal([...store.pods.template(pod).labels], [['app', 'x']]);
  assert.is(store.pods.template(pod).owner, undefined);
});

type Row = [requests: unknown, path: string, message: RegExp];

const mistakes: readonly Row[] = [
  ['lots', '', /expected a map such as/],
  [{cpu: 'one'}, 'cpu', /expected a quantity/],
  [{cpu: -1}, 'cpu', /at least 0, got -1/],
  [{cpus: 1}, 'cpus', /unknown resource "cpus"; did you mean cpu\?/],
  [{cpu: {values: [1]}}, 'cpu', /expected a quantity or \{empirical/],
  [{cpu: {empirical: {values: []}}}, 'cpu.empirical.values', /expected a list/],
  [{cpu: {empirical: {values: [1, 'x']}}}, 'cpu.empirical.values.1', /expected a quantity/],
  [{cpu: {empirical: {values: [1], weight: [1]}}}, 'cpu.empirical.weight', /did you mean weights/],
  [
    {cpu: {empirical: {values: [1], weights: [1, 2]}}},
    'cpu.empirical.weights',
    /expected 1 weights/,
  ],
  [{cpu: {empirical: {values: [1], weights: [0]}}}, 'cpu.empirical.weights', /a weight above 0/],
  [{cpu: {empirical: {values: [1], weights: ['a']}}}, 'cpu.empirical.weights.0', /from 0, got "a"/],
];

for (const [requests, path, message] of mistakes) {
  test(`requests ${JSON.stringify(requests)} are refused at ${path === '' ? 'their root' : path}`, () => {
    const result = definitionOf('batch').options.safeParse({...many, requests});
    const [issue] = result.error?.issues ?? [];
    assert.match(issue.message, message);
    assert.is(issue.path.slice(1).join('.'), path);
  });
}

test.run();
