// What a namespace may have, and one pod of it, against apiserver's admission plugin ResourceQuota,
// pkg/quota/v1/evaluator/core/pods.go and plugin/pkg/admission/limitranger.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import type {Labels} from '../../src/objects/labels.ts';
import type {PodSpec} from '../../src/objects/pod-spec.ts';
import type {LimitRangeItem, NewQuota} from '../../src/objects/quota.ts';
import {containerWith} from '../support/pods-and-nodes.ts';
import {apiWorld, podTemplate, wish} from './world.ts';

type Amounts = Readonly<Record<string, number>>;

const listOf = (amounts: Amounts = {}) => new Map(Object.entries(amounts));

const pod = (requests: Amounts = {}, limits: Amounts = {}, spec: Partial<PodSpec> = {}) =>
  podTemplate({containers: [containerWith(listOf(requests), {limits: listOf(limits)})], ...spec});

/** What each of the pods is told: nothing, or why it is turned away. */
function answers(
  quota: Partial<NewQuota> & {hard: NewQuota['hard']},
  pods: readonly ReturnType<typeof pod>[],
): (string | undefined)[] {
  const {api} = apiWorld();
  const value = {namespace: 'default', name: 'q', scopes: [], ...quota};
  api.applyObject({kind: 'quota', value});
  return pods.map((template, i) => {
    const created = api.applyPod(wish(`pod-${i}`, template));
    return 'refused' in created ? created.refused : undefined;
  });
}

const full = (resource: string, requested: number, used: number, limited: number): string =>
  `exceeded quota: q, requested: ${resource}=${requested}, used: ${resource}=${used}, limited: ${resource}=${limited}`;

const gpu = 'example.com/gpu';

// what is limited, pods, what the last is told
const table: [string, Amounts, ReturnType<typeof pod>[], string | undefined][] = [
  ['pods', {pods: 2}, [pod(), pod(), pod()], full('pods', 1, 2, 2)],
  ['pods by count', {'count/pods': 1}, [pod(), pod()], full('count/pods', 1, 1, 1)],
  ['cpu', {cpu: 500}, [pod({cpu: 300}), pod({cpu: 300})], full('cpu', 300, 300, 500)],
  ['as much as is allowed', {cpu: 600}, [pod({cpu: 300}), pod({cpu: 300})], undefined],
  [
    'requests of memory',
    {'requests.memory': 100},
    [pod({memory: 60}), pod({memory: 50})],
    full('requests.memory', 50, 60, 100),
  ],
  [
    'limits',
    {'limits.cpu': 100},
    [pod({cpu: 10}, {cpu: 60}), pod({cpu: 10}, {cpu: 60})],
    full('limits.cpu', 60, 60, 100),
  ],
  [
    'an extended resource',
    {[`requests.${gpu}`]: 1},
    [pod({[gpu]: 1}), pod({[gpu]: 1})],
    full(`requests.${gpu}`, 1, 1, 1),
  ],
  ['a silent container', {cpu: 500}, [pod()], 'failed quota: q: must specify cpu for: main'],
  [
    'two things that it does not say',
    {'requests.cpu': 500, 'limits.memory': 5},
    [pod({memory: 1})],
    'failed quota: q: must specify requests.cpu for: main; limits.memory for: main',
  ],
];

for (const [name, hard, pods, told] of table) {
  test(`a quota of ${name}: ${told ?? 'fits'}`, () => {
    assert.is(answers({hard: listOf(hard)}, pods).pop(), told);
  });
}

test('only pods within all scopes of a quota are counted', () => {
  const hard = listOf({pods: 0});
  const scope = (
    name: NewQuota['scopes'][number]['name'],
    operator = 'Exists',
    values: string[] = [],
  ) => [{name, operator, values}] as NewQuota['scopes'];
  const turnsAway = (scopes: NewQuota['scopes'], template: ReturnType<typeof pod>): boolean =>
    answers({hard, scopes}, [template])[0] !== undefined;
  assert.is(turnsAway(scope('BestEffort'), pod()), true);
  assert.is(turnsAway(scope('BestEffort'), pod({cpu: 1})), false);
  assert.is(turnsAway(scope('NotBestEffort'), pod({cpu: 1})), true);
  assert.is(turnsAway(scope('Terminating'), pod()), false);
  assert.is(turnsAway(scope('NotTerminating'), pod()), true);
  const low = pod({}, {}, {priorityClassName: 'low', priority: 1});
  assert.is(turnsAway(scope('PriorityClass', 'In', ['low']), low), true);
  assert.is(turnsAway(scope('PriorityClass', 'In', ['high']), low), false);
  assert.is(turnsAway(scope('PriorityClass', 'DoesNotExist'), low), false);
  assert.is(turnsAway([...scope('PriorityClass'), ...scope('NotBestEffort')], low), false);
});

function limited(item: Partial<LimitRangeItem>, template: ReturnType<typeof pod>) {
  const {api, store} = apiWorld();
  const none: Labels = new Map();
  const empty = {
    max: none,
    min: none,
    limits: none,
    requests: none,
    ratio: none,
  } as never as object;
  const whole = {type: 'Container', ...empty, ...item} as LimitRangeItem;
  const value = {namespace: 'default', name: 'l', limits: [whole]};
  api.applyObject({kind: 'limit-range', value});
  const created = api.applyPod(wish('pod', template));
  if ('refused' in created) return created.refused;
  const {requests, limits} = store.pods.template(created.pod).spec.containers[0];
  return [Object.fromEntries(requests), Object.fromEntries(limits)];
}

test('what a container does not name it gets from the LimitRange', () => {
  const item = {requests: listOf({cpu: 100, memory: 5}), limits: listOf({cpu: 400})};
  assert.equal(limited(item, pod()), [{cpu: 100, memory: 5}, {cpu: 400}]);
  assert.equal(limited(item, pod({cpu: 50}, {cpu: 60})), [{cpu: 50, memory: 5}, {cpu: 60}]);
});

// item, pod, what it is told
const bounds: [string, Partial<LimitRangeItem>, ReturnType<typeof pod>, string][] = [
  [
    'too little',
    {min: listOf({cpu: 100})},
    pod({cpu: 50}),
    'minimum cpu usage per Container is 100, but got 50',
  ],
  [
    'nothing',
    {min: listOf({cpu: 100})},
    pod(),
    'minimum cpu usage per Container is 100. No request is specified',
  ],
  [
    'too much',
    {max: listOf({cpu: 100})},
    pod({cpu: 50}, {cpu: 150}),
    'maximum cpu usage per Container is 100, but got 150',
  ],
  [
    'no limit',
    {max: listOf({cpu: 100})},
    pod({cpu: 50}),
    'maximum cpu usage per Container is 100. No limit is specified',
  ],
  [
    'too far apart',
    {ratio: listOf({cpu: 2})},
    pod({cpu: 50}, {cpu: 150}),
    'cpu max limit to request ratio per Container is 2',
  ],
  [
    'together too much',
    {type: 'Pod', max: listOf({cpu: 150})},
    podTemplate({
      containers: [0, 1].map(() => containerWith(listOf({cpu: 80}), {limits: listOf({cpu: 80})})),
    }),
    'maximum cpu usage per Pod is 150, but got 160',
  ],
];

for (const [name, item, template, told] of bounds) {
  test(`a LimitRange turns away ${name}`, () => assert.is(limited(item, template), told));
}

test.run();
