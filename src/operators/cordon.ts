// Lets no new pod onto nodes, as `kubectl cordon`.

import {onNodes} from './define-operation.ts';

export const cordon = onNodes({
  do: 'cordon',
  options: {},
  perform(node, _options, {api}) {
    api.writeNode({verb: 'update', node, unschedulable: true});
  },
});
