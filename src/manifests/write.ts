// Back from records to the objects of the API, for `kubectl get -o yaml` and for round trips: every
// default is written out, as the API server would show it.

import {dump} from 'js-yaml';
import {second} from '../engine/time.ts';
import type {LabelSelector, Labels} from '../objects/labels.ts';
import type {NodeObject} from '../objects/node-spec.ts';
import type {
  Container,
  NodeAffinity,
  NodeSelectorTerm,
  PodAffinity,
  PodAffinityTerm,
  PodDns,
  PodSpec,
  PodTemplate,
} from '../objects/pod-spec.ts';
import type {ResourceList} from '../objects/resources.ts';
import type {RawObject} from './manifest.ts';
import {lifeToObject} from './write-probe.ts';
import {environmentToObject, mountsToObjects, volumesToObjects} from './write-references.ts';

export function podToObject(name: string, {namespace, ...template}: PodTemplate): RawObject {
  const {owner} = template;
  return compact({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: compact({
      name,
      namespace,
      labels: pairs(template.labels),
      annotations: pairs(template.annotations),
      ownerReferences: owner && [{...owner, controller: true}],
    }),
    spec: specToObject(template.spec),
  });
}

export function nodeToObject(node: NodeObject): RawObject {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: compact({
      name: node.name,
      labels: pairs(node.labels),
      annotations: pairs(node.annotations),
    }),
    spec: compact({
      taints: list(node.taints.map(taint => ({...taint}))),
      unschedulable: node.unschedulable || undefined,
    }),
    status: compact({
      allocatable: quantities(node.allocatable),
      images: list(node.images.map(({names, sizeBytes}) => ({names: [...names], sizeBytes}))),
    }),
  };
}

export function toYaml(object: RawObject): string {
  return dump(object, {noRefs: true, lineWidth: -1});
}

function specToObject(spec: PodSpec): RawObject {
  return compact({
    schedulerName: spec.schedulerName,
    nodeName: spec.nodeName,
    nodeSelector: pairs(spec.nodeSelector),
    affinity: affinityToObject(spec),
    tolerations: list(spec.tolerations.map(toleration => compact({...toleration}))),
    topologySpreadConstraints: list(spec.topologySpreadConstraints.map(spreadToObject)),
    priorityClassName: spec.priorityClassName,
    priority: spec.priority,
    preemptionPolicy: spec.preemptionPolicy,
    schedulingGates: list(spec.schedulingGates.map(name => ({name}))),
    hostNetwork: spec.hostNetwork || undefined,
    ...dnsToObject(spec.dns),
    restartPolicy: spec.restartPolicy,
    terminationGracePeriodSeconds: spec.terminationGracePeriod / second,
    overhead: quantities(spec.overhead),
    resources: spec.podRequests && {requests: quantities(spec.podRequests)},
    initContainers: list(spec.initContainers.map(containerToObject)),
    containers: spec.containers.map((container, i) => ({
      ...containerToObject(container),
      ...(i === 0 && compact({volumeMounts: list(mountsToObjects(spec))})),
    })),
    volumes: list([
      ...spec.imageVolumes.map((reference, i) => ({name: `image-${i}`, image: {reference}})),
      ...volumesToObjects(spec),
    ]),
  });
}

function dnsToObject(dns: PodDns | undefined): RawObject {
  if (dns === undefined) return {};
  const {policy, nameservers, searches, ...numbers} = dns;
  const options = Object.entries(numbers).flatMap(([name, value]) =>
    value === undefined ? [] : {name, value: String(value)},
  );
  const config = {
    nameservers: list([...nameservers]),
    searches: list([...searches]),
    options: list(options),
  };
  return {dnsPolicy: policy, dnsConfig: compact(config)};
}

function containerToObject(container: Container): RawObject {
  const {name, image, requests, limits, ports, sidecar} = container;
  const resources = compact({requests: quantities(requests), limits: quantities(limits)});
  return compact({
    name,
    image,
    resources: Object.keys(resources).length > 0 ? resources : undefined,
    ports: list(ports.map(port => compact({...port, hostPort: port.hostPort || undefined}))),
    restartPolicy: sidecar ? 'Always' : undefined,
    ...lifeToObject(container),
    ...environmentToObject(container),
  });
}

function affinityToObject(spec: PodSpec): RawObject | undefined {
  const affinity = compact({
    nodeAffinity: spec.nodeAffinity && nodeAffinityToObject(spec.nodeAffinity),
    podAffinity: spec.podAffinity && podAffinityToObject(spec.podAffinity),
    podAntiAffinity: spec.podAntiAffinity && podAffinityToObject(spec.podAntiAffinity),
  });
  return Object.keys(affinity).length > 0 ? affinity : undefined;
}

function nodeAffinityToObject({required, preferred}: NodeAffinity): RawObject {
  return compact({
    requiredDuringSchedulingIgnoredDuringExecution: required && {
      nodeSelectorTerms: required.map(termToObject),
    },
    preferredDuringSchedulingIgnoredDuringExecution: list(
      preferred.map(({weight, term}) => ({weight, preference: termToObject(term)})),
    ),
  });
}

function termToObject({expressions, fields}: NodeSelectorTerm): RawObject {
  return compact({
    matchExpressions: list(expressions.map(expression => ({...expression}))),
    matchFields: list(fields.map(field => ({...field}))),
  });
}

function podAffinityToObject({required, preferred}: PodAffinity): RawObject {
  return compact({
    requiredDuringSchedulingIgnoredDuringExecution: list(required.map(podTermToObject)),
    preferredDuringSchedulingIgnoredDuringExecution: list(
      preferred.map(({weight, term}) => ({weight, podAffinityTerm: podTermToObject(term)})),
    ),
  });
}

function podTermToObject(term: PodAffinityTerm): RawObject {
  return compact({
    topologyKey: term.topologyKey,
    labelSelector: selectorToObject(term.labelSelector),
    namespaces: list([...term.namespaces]),
    namespaceSelector: selectorToObject(term.namespaceSelector),
  });
}

function spreadToObject(constraint: PodSpec['topologySpreadConstraints'][number]): RawObject {
  const {minDomains, labelSelector, matchLabelKeys} = constraint;
  const merged = new Set(matchLabelKeys);
  // The pod's own values of matchLabelKeys were merged into the selector and would be again.
  const written = labelSelector?.filter(({key}) => !merged.has(key));
  return compact({
    ...constraint,
    labelSelector: selectorToObject(written),
    minDomains: minDomains === 1 ? undefined : minDomains,
    matchLabelKeys: list([...matchLabelKeys]),
  });
}

function selectorToObject(selector: LabelSelector | undefined): RawObject | undefined {
  if (selector === undefined) return undefined;
  if (selector.length === 0) return {};
  return {
    matchExpressions: selector.map(({values, ...rest}) =>
      compact({...rest, values: list([...values])}),
    ),
  };
}

function quantities(resources: ResourceList): RawObject | undefined {
  if (resources.size === 0) return undefined;
  return Object.fromEntries(
    [...resources].map(([name, amount]) => [
      name,
      name === 'cpu' ? `${amount}m` : `${BigInt(amount)}`,
    ]),
  );
}

function pairs(labels: Labels): RawObject | undefined {
  return labels.size === 0 ? undefined : Object.fromEntries(labels);
}

function list<T>(items: readonly T[]): readonly T[] | undefined {
  return items.length === 0 ? undefined : items;
}

/** Without the fields that are absent. */
function compact(object: RawObject): RawObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined));
}
