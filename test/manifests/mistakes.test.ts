// Every mistake has a place, shows the value and says what would be right; all come at once.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inContainer, inSpec, problems, rows} from './problems-of.ts';

test('a wrong pod spec', () => {
  rows(inSpec, [
    [
      'restartPolicy: always',
      'spec.restartPolicy: expected one of Always, OnFailure, Never, got "always"; did you mean Always?',
    ],
    ['priority: high', 'spec.priority: expected a whole number, got "high"'],
    ['priority: 1.5', 'spec.priority: expected a whole number, got 1.5'],
    ['priority: 99999999999', 'spec.priority: expected a whole number of 32 bits, got 99999999999'],
    ['hostNetwork: "yes"', 'spec.hostNetwork: expected true or false, got "yes"'],
    [
      'dnsPolicy: clusterFirst',
      'ClusterFirstWithHostNet, Default, None, got "clusterFirst"; did you mean ClusterFirst?',
    ],
    ['dnsPolicy: None', 'spec.dnsConfig.nameservers: expected at least one, as dnsPolicy is None'],
    [
      'dnsConfig: {nameservers: [1.1.1.1, 2.2.2.2, 3.3.3.3, 4.4.4.4]}',
      'spec.dnsConfig.nameservers: expected at most 3, got 4',
    ],
    [
      'dnsConfig: {nameservers: [dns.example]}',
      'spec.dnsConfig.nameservers[0]: expected an IP address, got "dns.example"',
    ],
    ['dnsConfig: {options: [{value: "1"}]}', 'spec.dnsConfig.options[0].name: expected a name'],
    ['nodeName: Node_1', 'starting and ending with a letter or digit, got "Node_1"'],
    ['nodeName: 7', 'spec.nodeName: expected a text, got 7; write "7"'],
    [
      'nodeSelector: {a: yes}',
      'spec.nodeSelector.a: expected a text, got true; put it in quotes (YAML reads y, yes, on as true)',
    ],
    ['nodeSelector: [a]', 'spec.nodeSelector: expected a map, got a list'],
    ['schedulingGates: [{name: a}, {name: a}]', 'spec.schedulingGates: duplicate scheduling gates'],
    [
      'nodeName: n1, schedulingGates: [{name: a}]',
      'spec.nodeName: a pod with scheduling gates cannot name its node',
    ],
    ['preemptionPolicy: Sometimes', 'expected one of PreemptLowerPriority, Never, got "Sometimes"'],
    ['overhead: {cpu: -1}', 'spec.overhead.cpu: expected a quantity of at least 0, got -1'],
    [
      'initContainers: [{name: a, image: b}]',
      'spec.containers[0].name: duplicate container name "a"',
    ],
    [
      'terminationGracePeriodSeconds: -1',
      'x.yaml:4:74: warning: spec.terminationGracePeriodSeconds: expected at least 0, got -1, which is treated as 1',
    ],
  ]);
});

test('a wrong container', () => {
  rows(inContainer, [
    [
      'ports: [{containerPort: 0}]',
      'spec.containers[0].ports[0].containerPort: expected a port from 1 to 65535, got 0',
    ],
    ['ports: [{containerPort: "80"}]', 'expected a whole number, got "80"'],
    ['ports: [{containerPort: 80, protocol: HTTP}]', 'expected one of TCP, UDP, SCTP, got "HTTP"'],
    ['ports: [{containerPort: 80, hostPort: 70000}]', 'expected a port from 1 to 65535, got 70000'],
    [
      'ports: [{containerPort: 80, name: a}, {containerPort: 81, name: a}]',
      'duplicate port name "a"',
    ],
    [
      'ports: [{containerPort: 80, name: HTTP}]',
      'lower-case letters, digits and hyphens, got "HTTP"',
    ],
    [
      'ports: [{containerPort: 80, hostPort: 80}, {containerPort: 81, hostPort: 80}]',
      'ports[1]: duplicate host port 80 (TCP)',
    ],
    [
      'resources: {requests: {cpu: 2}, limits: {cpu: 1}}',
      'resources.requests.cpu: expected at most the limit, 1, got 2',
    ],
    [
      'resources: {requests: {memory: 1GB}}',
      'expected a quantity such as 500m, 1.5Gi or 2, got "1GB"; did you mean 1Gi or 1G?',
    ],
    [
      'resources: {requests: {gpu: 1}}',
      'no resource "gpu" for a container; known: cpu, memory, ephemeral-storage, hugepages-*, or one with a domain as example.com/gpu',
    ],
    [
      'resources: {limits: {example.com/gpu: 1500m}}',
      'expected a whole number of example.com/gpu, got "1500m"',
    ],
    [
      'resources: {requests: {example.com/gpu: 1}}',
      'expected a limit equal to the request of example.com/gpu, got none',
    ],
    [
      'resources: {limits: {hugepages-2Mi: 4Mi}}',
      'hugepages-2Mi needs a request of cpu or memory beside it',
    ],
    ['imagePullPolicy: Sometimes', 'expected one of Always, IfNotPresent, Never, got "Sometimes"'],
    ['env: [{name: A, value: 1}]', 'env[0].value: expected a text, got 1; write "1"'],
    ['command: run', 'spec.containers[0].command: expected a list, got "run"'],
  ]);
});

test('a wrong placement', () => {
  const toleration = (part: string) => inSpec(`tolerations: [{${part}}]`);
  rows(toleration, [
    [
      'operator: Equal',
      'tolerations[0].operator: expected Exists where the key is empty, got "Equal"',
    ],
    [
      'key: a, operator: Equals',
      'expected one of Equal, Exists, Lt, Gt, got "Equals"; did you mean Equal?',
    ],
    ['key: a, operator: Exists, value: b', 'operator Exists takes no value, got "b"'],
    ['key: a, effect: NoSchedul', 'got "NoSchedul"; did you mean NoSchedule?'],
    [
      'key: a, tolerationSeconds: 5',
      'effect: expected NoExecute where tolerationSeconds is set, got nothing',
    ],
    [
      'key: a b',
      'tolerations[0].key: expected a key such as app or example.com/app (letters, digits, -, _, . after the slash, at most 63), got "a b"',
    ],
  ]);
  const spread = (part: string) =>
    inSpec(`topologySpreadConstraints: [{topologyKey: zone, ${part}}]`);
  rows(spread, [
    [
      'maxSkew: 0, whenUnsatisfiable: DoNotSchedule',
      'maxSkew: expected a whole number from 1, got 0',
    ],
    ['maxSkew: 1', 'expected one of DoNotSchedule, ScheduleAnyway, got nothing'],
    [
      'maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, minDomains: 2',
      'minDomains needs whenUnsatisfiable: DoNotSchedule',
    ],
    [
      'maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, nodeTaintsPolicy: Honour',
      'expected one of Honor, Ignore, got "Honour"; did you mean Honor?',
    ],
    [
      'maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, matchLabelKeys: [a]',
      'expected a labelSelector beside these keys',
    ],
    [
      'maxSkew: 1, whenUnsatisfiable: ScheduleAnyway, labelSelector: {matchLabels: {a: b}}, matchLabelKeys: [a]',
      'expected a key that the labelSelector does not use, got "a"',
    ],
  ]);
});

test('a wrong affinity', () => {
  const node = (part: string) =>
    inSpec(
      `affinity: {nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [${part}]}}}`,
    );
  rows(node, [
    ['', 'nodeSelectorTerms: expected at least one node selector term'],
    [
      '{matchExpressions: [{key: a, operator: Is, values: [b]}]}',
      'expected one of In, NotIn, Exists, DoesNotExist, Gt, Lt, got "Is"; did you mean In?',
    ],
    ['{matchExpressions: [{key: a, operator: In}]}', 'operator In needs at least one value'],
    [
      '{matchExpressions: [{key: a, operator: Exists, values: [b]}]}',
      'operator Exists takes no values',
    ],
    [
      '{matchExpressions: [{key: a, operator: Gt, values: ["1", "2"]}]}',
      'operator Gt needs exactly one whole number in quotes',
    ],
    [
      '{matchExpressions: [{key: a, operator: Lt, values: [x]}]}',
      'operator Lt needs exactly one whole number in quotes',
    ],
    [
      '{matchFields: [{key: metadata.uid, operator: In, values: [x]}]}',
      'expected metadata.name, the only field nodes are selected by, got "metadata.uid"',
    ],
    [
      '{matchFields: [{key: metadata.name, operator: In, values: [x, z]}]}',
      'expected exactly one node name',
    ],
  ]);
  const weight = (part: string) =>
    inSpec(`affinity: {podAffinity: {preferredDuringSchedulingIgnoredDuringExecution: [${part}]}}`);
  rows(weight, [
    [
      '{weight: 101, podAffinityTerm: {topologyKey: zone}}',
      'weight: expected a weight from 1 to 100, got 101',
    ],
    [
      '{weight: 1, podAffinityTerm: {labelSelector: {}}}',
      'topologyKey: expected a topologyKey such as kubernetes.io/hostname, got nothing',
    ],
    [
      '{weight: 1, podAffinityTerm: {topologyKey: zone, labelSelector: {matchLabels: {a: 1}}}}',
      'matchLabels.a: expected a text, got 1; write "1"',
    ],
  ]);
});

test('wrong objects of other kinds', () => {
  rows(
    part => part,
    [
      [
        '{apiVersion: v1, kind: Pod, metadata: {name: Web}, spec: {containers: [{name: a, image: b}]}}',
        'got "Web"',
      ],
      [
        '{apiVersion: v1, kind: Pod, metadata: {}, spec: {containers: [{name: a, image: b}]}}',
        'metadata.name: expected a name, got nothing',
      ],
      [
        '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: []}}',
        'x.yaml:1:69: spec.containers: expected at least one container',
      ],
      [
        '{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: []}',
        'spec: expected a map, got an empty list',
      ],
      ['{apiVersion: v1, kind: Namespace, metadata: {name: a.b}}', 'got "a.b"'],
      ['{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {a/b/c: d}}}', 'got "a/b/c"'],
      [
        '{apiVersion: v1, kind: Namespace, metadata: {name: a, labels: {a: "b c"}}}',
        'expected a label value of at most 63 letters, digits, -, _ and ., got "b c"',
      ],
      [
        '{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {taints: [{key: a, effect: Never}]}}',
        'got "Never"',
      ],
      [
        '{apiVersion: v1, kind: Node, metadata: {name: a}, status: {allocatable: {cpu: -1}}}',
        'expected a quantity of at least 0, got -1',
      ],
      [
        '{apiVersion: scheduling.k8s.io/v1, kind: PriorityClass, metadata: {name: a}, value: 2000000000}',
        'value: expected a whole number up to 1000000000, got 2000000000',
      ],
      [
        '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {a: b}}}',
        'ports: expected at least one port, got nothing',
      ],
      [
        '{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80, targetPort: []}]}}',
        'expected a whole number or a text, got an empty list',
      ],
    ],
  );
});

test('what lacks its key or effect is not called a duplicate too', () => {
  const spread =
    'topologySpreadConstraints: [{topologyKey: zone, maxSkew: 1}, {maxSkew: 1}, null, null]';
  const taints =
    '{apiVersion: v1, kind: Node, metadata: {name: a}, spec: {taints: [null, null, {key: a}, {key: a}]}}';
  for (const problem of [...problems(inSpec(spread)), ...problems(taints)]) {
    assert.not.match(problem, 'duplicate');
  }
  const twice = taints.replaceAll('{key: a}', '{key: a, effect: NoExecute}');
  assert.match(problems(twice).join(), 'duplicate taint "a" with NoExecute');
});

test.run();
