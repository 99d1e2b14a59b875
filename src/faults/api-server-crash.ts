// The API server of a master stops, and is started again at the fault's end.

import {defineMasterFault} from './master-fault.ts';

export const apiServerCrash = defineMasterFault({
  kind: 'api-server-crash',
  take: (master, {masters}) => masters.withoutApiServer.take(master),
  release: (master, {masters}) => masters.withoutApiServer.release(master),
});
