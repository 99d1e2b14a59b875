// What it means, in a few words, that a plugin of the default profile turned a pod away.

const meanings: ReadonlyMap<string, string> = new Map([
  ['SchedulingGates', 'its scheduling gates are not lifted'],
  ['NodeUnschedulable', 'nodes are cordoned'],
  ['NodeName', 'the node it names is not there'],
  ['TaintToleration', 'it does not tolerate the taints'],
  ['NodeAffinity', 'node selector or affinity match no node'],
  ['NodePorts', 'its host ports are taken'],
  ['NodeResourcesFit', 'too little cpu, memory … is free'],
  ['GpuShare', 'too few devices with enough free'],
  ['PodTopologySpread', 'spread constraints would be broken'],
  ['InterPodAffinity', 'pod affinity or anti-affinity forbids'],
]);

export function pluginMeaning(plugin: string): string | undefined {
  return meanings.get(plugin);
}
