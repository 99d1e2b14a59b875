// How each controller is connected: over the line of the process that they all share, with a limit
// of its own of 20 requests a second, 30 at once.

export const managerClient = {
  process: 'kube-controller-manager',
  limits: {qps: 20, burst: 30},
} as const;
