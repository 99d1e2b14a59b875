// Reads a configuration's text as a scenario's reader does, with two plugins of a user's own.

import * as z from 'zod';
import {pathText} from '../../../src/options/problem.ts';
import {check} from '../../../src/scenario/mistakes.ts';
import {pluginCatalogue} from '../../../src/scheduler/configuration/plugin-catalogue.ts';
import {readConfiguration} from '../../../src/scheduler/configuration/read-configuration.ts';
import {definePlugin} from '../../../src/scheduler/framework.ts';

export const mine = definePlugin({
  name: 'mine',
  options: z.strictObject({level: z.number()}),
  create: () => ({score: () => 1}),
});

export const sorter = definePlugin({name: 'sorter', create: () => ({less: () => true})});

export const catalogue = pluginCatalogue();

export function read(document: object, plugins = catalogue) {
  const header = {
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
  };
  return readConfiguration({...header, ...document}, {catalogue: plugins, check});
}

export function told(document: object, plugins = catalogue): string[] {
  return read(document, plugins).problems.map(
    ({path, message, severity}) =>
      `${severity === 'warning' ? 'warning: ' : ''}${pathText(path)}: ${message}`,
  );
}
