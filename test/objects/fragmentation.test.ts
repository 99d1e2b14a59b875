import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {Fragmentation} from '../../src/objects/fragmentation.ts';
import {type TypicalShape, typicalShapes} from '../../src/objects/typical-pods.ts';
import {fragmentation as slowly} from '../oracles/fgd/fragmentation.ts';
import {fc} from '../support/fast-check.ts';

const share = shape({cpuMillicores: 4000, count: 1, milli: 500, pods: 6});
const pair = shape({cpuMillicores: 16_000, count: 2, milli: 1000, pods: 3});
const bare = shape({cpuMillicores: 1000, count: 0, milli: 0, pods: 1});

// In thousandths of a device, by hand from the paper's section 3.2.
const cases: [string, TypicalShape[], {cpu: number; free: number[]}, number][] = [
  ['nothing idle, nothing fragmented', [share], {cpu: 8000, free: [0, 0]}, 0],
  ['a shape that fits everywhere leaves nothing', [share], {cpu: 8000, free: [500, 1000]}, 0],
  ['a device too small for it is lost', [share], {cpu: 8000, free: [499, 1000]}, 499],
  ['without CPU all is lost', [share], {cpu: 3999, free: [500, 1000]}, 1500],
  ['a pod without GPU uses none of it', [bare], {cpu: 8000, free: [500, 1000]}, 1500],
  ['a pair needs two free devices', [pair], {cpu: 16_000, free: [500, 1000]}, 1500],
  ['and uses no started one', [pair], {cpu: 16_000, free: [500, 1000, 1000]}, 500],
  // 0.6 x 300 + 0.3 x 1300 + 0.1 x 1300
  ['shapes count by their frequency', [share, pair, bare], {cpu: 9e4, free: [300, 1000]}, 700],
];

for (const [name, shapes, {cpu, free}, expected] of cases) {
  test(name, () => {
    const fragmentation = new Fragmentation(shapes);
    const sum = fragmentation.of('V100', cpu, Int32Array.from(free));
    assert.is(sum, expected * fragmentation.pods);
  });
}

test('a shape for other models cannot run', () => {
  const fragmentation = new Fragmentation([{...share, models: ['A10', 'T4']}]);
  const free = Int32Array.of(1000);
  assert.is(fragmentation.of('T4', 8000, free), 0);
  assert.is(fragmentation.of('V100', 8000, free), 1000 * fragmentation.pods);
});

test('the tables say what going through all shapes says', () => {
  const shapes = fc.array(
    fc
      .record({
        cpuMillicores: fc.integer({min: 0, max: 8}).map(cpu => cpu * 1000),
        count: fc.integer({min: 0, max: 4}),
        milli: fc.constantFrom(100, 250, 460, 999, 1000),
        models: fc.subarray(['P100', 'T4', 'V100']),
        pods: fc.integer({min: 1, max: 900}),
      })
      .map(made => (made.count === 0 ? {...made, milli: 0, models: []} : made)),
    {minLength: 1, maxLength: 12},
  );
  const node = fc.record({
    model: fc.constantFrom('P100', 'T4', 'V100'),
    cpuFree: fc.integer({min: 0, max: 9000}),
    free: fc.array(fc.constantFrom(0, 99, 100, 460, 750, 1000), {maxLength: 8}),
  });
  fc.assert(
    fc.property(shapes, node, (made, {model, cpuFree, free}) => {
      const tables = new Fragmentation(made);
      const slow = slowly(
        {model, cpuFree, free},
        made.map(({cpuMillicores: cpu, pods, ...rest}) => ({
          ...{...rest, cpu, models: [...rest.models]},
          probability: pods,
        })),
      );
      assert.is(tables.of(model, cpuFree, Int32Array.from(free)), slow);
    }),
  );
});

test('typical are the most frequent shapes until they make up 95 % of the pods', () => {
  const seen = [
    {...share, pods: 50},
    {...pair, pods: 20},
    {...share, pods: 25},
    {...bare, pods: 4},
    shape({cpuMillicores: 1, count: 1, milli: 1000, pods: 1}),
  ];
  const typical = typicalShapes(seen).map(({cpuMillicores, pods}) => [cpuMillicores, pods]);
  assert.equal(typical, [
    [4000, 75],
    [16_000, 20],
  ]);
});

function shape(given: Omit<TypicalShape, 'models'>): TypicalShape {
  return {...given, models: []};
}

test.run();
