// A Service behind an Ingress whose controller's pods are real pods, for tests: text of a scenario.

const labels = 'app.kubernetes.io/name: ingress-nginx';

const deployment = (name: string, count: number, label: string, more = '') => `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: ${count}
  selector: {matchLabels: {${label}}}
  template:
    metadata: {labels: {${label}}}
    spec: {containers: [{name: main, image: "${name}:1", ${more}}]}
`;

const controller = `${deployment('nginx', 2, labels)}---
apiVersion: v1
kind: Service
metadata: {name: nginx}
spec: {type: LoadBalancer, selector: {${labels}}, ports: [{name: http, port: 80}, {name: https, port: 443}]}
`;

export type IngressWishes = {
  readonly to?: string;
  readonly entry?: string;
  readonly every?: string;
  readonly network?: string;
  readonly latency?: string;
  readonly nodes?: number;
  readonly annotations?: string;
  readonly rest?: string;
  readonly tls?: string;
  readonly secret?: string;
  readonly path?: string;
  readonly container?: string;
  readonly pods?: number;
};

export const ingressShop = ({
  to = 'http://shop.com/',
  entry = '',
  every = '10ms',
  network = '',
  latency = 'none',
  nodes = 4,
  annotations = '',
  rest = 'duration: 5m',
  tls = '[]',
  secret = '',
  path = '{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}',
  container = '',
  pods = 4,
}: IngressWishes) => `seed: 7
cluster:
  controlPlane: {latency: none}
  network: {latency: ${latency}, loadBalancers: {takes: 0s}, ${network}}
  nodes: [{name: n, count: ${nodes}, allocatable: {cpu: 64, memory: 64Gi, pods: 100}}]
${rest}
traffic: [{name: shoppers, from: outside, to: '${to}', every: ${every}, starts: 60500ms, ${entry}}]
${controller}---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, annotations: {${annotations}}}
spec: {ingressClassName: nginx, tls: ${tls}, rules: [{host: shop.com, http: {paths: [${path}]}}]}
${secret}---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
${deployment('web', pods, 'app: web', container)}`;

export function pathTo(at: string, service: string, port: number): string {
  return `{path: ${at}, pathType: Prefix, backend: {service: {name: ${service}, port: {number: ${port}}}}}`;
}

export const certificate = (keys: string, type = 'kubernetes.io/tls', namespace = 'default') => `---
apiVersion: v1
kind: Secret
type: ${type}
metadata: {name: shop-tls, namespace: ${namespace}}
data: {${keys}}
`;
export const bothKeys = 'tls.crt: YQ==, tls.key: YQ==';
export const shopTls = '[{hosts: [shop.com], secretName: shop-tls}]';
