// Takes a master out for good, as `kubeadm reset` on it: its processes are told to end, and etcd
// has a member fewer.

import {dnsName} from '../options/dns-name.ts';
import {define} from './define-operation.ts';

export const removeMaster = define({
  do: 'remove-master',
  options: {name: dnsName().describe('of the master')},
  targetOf: ({name}) => `master/${name}`,
  perform({administration}, {name}) {
    administration.removeMaster(name);
  },
});
