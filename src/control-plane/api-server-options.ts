// What a scenario may say of admission, under the names of kube-apiserver's flags.

import * as z from 'zod';
import type {TolerationSeconds} from './admission/default-toleration-seconds.ts';

const tolerated = (taint: string) =>
  z
    .int()
    .min(0)
    .max(1e9)
    .default(300)
    .describe(`how long pods that say nothing else stay on a node that is ${taint}`);

export const apiServerOptions = z.strictObject({
  defaultNotReadyTolerationSeconds: tolerated('not ready'),
  defaultUnreachableTolerationSeconds: tolerated('unreachable'),
});

export type ApiServerOptions = z.output<typeof apiServerOptions>;

export function tolerationSeconds(options: ApiServerOptions): TolerationSeconds {
  return {
    notReady: options.defaultNotReadyTolerationSeconds,
    unreachable: options.defaultUnreachableTolerationSeconds,
  };
}
