// Pods as controllers know them; everything irrelevant has its default.

import type {KnownPod} from '../../src/controllers/known-pod.ts';
import type {NodeId, PodId} from '../../src/objects/ids.ts';
import {templateWith} from '../support/pods-and-nodes.ts';

export function knownPod(wishes: Partial<KnownPod> = {}): KnownPod {
  const {serial = 0} = wishes;
  return {
    id: serial as PodId,
    serial,
    name: `pod-${serial}`,
    createdAt: 0,
    template: templateWith(),
    owner: undefined,
    node: 0 as NodeId,
    phase: 'Running',
    address: 167_772_161 + serial,
    ready: true,
    readySince: 0,
    restarts: 0,
    terminating: false,
    disruption: undefined,
    endedAt: 0,
    end: undefined,
    ...wishes,
  };
}
