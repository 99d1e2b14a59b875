// The entries of `faults`: what the kind that each names wants to know.

import {z} from 'zod';
import {faults as kinds, laterFaults} from '../faults/index.ts';
import type {FaultEntry} from '../faults/start-faults.ts';
import {isMap} from '../options/is-map.ts';

const [first, ...rest] = kinds.map(({options}) => options);

export const faults = z
  .array(
    z
      .discriminatedUnion('kind', [first, ...rest], {error: ({input}) => comingLater(input)})
      .meta({title: 'fault'})
      .transform(
        (options): FaultEntry => ({
          kind: String(options.kind),
          name: options.name === undefined ? undefined : String(options.name),
          options,
        }),
      ),
  )
  .default([])
  .describe('what goes wrong, each at a time or over and over');

/** `undefined`: nothing special is to be said. */
function comingLater(input: unknown): string | undefined {
  const kind = isMap(input) ? input.kind : undefined;
  if (typeof kind !== 'string' || !Object.hasOwn(laterFaults, kind)) return undefined;
  return `${kind} comes with ${laterFaults[kind]}, which is not modelled yet`;
}
