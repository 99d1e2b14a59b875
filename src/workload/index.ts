// The kinds of workload that a scenario may name.

import {arrivals} from './arrivals.ts';
import {batch} from './batch.ts';
import type {WorkloadDefinition} from './define-workload.ts';
import {poisson} from './poisson.ts';
import {trace} from './trace.ts';
import {uniform} from './uniform.ts';

export const workloads: readonly WorkloadDefinition[] = [batch, poisson, uniform, arrivals, trace];
