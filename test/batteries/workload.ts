// What every kind of workload must do, whenever its pods come. Runs against one set of options that
// gives at least a hundred pods, some of them after `middle`, and then ends.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {hours, seconds} from '../../src/engine/time.ts';
import {type MadePod, type Options, podsOf, workloadWorld} from '../workload/world.ts';

const end = hours(1000);
const choice = {empirical: {values: ['500m', 1, 2, 4], weights: [3, 2, 1, 1]}};
const memory = {empirical: {values: ['512Mi', '1Gi', '2Gi', '4Gi'], weights: [3, 2, 1, 1]}};
const rich = {lifetime: {exponential: {mean: '5m'}}, requests: {cpu: choice, memory}};

export function workloadBattery(name: string, options: Options, middle: number): void {
  const run = (more: object = {}, ...others: Options[]) =>
    podsOf(end, {...options, ...more}, ...others).filter(({name}) => name.startsWith('pods-'));
  const says = (sentence: string, check: () => void) => test(`${name}: ${sentence}`, check);
  const plain = {...options, name: 'pods'};
  const some = {...plain, ...rich, owned: {groupsOf: 7}};

  says('pods are numbered in the order in which they come, and then it ends', () => {
    const {simulation, made, add} = workloadWorld();
    add(plain);
    simulation.run(end);
    assert.ok(made.length >= 100);
    assert.equal(
      names(made),
      made.map((_, i) => `pods-${i}`),
    );
    assert.ok(made.every(({time}, i) => i === 0 || time >= made[i - 1].time));
    assert.is(simulation.eventsPending, 0);
  });

  says('at most one event is pending, whatever is to come', () => {
    const {simulation, add} = workloadWorld();
    add(plain);
    assert.is(simulation.eventsPending, 1);
  });

  says('nothing comes before start or after until', () => {
    const [from, to] = [hours(3), hours(3) + middle];
    const made = run({name: 'pods', start: '3h', until: `${to}us`});
    assert.ok(made.length > 0 && made.length < run({name: 'pods'}).length);
    assert.ok(made.every(({time}) => time >= from && time <= to));
  });

  says('drawing lifetimes and requests moves no arrival', () => {
    assert.equal(times(run(some)), times(run(plain)));
  });

  says('another workload beside it changes nothing', () => {
    assert.equal(looks(run(some, {...some, name: 'others'})), looks(run(some)));
  });

  says('another resource to draw changes no other', () => {
    const more = run({...some, requests: {...rich.requests, 'ephemeral-storage': memory}});
    const cpu = (made: readonly MadePod[]) => made.map(pod => request(pod, 'cpu'));
    assert.equal(cpu(more), cpu(run(some)));
  });

  says('another name, another chance', () => {
    const other = podsOf(end, {...some, name: 'other'});
    assert.not.equal(other.map(life), run(some).map(life));
  });

  says('a run forked in the middle goes on as the whole one does', () => {
    const [whole, fork] = [workloadWorld(), workloadWorld()];
    for (const {add} of [whole, fork]) add(some);
    whole.simulation.run(middle);
    fork.simulation.restore(whole.simulation.save());
    const before = whole.made.length;
    for (const {simulation} of [whole, fork]) simulation.run(end);
    assert.ok(before > 0 && fork.made.length > 0);
    assert.equal(looks(fork.made), looks(whole.made.slice(before)));
    assert.is(fork.simulation.fingerprint, whole.simulation.fingerprint);
    assert.equal([...fork.store.workloads.all()], [...whole.store.workloads.all()]);
  });

  says('its name is needed, and what it does not know is refused', () => {
    const {add} = workloadWorld();
    assert.throws(() => add({...options, name: 'Pods'}), /name of small letters/);
    assert.throws(() => add({...plain, evry: '3s'}), /evry/);
  });
}

const names = (made: readonly MadePod[]) => made.map(({name}) => name);
const times = (made: readonly MadePod[]) => made.map(({time}) => time);
const life = ({lifetime}: MadePod) => lifetime ?? seconds(0);
const request = ({template}: MadePod, resource: string) =>
  template.spec.containers[0].requests.get(resource);

/** What can be told of the pods from outside. */
function looks(made: readonly MadePod[]): unknown[] {
  return made.map(pod => [
    pod.name,
    pod.time,
    pod.lifetime,
    request(pod, 'cpu'),
    request(pod, 'memory'),
    pod.template.owner?.name,
    [...pod.template.labels],
  ]);
}
