// Puts taints on nodes or takes them off, as `kubectl taint`.

import type {NodeChange} from '../objects/node-request.ts';
import {labelKey, labelValue} from '../options/label-map.ts';
import {oneOrSeveral} from '../options/one-or-several.ts';
import {show} from '../options/show.ts';
import type {Notation} from '../options/written.ts';
import {onNodes} from './define-operation.ts';

type TaintChange = Pick<NodeChange, 'addTaints' | 'removeTaints'>;

const effects = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
const notation = /^([^=:]+)(?:=([^:]*))?(?::(\w+))?(-?)$/;

const taintChanges: Notation<TaintChange> = {
  parse: (input, fail) => {
    const [, key = '', value = '', effect, remove] =
      (typeof input === 'string' && notation.exec(input)) || [];
    const named = labelKey.test(key) && labelValue.test(value);
    const known = effect === undefined ? remove === '-' : effects.includes(effect);
    if (!named || !known) {
      const forms = 'key=value:Effect, or key:Effect- to take it off';
      return void fail(`expected ${forms} (effects: ${effects.join(', ')}), got ${show(input)}`);
    }
    if (remove === '-') return {removeTaints: [{key, ...(effect !== undefined && {effect})}]};
    return {addTaints: [{key, value, effect: effect ?? ''}]};
  },
  schema: {title: 'taint', type: 'string', examples: ['disk=broken:NoExecute', 'disk-']},
};

export const taint = onNodes({
  do: 'taint',
  options: {
    taint: oneOrSeveral(taintChanges).describe(
      'key=value:Effect, or key:Effect- to take it off; one or several',
    ),
  },
  perform(node, {taint: changes}, {api}) {
    const addTaints = changes.flatMap(change => change.addTaints ?? []);
    const removeTaints = changes.flatMap(change => change.removeTaints ?? []);
    api.writeNode({verb: 'update', node, addTaints, removeTaints});
  },
});
