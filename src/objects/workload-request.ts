// What one asks of the API about a workload: the verbs, with all that they carry.

import type {WorkloadId} from './ids.ts';
import type {Labels} from './labels.ts';
import type {ControlledObject, UncontrolledObject, WorkloadOwner} from './workload-object.ts';

export type WorkloadRequest =
  | {readonly verb: 'create'; readonly object: NewWorkload}
  | ({readonly verb: 'update'; readonly workload: WorkloadId} & WorkloadChange)
  | {
      readonly verb: 'update-status';
      readonly workload: WorkloadId;
      readonly version: number;
      readonly status: ControlledObject['status'];
    }
  | {
      readonly verb: 'delete';
      readonly workload: WorkloadId;
      readonly propagation: Propagation;
    }
  /** PATCH that strips the owner reference. */
  | {readonly verb: 'release'; readonly workload: WorkloadId}
  /** PATCH that strips the finalizer: a deleted object goes for good. */
  | {readonly verb: 'finalize'; readonly workload: WorkloadId};

export type WorkloadChange = {
  /** Of the object that was changed; `undefined`: whichever is there, as a PATCH. */
  readonly version: number | undefined;
  /** The fields that change. Absent where only metadata does: the generation stays. */
  readonly spec?: Partial<ControlledObject['spec']>;
  readonly labels?: Labels;
  readonly annotations?: Labels;
};

/**
 * `background`: the object goes at once, what it owns after it; `foreground`: what it owns goes
 * first; `orphan`: what it owns stays, owned by nobody.
 */
export type Propagation = 'background' | 'foreground' | 'orphan';

/** An object as a client sends it; the server adds the rest. */
export type NewWorkload = Sent<ControlledObject> | Sent<UncontrolledObject>;

type Sent<Kinds extends {kind: string}> = Kinds extends {kind: infer Kind; spec: infer Spec}
  ? {
      readonly kind: Kind;
      readonly namespace: string;
      readonly name: string;
      readonly labels: Labels;
      readonly annotations: Labels;
      readonly owner: WorkloadOwner | undefined;
      readonly spec: Spec;
    } & (Kinds extends {as: infer As} ? {readonly as: As} : unknown)
  : never;
