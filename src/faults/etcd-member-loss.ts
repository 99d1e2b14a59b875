// Members of etcd stop: a certain one, the one that leads, or as many as leave no majority.

import type {RandomStream} from '../engine/random.ts';
import type {MasterId} from '../machines/masters.ts';
import {someOf} from '../objects/node-targets.ts';
import {nearest} from '../options/nearest.ts';
import {type Target, target} from '../options/target.ts';
import {defineFault} from './define-fault.ts';
import type {FaultTimes} from './fault-times.ts';
import type {FaultWorld} from './fault-world.ts';
import {at, type TargetMistake} from './known-targets.ts';
import {masterName, mastersMeant} from './master-fault.ts';

export const etcdMemberLoss = defineFault({
  kind: 'etcd-member-loss',
  options: {
    member: target().describe(
      'on which masters: a name, leader, majority (as few as leave none), or {zone, rack} with count or percent',
    ),
  },
  mistakes(options, known) {
    const {member} = options;
    if (!isRole(member)) return at('member', known.masters(member)).map(orRole(member));
    if ((options as FaultTimes).up === undefined) return [];
    return [
      {
        path: ['member'],
        message: `who is ${member.name} changes; expected masters with up and down`,
      },
    ];
  },
  action: {
    things: ({member}, world, random) => membersMeant(member, world, random),
    nameOf: (master, {masters}) => masterName(master, masters),
    partsOf: master => [master],
    take: (master, _options, {masters}) => masters.withoutEtcd.take(master),
    release: (master, _options, {masters}) => masters.withoutEtcd.release(master),
    remains: (master, {masters}) => masters.get(master) !== undefined,
  },
});

/** Who meant a role is told of it. */
function orRole(member: Target): (mistake: TargetMistake) => TargetMistake {
  const role = member.type === 'one' ? nearest(member.name, ['leader', 'majority']) : undefined;
  return ({path, message}) =>
    role === undefined ? {path, message} : {path, message: `${message}; did you mean ${role}?`};
}

function isRole(member: Target): member is Target & {name: string} {
  return member.type === 'one' && (member.name === 'leader' || member.name === 'majority');
}

function membersMeant(
  member: Target,
  {masters, etcdLeader}: FaultWorld,
  random: () => RandomStream,
): MasterId[] {
  if (!isRole(member)) return mastersMeant(member, masters, random);
  if (member.name === 'leader') {
    const leader = etcdLeader();
    return leader === undefined ? [] : [leader];
  }
  const all = [...masters.all()].map(([id]) => id);
  const quorum = Math.floor(all.length / 2) + 1;
  return someOf(all, {count: all.length - quorum + 1}, random);
}
