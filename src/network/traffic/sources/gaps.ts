// Requests whose gaps are drawn from any distribution: a renewal process.

import {drawer} from '../../../options/drawer.ts';
import {meanOf} from '../../../options/law-mean.ts';
import {defineSource, sendEach} from './source.ts';

export const gaps = defineSource('gaps', {
  meanGap: meanOf,
  mistake: law => (meanOf(law) > 0 ? undefined : 'expected gaps above 0s'),
  start: (law, entry, parts) => {
    const draw = drawer(law, parts.random('gaps'));
    sendEach(entry, parts, before => before + draw());
  },
});
