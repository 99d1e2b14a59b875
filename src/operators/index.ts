// The operations that a timeline may name.

import {addMaster} from './add-master.ts';
import {addNodes} from './add-nodes.ts';
import {apply} from './apply.ts';
import {cordon} from './cordon.ts';
import type {OperationDefinition} from './define-operation.ts';
import {deleteObject} from './delete.ts';
import {drain} from './drain.ts';
import {label} from './label.ts';
import {removeMaster} from './remove-master.ts';
import {removeNode} from './remove-node.ts';
import {restoreEtcd} from './restore-etcd.ts';
import {rollout, rolloutActions} from './rollout.ts';
import {scale} from './scale.ts';
import {setImage} from './set-image.ts';
import {snapshotEtcd} from './snapshot-etcd.ts';
import {taint} from './taint.ts';
import {tunnel} from './tunnel.ts';
import {uncordon} from './uncordon.ts';

export const operations: readonly OperationDefinition[] = [
  apply,
  deleteObject,
  scale,
  setImage,
  rollout,
  ...rolloutActions,
  cordon,
  uncordon,
  drain,
  taint,
  label,
  addNodes,
  removeNode,
  snapshotEtcd,
  restoreEtcd,
  addMaster,
  removeMaster,
  tunnel,
];
