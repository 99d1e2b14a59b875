// A bar on the terminal while a run goes on: virtual time, events a second, time left. Piped output
// has none.

import {formatDuration, second, type Time} from '../engine/time.ts';
import {newBar} from './bar.ts';

export type Progress = {
  show(now: Time, eventsHandled: number): void;
  end(): void;
};

export function startProgress(title: string, duration: Time): Progress {
  const started = performance.now();
  const format = `{clock} of ${formatDuration(duration)} | {rate} events/s | {left} left`;
  const bar = newBar(title, format);
  bar.start(duration, 0, {clock: '0s', rate: '0', left: '?'});
  return {
    show: (now, eventsHandled) => {
      const elapsed = Math.max(1, performance.now() - started) / 1000;
      const rest = now === 0 ? undefined : Math.ceil((elapsed * (duration - now)) / now);
      bar.update(now, {
        clock: formatDuration(now - (now % second)),
        rate: Math.round(eventsHandled / elapsed).toLocaleString('en'),
        left: rest === undefined ? '?' : formatDuration(rest * second),
      });
    },
    end: () => bar.stop(),
  };
}

export const noProgress: Progress = {show: () => undefined, end: () => undefined};
