// Kubernetes objects of the scenarios here, as further YAML documents (JSON is YAML too).

type Fields = Readonly<Record<string, unknown>>;

export type Wishes = {
  readonly kind?: string;
  readonly name?: string;
  readonly replicas?: number;
  /** Of the workload, beside replicas, selector and template. */
  readonly spec?: Fields;
  /** Of the pod, beside its one container. */
  readonly pod?: Fields;
  readonly container?: Fields;
};

/** A Deployment `web` of three replicas, unless otherwise wished. */
export function workload({kind = 'Deployment', name = 'web', ...wishes}: Wishes = {}): string {
  const {replicas = 3, spec = {}} = wishes;
  const labels = {app: name};
  const template = {metadata: {labels}, spec: podSpec(wishes)};
  return document({
    apiVersion: kind === 'ReplicationController' ? 'v1' : 'apps/v1',
    ...{kind, metadata: {name}},
    spec: {
      ...(kind === 'DaemonSet' ? {} : {replicas}),
      ...{selector: {matchLabels: labels}, template, ...spec},
    },
  });
}

export function job({name = 'sum', spec = {}, ...wishes}: Wishes = {}): string {
  const restartPolicy = 'Never';
  const template = {
    metadata: {labels: {app: name}},
    spec: {restartPolicy, ...podSpec(wishes)},
  };
  return document({
    apiVersion: 'batch/v1',
    ...{kind: 'Job', metadata: {name}, spec: {template, ...spec}},
  });
}

export function pod({name = 'web', ...wishes}: Wishes = {}): string {
  const metadata = {name, labels: {app: name}};
  return document({apiVersion: 'v1', kind: 'Pod', metadata, spec: podSpec(wishes)});
}

export function budget(spec: Fields, app = 'web'): string {
  const selector = {matchLabels: {app}};
  return document({
    apiVersion: 'policy/v1',
    ...{kind: 'PodDisruptionBudget', metadata: {name: app}, spec: {selector, ...spec}},
  });
}

export function document(value: Fields): string {
  return `---\n${JSON.stringify(value)}\n`;
}

function podSpec({pod: fields = {}, container = {}}: Wishes): Fields {
  return {containers: [{name: 'main', image: 'shop/web:1', ...container}], ...fields};
}
