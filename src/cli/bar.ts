// A bar of progress on the terminal, as all commands draw it.

import {SingleBar} from 'cli-progress';

/** `format` as cli-progress takes it, after the title and the bar. */
export function newBar(title: string, format: string): SingleBar {
  return new SingleBar({
    format: `${title} {bar} ${format}`,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    stream: process.stderr,
    hideCursor: true,
    clearOnComplete: true,
    fps: 5,
  });
}
