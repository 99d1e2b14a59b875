import {createReadStream, existsSync} from 'node:fs';
import {join} from 'node:path';
import {createGunzip} from 'node:zlib';
import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hours, minutes, seconds} from '../../../src/engine/time.ts';
import {csvFormats} from '../../../src/workload/traces/formats/index.ts';
import {TraceReader} from '../../../src/workload/traces/trace-reader.ts';
import {namesOf, podsOfTrace, readText, rowsOf} from './read-rows.ts';

const alibaba = ',submit_time,duration,cpu,memory,job_id,task_id,instances_num,disk\n';
const machineMemory = 64 * 2 ** 30;

function alibabaRows(text: string) {
  const {read} = readText('alibaba-2017', `${alibaba}${text}`, {machineMemory});
  if (read === undefined) throw new Error('it is not read');
  return read;
}

test('a task of Alibaba 2017 is as many pods as it has instances', () => {
  const {rows, shapes} = alibabaRows('0,539,116.5,0.5,0.005,1,7,3,0\n1,540,1,1.0,0.25,2,1,1,0\n');
  assert.equal([namesOf(rows), rows.pods], [['job-1-task-7', 'job-2-task-1'], 4]);
  assert.equal([...(rows.count ?? [])], [3, 1]);
  assert.equal([...(rows.at ?? [])], [0, seconds(1)]);
  assert.is(rows.lifetime[0], 116_500_000);
  assert.equal(
    shapes.map(({cpuMillicores, memoryBytes}) => [cpuMillicores, memoryBytes / 2 ** 20]),
    [
      [500, 328],
      [1000, 16384],
    ],
  );
});

test('a share of a machine beyond the whole, and a task without instances, are skipped', () => {
  const {report} = alibabaRows('0,1,1,1,1.2,1,1,1,0\n1,1,1,1,0.5,1,2,0,0\n2,1,1,1,nan,1,3,1,0\n');
  assert.equal(
    report.skipped.map(({why}) => why),
    [
      'expected memory as a number from 0 to 1',
      'expected instances_num as a whole number from 1 to 1000000',
    ],
  );
  assert.equal([report.read, report.used], [3, 0]);
});

const columns = 'name,at,lifetime,cpu,memory,gpus,gpu_share,gpu_models,count,priority,labels';

test('a table of one own says what it wants, in the notations of scenarios', () => {
  const made = podsOfTrace({
    format: 'csv',
    text: `${columns}
web,90s,1.5h,500m,1Gi,,,,2,7,app=web;tier=front
train,1m,,8,32Gi,1,0.25,T4|P100,,,
late,3600,90,1,,2,,,,-3,
`,
  });
  assert.equal(
    made.map(({name, time, lifetime}) => [name, time, lifetime]),
    [
      ['train', minutes(1), undefined],
      ['web-0', seconds(90), hours(1.5)],
      ['web-1', seconds(90), hours(1.5)],
      ['late', hours(1), seconds(90)],
    ],
  );
  const [train, web, , late] = made.map(({template}) => template);
  assert.equal(
    [...web.labels],
    [
      ['app', 'web'],
      ['tier', 'front'],
    ],
  );
  assert.equal(Object.fromEntries(train.annotations), {
    'alibabacloud.com/gpu-count': '1',
    'alibabacloud.com/gpu-milli': '250',
    'alibabacloud.com/gpu-card-model': 'T4|P100',
  });
  assert.is(late.annotations.get('alibabacloud.com/gpu-milli'), '1000');
  assert.equal([web.spec.priority, train.spec.priority, late.spec.priority], [7, undefined, -3]);
  assert.equal(web.spec.containers[0].requests.get('cpu'), 500);
});

test('dates count from the first of them, whatever their offset', () => {
  const text = 'at,cpu,memory\n2026-01-01T01:00:00+01:00,1,1Gi\n2026-01-01T00:05:00Z,1,1Gi\n';
  assert.equal([...(rowsOf('csv', text).rows.at ?? [])], [0, minutes(5)]);
});

test('pods that a table does not name are numbered', () => {
  const text = 'at,cpu,memory,count\n0,1,1Gi,2\n5,1,1Gi,\n';
  const made = podsOfTrace({format: 'csv', text}, {name: 'own'});
  assert.equal(
    made.map(({name}) => name),
    ['own-0', 'own-1', 'own-2'],
  );
});

type Row = [columns: string, row: string, message: RegExp];

const broken: readonly Row[] = [
  ['cpu', '1 core', /expected cpu as a quantity from 0, got "1 core"/],
  ['cpu', '-1', /expected cpu as a quantity from 0/],
  ['memory', '5GB', /expected memory as a quantity from 0, got "5GB"/],
  ['at', 'tomorrow', /expected at such as 90, 1.5m or 2026-01-01T00:00:00Z, got "tomorrow"/],
  ['at', '-5', /expected at such as/],
  ['at', '5 parsecs', /expected at such as/],
  ['lifetime', 'long', /expected lifetime such as 90, 90s or 1.5m, got "long"/],
  ['lifetime', '-1', /expected lifetime/],
  ['count', '0', /expected count as a whole number from 1/],
  ['gpus', '1.5', /expected gpus as a whole number/],
  ['gpu_share', '0.5', /expected gpus from 1, as gpu_share is told/],
  ['priority', '3000000000', /expected priority/],
  ['labels', 'app', /expected labels such as app=web;tier=front, got "app"/],
  ['labels', 'app=a b', /expected labels/],
  ['namespace', 'Prod', /expected namespace as a name of small letters/],
];

for (const [column, value, message] of broken) {
  test(`${column} "${value}" of a table is told and its row skipped`, () => {
    const rest = {cpu: '1', memory: '1Gi', [column]: value};
    const text = `${Object.keys(rest).join(',')}\n${Object.values(rest).join(',')}\n`;
    const {report} = rowsOf('csv', text);
    assert.equal([report.read, report.used], [1, 0]);
    assert.match(report.skipped[0].first[0].message, message);
  });
}

test('names that the pods of another row would have are second ones', () => {
  const text = (rows: string) => rowsOf('csv', `name,cpu,memory,count\n${rows}`);
  const names = (rows: string) => namesOf(text(rows).rows);
  assert.equal(names('a,1,1,3\na-1,1,1,\na-3,1,1,\n'), ['a', 'a-3']);
  assert.equal(names('a-1,1,1,\na,1,1,3\nb,1,1,\nb-0,1,1,\n'), ['a-1', 'b', 'b-0']);
});

test('columns that a table may not have are told', () => {
  const {mistakes} = readText('csv', 'name,cpu,mem,memory,user\na,1,1,1,x\n');
  assert.match(mistakes[0], /unknown column "mem"/);
  assert.match(mistakes[1], /unknown column "user"; known: cpu, memory, name, namespace, at/);
});

const data = process.env.ORRERY_DATA ?? '';

async function reportOf(format: keyof typeof csvFormats, file: string) {
  const reader = new TraceReader(csvFormats[format], {first: undefined, machineMemory});
  const stored = createReadStream(join(data, file));
  const pieces = file.endsWith('.gz') ? stored.pipe(createGunzip()) : stored;
  for await (const piece of pieces.setEncoding('utf8')) reader.csv.push(piece);
  const read = reader.finish();
  return [read?.report.read, read?.report.used, read?.rows.pods];
}

const lists: readonly [name: string, pods: number][] = [
  ['default', 8152],
  ['cpu050', 7439],
  ['cpu200', 8832],
  ['gpushare40', 8152],
  ['gpuspec33', 8152],
  ['multigpu20', 8324],
];

for (const [name, pods] of lists) {
  const file = `openb/openb_pod_list_${name}.csv`;
  if (!existsSync(join(data, file))) {
    console.log(`skipped: ${file}; set ORRERY_DATA to the folder of data sets`);
    continue;
  }
  test(`all ${pods} pods of openb's list ${name} are read`, async () => {
    assert.equal(await reportOf('openb', file), [pods, pods, pods]);
  });
}

if (existsSync(join(data, 'alibaba-2017-batch'))) {
  test('all tasks and instances of Alibaba 2017 are read', async () => {
    const report = await reportOf('alibaba-2017', 'alibaba-2017-batch/jobs.csv.gz');
    assert.equal(report, [31_756, 31_756, 2_551_075]);
  });
}

test.run();
