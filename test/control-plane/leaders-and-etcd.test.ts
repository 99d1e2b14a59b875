// Leaders over a control plane that fails: what it costs them, and when the next one leads.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {startLeaders} from '../../src/control-plane/start-leaders.ts';
import {realTiming} from '../../src/control-plane/timing.ts';
import {inSeconds, minutes, seconds, type Time} from '../../src/engine/time.ts';
import type {LedComponent} from '../../src/machines/masters.ts';
import {forEachSeed} from '../support/for-each-seed.ts';
import {master, nowhere, type PlaneOptions, PlaneWorld} from './plane-world.ts';

const scheduler: LedComponent = 'kube-scheduler';
const still = {stop: () => undefined, takeOver: () => undefined};

class LedPlane extends PlaneWorld {
  readonly leaders: ReturnType<typeof startLeaders>;
  readonly changes: {readonly leads: boolean; readonly at: Time}[] = [];

  constructor(options: PlaneOptions = {}) {
    super(options);
    const {simulation, store, machines, plane} = this;
    const led = {'kube-scheduler': still, 'kube-controller-manager': still};
    const rest = {controlPlane: plane, timing: realTiming, elects: true, led};
    this.leaders = startLeaders({simulation, store, machines, ...rest});
    this.leaders.election.leaderLost.watch(component => this.#note(component, false));
    this.leaders.election.leaderFound.watch(component => this.#note(component, true));
  }

  at(time: Time): this {
    this.run(time);
    return this;
  }

  get leader() {
    return this.leaders.election.leader(scheduler);
  }

  #note(component: LedComponent, leads: boolean): void {
    if (component === scheduler) this.changes.push({leads, at: this.simulation.now});
  }

  /** When the scheduler was left alone and led again, in seconds after `from`. */
  gap(from: Time): [left: number, leads: number] {
    const [left, leads] = this.changes.filter(({at}) => at >= from);
    assert.is(left?.leads, false);
    assert.is(leads?.leads, true);
    return [inSeconds(left.at - from), inSeconds(leads.at - from)];
  }
}

const start = seconds(100);

test('a lost leader of etcd costs no other leader', () => {
  forEachSeed(100, seed => {
    const world = new LedPlane({seed}).at(start);
    const leader = world.plane.etcd.leader ?? master(0);
    world.masters.withoutEtcd.take(leader);
    world.at(minutes(10));
    assert.equal(world.changes, []);
  });
});

test('a leader whose API server stops gives up, and one of another master leads', () => {
  forEachSeed(100, seed => {
    const world = new LedPlane({seed}).at(start);
    world.masters.withoutApiServer.take(master(0));
    world.at(minutes(10));
    const [left, leads] = world.gap(start);
    assert.ok(left >= 10 && left <= 12, `${left}`);
    assert.ok(leads >= 13 && leads <= 24, `${leads}`);
    assert.not.equal(world.leader, 0);
  });
});

test('a leader whose master is cut off from the others gives up too', () => {
  forEachSeed(50, seed => {
    const world = new LedPlane({seed}).at(start);
    world.masters.withoutLink.take(master(0));
    world.at(minutes(10));
    assert.ok(world.gap(start)[1] <= 24);
    assert.not.equal(world.leader, 0);
  });
});

test('while etcd has no majority nobody leads, and soon after it has one again somebody does', () => {
  forEachSeed(100, seed => {
    const world = new LedPlane({seed}).at(start);
    for (const lost of [1, 2]) world.masters.withoutPower.take(master(lost));
    world.at(minutes(10));
    assert.is(world.leader, undefined);
    for (const lost of [1, 2]) world.masters.withoutPower.release(master(lost));
    world.at(minutes(20));
    const [left] = world.gap(start);
    assert.ok(left >= 10 && left <= 12, `${left}`);
    // Machines boot for half a minute, the lease is looked at for a quarter.
    const back = inSeconds((world.changes.at(-1)?.at ?? 0) - minutes(10));
    assert.ok(back >= 30 && back <= 90, `${back}`);
  });
});

test('one master: when it has power again it boots, serves, and waits for its own old lease', () => {
  forEachSeed(50, seed => {
    const world = new LedPlane({seed, masters: 1}).at(start);
    world.masters.withoutPower.take(master(0));
    world.at(minutes(3)).masters.withoutPower.release(master(0));
    world.at(minutes(10));
    const [, leads] = world.gap(start);
    const back = leads - 80;
    assert.ok(back >= 50 && back <= 60, `${back}`);
  });
});

test('a restore of etcd stops the API servers and all leaders for so long', () => {
  forEachSeed(50, seed => {
    const world = new LedPlane({seed}).at(start);
    world.leaders.administration.takeSnapshot('s');
    world.leaders.administration.restoreSnapshot('s', seconds(30));
    assert.is(world.leader, undefined);
    assert.not(world.at(start + seconds(29)).plane.serves(master(1)));
    world.at(minutes(10));
    const [left, leads] = world.gap(start);
    assert.is(left, 0);
    // 30 s of restoring, 1 s to start, 5 s of the API server, 15 s of lease.
    assert.ok(leads >= 50 && leads <= 56, `${leads}`);
  });
});

test('a restore makes a cluster of the members that are left, and the others join it', () => {
  const world = new LedPlane().at(start);
  world.leaders.administration.takeSnapshot('s');
  for (const lost of [1, 2]) world.masters.withoutEtcd.take(master(lost));
  world.at(start + seconds(60)).leaders.administration.restoreSnapshot('s', seconds(30));
  world.at(minutes(10));
  assert.equal(world.plane.etcd.members, [0]);
  assert.ok(world.plane.writable);
  for (const lost of [1, 2]) world.masters.withoutEtcd.release(master(lost));
  world.at(minutes(15));
  assert.equal(world.plane.etcd.members, [0, 1, 2]);
  assert.not.equal(world.leader, undefined);
});

test('without such a copy nothing is restored', () => {
  const world = new LedPlane().at(start);
  world.leaders.administration.restoreSnapshot('s', seconds(30));
  world.at(minutes(10));
  assert.equal(world.changes, []);
});

test('masters come and go, and of the last one nobody gets rid', () => {
  const world = new LedPlane({masters: 1}).at(start);
  const {administration} = world.leaders;
  administration.removeMaster('master-0');
  administration.addMaster({name: 'new', ...nowhere});
  world.at(minutes(5));
  administration.removeMaster('master-0');
  world.at(minutes(10));
  assert.equal(world.plane.etcd.members, [1]);
  assert.is(world.leader, 1);
});

test('a run saved while etcd is being restored goes on identically', () => {
  forEachSeed(20, seed => {
    const whole = new LedPlane({seed}).at(start);
    whole.leaders.administration.takeSnapshot('s');
    whole.masters.withoutPower.take(master(seed % 3));
    whole.at(start + seconds(seed));
    whole.leaders.administration.restoreSnapshot('s', seconds(30));
    whole.at(start + seconds(seed + 20));
    const restored = new LedPlane({seed});
    restored.simulation.restore(structuredClone(whole.simulation.save()));
    for (const world of [whole, restored]) {
      world.at(minutes(5)).masters.withoutPower.release(master(seed % 3));
      world.at(minutes(10));
    }
    assert.is(restored.simulation.fingerprint, whole.simulation.fingerprint);
    assert.is(restored.leader, whole.leader);
  });
});

test.run();
