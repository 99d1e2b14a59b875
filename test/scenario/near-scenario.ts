// Scenarios that are nearly right: what the schema allows, with something odd here and there.

import {type JsonSchema, scenarioJsonSchema} from '../../src/scenario/json-schema.ts';
import {fc} from '../support/fast-check.ts';
import {beyondValues, oddValues} from '../support/yaml-text.ts';

const odd = fc.oneof(
  {weight: 100, arbitrary: fc.constantFrom(...oddValues)},
  {weight: 1, arbitrary: fc.constantFrom(...beyondValues)},
);
const texts = 'n w n-0 0s 1s 1s 1s 5m 5m 2h 100m 1Gi Deployment/a app=a 10% b.yaml'.split(' ');

/** In flow YAML, which may hold what JSON cannot. */
export const nearScenario: fc.Arbitrary<string> = fc
  .record(
    {
      ...properties(scenarioJsonSchema()),
      apiVersion: fc.constant('orrery/v1'),
      kind: fc.constant('Scenario'),
      question: fc.constant('why?'),
      duration: fc.constant('1h'),
    },
    {requiredKeys: ['apiVersion', 'kind', 'question', 'duration']},
  )
  .map(map);

function near(schema: JsonSchema): fc.Arbitrary<string> {
  return fc.oneof({weight: 60, arbitrary: asAllowed(schema)}, {weight: 1, arbitrary: odd});
}

function asAllowed(schema: JsonSchema): fc.Arbitrary<string> {
  const {anyOf, oneOf, type, items, enum: allowed, minimum = 0, maximum = 1e15} = schema;
  const forms = anyOf ?? oneOf;
  if (forms !== undefined) return fc.oneof(...forms.map(near));
  if ('const' in schema) return fc.constant(JSON.stringify(schema.const));
  if (allowed !== undefined) return fc.constantFrom(...allowed.map(value => JSON.stringify(value)));
  switch (type) {
    case 'object':
      return object(schema);
    case 'array':
      return fc.array(near(items ?? {}), {maxLength: 2}).map(all => `[${all.join(', ')}]`);
    case 'integer':
    case 'number':
      return fc.constantFrom(minimum, minimum + 1, 2, 3, 10, maximum).map(String);
    case 'boolean':
      return fc.boolean().map(String);
    default:
      return text(schema);
  }
}

function text({pattern = ''}: JsonSchema): fc.Arbitrary<string> {
  const matching = texts.filter(one => new RegExp(pattern).test(one));
  if (matching.length > 0) return fc.constantFrom(...matching).map(one => JSON.stringify(one));
  return fc.stringMatching(new RegExp(pattern)).map(one => JSON.stringify(one));
}

function object(schema: JsonSchema): fc.Arbitrary<string> {
  const {required = []} = schema;
  const known = fc.record(properties(schema), {requiredKeys: [...required]}).map(map);
  const keys = fc.constantFrom('cpu', 'memory', 'pods', 'a', 'b/c', '__proto__', '<<', '""');
  const unknown = fc.dictionary(keys, odd, {maxKeys: 3}).map(map);
  return fc.oneof({weight: 40, arbitrary: known}, {weight: 1, arbitrary: unknown});
}

function properties({properties = {}}: JsonSchema): Record<string, fc.Arbitrary<string>> {
  return Object.fromEntries(Object.entries(properties).map(([key, inner]) => [key, near(inner)]));
}

function map(values: object): string {
  const entries = Object.entries(values).map(([key, value]) => `${key}: ${value}`);
  return `{${entries.join(', ')}}`;
}
