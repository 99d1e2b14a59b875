// The pods that a Job makes: alike, or each with its index.

import type {WorkloadId} from '../objects/ids.ts';
import {indexLabels, type JobObject} from '../objects/job-object.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {NameStreams} from './name-streams.ts';
import type {PlannedRequest} from './plan.ts';

export class JobPods {
  readonly #names: NameStreams;
  /** By index; they follow from the Job's template. */
  readonly #templates = new Map<PodTemplate, Map<number, PodTemplate>>();

  constructor(names: NameStreams) {
    this.#names = names;
  }

  plain(owner: WorkloadId, job: JobObject): PlannedRequest {
    const {template} = job.spec;
    const name = this.#names.podName(job);
    return {verb: 'create-pod', name, template, owner, lifetime: undefined};
  }

  indexed(owner: WorkloadId, job: JobObject, index: number): PlannedRequest {
    const template = this.#template(job.spec.template, index);
    const name = this.#names.podName(job, index);
    return {verb: 'create-pod', name, template, owner, lifetime: undefined};
  }

  forget({spec}: JobObject): void {
    this.#templates.delete(spec.template);
  }

  #template(template: PodTemplate, index: number): PodTemplate {
    const known = this.#templates.get(template) ?? new Map<number, PodTemplate>();
    this.#templates.set(template, known);
    const own = known.get(index) ?? {
      ...template,
      labels: new Map([...template.labels, ...indexLabels(index)]),
      annotations: new Map([...template.annotations, ...indexLabels(index)]),
    };
    known.set(index, own);
    return own;
  }
}
