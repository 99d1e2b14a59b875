// The image registry does not answer, or is slow.

import * as z from 'zod';
import {defineFault} from './define-fault.ts';

export const registryOutage = defineFault({
  kind: 'registry-outage',
  detailed: true,
  options: {
    slow: z
      .number()
      .min(1)
      .max(1e6)
      .optional()
      .describe('a pull takes so many times as long; without it the registry does not answer'),
  },
  action: {
    things: () => ['registry'],
    nameOf: name => name,
    partsOf: name => [name],
    take: (_registry, {slow}, {registry}) => registry.trouble(slow),
    release: (_registry, _options, {registry}) => registry.mend(),
  },
});
