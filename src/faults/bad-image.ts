// A broken image, as after a push that went wrong: those who pull it meanwhile do not get it.

import {defineFlawFault} from './flaw.ts';

export const badImage = defineFlawFault({
  kind: 'bad-image',
  options: {},
  effect(flaw, {world}) {
    world.registry.spoilWhere(pod => flaw.causeFor(pod) !== undefined);
  },
});
