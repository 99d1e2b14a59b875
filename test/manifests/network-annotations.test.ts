// Annotations of Services and Ingresses that would change something are named with their place.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {problems} from './problems-of.ts';

const service = (annotation: string) =>
  `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  annotations:\n    ${annotation}\nspec: {ports: [{port: 80}]}\n`;
const ingress = (annotation: string) =>
  `apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n  annotations:\n    ${annotation}\nspec: {defaultBackend: {service: {name: web, port: {number: 80}}}}\n`;

const unheard: readonly [(annotation: string) => string, string][] = [
  [service, 'metallb.io/address-pool: public'],
  [service, 'cloud.google.com/neg: all'],
  [service, 'service.beta.kubernetes.io/aws-load-balancer-internal: "true"'],
  [ingress, 'nginx.ingress.kubernetes.io/limit-rps: "5"'],
  [ingress, 'alb.ingress.kubernetes.io/scheme: internal'],
  [ingress, 'kubernetes.io/ingress.allow-http: "false"'],
];

const silent: readonly [(annotation: string) => string, string][] = [
  [service, 'prometheus.io/scrape: "true"'],
  [service, 'service.kubernetes.io/topology-mode: Auto'],
  [ingress, 'kubernetes.io/ingress.class: nginx'],
  [ingress, 'example.com/team: shop'],
];

for (const [text, annotation] of unheard) {
  test(`${annotation} is named`, () => {
    const [found] = problems(text(annotation));
    const key = annotation.slice(0, annotation.indexOf(':'));
    assert.ok(found.startsWith('x.yaml:6:5: warning: metadata.annotations'), found);
    assert.ok(found.endsWith(`the annotation ${key} is not modelled yet and has no effect`), found);
  });
}

for (const [text, annotation] of silent) {
  test(`${annotation} needs no word`, () => assert.equal(problems(text(annotation)), []));
}

test.run();
