// When a toleration covers a taint (Toleration.ToleratesTaint,
// staging/src/k8s.io/api/core/v1/toleration.go). `comparing`: whether the operators Lt and Gt
// count.

import type {NodeObject, Taint} from './node-spec.ts';
import type {Toleration} from './pod-spec.ts';

export function isTolerated(
  taint: Taint,
  tolerations: readonly Toleration[],
  comparing: boolean,
): boolean {
  for (const toleration of tolerations) {
    if (tolerates(toleration, taint, comparing)) return true;
  }
  return false;
}

/** The first that covers the taint; the operators Lt and Gt do not count. */
export function tolerationOf(
  taint: Taint,
  tolerations: readonly Toleration[],
): Toleration | undefined {
  return tolerations.find(toleration => tolerates(toleration, taint, false));
}

/** The first taint that keeps the pod off the node. */
export function untoleratedTaint(
  taints: NodeObject['taints'],
  tolerations: readonly Toleration[],
  comparing: boolean,
): Taint | undefined {
  for (const taint of taints) {
    if (taint.effect !== 'NoSchedule' && taint.effect !== 'NoExecute') continue;
    if (!isTolerated(taint, tolerations, comparing)) return taint;
  }
  return undefined;
}

function tolerates(toleration: Toleration, taint: Taint, comparing: boolean): boolean {
  const {key, operator, value, effect} = toleration;
  if (effect !== '' && effect !== taint.effect) return false;
  if (key !== '' && key !== taint.key) return false;
  switch (operator) {
    case '':
    case 'Equal':
      return value === taint.value;
    case 'Exists':
      return true;
    case 'Lt':
      return comparing && areDecimals(value, taint.value) && BigInt(taint.value) < BigInt(value);
    case 'Gt':
      return comparing && areDecimals(value, taint.value) && BigInt(taint.value) > BigInt(value);
    default:
      return false;
  }
}

// In canonical form only: no plus sign, no leading zeros, 64 bits.
function areDecimals(...texts: string[]): boolean {
  return texts.every(
    text => /^(0|-?[1-9]\d{0,18})$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text),
  );
}
