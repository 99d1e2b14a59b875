// Checks the Pod templates that workloads bring along, as the manifests of a scenario are checked.

import {decode} from '../manifests/decode.ts';
import {Field, type Finding} from '../manifests/field.ts';
import type {PodTemplate} from '../objects/pod-spec.ts';
import type {CommonOptions} from '../workload/common-options.ts';
import {completePod} from '../workload/complete-pod.ts';
import type {WorkloadEntry} from './loaded.ts';
import type {Notebook} from './notebook.ts';
import type {Path} from './yaml-document.ts';

export type PlacedTemplate = {
  readonly template: PodTemplate;
  /** Where in the scenario. */
  readonly path: Path;
};

export function readWorkloadTemplates(
  workload: readonly WorkloadEntry[],
  notebook: Notebook,
): PlacedTemplate[] {
  return workload.flatMap(({options}, i) => {
    const path: Path = ['workload', i, 'template'];
    const findings: Finding[] = [];
    // Every kind of workload has the common options.
    const [pod] = decode(new Field(completePod(options as CommonOptions), findings));
    for (const finding of findings) tell(finding, path, notebook);
    return pod?.value.type === 'pod' ? [{template: pod.value.template, path}] : [];
  });
}

function tell({path, onKey, message, severity}: Finding, around: Path, notebook: Notebook): void {
  const whole = [...around, ...path];
  const key = onKey ? String(whole.pop()) : undefined;
  notebook.add({path: whole, key, message}, severity);
}
