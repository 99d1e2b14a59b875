// The entries of `faults`: what the kind that each names wants to know.

import * as z from 'zod';
import {faults as kinds} from '../faults/index.ts';
import type {FaultEntry} from '../faults/start-faults.ts';

const [first, ...rest] = kinds.map(({options}) => options);

export const faults = z
  .array(
    z
      .discriminatedUnion('kind', [first, ...rest])
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
