// Ingresses: which Service answers for a host and a path of HTTP; and the classes that say whose
// controller serves them.

import type {Address} from '../options/address.ts';

export type PathType = 'Exact' | 'Prefix' | 'ImplementationSpecific';

export type IngressBackend = {
  readonly service: string;
  /** By number, or by the name of the Service's port. */
  readonly port: number | string;
};

export type IngressPath = {
  readonly path: string;
  readonly type: PathType;
  /** `undefined` for a resource of another kind, which only its controller knows. */
  readonly backend: IngressBackend | undefined;
};

export type IngressRule = {
  /** `undefined`: all hosts. `*.example.com` stands for one more label. */
  readonly host: string | undefined;
  readonly paths: readonly IngressPath[];
};

export type IngressTls = {
  readonly hosts: readonly string[];
  readonly secret: string | undefined;
};

export type IngressObject = {
  readonly namespace: string;
  readonly name: string;
  readonly className: string | undefined;
  readonly rules: readonly IngressRule[];
  readonly defaultBackend: IngressBackend | undefined;
  readonly tls: readonly IngressTls[];
  /** `status.loadBalancer.ingress`; empty while it is pending. */
  readonly loadBalancer: readonly Address[];
};

export type NewIngress = Omit<IngressObject, 'loadBalancer'>;

export type IngressClass = {
  readonly name: string;
  readonly controller: string;
  /** The annotation `ingressclass.kubernetes.io/is-default-class`. */
  readonly byDefault: boolean;
};
