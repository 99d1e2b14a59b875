// A strategy of the user's own went wrong: not a promise of ours that was broken, and not a failure
// that Kubernetes knows. The run stops, and says which strategy it was and in what.

export class StrategyError extends Error {
  override readonly name = 'StrategyError';
}
