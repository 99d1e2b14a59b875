// Lets pods onto nodes again, as `kubectl uncordon`.

import {onNodes} from './define-operation.ts';

export const uncordon = onNodes({
  do: 'uncordon',
  options: {},
  perform(node, _options, {api}) {
    api.writeNode({verb: 'update', node, unschedulable: false});
  },
});
