// Requests in step: one every so often.

import {defineSource, sendEach} from './source.ts';

export const every = defineSource('every', {
  meanGap: gap => gap,
  start: (gap, entry, parts) => sendEach(entry, parts, before => before + gap),
});
