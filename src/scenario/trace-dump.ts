// The pods of a dump (`kubectl get pods -o yaml`) as a trace: each comes when it was created and,
// where it has ended, runs as long as it did. What a cluster has added to a pod by itself is taken
// off: its node, what became of it, and names that tell it from its siblings.

import {decode} from '../manifests/decode.ts';
import {documentsIn} from '../manifests/documents.ts';
import {Field, type Finding} from '../manifests/field.ts';
import {jsonValue} from '../manifests/json-value.ts';
import {parseDocument} from '../manifests/parse-document.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import {readTimeCell} from '../objects/time-cell.ts';
import {isMap} from '../options/is-map.ts';
import {pathText} from '../options/problem.ts';
import {show} from '../options/show.ts';
import {type Broken, RowCounts, type RowReport} from '../workload/traces/row-report.ts';
import {RowTable} from '../workload/traces/row-table.ts';
import type {TraceRows} from '../workload/traces/trace.ts';

export type ReadDump = {
  readonly rows: TraceRows;
  readonly templates: readonly PodTemplate[];
  readonly report: RowReport;
};

type Fields = Readonly<Record<string, unknown>>;

export function readDump(text: string, namespace: string, first = Infinity): ReadDump {
  const dump = new Dump(namespace);
  const documents = jsonValue(text) === undefined ? documentsIn(text) : [{text, line: 1}];
  for (const document of documents) {
    if (dump.counts.read >= first) break;
    const parsed = parseDocument(document.text);
    if ('failure' in parsed) {
      const {message, line} = parsed.failure;
      dump.counts.read++;
      dump.counts.skip({why: message}, document.line + line - 1);
      continue;
    }
    for (const item of itemsOf(parsed.value)) {
      if (dump.counts.read < first) dump.add(item, document.line);
    }
  }
  return dump.read();
}

function itemsOf(value: unknown): unknown[] {
  if (!isMap(value)) return value === null || value === undefined ? [] : [value];
  return Array.isArray(value.items) ? value.items : [value];
}

class Dump {
  readonly counts = new RowCounts();
  readonly #namespace: string;
  readonly #table = new RowTable();
  readonly #templates: PodTemplate[] = [];
  /** By the text of what is left of a pod. */
  readonly #looks = new Map<string, number | Broken>();

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  add(item: unknown, line: number): void {
    this.counts.read++;
    const broken = this.#use(item);
    if (broken !== undefined) this.counts.skip(broken, line);
  }

  read(): ReadDump {
    const rows = this.#table.rows({fromFirst: true});
    const templates = this.#table.shapes.map(({look}) => this.#templates[look]);
    return {rows, templates, report: this.counts.report()};
  }

  #use(item: unknown): Broken | undefined {
    // As kubectl: items of a PodList need not say that they are Pods.
    if (!isMap(item)) return {why: 'expected a Pod'};
    const {kind = 'Pod'} = item;
    if (kind !== 'Pod') return {why: 'expected a Pod', told: `expected a Pod, got ${show(kind)}`};
    const [metadata, status] = [fieldsOf(item.metadata), fieldsOf(item.status)];
    const {name} = metadata;
    if (typeof name !== 'string') return {why: 'expected a Pod with a name'};
    const look = this.#lookOf(plainPod(item, metadata, this.#namespace));
    // All pods of a list have one line: their names tell which it is.
    if (typeof look !== 'number') return {...look, told: `${name}: ${look.told ?? look.why}`};
    return this.#table.add({
      ...{name, look, count: 1, cpuMillicores: 0, memoryBytes: 0},
      at: momentOf(metadata.creationTimestamp),
      lifetime: lifetimeOf(status),
    });
  }

  #lookOf(pod: object): number | Broken {
    const text = JSON.stringify(pod).replace(tokenVolume, 'kube-api-access');
    const known = this.#looks.get(text);
    if (known !== undefined) return known;
    const look = this.#decode(JSON.parse(text));
    this.#looks.set(text, look);
    return look;
  }

  #decode(pod: object): number | Broken {
    const findings: Finding[] = [];
    const [decoded] = decode(new Field(pod, findings));
    const wrong = findings.find(({severity}) => severity === 'error');
    if (wrong !== undefined) {
      const told = `${pathText(wrong.path)}: ${wrong.message}`;
      return {why: told.replace(gotWhat, ''), told};
    }
    if (decoded?.value.type !== 'pod') return {why: 'expected a Pod'};
    return this.#templates.push(decoded.value.template) - 1;
  }
}

function plainPod(pod: Fields, metadata: Fields, usual: string): object {
  const {labels, ownerReferences, namespace = usual} = metadata;
  const annotations = {...fieldsOf(metadata.annotations)};
  delete annotations['kubectl.kubernetes.io/last-applied-configuration'];
  const {nodeName: _node, ...spec} = fieldsOf(pod.spec);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {name: 'pod', namespace, labels, annotations, ownerReferences},
    spec,
  };
}

/** From the start of its first container to the end of its last; NaN while one runs. */
function lifetimeOf(status: Fields): number {
  const {containerStatuses} = status;
  const states = Array.isArray(containerStatuses) ? containerStatuses.map(terminated) : [];
  const began = Math.min(...states.map(({startedAt}) => momentOf(startedAt)));
  const ended = Math.max(...states.map(({finishedAt}) => momentOf(finishedAt)));
  return states.length > 0 && ended >= began ? ended - began : Number.NaN;
}

function terminated(status: unknown): Fields {
  return fieldsOf(fieldsOf(fieldsOf(status).state).terminated);
}

function momentOf(text: unknown): number {
  const {value = Number.NaN} = readTimeCell(typeof text === 'string' ? text : undefined) ?? {};
  return value;
}

function fieldsOf(value: unknown): Fields {
  return isMap(value) ? value : {};
}

/** How a mistake closes: what one pod has must not make a kind of its own. */
const gotWhat = /, got .*$/s;

/** The token that admission mounts into each pod under a name of its own. */
const tokenVolume = /\bkube-api-access-[a-z0-9]{5}\b/g;
