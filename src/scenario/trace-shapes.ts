// The Pod templates of a trace: what its rows look like, decoded as a manifest's pods are, each
// with what its rows ask for.

import {decode} from '../manifests/decode.ts';
import {Field, type Finding} from '../manifests/field.ts';
import {effectiveRequests} from '../objects/effective-requests.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {completePod} from '../workload/complete-pod.ts';
import type {Look} from '../workload/traces/looks.ts';
import type {RowShape} from '../workload/traces/row-table.ts';
import type {TraceShape} from '../workload/traces/trace.ts';
import type {TraceOptions} from '../workload/traces/trace-options.ts';
import type {ReadRows} from '../workload/traces/trace-reader.ts';

export type Shapes = {readonly shapes: readonly TraceShape[]; readonly findings: Finding[]};

/** `findings`: of looks; those of the template itself are told with it. */
export function traceShapes({shapes, looks}: ReadRows, options: TraceOptions): Shapes {
  const findings: Finding[] = [];
  const own: Finding[] = [];
  lookTemplate({labels: {}, annotations: {}, spec: {}}, options, own);
  const templates = looks.map(look => lookTemplate(look, options, findings));
  const found = shapes.flatMap(shape => {
    const template = templates[shape.look];
    return template === undefined ? [] : [shapeOf(asking(template, shape))];
  });
  return {shapes: found, findings: own.length === 0 ? findings : []};
}

export function shapeOf(template: PodTemplate): TraceShape {
  const {cpuMillicores, memoryBytes} = effectiveRequests(template.spec);
  const {count, milli} = template.spec.gpu ?? {count: 0, milli: 0};
  return {template, asks: {gpu: count * milli, cpu: cpuMillicores, memory: memoryBytes}};
}

function lookTemplate(
  look: Look,
  {name, namespace: usual, template = {}}: TraceOptions,
  findings: Finding[],
): PodTemplate | undefined {
  const {namespace = usual, labels, annotations, spec} = look;
  const own = template as {metadata?: Record<string, object>; spec?: object};
  const metadata = {
    ...own.metadata,
    labels: {...own.metadata?.labels, ...labels},
    annotations: {...own.metadata?.annotations, ...annotations},
  };
  const whole = {...template, metadata, spec: {...own.spec, ...spec}};
  const pod = completePod({name, namespace, template: whole});
  const [decoded] = decode(new Field(pod, findings));
  return decoded?.value.type === 'pod' ? decoded.value.template : undefined;
}

function asking(template: PodTemplate, {cpuMillicores, memoryBytes}: RowShape): PodTemplate {
  const [first, ...rest] = template.spec.containers;
  const requests = new Map(first.requests);
  requests.set('cpu', cpuMillicores);
  requests.set('memory', memoryBytes);
  return {...template, spec: {...template.spec, containers: [{...first, requests}, ...rest]}};
}
