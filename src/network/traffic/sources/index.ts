// The sources that send whatever becomes of what was sent before, by their keys in an entry of
// `traffic`. Users, who wait for their answers, are the other kind.

import type {TrafficEntry} from '../traffic-options.ts';
import {bursts} from './bursts.ts';
import {daily} from './daily.ts';
import {every} from './every.ts';
import {gaps} from './gaps.ts';
import {rate} from './rate.ts';
import type {Source} from './source.ts';
import {trace} from './trace.ts';

const openSources: readonly Source[] = [rate, every, gaps, bursts, daily, trace];

export const sourceKeys = [...openSources.map(({key}) => key), 'users'] as const;

export function openSourceOf(entry: TrafficEntry): Source | undefined {
  return openSources.find(({key}) => entry[key] !== undefined);
}
