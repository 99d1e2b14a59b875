// The kinds of fault that a scenario may name.

import {apiServerCrash} from './api-server-crash.ts';
import {badConfig} from './bad-config.ts';
import {badImage} from './bad-image.ts';
import {containerCrash} from './container-crash.ts';
import type {FaultDefinition} from './define-fault.ts';
import {dnsOutage} from './dns-outage.ts';
import {etcdMemberLoss} from './etcd-member-loss.ts';
import {kubeletStop} from './kubelet-stop.ts';
import {leaderCrash} from './leader-crash.ts';
import {maintenance} from './maintenance.ts';
import {masterLoss} from './master-loss.ts';
import {memoryLeak} from './memory-leak.ts';
import {networkPartition} from './network-partition.ts';
import {nodeCrash} from './node-crash.ts';
import {nodeFailures} from './node-failures.ts';
import {nodeReboot} from './node-reboot.ts';
import {nodeSlow} from './node-slow.ts';
import {nodeUnreachable} from './node-unreachable.ts';
import {podHang} from './pod-hang.ts';
import {proxyStop} from './proxy-stop.ts';
import {rackOutage} from './rack-outage.ts';
import {registryOutage} from './registry-outage.ts';
import {zoneOutage} from './zone-outage.ts';

export const faults: readonly FaultDefinition[] = [
  nodeCrash,
  nodeReboot,
  kubeletStop,
  proxyStop,
  nodeUnreachable,
  nodeSlow,
  nodeFailures,
  zoneOutage,
  rackOutage,
  containerCrash,
  podHang,
  memoryLeak,
  badImage,
  badConfig,
  registryOutage,
  dnsOutage,
  masterLoss,
  apiServerCrash,
  etcdMemberLoss,
  leaderCrash,
  networkPartition,
  maintenance,
];
