import * as assert from 'node:assert/strict';
import seedrandom from 'seedrandom';
import {test} from 'uvu';
import {RandomStream} from '../../src/engine/random.ts';
import {
  chiSquareP,
  gammaCdf,
  kolmogorovLimit,
  kolmogorovSmirnov,
  mean,
  normalCdf,
  standardErrors,
  variance,
} from '../support/statistics.ts';

const count = 100_000;
type Draw = (stream: RandomStream) => number;

interface Law {
  readonly name: string;
  readonly draw: Draw;
  readonly mean: number;
  readonly variance: number;
  readonly cdf: (x: number) => number;
}

const sigma2 = 0.8 ** 2;
const gammaLaw = (name: string, draw: Draw, shape: number, scale: number): Law => ({
  name,
  draw,
  mean: shape * scale,
  variance: shape * scale ** 2,
  cdf: x => gammaCdf(x / scale, shape),
});

// The bounded Pareto's moments by its quantile function, integrated numerically.
const bounded = {shape: 1.2, scale: 2, max: 50};
const boundedShare = 1 - (bounded.scale / bounded.max) ** bounded.shape;
const boundedMoment = (k: number) => {
  const steps = Array.from({length: 100_000}, (_, i) => (i + 0.5) / 100_000);
  return mean(
    steps.map(u => (bounded.scale * (1 - u * boundedShare) ** (-1 / bounded.shape)) ** k),
  );
};

const laws: Law[] = [
  {name: 'uniform', draw: s => s.uniform(3, 7), mean: 5, variance: 16 / 12, cdf: x => (x - 3) / 4},
  {
    name: 'exponential',
    draw: s => s.exponential(40),
    mean: 40,
    variance: 1600,
    cdf: x => 1 - Math.exp(-x / 40),
  },
  {
    name: 'normal',
    draw: s => s.normal(-3, 2),
    mean: -3,
    variance: 4,
    cdf: x => normalCdf((x + 3) / 2),
  },
  {
    name: 'lognormal',
    draw: s => s.lognormal({median: 10, sigma: 0.8}),
    mean: 10 * Math.exp(sigma2 / 2),
    variance: 100 * (Math.exp(sigma2) - 1) * Math.exp(sigma2),
    cdf: x => normalCdf(Math.log(x / 10) / 0.8),
  },
  {
    name: 'weibull of shape 2',
    draw: s => s.weibull({shape: 2, scale: 3}),
    mean: 3 * Math.sqrt(Math.PI / 4),
    variance: 9 * (1 - Math.PI / 4),
    cdf: x => 1 - Math.exp(-((x / 3) ** 2)),
  },
  {
    name: 'weibull of shape 0.5',
    draw: s => s.weibull({shape: 0.5, scale: 3}),
    mean: 6,
    variance: 9 * 20,
    cdf: x => 1 - Math.exp(-Math.sqrt(x / 3)),
  },
  {
    name: 'pareto',
    draw: s => s.pareto({shape: 5, scale: 2}),
    mean: 2.5,
    variance: (4 * 5) / (16 * 3),
    cdf: x => 1 - (2 / x) ** 5,
  },
  {
    name: 'bounded pareto',
    draw: s => s.pareto(bounded),
    mean: boundedMoment(1),
    variance: boundedMoment(2) - boundedMoment(1) ** 2,
    cdf: x => (1 - (bounded.scale / x) ** bounded.shape) / boundedShare,
  },
  gammaLaw('erlang', s => s.erlang({shape: 3, mean: 12}), 3, 4),
  gammaLaw('gamma of shape 7.5', s => s.gamma({shape: 7.5, scale: 2}), 7.5, 2),
  gammaLaw('gamma of shape 0.4', s => s.gamma({shape: 0.4, scale: 2}), 0.4, 2),
];

for (const law of laws) {
  const stream = new RandomStream(`law/${law.name}`);
  const sample = Array.from({length: count}, () => law.draw(stream));

  test(`${law.name} has its mean`, () => {
    assert.ok(standardErrors(sample, law.mean) < 3.3, `${mean(sample)} instead of ${law.mean}`);
  });

  test(`${law.name} has its variance`, () => {
    const squares = sample.map(x => (x - law.mean) ** 2);
    const found = variance(sample);
    assert.ok(standardErrors(squares, law.variance) < 3.3, `${found} instead of ${law.variance}`);
  });

  test(`${law.name} fits its distribution`, () => {
    const distance = kolmogorovSmirnov(sample, law.cdf);
    assert.ok(distance < kolmogorovLimit, `Kolmogorov-Smirnov distance ${distance}`);
  });
}

test('exponential and normal tails beyond the ziggurat are as long as they should be', () => {
  const stream = new RandomStream('tails');
  let exponentials = 0;
  let normals = 0;
  for (let i = 0; i < 4_000_000; i++) {
    if (stream.exponential(1) > 9) exponentials++;
    if (Math.abs(stream.normal(0, 1)) > 3.8) normals++;
  }
  assert.ok(Math.abs(exponentials - 493.6) < 75, `${exponentials} instead of about 494`);
  assert.ok(Math.abs(normals - 578.8) < 80, `${normals} instead of about 579`);
});

test('whole numbers are equally likely', () => {
  const stream = new RandomStream('integers');
  const counts = new Array<number>(7).fill(0);
  for (let i = 0; i < 70_000; i++) counts[stream.integer(-3, 3) + 3]++;
  assert.ok(chiSquareP(counts, new Array<number>(7).fill(10_000)) > 0.001);
});

test('whole numbers of a range that does not divide 2^32 or 2^53 are unbiased', () => {
  const stream = new RandomStream('wide integers');
  for (const range of [3 * 2 ** 30, 3 * 2 ** 51]) {
    const sample = Array.from({length: 30_000}, () => stream.integer(0, range - 1));
    assert.ok(kolmogorovSmirnov(sample, x => (x + 1) / range) < kolmogorovLimit);
    assert.ok(sample.every(Number.isSafeInteger));
  }
});

test('an empirical draw and a weighted choice follow the weights', () => {
  const stream = new RandomStream('weights');
  const weights = [5, 0, 1, 0.5, 3.5];
  const values = [0, 1, 2, 3, 4];
  const distribution = {values, weights};
  for (const draw of [
    () => stream.empirical(distribution),
    () => stream.weightedChoice(values, weights),
  ]) {
    const counts = new Array<number>(5).fill(0);
    for (let i = 0; i < 100_000; i++) counts[draw()]++;
    assert.equal(counts[1], 0);
    const likely = [0, 2, 3, 4];
    const found = likely.map(i => counts[i]);
    assert.ok(
      chiSquareP(
        found,
        likely.map(i => weights[i] * 10_000),
      ) > 0.001,
    );
  }
});

test('weights that mean nothing are refused', () => {
  const stream = new RandomStream('weights');
  for (const weights of [[], [0, 0], [1, -1], [Number.NaN], [Infinity]]) {
    assert.throws(() => stream.empirical({values: [1, 2], weights}), RangeError);
    assert.throws(() => stream.weightedChoice([1, 2], weights), RangeError);
  }
});

test('every order is an equally likely shuffle', () => {
  const stream = new RandomStream('shuffle');
  const counts = new Map<string, number>();
  for (let i = 0; i < 24_000; i++) {
    const order = stream.shuffle(['a', 'b', 'c', 'd']).join('');
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  assert.ok(chiSquareP([...counts.values()], new Array<number>(24).fill(1000)) > 0.001);
});

test('a uniform is the 53 bits of two draws of the package, and never 0', () => {
  const alea = seedrandom.alea('1/0/x', {state: true});
  const stream = new RandomStream('1/0/x');
  for (let i = 0; i < 10_000; i++) assert.equal(stream.uniform(), alea.double());
  stream.restore({c: 0, s0: 0, s1: 0, s2: 2 ** -32});
  for (let i = 0; i < 10; i++) assert.ok(stream.uniform() > 0);
});

test('a restored stream draws the same again', () => {
  const stream = new RandomStream('1/0/x');
  stream.normal(0, 1);
  const saved = stream.save();
  const draws = Array.from({length: 100}, () => [stream.normal(0, 1), stream.integer(0, 9)]);
  const other = new RandomStream('something else');
  other.restore(saved);
  assert.deepEqual(
    Array.from({length: 100}, () => [other.normal(0, 1), other.integer(0, 9)]),
    draws,
  );
});

test('the draws of a seed never change', () => {
  const stream = new RandomStream('1/0/golden');
  const drawn = [
    stream.uniform(),
    stream.exponential(1),
    stream.normal(0, 1),
    stream.lognormal({median: 1, sigma: 1}),
    stream.weibull({shape: 0.48, scale: 1}),
    stream.pareto({shape: 1.5, scale: 1}),
    stream.gamma({shape: 2.5, scale: 1}),
    stream.integer(0, 1e9),
  ];
  assert.deepEqual(
    drawn,
    [
      0.37877453827201046, 1.4734971324120976, -0.0473562415814677, 5.719242424073726,
      1.2953965169732895, 1.4593695810673664, 2.948524221254471, 915207228,
    ],
  );
});

test.run();
