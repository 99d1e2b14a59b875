// What a record counts of requests as they reach their servers: who got them, how near that is, and
// the bytes that cross. An answer counts when it is known that the pod has taken the request.

import type {Application} from './application.ts';
import * as column from './attempt-columns.ts';
import type {ClientPlace} from './client-places.ts';
import type {Server} from './server.ts';

/** How near it is served, as bits. */
export function countVisit(
  {calling, place, zone}: ClientPlace,
  server: Server,
  {answerBytes}: Application,
): number {
  const {record, options} = calling;
  const load = record.loadAt(server.slot);
  if (load !== undefined) load.requests++;
  else {
    const {serial, name, nodeName: node} = server;
    const known = {endpoint: name, node, key: serial, serial: Math.max(0, serial)};
    record.addLoad(server.slot, {...known, requests: 1, failed: 0});
  }
  record.requestBytes += options.requestBytes;
  record.answerBytes += answerBytes;
  if (place === undefined || server.node === undefined) return 0;
  if (place === server.node) return column.sameNode + column.sameZone;
  if (zone === server.zone) return column.sameZone;
  record.crossZoneBytes += options.requestBytes + answerBytes;
  return 0;
}

export function countNear(record: {sameNode: number; sameZone: number}, near: number): void {
  if (near >= column.sameZone) record.sameZone++;
  if ((near & column.sameNode) !== 0) record.sameNode++;
}
