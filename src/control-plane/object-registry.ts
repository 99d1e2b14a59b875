// What a stored request does to an object of the lesser kinds: namespaces, priority classes,
// services, ConfigMaps and Secrets, disruption budgets.

import type {Time} from '../engine/time.ts';
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

export class ObjectRegistry {
  readonly #clock: {readonly now: Time};
  readonly #store: Store;

  constructor(clock: {readonly now: Time}, store: Store) {
    this.#clock = clock;
    this.#store = store;
  }

  perform(request: ObjectRequest): ApiOutcome {
    switch (request.verb) {
      case 'apply':
        return this.#admit(request.object);
      case 'delete':
        if (request.kind === 'namespace') return this.#deleteNamespace(request.name);
        return this.#delete(this.#tableOf(request.kind), request.name);
      case 'finalize-namespace':
        return this.#delete(this.#tableOf('namespace'), request.name);
      case 'update-quota':
        return this.#updateQuota(request);
      case 'update-budget':
        return this.#updateBudget(request);
      default:
        return unreachable(request);
    }
  }

  /** What is there already may change; nothing new comes into a namespace that goes. */
  #admit(object: AnyObject): ApiOutcome {
    const {value} = object;
    const there = this.#tableOf(object.kind).id(nameOf(object)) !== undefined;
    const refused = 'namespace' in value && namespaceRefusal(this.#store, value.namespace);
    if (!there && typeof refused === 'string') return 'forbidden';
    if (!there && 'namespace' in value) {
      const names = countsAs(kindForCount(object));
      const charge = {namespace: value.namespace, names, now: this.#clock.now};
      if (!chargeObject(this.#store, charge)) return 'forbidden';
    }
    this.apply(object);
    return 'ok';
  }

  apply(object: AnyObject): void {
    const store = this.#store;
    switch (object.kind) {
      case 'namespace':
        this.#applyNamespace(object.value);
        return;
      case 'priority-class':
        this.#put(store.priorityClasses, object.value, object.value.name);
        return;
      case 'service':
        this.#put(store.services, object.value, fullName(object.value));
        return;
      case 'config':
        this.#put(store.configs, object.value, `${object.value.kind}/${fullName(object.value)}`);
        return;
      case 'budget':
        this.#applyBudget(object.value);
        return;
      case 'quota':
        this.#applyQuota(object.value);
        return;
      case 'limit-range':
        this.#put(store.limitRanges, object.value, fullName(object.value));
        return;
      default:
        unreachable(object);
    }
  }

  #put<Value>(table: ObjectTable<Value>, value: Value, name: string): void {
    const id = table.id(name);
    if (id === undefined) table.add(value, this.#clock.now);
    else table.replace(id, value, this.#clock.now);
  }

  #delete(table: ObjectTable<unknown>, name: string): ApiOutcome {
    const id = table.id(name);
    if (id === undefined) return 'not-found';
    table.delete(id, this.#clock.now);
    return 'ok';
  }

  #applyNamespace(value: NamespaceObject): void {
    const {namespaces} = this.#store;
    const id = namespaces.id(value.name);
    const terminating = id !== undefined && namespaces.get(id)?.terminating === true;
    this.#put(namespaces, {...value, terminating}, value.name);
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
  #applyBudget(spec: NewBudget): void {
    const {budgets} = this.#store;
    const id = budgets.id(fullName(spec));
    const before = id === undefined ? undefined : budgets.get(id);
    if (before === undefined) {
      budgets.add({...spec, generation: 1, version: 1, status: uncounted}, this.#clock.now);
      return;
    }
    const {generation, version, status, ...old} = before;
    if (id === undefined || valueText(old) === valueText(spec)) return;
    const next = {...spec, generation: generation + 1, version: version + 1, status};
    budgets.replace(id, next, this.#clock.now);
  }

  // Counted at once; the real one turns everything away until its controller has counted.
  #applyQuota(spec: NewQuota): void {
    const {quotas} = this.#store;
    const {now} = this.#clock;
    const id = quotas.id(fullName(spec));
    const version = id === undefined ? 1 : (quotas.get(id)?.version ?? 0) + 1;
    const {used} = countQuota(spec, this.#store, now);
    this.#put(quotas, {...spec, version, used}, fullName(spec));
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
    const {namespaces, priorityClasses, services, configs, budgets, quotas, limitRanges} =
      this.#store;
    const tables = {
      namespace: namespaces,
      'priority-class': priorityClasses,
      service: services,
      config: configs,
      budget: budgets,
      quota: quotas,
      'limit-range': limitRanges,
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
