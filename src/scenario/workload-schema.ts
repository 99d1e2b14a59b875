// The entries of `workload`: what the kind that each names wants to know.

import * as z from 'zod';
import {workloads} from '../workload/index.ts';
import type {WorkloadEntry} from './loaded.ts';

const [first, ...rest] = workloads.map(({options}) => options);

export const workload = z
  .array(
    z
      .discriminatedUnion('kind', [first, ...rest])
      .meta({title: 'workload'})
      .transform(
        (options): WorkloadEntry => ({
          kind: String(options.kind),
          name: String(options.name),
          options,
        }),
      ),
  )
  .default([])
  .describe('pods that come and go by themselves');
