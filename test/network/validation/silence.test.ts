// kubernetes-network.md, §8.2, §9.1, targets V9 and V10: how long clients wait where nobody answers:
// connecting to what is gone, and looking up a name.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {inSeconds} from '../../../src/engine/time.ts';
import {counts, outsideShop, recordOf} from '../../support/outside-shop.ts';
import {played} from '../../timelines/play.ts';

/** The only request is sent at 120 s. */
const once = 'every: 120s, ends: 130s';

/** From when it is sent: its only outcome, and after how long. */
async function fate(wishes: {faults: string; caller: string; service: string; more?: string}) {
  const {faults, caller, service, more = ''} = wishes;
  const text = outsideShop({
    ...{pods: [[1, 'n-1']], service, network: 'loss: 0'},
    traffic: `{name: caller, ${caller}, to: web, ${once}${more}}`,
    rest: `duration: 10m\nfaults: [${faults}]`,
  });
  const record = recordOf(await played(text));
  assert.is(record.sent, 1);
  const [outcome] = Object.keys(counts(record));
  const {latency, failedLatency} = record;
  const took = outcome === 'ok' ? latency.max : failedLatency.max;
  return [outcome, inSeconds(took ?? 0)];
}

const toNode = {
  caller: 'from: outside, via: {nodePort: {nodes: n-1}}',
  service: 'type: NodePort, externalTrafficPolicy: Local',
};
const cut = (seconds: number) =>
  `{kind: network-partition, between: n-1, at: 119s, lasts: ${seconds + 1}s}`;

// Linux 6.5 and later (tcp_syn_linear_timeouts = 4): SYN at 0, 1, 2, 3, 4, 5, 7, 11, 19, 35, 67 s.
const rows: [lasts: number, outcome: string, after: number][] = [
  [0.5, 'ok', 1],
  [1.5, 'ok', 2],
  [2.5, 'ok', 3],
  [3.5, 'ok', 4],
  [4.5, 'ok', 5],
  [5.5, 'ok', 7],
  [7.5, 'ok', 11],
  [11.5, 'ok', 19],
  [34.5, 'ok', 35],
  [66.5, 'ok', 67],
  [67.5, 'connect-timeout', 131],
];

for (const [lasts, outcome, after] of rows) {
  test(`V10: where nobody answers for ${lasts} s a connection is ${outcome} after ${after} s`, async () => {
    assert.equal(await fate({...toNode, faults: cut(lasts)}), [outcome, after]);
  });
}

test('V10: a rule that drops is waited for alike, and a client’s own patience ends it', async () => {
  const dropped = {...toNode, caller: toNode.caller.replace('n-1', 'n-0'), faults: ''};
  assert.equal(await fate(dropped), ['connect-timeout', 131]);
  const patience = {...dropped, more: ', connectTimeout: 5s'};
  assert.equal(await fate(patience), ['connect-timeout', 5]);
});

const byName = {caller: 'from: nodes', service: ''};
const outage = (seconds: number) => `{kind: dns-outage, at: 119s, lasts: ${seconds + 1}s}`;

// glibc: 2 attempts of 5 s for the first form, then as many for the name as it is, which nobody knows.
const lookups: [lasts: number, outcome: string, after: number][] = [
  [4, 'ok', 5],
  [9, 'unresolved', 10],
  [30, 'unresolved', 20],
];

for (const [lasts, outcome, after] of lookups) {
  test(`V9: name servers silent for ${lasts} s make a request ${outcome} after ${after} s`, async () => {
    assert.equal(await fate({...byName, faults: outage(lasts)}), [outcome, after]);
  });
}

test('V9: name servers that answer with errors cost no time, but the name', async () => {
  const faults = outage(30).replace('}', ', answers: servfail}');
  assert.equal(await fate({...byName, faults}), ['unresolved', 0]);
});

test.run();
