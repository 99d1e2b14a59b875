// Deployments by the thousand, as a manifest that is written before the run: a scenario of this
// folder says what happens to them.

export type Deployments = {readonly count: number; readonly replicas: number};

export function manifestOf({count, replicas}: Deployments): string {
  return Array.from({length: count}, (_, i) => deployment(`app-${i + 1}`, replicas)).join('---\n');
}

/** The scenario's text with the manifest's file, which lies beside it, named in it. */
export function withManifest(scenario: string, file: string): string {
  return `${scenario.trimEnd()}\nmanifests: [{file: ${file}}]\n`;
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
