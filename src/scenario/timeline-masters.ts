// Whether the copies of etcd and the masters that a timeline speaks of are there when their time
// comes: earlier entries bring them and take them away.

import type {TimelineEntry} from '../operators/start-operator.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';
import type {Notebook} from './notebook.ts';

export function checkMasterWork(
  timeline: readonly TimelineEntry[],
  masters: readonly string[],
  notebook: Notebook,
): void {
  const there = new Set(masters);
  const copies = new Set<string>();
  const inTime = timeline.map((entry, index) => ({entry, index}));
  inTime.sort((one, other) => one.entry.at - other.entry.at || one.index - other.index);
  for (const {entry, index} of inTime) {
    const {name = '', from = ''} = entry.options as {name?: string; from?: string};
    const complain = (key: string, message: string) =>
      notebook.error(['timeline', index, key], message);
    switch (entry.do) {
      case 'snapshot-etcd':
        copies.add(name);
        break;
      case 'restore-etcd':
        if (!copies.has(from)) complain('from', missing('earlier snapshot-etcd', from, copies));
        break;
      case 'add-master':
        if (there.has(name)) complain('name', `there is a master ${show(name)} already`);
        there.add(name);
        break;
      case 'remove-master':
        if (!there.has(name)) complain('name', missing('master', name, there));
        else if (there.size === 1) complain('name', `${show(name)} is the last master`);
        else there.delete(name);
        break;
      default:
    }
  }
}

function missing(what: string, name: string, known: ReadonlySet<string>): string {
  return `no ${what} ${show(name)}${didYouMean(name, known)}`;
}
