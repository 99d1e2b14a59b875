// The templates of a workload's pods, shared as widely as they can be: pods that ask for the same
// share a spec, and those of one owner a template. Only the current owner's are kept here.

import type {RandomStream} from '../engine/random.ts';
import type {Labels} from '../objects/labels.ts';
import {equalitySelector} from '../objects/labels.ts';
import type {PodSpec, PodTemplate} from '../objects/pod-spec.ts';
import type {PodTable} from '../objects/pods.ts';
import type {CommonOptions} from './common-options.ts';
import {completePod} from './complete-pod.ts';
import type {WorkloadWorld} from './define-workload.ts';
import type {RequestChoice} from './requests.ts';

/**
 * Tells one owner's pods from another's, as `pod-template-hash` does for a Deployment's
 * ReplicaSets.
 */
const ownerLabel = 'orrery.dev/owner';

export class TemplatePool {
  readonly #world: WorkloadWorld;
  readonly #options: CommonOptions;
  readonly #base: PodTemplate;
  readonly #dice: readonly Die[];
  readonly #specs = new Map<number, PodSpec>();
  /** By combination of requests. */
  readonly #templates = new Map<number, PodTemplate>();
  #group = 0;
  #labels: Labels;

  constructor(
    world: WorkloadWorld,
    options: CommonOptions,
    random: (question: string) => RandomStream,
  ) {
    this.#world = world;
    this.#options = options;
    this.#base = world.decodePod(completePod(options));
    this.#labels = this.#base.labels;
    this.#dice = options.requests.map(choice => new Die(choice, random));
  }

  /** Pods are asked for in the order of their ordinals, each once. */
  template(ordinal: number): PodTemplate {
    const {owned} = this.#options;
    if (owned !== undefined && ordinal % owned.groupsOf === 0) {
      this.#startGroup(ordinal / owned.groupsOf);
    }
    let combination = 0;
    for (const die of this.#dice) combination = combination * die.sides + die.cast();
    let template = this.#templates.get(combination);
    if (template === undefined) {
      template = this.#make(combination);
      this.#templates.set(combination, template);
    }
    return template;
  }

  #startGroup(group: number): void {
    const {namespace, owned} = this.#options;
    if (owned === undefined) return;
    this.#enterGroup(group);
    const selector = equalitySelector(new Map([[ownerLabel, this.#ownerName()]]));
    this.#world.applyOwner({kind: owned.kind, namespace, name: this.#ownerName(), selector});
  }

  #enterGroup(group: number): void {
    this.#group = group;
    this.#templates.clear();
    this.#labels = new Map([...this.#base.labels, [ownerLabel, this.#ownerName()]]);
  }

  #ownerName(): string {
    return `${this.#options.name}-${this.#group}`;
  }

  #make(combination: number): PodTemplate {
    const {owned} = this.#options;
    let spec = this.#specs.get(combination);
    if (spec === undefined) {
      spec = this.#specOf(combination);
      this.#specs.set(combination, spec);
    }
    const owner = owned && {kind: owned.kind, name: this.#ownerName()};
    return {...this.#base, labels: this.#labels, owner: owner ?? this.#base.owner, spec};
  }

  #specOf(combination: number): PodSpec {
    const {spec} = this.#base;
    const [first, ...rest] = spec.containers;
    const requests = new Map(first.requests);
    let weight = 1;
    for (const {sides} of this.#dice) weight *= sides;
    for (const {choice, sides} of this.#dice) {
      weight /= sides;
      requests.set(choice.resource, choice.values[Math.floor(combination / weight) % sides]);
    }
    return {...spec, containers: [{...first, requests}, ...rest]};
  }

  save(): SavedTemplates {
    const pods: PodTable = this.#world.store.pods;
    const templates = [...this.#templates].map(
      ([combination, template]) => [combination, pods.templateId(template)] as const,
    );
    return {group: this.#group, templates};
  }

  restore({group, templates}: SavedTemplates): void {
    if (this.#options.owned !== undefined) this.#enterGroup(group);
    this.#templates.clear();
    for (const [combination, id] of templates) {
      const template = this.#world.store.pods.templateOf(id);
      this.#templates.set(combination, template);
      this.#specs.set(combination, template.spec);
    }
  }
}

/**
 * One resource's amount, drawn from a stream of its own; an amount that is certain draws nothing.
 */
class Die {
  readonly choice: RequestChoice;
  readonly sides: number;
  readonly #stream: RandomStream | undefined;
  readonly #faces: {readonly values: readonly number[]; readonly weights: readonly number[]};

  constructor(choice: RequestChoice, random: (question: string) => RandomStream) {
    this.choice = choice;
    this.sides = choice.values.length;
    this.#stream = this.sides > 1 ? random(choice.resource) : undefined;
    this.#faces = {values: choice.values.map((_, i) => i), weights: choice.weights};
  }

  cast(): number {
    return this.#stream === undefined ? 0 : this.#stream.empirical(this.#faces);
  }
}

export type SavedTemplates = {
  readonly group: number;
  readonly templates: readonly (readonly [combination: number, template: number])[];
};
