// The scenario's format as JSON Schema, for editors and for `orrery options`.

import * as z from 'zod';
import {scenario} from './schema.ts';

export type JsonSchema = {
  readonly title?: string;
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly pattern?: string;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
};

export function scenarioJsonSchema(): JsonSchema {
  const {$schema, ...schema} = z.toJSONSchema(scenario, {io: 'input', reused: 'inline'});
  return {$schema, title: 'Orrery scenario', ...schema} as JsonSchema;
}
