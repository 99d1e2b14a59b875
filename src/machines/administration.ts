// What is done to the control plane itself by hand: copies of etcd, and masters that come and go.

import type {Time} from '../engine/time.ts';
import type {MachinePlace} from './machines.ts';

export type Administration = {
  /** Copies what etcd holds, under a name that a later copy may take over. */
  takeSnapshot(name: string): void;
  /**
   * Stops the API servers, puts the copy in the place of what etcd holds, and starts everything
   * again after `lasts`. Without such a copy nothing happens.
   */
  restoreSnapshot(name: string, lasts: Time): void;
  addMaster(master: MachinePlace & {readonly name: string}): void;
  /** Its processes are told to end before it goes. */
  removeMaster(name: string): void;
};
