// Requests that come many together: all at once, or evenly over a short while.

import {drawer} from '../../../options/drawer.ts';
import {meanOf} from '../../../options/law-mean.ts';
import {defineSource} from './source.ts';

const one = 0;
const burst = 1;

export const bursts = defineSource('bursts', {
  meanGap: ({every, size}) => meanOf(every) / size,
  mistake: ({every}) => (meanOf(every) > 0 ? undefined : 'expected every above 0s'),
  start: ({every, size, spread}, {starts, ends = Infinity}, {clock, simulation, random, send}) => {
    const draw = drawer(every, random('gaps'));
    const wake = clock.add(what => {
      if (what === one) return send();
      const {now} = simulation;
      plan(now + draw(), burst);
      for (let i = 0; i < size; i++) {
        if (spread === 0) send();
        else plan(now + Math.floor((spread * i) / size), one);
      }
    });
    const plan = (time: number, what: number): void => {
      if (time < ends) wake(time, what);
    };
    plan(starts + draw(), burst);
  },
});
