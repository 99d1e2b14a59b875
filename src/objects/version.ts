// Which Kubernetes to behave like, where versions differ.

/** The minor version: 34 for Kubernetes 1.34. */
export type KubernetesMinor = 31 | 32 | 33 | 34 | 35 | 36;

export const kubernetesMinors: readonly KubernetesMinor[] = [31, 32, 33, 34, 35, 36];
