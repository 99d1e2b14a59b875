// What a record counts of requests as they reach their servers: who got them, how near that is, and
// the bytes that cross. An answer counts as soon as the pod has taken the request.

import type {Time} from '../../engine/time.ts';
import type {Machines} from '../../machines/machines.ts';
import type {NodeId} from '../../objects/ids.ts';
import * as column from './attempt-columns.ts';
import type {ClientPlace} from './client-places.ts';
import type {Servers} from './servers.ts';

/** How near it is served, as bits. Four values, for want of an allocation. */
export function countVisit(
  {calling, place, zone}: ClientPlace,
  servers: Servers,
  slot: number,
  answerBytes: number,
): number {
  const {record, options} = calling;
  if (!record.knows(slot)) {
    const server = servers.inSlot(slot);
    if (server === undefined) throw new Error('a request is at a server that is gone');
    record.addLoad(server);
  }
  record.countVisit(slot);
  if (options.requestBytes > 0) record.requestBytes += options.requestBytes;
  if (answerBytes > 0) record.answerBytes += answerBytes;
  const {columns} = servers;
  const node = columns.node(slot);
  if (place === undefined || node < 0) return 0;
  if (place === node) return column.sameNode + column.sameZone;
  if (zone === columns.zone(slot)) return column.sameZone;
  record.crossZoneBytes += options.requestBytes + answerBytes;
  return 0;
}

export function countNear(record: {sameNode: number; sameZone: number}, near: number): void {
  if (near >= column.sameZone) record.sameZone++;
  if ((near & column.sameNode) !== 0) record.sameNode++;
}

/** A machine that is slow when a request comes is slow for it to the end. */
export function slowed(machines: Machines, node: NodeId | undefined, work: Time): Time {
  if (node === undefined) return work;
  const slowness = machines.slowness(node);
  return slowness === 1 ? work : Math.round(work * slowness);
}
