// The Services of a scenario, of any time, and what is wrong with the name of one.

import type {ManifestObject} from '../manifests/manifest.ts';
import {calledService} from '../network/traffic/traffic-options.ts';
import {type NewService, serviceName} from '../objects/service-object.ts';
import {didYouMean} from '../options/nearest.ts';
import {show} from '../options/show.ts';

/** By their full names. */
export type KnownServices = ReadonlyMap<string, NewService>;

export function servicesIn(objects: readonly ManifestObject[]): KnownServices {
  return new Map(
    objects.flatMap(({value}) =>
      value.type === 'service' ? [[serviceName(value.service), value.service]] : [],
    ),
  );
}

/** `to`: as traffic calls it, `[NAMESPACE/]NAME[:PORT]`. */
export function serviceMistake(to: string, services: KnownServices): string | undefined {
  const {namespace, name, port} = calledService(to);
  const service = services.get(`${namespace}/${name}`);
  if (service === undefined) {
    const all = [...services.values()];
    const known = all.filter(each => each.namespace === namespace).map(each => each.name);
    const elsewhere = all.find(each => each.name === name);
    const hint = elsewhere ? `; there is ${serviceName(elsewhere)}` : didYouMean(name, known);
    const where = namespace === 'default' ? '' : ` in namespace ${namespace}`;
    return `no Service ${show(name)}${where}${hint}`;
  }
  if (port === undefined || service.headless) return undefined;
  if (service.ports.some(each => each.name === port || String(each.port) === port)) {
    return undefined;
  }
  const known = service.ports.map(each => each.port).join(', ');
  return `Service ${show(name)} has no port ${show(port)}; known: ${known}`;
}
