import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, seconds, type Time} from '../../../src/engine/time.ts';
import {Links} from '../../../src/machines/links.ts';
import {NameServers} from '../../../src/machines/name-servers.ts';
import {outcomes} from '../../../src/machines/request-book.ts';
import type {ServiceViews} from '../../../src/machines/service-views.ts';
import {Dns} from '../../../src/network/dns/dns.ts';
import {dnsOptions} from '../../../src/network/dns/dns-options.ts';
import {Latencies} from '../../../src/network/latency/latencies.ts';
import type {CallingOptions} from '../../../src/network/traffic/calling.ts';
import {serviceWith} from '../../support/services.ts';
import {constant, DataPlaneWorld} from '../traffic/data-plane-world.ts';

test('a request is as late as the lookup before it', () => {
  const {ask, calling} = world();
  const record = calling({});
  ask(0);
  assert.equal([record().count('ok'), record().latency.max], [1, milliseconds(11)]);
});

test('a name that is not found in time is the end of the request', () => {
  const {ask, calling, nameServers} = world();
  const record = calling({});
  nameServers.trouble(1, 'silent');
  ask(0);
  assert.equal([record().count('unresolved'), record().failedLatency.max], [1, seconds(20)]);
});

test('a client gives a lookup up with the request', () => {
  const {ask, calling, nameServers} = world();
  const record = calling({timeout: seconds(3)});
  nameServers.trouble(1, 'silent');
  ask(0);
  assert.equal([record().count('timeout'), record().failedLatency.max], [1, seconds(3)]);
});

test('an outage that is over by the second attempt costs 5 s', () => {
  const {ask, calling, nameServers, simulation} = world();
  const record = calling({});
  nameServers.trouble(1, 'silent');
  simulation.event('test.mended', () => nameServers.mend()).after(seconds(1));
  ask(0);
  const late = seconds(5) + milliseconds(11);
  assert.equal([record().count('ok'), record().latency.max], [1, late]);
});

test('a kept connection looks nothing up', () => {
  const {ask, calling, nameServers} = world();
  const keepAlive = {connections: 1, multiplexed: false, requests: 100, age: Infinity};
  const record = calling({keepAlive: {...keepAlive, idle: Infinity}});
  ask(0);
  nameServers.trouble(1, 'silent');
  ask(seconds(100));
  const {count, min} = record().latency;
  assert.equal([count, min], [2, milliseconds(10)]);
});

test('lookups under way outlive a restore', () => {
  const [one, other] = [world(), world()];
  const [record, restored] = [one, other].map(each => each.calling({}));
  const {simulation} = one;
  one.nameServers.trouble(0.5, 'silent');
  for (let second = 0; second < 40; second++) one.send(seconds(second));
  assert.ok(record().sent > record().count('ok') + record().count('unresolved'));
  other.simulation.restore(structuredClone(simulation.save()));
  for (const {simulation} of [one, other]) simulation.run(seconds(120));
  assert.is(other.simulation.fingerprint, simulation.fingerprint);
  assert.equal(
    outcomes.map(how => restored().count(how)),
    outcomes.map(how => record().count(how)),
  );
  assert.ok(record().count('ok') > 0 && record().count('unresolved') > 0);
});

/** A pod that takes 10 ms, behind a name that takes 1 ms to be looked up. */
function world() {
  const plane = new DataPlaneWorld({nodes: 1});
  const {simulation, store, listeners, machines} = plane;
  const nameServers = new NameServers(simulation);
  const dns = new Dns({
    ...{simulation, store, listeners, nameServers, pods: false, watchDelay: 0},
    links: new Links({machines, partitions: plane.partitions}),
    views: undefined as unknown as ServiceViews,
    latencies: new Latencies({...{simulation, machines}, latency: 'none', loss: 0}),
    options: dnsOptions.parse({takes: '1ms'}),
  });
  store.services.add({...serviceWith('web'), loadBalancer: []}, 0);
  const behind = plane.pods('web', 1, {takes: constant(milliseconds(10))});
  const named = {name: 'web', host: 'web', namespace: 'default', port: 80, behind: () => behind};
  let client: ReturnType<DataPlaneWorld['plane']['addClient']> | undefined;
  const calling = (wishes: Partial<CallingOptions>) => {
    const id = plane.calling('shoppers', dns.destination(named), wishes);
    client = plane.plane.addClient(id, plane.nodes[0]);
    return () => plane.plane.records()[0];
  };
  const send = (at: Time) => {
    simulation.run(at);
    if (client !== undefined) plane.plane.begin(client);
  };
  const ask = (at: Time) => {
    send(at);
    simulation.run(at + seconds(60));
  };
  return {simulation, nameServers, calling, send, ask};
}

test.run();
