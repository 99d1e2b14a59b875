// Puts an earlier copy in the place of what etcd holds, as `etcdctl snapshot restore` does on every
// member, with all API servers, schedulers and controller managers stopped meanwhile.

import {dnsName} from '../options/dns-name.ts';
import {duration} from '../options/duration.ts';
import {define} from './define-operation.ts';

export const restoreEtcd = define({
  do: 'restore-etcd',
  options: {
    from: dnsName().describe('the name of an earlier snapshot-etcd'),
    lasts: duration().default('30s').describe('how long no API server runs'),
  },
  targetOf: ({from}) => `etcd-snapshot/${from}`,
  perform({administration}, {from, lasts}) {
    administration.restoreSnapshot(from, lasts);
  },
});
