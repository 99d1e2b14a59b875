// What a scenario may say of the cluster's DNS. Where it has CoreDNS as pods behind the Service
// kube-system/kube-dns, these answer; otherwise there are name servers that never fail by
// themselves.

import * as z from 'zod';
import {second} from '../../engine/time.ts';
import {distribution} from '../../options/distribution.ts';
import {duration} from '../../options/duration.ts';
import {matching} from '../../options/matching.ts';

export const dnsOptions = z.strictObject({
  zone: matching(/^[a-z0-9][-a-z0-9.]*[a-z0-9]$/, 'domain')
    .default('cluster.local')
    .describe("the domain of the cluster's names"),
  ndots: z
    .int()
    .min(0)
    .max(15)
    .default(5)
    .describe('a name with fewer dots is looked for in the search domains first'),
  timeout: duration({from: second, to: 30 * second})
    .default('5s')
    .describe('how long a resolver waits for an answer before it asks again'),
  attempts: z.int().min(1).max(5).default(2).describe('how often it asks for one form of a name'),
  takes: distribution().default('0s').describe("of a server's work for a question, A and AAAA"),
  capacity: z
    .number()
    .min(1)
    .max(1e9)
    .default(33_669)
    .describe('queries a second that each CoreDNS pod answers; of outside names a fifth of that'),
  nodeLocal: z
    .boolean()
    .default(false)
    .describe('NodeLocal DNSCache on every node: answers are kept for 30 s, denials for 5 s'),
});

export type DnsOptions = z.output<typeof dnsOptions>;
