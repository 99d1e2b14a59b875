// A name as Kubernetes allows it for most objects: a DNS label.

import {show} from './show.ts';
import {type Written, written} from './written.ts';

const dnsLabel = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/;

export function dnsName(): Written<string, string> {
  return written({
    parse: (input, fail) => {
      if (typeof input === 'string' && dnsLabel.test(input)) return input;
      fail(`expected a name of small letters, digits and hyphens, got ${show(input)}`);
      return undefined;
    },
    schema: {title: 'name', type: 'string', pattern: dnsLabel.source},
  });
}
