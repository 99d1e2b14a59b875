// What each pod of a Service gets of connections from outside, where nodes keep theirs to
// themselves (externalTrafficPolicy: Local): one node a zone, and a load balancer before them.

import type {Batch, Measure, Model} from './batches.ts';
import {modelGroup} from './model-group.ts';
import {listed, type Oracle} from './oracle-file.ts';

export const doorFamily = modelGroup(['etplocal'], ({oracle}) => [modelOf(oracle)]);

function modelOf(oracle: Oracle): Model {
  const podsPerNode = listed(oracle, 'podsPerNode');
  const some = podsPerNode.flatMap((pods, node) => (pods > 0 ? [node] : []));
  const fewest = some.reduce((one, other) => (podsPerNode[other] < podsPerNode[one] ? other : one));
  const most = some.reduce((one, other) => (podsPerNode[other] > podsPerNode[one] ? other : one));
  // Of equal nodes any two will do that are not the same.
  const other = most === fewest ? (some.find(node => node !== fewest) ?? most) : most;
  const pods = podsPerNode.reduce((sum, count) => sum + count, 0);
  const shareAt = (node: number) => (batch: Batch) => shareOfNode(batch, node) / podsPerNode[node];
  const shares = some.map((node): [string, Measure] => [
    `podShares ${node + 1}`,
    {of: batch => shareOfPod(batch, node)},
  ]);
  return {
    rate: 1000,
    first: 1_000_000,
    measures: {
      ...Object.fromEntries(shares),
      maxOverMin: {of: batch => shareAt(fewest)(batch) / shareAt(other)(batch)},
      maxOverFair: {of: batch => shareAt(fewest)(batch) * pods},
    },
    scenario: {
      question: 'What does each pod get where nodes keep what comes from outside?',
      zones: podsPerNode.length,
      loadBalancers: {takes: '0s', provider: 'gcp-l4'},
      programs: [
        {
          ...{name: 'web', podsOfZones: podsPerNode},
          service: {type: 'LoadBalancer', externalTrafficPolicy: 'Local'},
        },
      ],
      callers: [{name: 'clients', to: 'web', rate: 1000, more: {from: 'outside'}}],
    },
  };
}

function loadsOfNode({record}: Batch, node: number): number[] {
  const name = `web-zone-${'abcdefghij'[node]}-`;
  const loads = [...record.loads()].filter(({endpoint}) => endpoint.startsWith(name));
  loads.sort((one, other) => (one.endpoint < other.endpoint ? -1 : 1));
  return loads.map(({requests}) => requests);
}

const requestsOf = ({record}: Batch): number =>
  [...record.loads()].reduce((sum, {requests}) => sum + requests, 0);

/** One of its pods stands for all. */
function shareOfPod(batch: Batch, node: number): number {
  return (loadsOfNode(batch, node)[0] ?? 0) / requestsOf(batch);
}

function shareOfNode(batch: Batch, node: number): number {
  return loadsOfNode(batch, node).reduce((sum, count) => sum + count, 0) / requestsOf(batch);
}
