// Copies what etcd holds, as `etcdctl snapshot save`.

import {dnsName} from '../options/dns-name.ts';
import {define} from './define-operation.ts';

export const snapshotEtcd = define({
  do: 'snapshot-etcd',
  options: {name: dnsName().describe('by which restore-etcd finds the copy')},
  targetOf: ({name}) => `etcd-snapshot/${name}`,
  perform({administration}, {name}) {
    administration.takeSnapshot(name);
  },
});
