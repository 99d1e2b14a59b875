// A pod as the scheduler knows it: its shape, shared with its siblings, and what is its own.

import type {Time} from '../../engine/time.ts';
import type {PodId} from '../../objects/ids.ts';
import type {Labels} from '../../objects/labels.ts';
import type {NodeInfo} from './node-info.ts';
import type {PodShape} from './pod-shape.ts';

export class PodInfo {
  readonly id: PodId;
  readonly name: string;
  shape: PodShape;
  priority: number;
  /** The node it is on, or is assumed to be on. */
  node: NodeInfo | undefined = undefined;
  /** Which of the node's devices it has, one bit each; 0 for none, and while it is on no node. */
  devices = 0;
  /** The API server has stored the binding; until then a pod on a node is only assumed there. */
  bound = false;
  /** Name of the node that preemption made room on. */
  nominatedNode: string | undefined = undefined;
  /** `status.nominatedNodeName` as last seen, or as asked for. */
  reportedNomination: string | undefined = undefined;
  /** How long it will run once started, where that is known: a real scheduler never knows. */
  lifetime: Time | undefined = undefined;
  /** `status.startTime`: when the kubelet took it. */
  startTime: Time | undefined = undefined;
  /** Has a deletion timestamp. */
  terminating = false;
  /**
   * Is being deleted for a pod of higher priority (condition DisruptionTarget, reason
   * PreemptionByScheduler).
   */
  preempted = false;
  /**
   * Deletions of its victims that the API server has not taken yet; while there are some, it is
   * gated.
   */
  evictionsUnderWay = 0;

  constructor(id: PodId, name: string, shape: PodShape, priority: number) {
    this.id = id;
    this.name = name;
    this.shape = shape;
    this.priority = priority;
  }

  get namespace(): string {
    return this.shape.template.namespace;
  }

  get labels(): Labels {
    return this.shape.template.labels;
  }

  /**
   * As it was on that node: for the event that tells of its leaving, when it may be on another
   * already.
   */
  leaving(node: NodeInfo | undefined): PodInfo {
    const copy = new PodInfo(this.id, this.name, this.shape, this.priority);
    copy.node = node;
    copy.devices = this.devices;
    copy.nominatedNode = this.nominatedNode;
    return copy;
  }
}
