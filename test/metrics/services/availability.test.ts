// What the availability of a Service is, case by case: who its clients are, what they would
// experience, and what is said of that.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import {figure, rowsOf} from '../over-seeds.ts';
import {type Play, played, row, shop, web} from './hundred-seconds.ts';

const test = suite('availability of Services');

test('while a node is without power, its pod is lost to those who still send there', () => {
  const network = played({
    10: shop,
    50: all => {
      all.under('node/n1');
      all.power(1, false);
    },
    60: all => all.show(web, [all.endpoint('a')]),
  });
  const {availability, lost_client_seconds: lost, unreachable_seconds: none} = row(network);
  assert.equal([availability, lost, none], ['0.944444', '5.000000', '0.000000']);
});

test('a client on a machine without power is none', () => {
  const {measures} = played({
    10: all => {
      all.service('web');
      const a = all.pod('a', 0);
      all.show(web, [a]);
    },
    20: all => all.show(web, [], 2),
    30: all => all.power(2, false),
  });
  assert.is(rowsOf(measures, 'services.csv')[0].lost_client_seconds, '3.333333');
});

test('while no client is alive, nothing is said of it', () => {
  const network = played({
    10: shop,
    20: all => {
      for (const node of [0, 1, 2]) all.power(node, false);
    },
    60: all => {
      for (const node of [0, 1, 2]) all.power(node, true);
    },
  });
  assert.is(row(network).availability, '1.000000');
  assert.equal(rowsOf(network.measures, 'outages.csv').length, 0);
});

test('what hangs or has closed is as lost as what is gone', () => {
  const network = played({
    0: shop,
    20: all => all.listen(all.endpoint('a'), 'hung'),
    40: all => all.listen(all.endpoint('a'), 'open'),
    60: all => all.listen(all.endpoint('b'), 'closed'),
    80: all => all.listen(all.endpoint('b'), 'open'),
  });
  assert.is(row(network).lost_client_seconds, '20.000000');
  assert.is(row(network).outages, '2');
});

test('a Service is first ready when its availability reaches the line', () => {
  const network = played({
    0: all => all.service('web'),
    5: all => all.show(web, [all.pod('a', 0)], 0),
    6: all => all.show(web, [all.endpoint('a')]),
  });
  const {availability, time_to_first_ready: first, outages} = row(network);
  assert.equal([availability, first, outages], ['1.000000', '6.000000', '0']);
});

test('one that never reaches the line counts from its first client on', () => {
  const network = played({
    0: all => all.service('web'),
    20: all => all.show(web, [all.pod('a', 0)], 0),
  });
  const {availability, time_to_first_ready: first, downtime} = row(network);
  assert.equal([availability, first, downtime], ['0.333333', '20.000000', '80.000000']);
  const [outage] = rowsOf(network.measures, 'outages.csv');
  assert.equal([outage.class, outage.censored], ['start', 'true']);
});

test('one that never had an endpoint has a row without figures', () => {
  const network = played({0: all => all.service('web')});
  const {availability, downtime, time_to_first_ready: first} = row(network);
  assert.equal([availability, downtime, first], ['', '', '']);
});

test('an outage is a stretch below the line, however often its depth changes', () => {
  const network = played({
    0: shop,
    10: all => {
      all.under('node/n1');
      all.power(1, false);
    },
    15: all => {
      all.under('pod/a', 'pod-hang');
      all.listen(all.endpoint('a'), 'hung');
    },
    25: all => all.listen(all.endpoint('a'), 'open'),
    30: all => all.power(1, true),
  });
  const [outage, ...others] = rowsOf(network.measures, 'outages.csv');
  assert.is(others.length, 0);
  const {kind, duration, min_availability: least, lost_client_seconds: lost} = outage;
  assert.equal([kind, duration, least, lost], ['Service', '20.000000', '0.000000', '15.000000']);
  assert.equal(
    [outage.class, outage.cause, outage.contributors],
    ['node', 'node-crash node/n1', 'pod-hang pod/a'],
  );
  assert.is(outage.endpoints, '1 of 2 dead in 2 of 2 views: b on n1 (no power)');
});

test('what is shorter than asked for is no outage', () => {
  const play: Play = {
    0: shop,
    10: all => all.power(1, false),
    13: all => all.power(1, true),
    20: all => all.power(1, false),
    40: all => all.power(1, true),
  };
  const network = played(play, {outage: {below: 0.9, for: seconds(5)}});
  const {outages, downtime, longest_outage: longest} = row(network);
  assert.equal([outages, downtime, longest], ['1', '20.000000', '20.000000']);
  // Pieces of 3.125 s.
  const [{strip}] = network.measures.troubled;
  assert.equal([strip[2], strip[3], strip[4], strip[5]], ['up', 'partly', 'partly', 'up']);
  assert.equal(new Set(strip.slice(7, 12)), new Set(['down']));
  assert.is(strip[14], 'up');
});

test('a share exactly at the line is not below it', () => {
  const network = played({
    0: all => {
      all.service('web');
      all.show(
        web,
        Array.from({length: 10}, (_, i) => all.pod(`p${i}`, 0)),
      );
    },
    10: all => all.listen(all.endpoint('p3'), 'closed'),
  });
  assert.equal([row(network).outages, row(network).availability], ['0', '0.910000']);
});

test('what is lost is divided among what is missing', () => {
  const {measures} = played({
    0: all => {
      all.service('web');
      all.show(web, [all.pod('a', 0), all.pod('b', 1), all.pod('c', 0), all.pod('d', 0)]);
    },
    20: all => {
      all.under('node/n1');
      all.power(1, false);
    },
    30: all => {
      all.under('pod/c', 'pod-hang');
      all.listen(all.endpoint('c'), 'hung');
    },
    50: all => all.listen(all.endpoint('c'), 'open'),
    60: all => all.power(1, true),
  });
  const lost = rowsOf(measures, 'incidents.csv').map(one => one.lost_client_seconds);
  assert.equal(lost, ['10.000000', '5.000000']);
  const found = rowsOf(measures, 'incidents.csv').map(one => one.services_degraded);
  assert.equal(found, ['1', '1']);
});

test('a Service with no endpoints left is put down to what took the last', () => {
  const {measures} = played({
    0: shop,
    10: all => {
      all.under('node/n1');
      all.power(1, false);
      all.power(0, false);
    },
    // Nobody's doing that it is told of: the reason stays.
    20: all => all.show(web, []),
    30: all => all.show(web, [all.pod('c', 2)]),
  });
  const [incident] = rowsOf(measures, 'incidents.csv');
  assert.is(incident.lost_client_seconds, '20.000000');
  assert.is(incident.services_down, '1');
  assert.is(figure(measures, 'lost_client_seconds_unattributed'), '0.000000');
});

test('a cut keeps clients from what is beyond it, and nobody from himself', () => {
  const network = played({
    0: shop,
    20: all => {
      all.under('n0', 'network-partition');
      all.cut([0]);
    },
    50: all => all.partitions.heal(all.cuts[0]),
  });
  assert.is(row(network).lost_client_seconds, '15.000000');
  const [outage] = rowsOf(network.measures, 'outages.csv');
  assert.is(outage.cause, 'network-partition n0');
  assert.is(outage.endpoints, 'cut off from some in 3 of 3 views');
});

test('a Service is measured until its deletion', () => {
  const network = played({
    0: shop,
    10: all => all.power(1, false),
    20: all => all.store.services.delete(web, all.simulation.now),
  });
  const {availability, outages, downtime} = row(network);
  assert.equal([availability, outages, downtime], ['0.750000', '1', '10.000000']);
  assert.is(rowsOf(network.measures, 'outages.csv')[0].censored, 'false');
});

test('the time to recover and between failures is that of outages', () => {
  const network = played({
    0: shop,
    10: all => all.power(1, false),
    20: all => all.power(1, true),
    60: all => all.power(1, false),
    90: all => all.power(1, true),
  });
  const {mean_time_to_recover: repair, mean_time_between_failures: between} = row(network);
  assert.equal([repair, between], ['20.000000', '30.000000']);
});

test.run();
