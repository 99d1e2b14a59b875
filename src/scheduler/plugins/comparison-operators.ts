// A gate that the plugins about taints share.

import type {PluginHandle} from '../framework.ts';

/**
 * Whether a toleration's operators Lt and Gt count: gate TaintTolerationComparisonOperators, off in
 * all versions so far.
 */
export function comparisonOperators({featureGates}: PluginHandle): boolean {
  return featureGates?.get('TaintTolerationComparisonOperators') ?? false;
}
