// Ingresses: which Service answers for a host and a path of HTTP; and the classes that say whose
// controller serves them.

import type {Time} from '../engine/time.ts';
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

/** What annotations of ingress-nginx ask for; the rest is as its controller has it. */
export type IngressSettings = {
  /** Its paths are regular expressions. */
  readonly regex: boolean;
  /** Whether http is sent on to https: always, or where there is TLS. */
  readonly sendsToTls: 'always' | 'where-it-is' | 'never';
  /** It takes this share of another Ingress's requests. */
  readonly canary: number | undefined;
  readonly balance: 'round-robin' | 'ewma' | undefined;
  readonly connectTimeout: Time | undefined;
  readonly readTimeout: Time | undefined;
  readonly tries: number | undefined;
  /** After what it tries others: also what may have been sent, also answers that are errors. */
  readonly triesAfter: 'connection' | 'any' | undefined;
  /** Its pods are spoken to by TLS. */
  readonly secureBackend: boolean;
};

export const usualSettings: IngressSettings = {
  regex: false,
  sendsToTls: 'where-it-is',
  canary: undefined,
  balance: undefined,
  connectTimeout: undefined,
  readTimeout: undefined,
  tries: undefined,
  triesAfter: undefined,
  secureBackend: false,
};

export type IngressObject = {
  readonly namespace: string;
  readonly name: string;
  readonly className: string | undefined;
  readonly rules: readonly IngressRule[];
  readonly defaultBackend: IngressBackend | undefined;
  readonly tls: readonly IngressTls[];
  readonly settings: IngressSettings;
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
