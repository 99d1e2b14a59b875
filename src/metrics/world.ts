// What metrics may look at. They read and watch; they schedule nothing, draw nothing, change
// nothing.

import type {Simulation} from '../engine/simulation.ts';
import type {Machines} from '../machines/machines.ts';
import type {RequestBook} from '../machines/request-book.ts';
import type {Fragmentation} from '../objects/fragmentation.ts';
import type {Store} from '../objects/store.ts';
import type {NetworkSeen} from './services/service-records.ts';

export type World = {
  readonly simulation: Simulation;
  readonly store: Store;
  readonly machines: Machines;
  /** Where it is known what pods usually ask for, and some ask for GPUs. */
  readonly fragmentation?: Fragmentation | undefined;
  /** Where somebody sends requests. */
  readonly requests?: RequestBook | undefined;
  /** Where connections to Services are played. */
  readonly network?: NetworkSeen | undefined;
};
