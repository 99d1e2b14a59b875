// The operations that a timeline may name.

import type {OperationDefinition} from './define-operation.ts';
import {deleteWorkload} from './delete-workload.ts';
import {rollout} from './rollout.ts';
import {scale} from './scale.ts';
import {setImage} from './set-image.ts';

export const operations: readonly OperationDefinition[] = [
  scale,
  setImage,
  rollout,
  deleteWorkload,
];
