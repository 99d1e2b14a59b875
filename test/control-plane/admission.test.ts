// What the Priority admission plugin makes of a pod:
// plugin/pkg/admission/priority/admission_test.go and pkg/apis/scheduling/validation, v1.36.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {priorityClassComplaint} from '../../src/control-plane/admission/priority.ts';
import {Admission} from '../../src/control-plane/admission.ts';
import {admissionPlugins} from '../../src/control-plane/request-path.ts';
import type {PriorityClass} from '../../src/objects/store.ts';
import {apiWorld, podTemplate} from './world.ts';

const high = priorityClass('high', 1000);
const low = priorityClass('low', 10);

function priorityClass(name: string, value: number, rest: Partial<PriorityClass> = {}) {
  return {
    name,
    value,
    globalDefault: false,
    preemptionPolicy: 'PreemptLowerPriority',
    ...rest,
  } as const;
}

function admit(classes: readonly PriorityClass[], spec: Parameters<typeof podTemplate>[0]) {
  const {store, simulation} = apiWorld();
  for (const known of classes) store.priorityClasses.add(known, 0);
  return new Admission(admissionPlugins(store, simulation)).admit(podTemplate(spec));
}

type Row = [
  what: string,
  classes: readonly PriorityClass[],
  spec: Parameters<typeof podTemplate>[0],
  priority: number | string,
];

const globally = (known: PriorityClass) => ({...known, globalDefault: true});

const rows: readonly Row[] = [
  ['no class, no default', [high], {}, 0],
  ['a class', [high, low], {priorityClassName: 'high'}, 1000],
  ['the global default', [high, globally(low)], {}, 10],
  ['of several global defaults the smallest', [globally(high), globally(low)], {}, 10],
  ['a class beats the global default', [high, globally(low)], {priorityClassName: 'high'}, 1000],
  ['system-node-critical', [], {priorityClassName: 'system-node-critical'}, 2000001000],
  ['system-cluster-critical', [], {priorityClassName: 'system-cluster-critical'}, 2000000000],
  [
    'a user cannot redefine the prefix',
    [priorityClass('system-x', 5)],
    {priorityClassName: 'system-x'},
    'no PriorityClass with name system-x was found',
  ],
  [
    'an unknown class',
    [high],
    {priorityClassName: 'hihg'},
    'no PriorityClass with name hihg was found',
  ],
  ['a written priority', [], {priority: 7}, 7],
  [
    'a written priority of a class that is not there',
    [],
    {priorityClassName: 'gone', priority: 7},
    7,
  ],
];

for (const [what, classes, spec, expected] of rows) {
  test(`priority is resolved: ${what}`, () => {
    const admitted = admit(classes, spec);
    assert.is('refused' in admitted ? admitted.refused : admitted.priority, expected);
  });
}

test('the preemption policy comes from the class, and what the pod says beats it', () => {
  const never = [priorityClass('meek', 5, {preemptionPolicy: 'Never'})];
  const policy = (own?: 'PreemptLowerPriority') => {
    const admitted = admit(never, {priorityClassName: 'meek', preemptionPolicy: own});
    return 'template' in admitted ? admitted.template.spec.preemptionPolicy : undefined;
  };
  assert.is(policy(), 'Never');
  assert.is(policy('PreemptLowerPriority'), 'PreemptLowerPriority');
});

test('siblings share one admitted template, and a new class makes the answer anew', () => {
  const {store, simulation} = apiWorld();
  const admission = new Admission(admissionPlugins(store, simulation));
  const template = podTemplate({priorityClassName: 'meek'});
  assert.ok('refused' in admission.admit(template));
  store.priorityClasses.add(priorityClass('meek', 5, {preemptionPolicy: 'Never'}), 0);
  const admitted = admission.admit(template);
  assert.is('priority' in admitted && admitted.priority, 5);
  assert.is(admission.admit(template), admitted);
});

test('a PriorityClass may neither take the reserved prefix nor exceed a thousand million', () => {
  assert.match(priorityClassComplaint(priorityClass('system-mine', 1)) ?? '', /system- are/);
  assert.match(priorityClassComplaint(priorityClass('mine', 1e9 + 1)) ?? '', /at most 1000000000/);
  assert.is(priorityClassComplaint(priorityClass('mine', 1e9)), undefined);
  assert.is(priorityClassComplaint(priorityClass('system-node-critical', 2000001000)), undefined);
});

test('a plugin that counts pods is asked for each, one that looks at templates once', () => {
  const asked = {review: 0, allow: 0};
  const admission = new Admission([
    {
      name: 'Counting',
      review: pod => {
        asked.review++;
        return pod;
      },
      allow: () => (asked.allow++ < 2 ? undefined : {refused: 'exceeded quota'}),
    },
  ]);
  const template = podTemplate();
  const answers = [1, 2, 3].map(() => admission.admit(template));
  assert.equal(asked, {review: 1, allow: 3});
  assert.equal(answers[2], {refused: 'exceeded quota'});
});

test.run();
