// The entries of `timeline`: what the operation that each names wants to know.

import * as z from 'zod';
import {operations} from '../operators/index.ts';
import type {TimelineEntry} from '../operators/start-operator.ts';

const [first, ...rest] = operations.map(({options}) => options);

export const timeline = z
  .array(
    z
      .discriminatedUnion('do', [first, ...rest])
      .meta({title: 'operation'})
      .transform(
        (options): TimelineEntry => ({do: String(options.do), at: Number(options.at), options}),
      ),
  )
  .default([])
  .describe('what an operator does, each at its time');
