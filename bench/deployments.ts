// Deployments by the thousand, as a manifest that is written before the run: a scenario of this
// folder says what happens to them.

export type Deployments = {
  readonly count: number;
  readonly replicas: number;
  /** A Service before each. */
  readonly services?: boolean;
};

export function manifestOf({count, replicas, services = false}: Deployments): string {
  const names = Array.from({length: count}, (_, i) => `app-${i + 1}`);
  return names
    .flatMap(name => [deployment(name, replicas), ...(services ? [service(name)] : [])])
    .join('---\n');
}

/** The scenario's text with the manifest's file, which lies beside it, named in it. */
export function withManifest(scenario: string, file: string): string {
  return `${scenario.trimEnd()}\nmanifests: [{file: ${file}}]\n`;
}

function service(name: string): string {
  return `apiVersion: v1
kind: Service
metadata: {name: ${name}}
spec: {selector: {app: ${name}}, ports: [{port: 80}]}
`;
}

function deployment(name: string, replicas: number): string {
  return `apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${replicas}
  selector: {matchLabels: {app: ${name}}}
  template:
    metadata: {labels: {app: ${name}}}
    spec:
      containers:
        - {name: main, image: "shop/app:1", resources: {requests: {cpu: 1, memory: 1Gi}}}
`;
}
