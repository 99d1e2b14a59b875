// Which figures a run leaves for a comparison.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {figureText} from '../../src/experiment/figure-name.ts';
import {observedFigures} from '../../src/experiment/observed-figures.ts';
import {knownMetrics} from '../../src/metrics/figure-kinds.ts';
import {readScenario} from '../../src/scenario/load.ts';
import {simulate} from '../../src/scenario/simulate.ts';

async function figuresOf(file: string) {
  const path = new URL(`../../scenarios/${file}.yaml`, import.meta.url).pathname;
  const {scenario} = await readScenario(path);
  if (scenario === undefined) throw new Error(`${file} is wrong`);
  return observedFigures(await simulate(scenario));
}

test('each Service and workload leaves how available it was, beside the sums of all', async () => {
  const figures = await figuresOf('node-power-off');
  const known = new Set(knownMetrics());
  const unknown = figures.filter(({metric}) => !known.has(metric));
  assert.equal(unknown, []);
  const workloads = figures.filter(({metric, object}) => metric === 'downtime' && object !== '');
  assert.ok(workloads.length > 0);
  const sum = workloads.reduce((total, {value}) => total + Number(value), 0);
  const whole = figures.find(figure => figureText(figure) === 'downtime');
  assert.ok(Math.abs(sum - Number(whole?.value)) < 1e-4);
  const names = figures.map(figureText);
  assert.is(new Set(names).size, names.length);
});

test('a Service leaves its availability', async () => {
  const figures = await figuresOf('mongo-express');
  const figure = figures.find(
    one => figureText(one) === 'availability:default/mongo-express-service',
  );
  assert.equal(figure?.value, '0.915769');
});

test.run();
