import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Simulation} from '../../src/engine/simulation.ts';
import {hours, seconds} from '../../src/engine/time.ts';
import {Strip} from '../../src/metrics/strip.ts';

test('each piece of a strip is as bad as its worst moment', () => {
  const strip = new Strip();
  strip.change('up', seconds(10));
  strip.change('down', seconds(20.5));
  strip.change('up', seconds(20.6));
  assert.equal(strip.states(seconds(40), 8), [
    ...['none', 'none', 'up', 'up', 'down', 'up', 'up', 'up'],
  ]);
});

test('a strip of any length forgets nothing bad', () => {
  const dice = new Simulation({seed: 1}).random('strips');
  for (let run = 0; run < 100; run++) {
    const strip = new Strip();
    const end = dice.integer(seconds(1), hours(1000));
    const at = dice.integer(0, end - 2);
    strip.change('up', 0);
    strip.change('down', at);
    strip.change('partly', at + 1);
    const states = strip.states(end, 48);
    assert.ok(states.includes('down'), `${at} of ${end}`);
    const worst = states.filter(state => state === 'down').length;
    assert.ok(worst <= 3, `${worst} pieces for one microsecond`);
  }
});

test.run();
