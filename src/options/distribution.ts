// How a scenario writes a random quantity: a constant, or one named law with its parameters. The
// parameters of a law over time are durations, those of a law over numbers plain numbers.

import {isMap} from './is-map.ts';
import {
  laws,
  type Measure,
  type Parameters,
  readMeasured,
  readParameters,
} from './law-parameters.ts';
import {didYouMean} from './nearest.ts';
import {show} from './show.ts';
import {type Fail, type Written, written} from './written.ts';

export type Law =
  | {readonly law: 'constant'; readonly value: number}
  | {readonly law: 'exponential'; readonly mean: number}
  | {readonly law: 'lognormal'; readonly median: number; readonly sigma: number}
  | {readonly law: 'weibull'; readonly shape: number; readonly scale: number}
  | {readonly law: 'normal'; readonly mean: number; readonly sd: number}
  | {readonly law: 'uniform'; readonly from: number; readonly to: number}
  | {readonly law: 'erlang'; readonly shape: number; readonly mean: number}
  | {readonly law: 'gamma'; readonly shape: number; readonly scale: number}
  | {
      readonly law: 'pareto';
      readonly shape: number;
      readonly scale: number;
      readonly max: number | undefined;
    }
  | {
      readonly law: 'empirical';
      readonly values: readonly number[];
      readonly weights: readonly number[];
    };

export type Distribution = Law & {readonly measure: Measure};

export type DistributionNotation = string | number | Readonly<Record<string, object>>;

/** Of times, unless `of` says numbers. */
export function distribution(
  of: Measure = 'duration',
): Written<Distribution, DistributionNotation> {
  return written({
    parse: (input, fail) => readDistribution(input, of, fail),
    schema: {
      title: `distribution of ${of}s`,
      anyOf: [
        {type: of === 'duration' ? 'string' : 'number'},
        ...Object.entries(laws).map(([law, parameters]) => lawSchema(law, parameters, of)),
      ],
    },
  });
}

function readDistribution(input: unknown, measure: Measure, fail: Fail): Distribution | undefined {
  if (!isMap(input)) {
    const value = readMeasured(input, measure);
    if (typeof value === 'number') return {measure, law: 'constant', value};
    fail(value);
    return undefined;
  }
  const [law, ...more] = Object.keys(input);
  if (law === undefined || more.length > 0) {
    fail(
      `expected one distribution, got ${law === undefined ? 'none' : [law, ...more].join(', ')}`,
    );
    return undefined;
  }
  if (!Object.hasOwn(laws, law)) {
    const known = Object.keys(laws);
    fail(`no distribution ${show(law)}${didYouMean(law, known)}; known: ${known.join(', ')}`);
    return undefined;
  }
  const failAt: Fail = (message, path = []) => fail(message, [law, ...path]);
  const values = readParameters(law, input[law], {measure, fail: failAt});
  // The table of laws says the same as the type Law, name by name.
  return values && ({measure, law, ...values} as unknown as Distribution);
}

function lawSchema(law: string, parameters: Parameters, measure: Measure): object {
  const properties = Object.entries(parameters).map(([name, parameter]) => {
    const type = /measured/.test(parameter) && measure === 'duration' ? 'string' : 'number';
    return [name, /list/.test(parameter) ? {type: 'array', items: {type}} : {type}];
  });
  const required = Object.keys(parameters).filter(name => !parameters[name].includes('optional'));
  const body = {type: 'object', properties: Object.fromEntries(properties), required};
  return {
    type: 'object',
    properties: {[law]: {...body, additionalProperties: false}},
    required: [law],
    additionalProperties: false,
  };
}
