// Batch tasks of Alibaba's trace of 2017, a row a task, as prepared by CloudSimPy (jobs.csv of
// github.com/RobertLexis/CloudSimPy). Each instance of a task is a pod that comes when the task
// was submitted and runs for the task's mean duration.

import {second, toTime} from '../../../engine/time.ts';
import type {TraceFormat} from '../trace-format.ts';

const mebibyte = 2 ** 20;

export const alibaba2017: TraceFormat = {
  required: ['submit_time', 'duration', 'cpu', 'memory', 'job_id', 'task_id', 'instances_num'],
  optional: [],
  open: true,
  times: ['submit_time'],
  fromFirst: true,
  reader: (looks, {machineMemory = 0}) => {
    const look = looks.add('', {labels: {}, annotations: {}, spec: {}});
    return (cells, pod) => {
      const job = cells.number('job_id', {whole: true});
      const task = cells.number('task_id', {whole: true});
      pod.name = `job-${job}-task-${task}`;
      pod.at = toTime(cells.number('submit_time', {to: 1e9}) * second);
      pod.lifetime = toTime(cells.number('duration', {to: 1e9}) * second);
      pod.count = cells.number('instances_num', {from: 1, to: 1e6, whole: true});
      pod.cpuMillicores = Math.ceil(cells.number('cpu', {to: 1e6}) * 1000);
      // Whole MiB: tasks that ask for almost the same share a template.
      const share = cells.number('memory', {to: 1});
      pod.memoryBytes = Math.ceil((share * machineMemory) / mebibyte) * mebibyte;
      pod.look = look;
    };
  },
};
