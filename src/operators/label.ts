// Puts labels on nodes or takes them off, as `kubectl label node`.

import {labelKey, labelValue} from '../options/label-map.ts';
import {oneOrSeveral} from '../options/one-or-several.ts';
import {show} from '../options/show.ts';
import type {Notation} from '../options/written.ts';
import {onNodes} from './define-operation.ts';

/** The name of a label and its new value; `undefined` takes it off. */
type LabelChange = readonly [key: string, value: string | undefined];

const labelChanges: Notation<LabelChange> = {
  parse: (input, fail) => {
    const text = typeof input === 'string' ? input : '';
    const [key, value] = text.endsWith('-') ? [text.slice(0, -1)] : text.split(/=(.*)/s);
    const set = text.endsWith('-') || (value !== undefined && labelValue.test(value));
    if (labelKey.test(key) && set) return [key, value];
    return void fail(`expected key=value, or key- to take it off, got ${show(input)}`);
  },
  schema: {title: 'label', type: 'string', examples: ['disk=ssd', 'disk-']},
};

export const label = onNodes({
  do: 'label',
  options: {
    label: oneOrSeveral(labelChanges).describe('key=value, or key- to take it off; one or several'),
  },
  perform(node, {label: changes}, {api}) {
    api.writeNode({verb: 'update', node, labels: new Map(changes)});
  },
});
