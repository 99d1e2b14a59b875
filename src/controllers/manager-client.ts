// How each controller is connected: over the line of the manager that they all share, with a limit
// of its own of 20 requests a second, 30 at once.

export const managerClient = {
  program: 'kube-controller-manager',
  limits: {qps: 20, burst: 30},
} as const;
