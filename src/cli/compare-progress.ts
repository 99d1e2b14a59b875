// A bar on the terminal over all runs of a comparison: runs done, runs a second, time left. Piped
// output has none.

import {formatDuration, second} from '../engine/time.ts';
import type {PlanProgress} from '../experiment/play-plan.ts';
import {newBar} from './bar.ts';

export type CompareProgress = {show(progress: PlanProgress): void; end(): void};

export function startCompareProgress(title: string, quiet: boolean): CompareProgress {
  if (process.stderr.isTTY !== true || quiet) return {show: () => undefined, end: () => undefined};
  const started = performance.now();
  const bar = newBar(title, '{value} of {total} runs | {rate} runs/s | {left} left');
  bar.start(1, 0, {rate: '0', left: '?'});
  return {
    show: ({done, total, known}) => {
      const elapsed = Math.max(1, performance.now() - started) / 1000;
      const played = done - known;
      const left = played === 0 ? undefined : Math.ceil((elapsed * (total - done)) / played);
      const rate = (played / elapsed).toPrecision(3);
      bar.setTotal(total);
      bar.update(done, {rate, left: left === undefined ? '?' : formatDuration(left * second)});
    },
    end: () => bar.stop(),
  };
}
