// What a stored request does to an object of the lesser kinds: namespaces, priority classes,
// ConfigMaps and Secrets, disruption budgets, quotas; and, in a registry of its own, the network's.

import type {Simulation} from '../engine/simulation.ts';
import {unreachable} from '../engine/unreachable.ts';
import type {ApiOutcome} from '../objects/api-client.ts';
import {configName} from '../objects/config-object.ts';
import {type NewBudget, uncounted} from '../objects/disruption-budget.ts';
import type {AnyObject, ObjectKind, ObjectRequest} from '../objects/object-request.ts';
import type {ObjectTable} from '../objects/object-table.ts';
import type {NewQuota} from '../objects/quota.ts';
import {countsAs, kindForCount} from '../objects/quota-counts.ts';
import {countQuota} from '../objects/quota-usage.ts';
import type {NamespaceObject, Store} from '../objects/store.ts';
import {valueText} from '../objects/template-text.ts';
import {immortalNamespaces, namespaceRefusal} from './admission/namespace-lifecycle.ts';
import {chargeObject} from './admission/resource-quota.ts';
import {type NetworkRange, NetworkRegistry} from './network-registry.ts';

export class ObjectRegistry {
  readonly #clock: Simulation;
  readonly #store: Store;
  readonly #network: NetworkRegistry;

  constructor(simulation: Simulation, store: Store, network?: NetworkRange) {
    this.#clock = simulation;
    this.#store = store;
    this.#network = new NetworkRegistry(simulation, store, network);
  }

  perform(request: ObjectRequest): ApiOutcome {
    switch (request.verb) {
      case 'apply':
        return this.#admit(request.object);
      case 'delete':
        if (request.kind === 'namespace') return this.#deleteNamespace(request.name);
        if (request.kind === 'service') return this.#network.services.delete(request.name);
        if (request.kind === 'endpoints') return this.#network.deleteEndpoints(request.name);
        return this.#delete(this.#tableOf(request.kind), request.name);
      case 'finalize-namespace':
        return this.#delete(this.#tableOf('namespace'), request.name);
      case 'update-quota':
        return this.#updateQuota(request);
      case 'update-budget':
        return this.#updateBudget(request);
      case 'write-slice': {
        const object = {kind: 'endpoint-slice', value: request.slice} as const;
        if (request.version === undefined && !this.#mayCome(object)) return 'forbidden';
        return this.#network.writeSlice(request.slice, request.version);
      }
      case 'assign-load-balancer':
        return this.#network.services.assignLoadBalancer(request.name, request.addresses);
      default:
        return unreachable(request);
    }
  }

  /** What is there already may change; nothing new comes into a namespace that goes. */
  #admit(object: AnyObject): ApiOutcome {
    const there = this.#tableOf(object.kind).id(nameOf(object)) !== undefined;
    return there || this.#mayCome(object) ? this.apply(object) : 'forbidden';
  }

  #mayCome(object: AnyObject): boolean {
    const {value} = object;
    if (!('namespace' in value)) return true;
    if (namespaceRefusal(this.#store, value.namespace) !== undefined) return false;
    const names = countsAs(kindForCount(object));
    return chargeObject(this.#store, {namespace: value.namespace, names, now: this.#clock.now});
  }

  apply(object: AnyObject): ApiOutcome {
    const store = this.#store;
    switch (object.kind) {
      case 'namespace':
        return this.#applyNamespace(object.value);
      case 'priority-class':
        return this.#put(store.priorityClasses, object.value, object.value.name);
      case 'service':
        return this.#network.services.apply(object.value);
      case 'endpoints':
        return this.#network.applyEndpoints(object.value);
      case 'endpoint-slice':
        return this.#network.applySlice(object.value);
      case 'ingress':
        return this.#network.applyIngress(object.value);
      case 'ingress-class':
        return this.#put(store.ingressClasses, object.value, object.value.name);
      case 'config':
        return this.#put(store.configs, object.value, configName(object.value));
      case 'budget':
        return this.#applyBudget(object.value);
      case 'quota':
        return this.#applyQuota(object.value);
      case 'limit-range':
        return this.#put(store.limitRanges, object.value, fullName(object.value));
      default:
        return unreachable(object);
    }
  }

  #put<Value>(table: ObjectTable<Value>, value: Value, name: string): ApiOutcome {
    const id = table.id(name);
    if (id === undefined) table.add(value, this.#clock.now);
    else table.replace(id, value, this.#clock.now);
    return 'ok';
  }

  #delete(table: ObjectTable<unknown>, name: string): ApiOutcome {
    const id = table.id(name);
    if (id === undefined) return 'not-found';
    table.delete(id, this.#clock.now);
    return 'ok';
  }

  #applyNamespace(value: NamespaceObject): ApiOutcome {
    const {namespaces} = this.#store;
    const id = namespaces.id(value.name);
    const terminating = id !== undefined && namespaces.get(id)?.terminating === true;
    return this.#put(namespaces, {...value, terminating}, value.name);
  }

  // Its finalizer keeps it until its controller has emptied it.
  #deleteNamespace(name: string): ApiOutcome {
    const {namespaces} = this.#store;
    const id = namespaces.id(name);
    const namespace = id === undefined ? undefined : namespaces.get(id);
    if (id === undefined || namespace === undefined) return 'not-found';
    if (immortalNamespaces.has(name)) return 'forbidden';
    if (!namespace.terminating) {
      namespaces.replace(id, {...namespace, terminating: true}, this.#clock.now);
    }
    return 'ok';
  }

  /** Its status stays, and is old from now on; a spec that is the same changes nothing. */
  #applyBudget(spec: NewBudget): ApiOutcome {
    const {budgets} = this.#store;
    const id = budgets.id(fullName(spec));
    const before = id === undefined ? undefined : budgets.get(id);
    if (before === undefined) {
      budgets.add({...spec, generation: 1, version: 1, status: uncounted}, this.#clock.now);
      return 'ok';
    }
    const {generation, version, status, ...old} = before;
    if (id === undefined || valueText(old) === valueText(spec)) return 'ok';
    const next = {...spec, generation: generation + 1, version: version + 1, status};
    budgets.replace(id, next, this.#clock.now);
    return 'ok';
  }

  // Counted at once; the real one turns everything away until its controller has counted.
  #applyQuota(spec: NewQuota): ApiOutcome {
    const {quotas} = this.#store;
    const {now} = this.#clock;
    const id = quotas.id(fullName(spec));
    const version = id === undefined ? 1 : (quotas.get(id)?.version ?? 0) + 1;
    const {used} = countQuota(spec, this.#store, now);
    return this.#put(quotas, {...spec, version, used}, fullName(spec));
  }

  #updateQuota({name, version, used}: Extract<ObjectRequest, {verb: 'update-quota'}>): ApiOutcome {
    const {quotas} = this.#store;
    const id = quotas.id(name);
    const quota = id === undefined ? undefined : quotas.get(id);
    if (id === undefined || quota === undefined) return 'not-found';
    if (quota.version !== version) return 'conflict';
    quotas.replace(id, {...quota, version: version + 1, used}, this.#clock.now);
    return 'ok';
  }

  #updateBudget({
    name,
    version,
    status,
  }: Extract<ObjectRequest, {verb: 'update-budget'}>): ApiOutcome {
    const {budgets} = this.#store;
    const id = budgets.id(name);
    const budget = id === undefined ? undefined : budgets.get(id);
    if (id === undefined || budget === undefined) return 'not-found';
    if (budget.version !== version) return 'conflict';
    budgets.replace(id, {...budget, version: version + 1, status}, this.#clock.now);
    return 'ok';
  }

  #tableOf(kind: ObjectKind): ObjectTable<unknown> {
    const store = this.#store;
    const tables = {
      namespace: store.namespaces,
      'priority-class': store.priorityClasses,
      service: store.services,
      endpoints: store.endpoints,
      'endpoint-slice': store.endpointSlices,
      ingress: store.ingresses,
      'ingress-class': store.ingressClasses,
      config: store.configs,
      budget: store.budgets,
      quota: store.quotas,
      'limit-range': store.limitRanges,
    };
    return tables[kind] as ObjectTable<unknown>;
  }
}

/** By which its table finds it. */
function nameOf({kind, value}: AnyObject): string {
  if (kind === 'config') return configName(value);
  return 'namespace' in value ? fullName(value) : value.name;
}

function fullName({namespace, name}: {namespace: string; name: string}): string {
  return `${namespace}/${name}`;
}
