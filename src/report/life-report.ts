// The life of a pod in a few lines, for `orrery explain`.

import {formatSeconds} from '../engine/time.ts';
import type {LifeStep, PodLife} from '../metrics/pod-lives.ts';
import {wrapped} from './wrapped.ts';

const textWidth = 62;

/** Times to the left in seconds, sentences wrapped beside them. Ends with a newline. */
export function lifeReport({pod, steps}: PodLife): string {
  return `${[pod, ...steps.flatMap(stepLines)].join('\n')}\n`;
}

function stepLines({time, sentence, count, last}: LifeStep): string[] {
  const again = count === 1 ? '' : ` (${count} times, last at ${formatSeconds(last)})`;
  const [first, ...more] = wrapped(`${sentence}${again}`, textWidth);
  const indent = ' '.repeat(16);
  return [`${formatSeconds(time).padStart(14)}  ${first}`, ...more.map(line => indent + line)];
}
