// What metrics take for the chance of a lookup is what lookups that are played come to.

import {test} from 'uvu';
import * as assert from 'uvu/assert';
import {seconds} from '../../../src/engine/time.ts';
import type {QuestionFate} from '../../../src/machines/name-lookups.ts';
import {LookupChances} from '../../../src/network/dns/lookup-chances.ts';
import {serviceWith} from '../../support/services.ts';
import {addService, dnsWorld, lookup} from './dns-world.ts';

const options = {zone: 'cluster.local', ndots: 5, timeout: seconds(5), attempts: 2};

const full = 'web.default.svc.cluster.local';
const third = {taken: 2 / 3, refused: 0, silent: 0, servfail: 0};
const refusing = {...third, refused: 1 / 3};
const half = {taken: 1, refused: 0, silent: 0.5, servfail: 0};
const errors = {taken: 1, refused: 0, silent: 0, servfail: 0.5};
const out = {taken: 0, refused: 0, silent: 0, servfail: 0};

// Of Service default/web.
const rows: [host: string | undefined, from: string, fate: QuestionFate, chance: number][] = [
  [undefined, 'default', {...third, taken: 1}, 1],
  [undefined, 'default', out, 0],
  // One of three servers is dead: as many answers as the name has rounds.
  [undefined, 'default', third, 2 / 3],
  [undefined, 'shop', third, (2 / 3) ** 2],
  ['web.default.svc', 'shop', third, (2 / 3) ** 3],
  // As it is written it is the last resort of every form before.
  [full, 'shop', third, 2 / 3],
  [`${full}.`, 'shop', third, 2 / 3],
  // Nobody listens there: that is the end of it.
  [undefined, 'default', refusing, 2 / 3],
  [full, 'shop', refusing, (2 / 3) ** 4],
  // Each form is asked for twice.
  [undefined, 'default', half, 3 / 4],
  [undefined, 'shop', half, (3 / 4) ** 2],
  // An error sends the search on, away from the one form that is known.
  [undefined, 'default', errors, 1 / 2],
  [undefined, 'shop', errors, 1 / 2],
  ['web', 'shop', {...third, taken: 1}, 0],
];

for (const [host, from, fate, chance] of rows) {
  const {taken, refused, silent, servfail} = fate;
  const told = `${taken.toFixed(2)} taken, ${refused} refused, ${silent} silent, ${servfail} errors`;
  test(`${host ?? 'the shortest name'} from ${from} is found with ${chance}: ${told}`, () => {
    const chances = new LookupChances({...options, nodeLocal: false});
    const found = chances.of({service: 'default/web', host, from})(fate);
    assert.ok(Math.abs(found - chance) < 1e-12, `${found}`);
  });
}

test('a cache on the node asks once for each form', () => {
  const chances = new LookupChances({...options, nodeLocal: true});
  const of = (from: string, fate: QuestionFate) =>
    chances.of({service: 'default/web', host: undefined, from})(fate);
  assert.equal([of('default', half), of('shop', half)], [0.5, 0.5]);
});

for (const [how, share] of [
  ['silent', 0.3],
  ['silent', 0.7],
  ['servfail', 0.4],
] as const) {
  for (const host of ['web', 'web.default', 'web.default.svc', full, `${full}.`]) {
    test(`of lookups of ${host}, ${share} ${how}, as many are played well`, () => {
      const world = dnsWorld();
      addService(world, serviceWith('web'));
      world.nameServers.trouble(share, how);
      const destination = world.destination({host});
      const times = 2000;
      let found = 0;
      for (let i = 0; i < times; i++) {
        if (lookup(world, destination).arrival === 'there') found++;
      }
      const chances = new LookupChances({...options, nodeLocal: false});
      const fate = {taken: 1, refused: 0, ...world.nameServers.odds()};
      const chance = chances.of({service: 'default/web', host, from: 'default'})(fate);
      const error = 4 * Math.sqrt((chance * (1 - chance)) / times);
      assert.ok(Math.abs(found / times - chance) <= error, `${found / times} ${chance}`);
    });
  }
}

test.run();
