// What a record counts of requests as they reach their servers: who got them, how near that is, and
// the bytes that cross. An answer counts as soon as the pod has taken the request.

import * as column from './attempt-columns.ts';
import type {ClientPlace} from './client-places.ts';
import type {ServerColumns} from './server-columns.ts';

/** How near it is served, as bits. */
export function countVisit(
  {calling, place, zone}: ClientPlace,
  servers: ServerColumns,
  slot: number,
  answerBytes: number,
): number {
  const {record, options} = calling;
  record.countVisit(slot);
  record.requestBytes += options.requestBytes;
  record.answerBytes += answerBytes;
  const node = servers.node[slot];
  if (place === undefined || node < 0) return 0;
  if (place === node) return column.sameNode + column.sameZone;
  if (zone === servers.zone[slot]) return column.sameZone;
  record.crossZoneBytes += options.requestBytes + answerBytes;
  return 0;
}

export function countNear(record: {sameNode: number; sameZone: number}, near: number): void {
  if (near >= column.sameZone) record.sameZone++;
  if ((near & column.sameNode) !== 0) record.sameNode++;
}
