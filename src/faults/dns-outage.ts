// The cluster's name servers do not answer, or answer with errors: all of them, or some.

import {choiceOf} from '../options/choice.ts';
import {share} from '../options/share.ts';
import {defineFault} from './define-fault.ts';

export const dnsOutage = defineFault({
  kind: 'dns-outage',
  options: {
    share: share().default('100%').describe('of the questions that it befalls'),
    answers: choiceOf(['nothing', 'servfail'])
      .default('nothing')
      .describe('nothing: a client waits and asks again; servfail: it hears of an error at once'),
  },
  action: {
    things: () => ['dns'],
    nameOf: name => name,
    partsOf: name => [name],
    take: (_dns, {share, answers}, {nameServers}) => {
      nameServers.trouble(share, answers === 'nothing' ? 'silent' : 'servfail');
    },
    release: (_dns, _options, {nameServers}) => nameServers.mend(),
  },
});
