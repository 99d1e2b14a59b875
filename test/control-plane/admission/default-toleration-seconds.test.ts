// plugin/pkg/admission/defaulttolerationseconds/admission_test.go: what a pod tolerates before and
// after, as key:effect=seconds.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {
  usualTolerationSeconds,
  withDefaultTolerations,
} from '../../../src/control-plane/admission/default-toleration-seconds.ts';
import type {Toleration} from '../../../src/objects/pod-spec.ts';
import {templateWith} from '../../support/pods-and-nodes.ts';

const cases: readonly (readonly [before: string, after: string])[] = [
  ['', 'not-ready:NoExecute=300 unreachable:NoExecute=300'],
  ['foo:NoSchedule=', 'foo:NoSchedule= not-ready:NoExecute=300 unreachable:NoExecute=300'],
  ['foo:NoExecute=', 'foo:NoExecute= not-ready:NoExecute=300 unreachable:NoExecute=300'],
  ['not-ready:NoExecute=', 'not-ready:NoExecute= unreachable:NoExecute=300'],
  ['unreachable:NoExecute=7', 'unreachable:NoExecute=7 not-ready:NoExecute=300'],
  ['not-ready:=', 'not-ready:= unreachable:NoExecute=300'],
  [
    'not-ready:NoSchedule=',
    'not-ready:NoSchedule= not-ready:NoExecute=300 unreachable:NoExecute=300',
  ],
  [':=', ':='],
  [':NoExecute=', ':NoExecute='],
  [':NoSchedule=', ':NoSchedule= not-ready:NoExecute=300 unreachable:NoExecute=300'],
];

for (const [before, after] of cases) {
  test(`a pod that tolerates [${before}] then tolerates [${after}]`, () => {
    const tolerations = before === '' ? [] : before.split(' ').map(read);
    const {spec} = templateWith({spec: {tolerations}});
    const admitted = withDefaultTolerations(spec, usualTolerationSeconds);
    assert.is(admitted.tolerations.map(write).join(' '), after);
    assert.is(admitted === spec, before === after);
  });
}

function read(text: string): Toleration {
  const [, name, effect, seconds] = /^(.*):(.*)=(.*)$/.exec(text) ?? [];
  const key = name === '' || name === 'foo' ? name : `node.kubernetes.io/${name}`;
  const tolerationSeconds = seconds === '' ? undefined : Number(seconds);
  return {key, operator: 'Exists', value: '', effect, tolerationSeconds};
}

function write({key, effect, tolerationSeconds}: Toleration): string {
  return `${key.replace('node.kubernetes.io/', '')}:${effect}=${tolerationSeconds ?? ''}`;
}

test.run();
