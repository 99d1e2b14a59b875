// Dense numbers for what the cluster holds. Branded, so that a pod never stands where a node
// should.

export type PodId = number & {readonly id: 'pod'};
export type NodeId = number & {readonly id: 'node'};
export type WorkloadId = number & {readonly id: 'workload'};
export type ServiceId = number & {readonly id: 'service'};
