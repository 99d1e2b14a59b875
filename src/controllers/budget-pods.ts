// Which pods each disruption budget selects, kept up to date pod by pod. Siblings share a template,
// so that it is asked once a template.

import type {DisruptionBudget} from '../objects/disruption-budget.ts';
import {labelsMatch} from '../objects/labels.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {KnownPod} from './known-pod.ts';

export type BudgetId = number;

export class BudgetPods {
  readonly budgets = new Map<BudgetId, DisruptionBudget>();
  readonly #everyPod: () => Iterable<KnownPod>;
  readonly #byTemplate = new Map<PodTemplate, readonly BudgetId[]>();
  readonly #pods = new Map<BudgetId, Set<KnownPod>>();
  readonly #of = new Map<KnownPod, readonly BudgetId[]>();
  /** Selectors have changed, or all was restored: to be counted anew when somebody asks. */
  #old = false;

  constructor(everyPod: () => Iterable<KnownPod>) {
    this.#everyPod = everyPod;
  }

  put(id: BudgetId, budget: DisruptionBudget | undefined): void {
    const before = this.budgets.get(id);
    if (budget === undefined) this.budgets.delete(id);
    else this.budgets.set(id, budget);
    if (before?.selector !== budget?.selector) this.#old = true;
  }

  /** In no particular order. */
  podsOf(id: BudgetId): ReadonlySet<KnownPod> {
    this.#renew();
    return this.#pods.get(id) ?? new Set();
  }

  /** Those that select it now, or did until now. */
  add(pod: KnownPod): readonly BudgetId[] {
    if (this.budgets.size === 0) return [];
    this.#renew();
    const before = this.#of.get(pod) ?? [];
    const after = this.#selectorsOf(pod.template);
    if (before === after) return after;
    this.#move(pod, before, after);
    return [...new Set([...before, ...after])];
  }

  /** It may be gone already where all are counted anew, so its template says which. */
  remove(pod: KnownPod): readonly BudgetId[] {
    if (this.budgets.size === 0) return [];
    this.#renew();
    const before = this.#selectorsOf(pod.template);
    this.#move(pod, before, []);
    return before;
  }

  forgetAll(): void {
    this.#old = true;
  }

  #selectorsOf(template: PodTemplate): readonly BudgetId[] {
    const known = this.#byTemplate.get(template);
    if (known !== undefined) return known;
    const {namespace, labels} = template;
    const selecting: BudgetId[] = [];
    for (const [id, budget] of this.budgets) {
      if (budget.namespace === namespace && labelsMatch(budget.selector, labels))
        selecting.push(id);
    }
    this.#byTemplate.set(template, selecting);
    return selecting;
  }

  #move(pod: KnownPod, before: readonly BudgetId[], after: readonly BudgetId[]): void {
    for (const id of before) this.#pods.get(id)?.delete(pod);
    for (const id of after) {
      const pods = this.#pods.get(id) ?? new Set();
      this.#pods.set(id, pods);
      pods.add(pod);
    }
    if (after.length > 0) this.#of.set(pod, after);
    else this.#of.delete(pod);
  }

  #renew(): void {
    if (!this.#old) return;
    this.#old = false;
    this.#byTemplate.clear();
    this.#pods.clear();
    this.#of.clear();
    if (this.budgets.size === 0) return;
    for (const pod of this.#everyPod()) this.#move(pod, [], this.#selectorsOf(pod.template));
  }
}
