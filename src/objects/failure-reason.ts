// `status.reason` of a failed pod; `Error` where only its containers have one.

export const failureReasons = [
  'Error',
  'OutOfcpu',
  'OutOfmemory',
  'OutOfephemeral-storage',
  'OutOfpods',
  'NodeShutdown',
  'Terminated',
  'Evicted',
] as const;

export type FailureReason = (typeof failureReasons)[number];
