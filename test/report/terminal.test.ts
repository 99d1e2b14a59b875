import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {total} from '../../src/metrics/figures.ts';
import {jsonReport} from '../../src/report/json-report.ts';
import {lifeReport} from '../../src/report/life-report.ts';
import {terminalReport} from '../../src/report/terminal.ts';
import {finishedRun, table} from './fake-run.ts';

const {run, figures} = finishedRun();
const folder = 'results/local/node-failure';

test('the report says what was asked, what came out and where the rest is', () => {
  assert.is(
    terminalReport({run, figures, folder}, {colour: false}),
    `node-failure  seed 1, 2h simulated, 12,345 events
How long is the shop unreachable?

1,200 pods created, 1,000 scheduled, 200 pending at the end, 3 preempted

                      mean   p50  p90  p99     max
scheduling latency  12.3ms  10ms    –    –  1m 15s
mean latency is queue – + backoff – + unschedulable – + binding –
–: too few pods for this quantile

Why pods wait
pending pods  turned away by    because
         150  TaintToleration   it does not tolerate the taints
          50  NodeResourcesFit  too little cpu, memory … is free

requested    mean  at the end
cpu        87.5 %           –
memory          –           –
– of – nodes have pods

Results in results/local/node-failure
`,
  );
});

test('where nodes have devices, the report says how much of them is allocated', () => {
  const fared = [
    ...figures,
    total('gpu_devices', 16, 'devices'),
    total('gpu_allocated_share_mean', '0.659755', 'share'),
    total('gpu_allocated_share_end', '0.812500', 'share'),
  ];
  const text = terminalReport({run, figures: fared, folder}, {colour: false});
  assert.match(text, /\ngpu +66 % +81\.3 %\n/);
});

test('what was read of traces is told, and what was skipped', () => {
  const trace = {workload: 'a', file: '../b/pods.csv', read: 8152, used: 8152, skipped: []};
  const traces = [trace, {...trace, file: 'c.csv', read: 1, used: 0}];
  const text = terminalReport({run: {...run, traces}, figures, folder}, {colour: false});
  assert.match(
    text,
    '\n\n8,152 rows of pods.csv read, none skipped\n1 row of c.csv read, 1 skipped\n\n',
  );
});

test('no line is longer than 80 columns, however long the question', () => {
  const question = 'why '.repeat(100);
  const text = terminalReport({run: {...run, question}, figures, folder}, {colour: false});
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
});

const web = {
  ...{name: 'deployment/web', namespace: 'default', outages: 2, downtime: 312.4},
  neverReady: false,
  strip: ['none', 'up', 'down', 'down', 'partly', 'up'] as const,
};

test('workloads that had trouble have a strip each, the worst first', () => {
  const fared = [
    ...figures,
    total('availability_mean', '0.999900', 'share'),
    total('availability_worst', '0.956600', 'share'),
    total('outages', 2, 'outages'),
    total('incidents', 1, 'incidents'),
  ];
  const log = {...web, name: `daemonset/${'very-'.repeat(6)}long`, outages: 0};
  const text = terminalReport({run, figures: fared, troubled: [web, log], folder}, {colour: false});
  assert.ok(
    text.includes(`
workloads available 99.99 %, the worst 95.66 %, 2 outages, 1 incident
deployment/web               ▁██▄▁  down 5m 12s in 2
daemonset/very-very-very-…   ▁██▄▁
▁ all ready  ▄ some missing  █ none ready

requested`),
    text,
  );
});

test('Services that lost clients have strips of their own', () => {
  const fared = [
    ...figures,
    total('service_availability_mean', '0.999900', 'share'),
    total('service_availability_worst', '0.956600', 'share'),
    total('service_outages', 2, 'outages'),
    total('lost_client_seconds', '34.200000', 's'),
  ];
  const shop = {...web, name: 'service/shop', isService: true};
  const text = terminalReport({run, figures: fared, troubled: [shop], folder}, {colour: false});
  assert.ok(
    text.includes(`
services available 99.99 %, the worst 95.66 %, 2 outages, 34.2s lost
service/shop                 ▁██▄▁  down 5m 12s in 2
▁ all get through  ▄ some are lost  █ an outage

requested`),
    text,
  );
});

test('a Service that no client ever reached is in no average, and is told beside it', () => {
  const strip = ['none', 'down', 'down'] as const;
  const shop = {...web, name: 'service/shop', isService: true, neverReady: true, strip};
  const text = terminalReport({run, figures, troubled: [shop], folder}, {colour: false});
  assert.ok(
    text.includes('\nservices: 1 never reached\nservice/shop                 ██  never reached\n'),
    text,
  );
});

test('a workload that was never ready has a strip that says so', () => {
  const strip = ['none', 'down', 'down'] as const;
  const troubled = [{...web, outages: 0, neverReady: true, strip}];
  const text = terminalReport({run, figures, troubled, folder}, {colour: false});
  assert.ok(text.includes('\ndeployment/web               ██  never ready\n'), text);
});

test('of many workloads in trouble only the worst are shown', () => {
  const troubled = Array.from({length: 3000}, () => web);
  const text = terminalReport({run, figures, troubled, folder}, {colour: false});
  assert.is(text.split('deployment/web').length, 11);
  assert.match(text, '2,990 more had less trouble');
  for (const line of text.split('\n')) assert.ok(line.length <= 80, line);
});

test('there is colour only where it is asked for', () => {
  const escapeCode = String.fromCharCode(27);
  assert.not.match(terminalReport({run, figures, folder}, {colour: false}), escapeCode);
  assert.ok(terminalReport({run, figures, folder}, {colour: true}).includes(escapeCode));
});

test('an interrupted run says so', () => {
  const text = terminalReport({run: {...run, complete: false}, figures, folder}, {colour: false});
  assert.match(text, 'Interrupted');
});

test('the JSON document has numbers for figures, null for what is unknown, and the files', () => {
  const {
    figures: told,
    tables,
    run: about,
  } = jsonReport(finishedRun([table('pods.csv', [])]), 'out');
  assert.equal(told[5], {
    ...{metric: 'scheduling_latency_mean', object: '', value: 0.012345, unit: 's', samples: 1000},
  });
  assert.is(told[7].value, null);
  assert.equal(tables, ['out/summary.csv', 'out/pods.csv']);
  assert.is(about.duration, 7200);
});

test('a life has a line a step, wrapped beside its times', () => {
  const steps = [
    {time: 0, sentence: 'is created', count: 1, last: 0},
    {time: 1_500_000, sentence: `is refused: ${'0/5 nodes '.repeat(8)}`, count: 3, last: 9_000_000},
  ];
  assert.is(
    lifeReport({pod: 'default/web', steps}),
    `default/web
      0.000000  is created
      1.500000  is refused: 0/5 nodes 0/5 nodes 0/5 nodes 0/5 nodes 0/5 nodes
                0/5 nodes 0/5 nodes 0/5 nodes (3 times, last at 9.000000)
`,
  );
});

test.run();
