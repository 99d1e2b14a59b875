import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {outageReport} from '../../src/report/outage-report.ts';

const outage = {
  ...{kind: 'Deployment', namespace: 'shop', name: 'web', class: 'node', incident: '4'},
  ...{start: '2400.000000', end: '2751.800000', duration: '351.800000', censored: 'false'},
  ...{cause: 'node-crash node/general-3', contributors: '', detected: '2447.312000'},
  ...{evicted: '2747.400000', recreated: '2747.420000', scheduled: '2747.430000'},
  ...{pulled: '', started: '2749.800000'},
};
const incident = {id: '4', time: '2400.000000', kind: 'node-crash', target: 'node/general-3'};

test('an outage is told as a chain, with the seconds of each step', () => {
  assert.is(
    outageReport({outage, incident}).join('\n'),
    `deployment shop/web had no ready replica for 351.800000 s
     2400.000000                  node-crash node/general-3 (incident 4)
     2400.000000       +0.000000  the last ready replica is gone
     2447.312000      +47.312000  the API shows that something is wrong
     2747.400000     +300.088000  its first pod is evicted
     2747.420000       +0.020000  a pod is made to take its place
     2747.430000       +0.010000  the pod is bound to a node
     2749.800000       +2.370000  its first container runs
     2751.800000       +2.000000  it is ready: the outage is over
it goes back to: node-crash node/general-3 (node)`,
  );
});

test('one that is open, without a cause, with contributors, says so', () => {
  const contributors = 'set-image deployment/web; no room';
  const bare = {...outage, end: '', censored: 'true', cause: '', class: 'unknown', contributors};
  const lines = outageReport({outage: bare, incident: undefined});
  assert.match(lines[0], /for 351.800000 s until the end$/);
  assert.equal(lines.slice(-2), [
    'it goes back to: nothing that was begun (unknown)',
    'it was longer for: set-image deployment/web; no room',
  ]);
});

test('an outage of a Service is told as its clients had it', () => {
  const endpoints = '1 of 2 dead in 20 of 20 views: web-a on n1 (no power)';
  const service = {...outage, kind: 'Service', min_availability: '0.500000', endpoints};
  assert.equal(outageReport({outage: service, incident}).slice(0, 5), [
    'service shop/web let through too few clients, at worst a share of 0.500000, for 351.800000 s',
    'its endpoints: 1 of 2 dead in 20 of 20 views: web-a on n1 (no power)',
    '     2400.000000                  node-crash node/general-3 (incident 4)',
    '     2400.000000       +0.000000  too few clients get through',
    '     2447.312000      +47.312000  a node takes up other endpoints',
  ]);
});

test.run();
