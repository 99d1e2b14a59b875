// ConfigMaps and Secrets, as far as pods depend on them: whether they are there, and which keys
// they have. Values are not kept. A Secret's values are base64 in a real cluster, which hides
// nothing.

export type ConfigObject = {
  readonly kind: 'ConfigMap' | 'Secret';
  readonly namespace: string;
  readonly name: string;
  readonly keys: ReadonlySet<string>;
  /** Of a Secret, as `Opaque` or `kubernetes.io/tls`. */
  readonly type: string | undefined;
  readonly immutable: boolean;
  /** Of its values. */
  readonly bytes: number;
};

/** Kind, namespace and name, by which it is found. */
export function configName({
  kind,
  namespace,
  name,
}: Pick<ConfigObject, 'kind' | 'namespace' | 'name'>): string {
  return `${kind}/${namespace}/${name}`;
}
