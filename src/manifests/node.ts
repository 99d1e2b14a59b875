// A node: labels, taints, images and what it has to give. `status` is written by hand here, as no
// kubelet reports it before the run.

import {healthy, type NodeImage, type NodeObject, type Taint} from '../objects/node-spec.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import {readAddress, readAddressRange} from './addresses.ts';
import type {Field} from './field.ts';
import {checkGpus} from './gpu.ts';
import type {Metadata} from './metadata.ts';
import {readAnnotations} from './metadata.ts';
import {checkKey, checkLabelValue} from './names.ts';
import {taintEffects} from './placement.ts';
import {readResourceList} from './resource-list.ts';

export function readNode(node: Field, {name, labels}: Metadata): NodeObject {
  const status = node.get('status');
  const stated = status.get('allocatable');
  // As SetDefaults_NodeStatus: what is not stated as allocatable is all of the capacity.
  const offered = stated.present ? stated : status.get('capacity');
  const allocatable = readResourceList(offered, 'node');
  checkGpus(offered, allocatable);
  return {
    name,
    labels,
    annotations: readAnnotations(node.get('metadata').get('annotations')),
    taints: readTaints(node.get('spec').get('taints')),
    unschedulable: node.get('spec').get('unschedulable').flag(),
    allocatable,
    images: status.get('images').items().map(readImage),
    // As if its kubelet ran: what a dump says of conditions is of another time.
    conditions: healthy,
    network: readNetwork(node),
  };
}

function readNetwork(node: Field): NodeObject['network'] {
  const podRange = readAddressRange(node.get('spec').get('podCIDR'));
  const own = node.get('status').get('addresses').items();
  const internal = own.find(item => item.get('type').text() === 'InternalIP');
  const address = internal && readAddress(internal.get('address'));
  return podRange === undefined && address === undefined ? undefined : {address, podRange};
}

function readTaints(list: Field): Taint[] {
  const seen = new Set<string>();
  return list.items().map(taint => {
    const key = taint.get('key');
    checkKey(key, key.text() ?? '');
    const value = taint.get('value');
    checkLabelValue(value, value.text() ?? '');
    const effect = taint.get('effect');
    if (!taintEffects.includes(effect.text() ?? '')) {
      effect.error(notOneOf(effect.value, taintEffects));
    }
    const pair = `${key.text()} ${effect.text()}`;
    // A taint without key or effect was told so; what it doubles cannot be known.
    if (key.text() && effect.text() && seen.has(pair)) {
      taint.error(`duplicate taint ${show(key.value)} with ${effect.text()}`);
    }
    seen.add(pair);
    return {key: key.text() ?? '', value: value.text() ?? '', effect: effect.text() ?? ''};
  });
}

function readImage(image: Field): NodeImage {
  return {names: image.get('names').texts(), sizeBytes: image.get('sizeBytes').integer() ?? 0};
}
