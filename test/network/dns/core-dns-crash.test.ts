// Requests while a machine with one of two CoreDNS pods is lost; kubernetes-network.md §8.2: glibc
// waits 5 s twice for a form of a name, on one socket, so the kernel's table of connections leads
// both to the same pod, and then asks for the name as it is. Times are worked out by hand.

import {suite} from 'uvu';
import * as assert from 'uvu/assert';
import {milliseconds, minutes, seconds, type Time} from '../../../src/engine/time.ts';
import {outcomes} from '../../../src/machines/request-book.ts';
import {Measures} from '../../../src/metrics/index.ts';
import {type BuiltWorld, build} from '../../../src/scenario/build.ts';
import {everything, rowsOf} from '../../metrics/over-seeds.ts';
import {coreDns} from '../../support/core-dns.ts';
import {scenario} from '../../timelines/play.ts';

const test = suite('a lost CoreDNS pod');

const crash = '{kind: node-crash, node: d-0, at: 5m, lasts: 10m}';

type Wishes = {
  readonly dns?: string;
  readonly sends: string;
  readonly faults?: string;
  readonly network?: string;
};

const text = ({dns = '', sends, faults = crash, network = ''}: Wishes) => `duration: 10m
cluster:
  network: {latency: none, dns: {${dns}}, ${network}}
  nodes:
  - {name: n, count: 2, allocatable: {cpu: 8, memory: 16Gi, pods: 110}}
  - {name: d, count: 2, labels: {dns: "yes"}, taints: [{key: dns, effect: NoSchedule}], allocatable: {cpu: 8, memory: 16Gi, pods: 110}}
faults: [${faults}]
traffic: [{name: t, from: deployment/caller, to: web, ${sends}}]
---
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{port: 80}]}
${coreDns}${deployment('web')}${deployment('caller')}`;

function deployment(name: string): string {
  return `---
apiVersion: apps/v1
kind: Deployment
metadata: {name: ${name}}
spec:
  replicas: 2
  selector: {matchLabels: {app: ${name}}}
  template: {metadata: {labels: {app: ${name}}}, spec: {containers: [{name: c, image: c}]}}
`;
}

/** Sent while all proxies still know the lost pod, and for 20 s after. */
const early = 'every: 10ms, starts: 301s, ends: 321s';

test('half of lookups find nothing: after 10 s where the last one is answered, after 20 s else', async () => {
  const {requests} = await played(text({sends: early}), minutes(6));
  const record = requests.records()[0];
  const sent = record.sent;
  assert.ok(sent > 1990 && record.count('ok') + record.count('unresolved') === sent);
  near(record.count('ok') / sent, 1 / 2);
  assert.ok((record.latency.max ?? 0) < milliseconds(2));
  const {failedLatency} = record;
  near(((failedLatency.mean ?? 0) / seconds(1) - 10) / 10, 1 / 2);
  for (const [share, wait] of [
    [0.01, 10],
    [0.99, 20],
  ] as const) {
    assert.is(Math.round((failedLatency.quantile(share) ?? 0) / seconds(1)), wait);
  }
});

test('availability is the share of lookups that are answered', async () => {
  const {requests, measures} = await played(text({sends: early}), minutes(5) + seconds(30));
  const record = requests.records()[0];
  const web = rowsOf(measures, 'services.csv').find(({name}) => name === 'web');
  // From the crash to now.
  assert.is(web?.lost_client_seconds, '15.000000');
  near(record.count('ok') / record.sent, 1 / 2);
});

test('a lookup that asks again once the proxies know is answered after 5 s', async () => {
  // The node is found missing within 40 to 55 s; whoever asked less than 5 s before waits 5 s.
  const {requests} = await played(text({sends: 'every: 10ms, starts: 321s, ends: 6m'}), minutes(7));
  const {latency} = requests.records()[0];
  const {max = 0} = latency;
  assert.ok(max >= seconds(5) && max < seconds(5) + milliseconds(2), `${max}`);
});

test('a cache on the node hides it for 30 s', async () => {
  const sends = 'every: 10ms, starts: 299s, ends: 320s';
  const {requests} = await played(text({dns: 'nodeLocal: true', sends}), minutes(7));
  const record = requests.records()[0];
  assert.is(record.count('ok'), record.sent);
});

test('a program that keeps names hides it as well', async () => {
  const sends = 'every: 10ms, starts: 299s, ends: 310s, dnsCache: 1m';
  const record = (await played(text({sends}), minutes(7))).requests.records()[0];
  assert.is(record.count('ok'), record.sent);
});

test('lost packets cost a lookup 5 s, and a second time the name', async () => {
  // A and AAAA and their answers: of 20 % of packets lost, 1 - 0.8^4 = 59 % of rounds are.
  const sends = 'every: 10ms, starts: 2m, ends: 3m';
  const network = 'loss: {sameZone: 20%}';
  const record = (
    await played(text({sends, faults: '', network}), minutes(7))
  ).requests.records()[0];
  const lost = 1 - 0.8 ** 4;
  near(record.count('unresolved') / record.sent, lost ** 2);
});

for (const [what, wishes] of Object.entries({
  resolvers: {},
  'caches on nodes': {dns: 'nodeLocal: true'},
  'caches of programs': {sends: 'rate: 50/s, starts: 4m, dnsCache: 20s'},
  losses: {network: 'loss: {sameZone: 10%}'},
})) {
  test(`what ${what} know outlives a restore in the middle`, async () => {
    const body = text({sends: 'rate: 50/s, starts: 4m', ...wishes});
    const [one, other] = await Promise.all([world(body), world(body)]);
    one.simulation.run(minutes(5) + milliseconds(12_345));
    other.simulation.restore(structuredClone(one.simulation.save()));
    for (const {simulation} of [one, other]) simulation.run(minutes(8));
    assert.is(other.simulation.fingerprint, one.simulation.fingerprint);
    const [first, second] = [one, other].map(({requests}) => {
      const record = requests.records()[0];
      return [record.latency.mean, ...outcomes.map(how => record.count(how))];
    });
    assert.equal(second, first);
  });
}

async function played(body: string, until: Time) {
  const built = await world(body);
  built.simulation.run(until);
  built.measures.finish(until);
  return built;
}

async function world(body: string) {
  const built: BuiltWorld = build(await scenario(body), {plugins: [], replication: 0});
  const measures = new Measures(built, {...everything, pods: false, events: false});
  built.start();
  const {requests} = built;
  if (requests === undefined) throw new Error('nobody has sent anything');
  return {...built, requests, measures};
}

/** Of 2,000 or more. */
function near(one: number, other: number): void {
  assert.ok(Math.abs(one - other) < 0.05, `${one} ${other}`);
}

test.run();
