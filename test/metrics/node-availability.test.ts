import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../src/engine/time.ts';
import {Measures} from '../../src/metrics/index.ts';
import type {NodeId} from '../../src/objects/ids.ts';
import type {NodeObject} from '../../src/objects/node-spec.ts';
import {emptyWorld, node} from './fake-world.ts';
import {everything, figure, rowsOf} from './over-seeds.ts';

type World = ReturnType<typeof emptyWorld>;
const [first, second] = [0 as NodeId, 1 as NodeId];

test('a node is up while it has power, and Ready as the API says', () => {
  const {rows, measures} = played({
    0: world => add(world, 'a'),
    20: ({machines}) => machines.withoutPower.take(first),
    // The API notices later than the machine goes, and later that it is back.
    30: world => mark(world, first, 'Unknown'),
    // What holds it twice is one failure.
    35: ({machines}) => machines.withoutPower.take(first),
    38: ({machines}) => machines.withoutPower.release(first),
    40: ({machines}) => machines.withoutPower.release(first),
    50: world => mark(world, first, 'True'),
  });
  assert.equal(rows[0], {
    ...{up_share: '0.800000', ready_share: '0.800000', failures: '1'},
    ...{mean_up: '80.000000', mean_down: '20.000000'},
  });
  assert.is(figure(measures, 'node_failures'), '1');
  assert.is(figure(measures, 'node_up_share'), '0.800000');
});

test('a node counts for as long as its object is there', () => {
  const {rows} = played({
    0: world => add(world, 'a'),
    10: world => add(world, 'late'),
    20: ({machines}) => machines.withoutPower.take(second),
    30: ({store, simulation}) => store.nodes.delete(second, simulation.now),
    40: ({machines}) => machines.withoutPower.release(second),
    50: ({machines}) => machines.withoutPower.take(second),
  });
  assert.equal(rows[1], {
    ...{up_share: '0.500000', ready_share: '1.000000', failures: '1'},
    ...{mean_up: '10.000000', mean_down: '10.000000'},
  });
});

test('a node that an operator takes away did not fail', () => {
  const {rows} = played({
    0: world => add(world, 'a'),
    60: ({store, machines, simulation}) => {
      store.causes.begin({origin: 'operation', kind: 'remove-node', target: 'node/a'});
      machines.withoutPower.take(first);
      store.nodes.delete(first, simulation.now);
    },
  });
  const none = {failures: '0', mean_up: '', mean_down: ''};
  assert.equal(rows[0], {up_share: '1.000000', ready_share: '1.000000', ...none});
});

test('a node that has no power from the start on is down and did not fail', () => {
  const {rows, measures} = played({
    0: world => {
      add(world, 'a');
      world.machines.withoutPower.take(first);
    },
    60: ({machines}) => machines.withoutPower.release(first),
  });
  const none = {failures: '0', mean_up: '', mean_down: ''};
  assert.equal(rows[0], {up_share: '0.400000', ready_share: '1.000000', ...none});
  assert.not.ok(measures.figures().some(({metric}) => metric === 'node_failures'));
});

function add({store, simulation, machines}: World, name: string): void {
  const id = store.nodes.add(node(name), simulation.now);
  machines.add(id, {zone: undefined, rack: undefined});
}

function mark(world: World, id: NodeId, ready: NodeObject['conditions']['ready']): void {
  const {store, simulation} = world;
  const object = store.nodes.get(id) ?? node('gone');
  const conditions = {...object.conditions, ready};
  store.nodes.replace(id, {...object, conditions}, simulation.now);
}

/** What happens, by second, in a run of 100 seconds; the part of nodes.csv that is about it. */
function played(play: Record<number, (world: World) => void>) {
  const world = emptyWorld();
  const measures = new Measures(world, everything);
  const act = world.simulation.event('act', (second: number) => play[second](world));
  for (const second of Object.keys(play)) act.at(seconds(Number(second)), Number(second));
  world.simulation.run(seconds(100));
  measures.finish(seconds(100));
  const rows = rowsOf(measures, 'nodes.csv').map(
    ({up_share, ready_share, failures, mean_up, mean_down}) => {
      return {up_share, ready_share, failures, mean_up, mean_down};
    },
  );
  return {rows, measures};
}

test.run();
