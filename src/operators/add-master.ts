// Adds a master, as `kubeadm join --control-plane`.

import type {z} from 'zod';
import {dnsName} from '../options/dns-name.ts';
import {labelValue} from '../options/label-map.ts';
import {matching} from '../options/matching.ts';
import {define} from './define-operation.ts';

const place = (): z.ZodOptional<z.ZodString> => matching(labelValue, 'label value').optional();

export const addMaster = define({
  do: 'add-master',
  options: {
    name: dnsName().describe('of the new master'),
    zone: place().describe('where it stands'),
    rack: place().describe('where it stands'),
  },
  targetOf: ({name}) => `master/${name}`,
  perform({administration}, {name, zone, rack}) {
    administration.addMaster({name, zone, rack});
  },
});
