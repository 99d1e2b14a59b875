// Of those that a request may go to, the ones that it was not sent to before, by serial; all of
// them where there is no other left.

import type {Target} from '../machines/service-views.ts';

export function untried(targets: readonly Target[], tried: readonly number[]): readonly Target[] {
  if (tried.length === 0) return targets;
  const others = targets.filter(({serial}) => !tried.includes(serial));
  return others.length > 0 ? others : targets;
}
