// Which Kubernetes a scenario wants: "1.34", or 1.34 where somebody forgot the quotes.

import {type KubernetesMinor, kubernetesMinors} from '../objects/version.ts';
import {show} from '../options/show.ts';
import {type Written, written} from '../options/written.ts';

export function kubernetesVersion(): Written<KubernetesMinor, string | number> {
  return written({
    parse: (input, fail) => {
      const minor = kubernetesMinors.find(known => String(input) === `1.${known}`);
      if (minor === undefined) fail(`expected one of ${names.join(', ')}, got ${show(input)}`);
      return minor;
    },
    schema: {title: 'Kubernetes version', enum: [...names, ...names.map(Number)]},
  });
}

const names = kubernetesMinors.map(minor => `1.${minor}`);
