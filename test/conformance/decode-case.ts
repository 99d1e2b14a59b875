// A decision case as its JSON file writes it, and from it the records that the scheduler works on.
// An absent field is Go's zero value. Cases of Kubernetes' test tables are looser than its API.

import * as z from 'zod';
import type {LabelSelector} from '../../src/objects/labels.ts';
import {healthy, type NodeObject} from '../../src/objects/node-spec.ts';
import type {
  Container,
  NodeAffinity,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
} from '../../src/objects/pod-spec.ts';
import {plainLife} from '../support/plain-life.ts';

export const text = z.string().default('');
const texts = list(z.string());
export const pairs = z
  .record(z.string(), z.string())
  .default({})
  .transform(record => new Map(Object.entries(record)));
const amounts = z
  .record(z.string(), z.number())
  .default({})
  .transform(record => new Map(Object.entries(record)));

/** Go has no difference between a list that is absent, null or empty. */
function list<Item extends z.ZodType>(item: Item) {
  return z
    .array(item)
    .nullish()
    .transform(items => items ?? []);
}

const labelRequirement = z.object({
  key: text,
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
  values: texts,
});

export const labelSelector = z
  .object({matchLabels: pairs, matchExpressions: list(labelRequirement)})
  .nullable()
  .optional()
  .transform((written): LabelSelector | undefined => {
    if (written === null || written === undefined) return undefined;
    const equal = [...written.matchLabels].map(([key, value]) => {
      return {key, operator: 'In' as const, values: [value]};
    });
    return [...equal, ...written.matchExpressions];
  });

const nodeRequirement = z.object({
  key: text,
  operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist', 'Gt', 'Lt']),
  values: texts,
});
const nodeTerm = z
  .object({
    matchExpressions: list(nodeRequirement),
    matchFields: list(nodeRequirement),
  })
  .transform(
    ({matchExpressions, matchFields}): NodeSelectorTerm => ({
      expressions: matchExpressions,
      fields: matchFields,
    }),
  );

const nodeAffinity = z
  .object({
    required: z.object({terms: list(nodeTerm)}).nullish(),
    preferred: list(z.object({weight: z.number().default(0), term: nodeTerm})),
  })
  .transform(({required, preferred}): NodeAffinity => ({required: required?.terms, preferred}));

const podTerm = z
  .object({
    topologyKey: text,
    labelSelector,
    namespaces: texts,
    namespaceSelector: labelSelector,
  })
  .transform((term): PodAffinityTerm => ({...term}));

const podAffinity = z
  .object({
    required: list(podTerm),
    preferred: list(z.object({weight: z.number().default(0), term: podTerm})),
  })
  .transform((affinity): PodAffinity => affinity);

const container = z
  .object({
    name: text,
    image: text,
    requests: amounts,
    limits: amounts,
    restartPolicy: text,
    ports: list(
      z.object({
        containerPort: z.number().default(0),
        hostPort: z.number().default(0),
        hostIP: text,
        // As the API server's default.
        protocol: z.string().default('TCP'),
      }),
    ),
  })
  .transform(
    ({restartPolicy, ports, ...rest}): Container => ({
      ...rest,
      sidecar: restartPolicy === 'Always',
      ...plainLife,
      ports: ports.map(port => ({...port, name: undefined})),
    }),
  );

const spreadConstraint = z.object({
  maxSkew: z.number().default(1),
  topologyKey: text,
  whenUnsatisfiable: z.enum(['DoNotSchedule', 'ScheduleAnyway']).default('DoNotSchedule'),
  labelSelector,
  minDomains: z.number().nullable().optional(),
  nodeAffinityPolicy: z.enum(['Honor', 'Ignore']).default('Honor'),
  nodeTaintsPolicy: z.enum(['Honor', 'Ignore']).default('Ignore'),
  matchLabelKeys: texts,
});

export const casePod = z.object({
  name: text,
  uid: text,
  namespace: text,
  labels: pairs,
  nodeName: text,
  priority: z.number().default(0),
  preemptionPolicy: z.enum(['PreemptLowerPriority', 'Never']).optional(),
  terminating: z.boolean().default(false),
  nominatedNodeName: text,
  startTimeNs: z.number().optional(),
  conditions: list(z.object({type: text, status: text, reason: text})),
  ownerReferences: list(z.object({kind: text, name: text, controller: z.boolean().default(true)})),
  containers: list(container),
  initContainers: list(container),
  imageVolumes: texts,
  schedulingGates: texts,
  volumes: list(z.object({image: z.object({reference: text}).optional()})),
  overhead: amounts,
  podLevelResources: z.object({requests: amounts, limits: amounts}).nullish(),
  nodeSelector: pairs,
  affinity: z
    .object({
      nodeAffinity: nodeAffinity.nullish(),
      podAffinity: podAffinity.nullish(),
      podAntiAffinity: podAffinity.nullish(),
    })
    .nullish(),
  tolerations: list(z.object({key: text, operator: text, value: text, effect: text})),
  topologySpreadConstraints: list(spreadConstraint),
});

export type CasePod = z.output<typeof casePod>;

export const caseNode = z
  .object({
    name: text,
    labels: pairs,
    taints: list(z.object({key: text, value: text, effect: text})),
    unschedulable: z.boolean().default(false),
    allocatable: amounts,
    images: list(z.object({names: texts, sizeBytes: z.number().default(0)})),
  })
  .transform(
    (node): NodeObject => ({
      ...node,
      annotations: new Map(),
      conditions: healthy,
    }),
  );

export const features = z
  .object({
    podLevelResources: z.boolean().optional(),
    sidecarContainers: z.boolean().optional(),
    comparisonOperators: z.boolean().optional(),
    nodeInclusionPolicy: z.boolean().optional(),
    matchLabelKeys: z.boolean().optional(),
  })
  .default({});

export type Features = z.output<typeof features>;
