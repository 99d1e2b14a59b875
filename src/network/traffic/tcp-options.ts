// What a scenario may say of its machines' kernels, as far as connections notice.

import * as z from 'zod';

export const tcpOptions = z.strictObject({
  synRetries: z
    .int()
    .min(1)
    .max(127)
    .default(6)
    .describe(
      'tcp_syn_retries: how often a first packet is sent again, with longer and longer waits',
    ),
  synLinearTimeouts: z
    .int()
    .min(0)
    .max(127)
    .default(4)
    .describe('tcp_syn_linear_timeouts: so often before that after 1s each; Linux up to 6.4 has 0'),
});

export type TcpOptions = z.output<typeof tcpOptions>;
