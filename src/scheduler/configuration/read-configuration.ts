// Reads a KubeSchedulerConfiguration, unchanged as kube-scheduler takes it, into plain data: which
// plugins run where, with which arguments, and how the queue and the client behave. All mistakes at
// once.

import {second} from '../../engine/time.ts';
import type {ClientLimits} from '../../objects/api-client.ts';
import {show} from '../../options/show.ts';
import type {ProfileConfiguration} from '../plugin-set.ts';
import type {SchedulerConfiguration} from '../scheduler.ts';
import type {PluginCatalogue} from './plugin-catalogue.ts';
import {type Check, type ConfigurationProblem, ProblemList} from './problems.ts';
import {readProfile} from './read-profile.ts';
import {type ConfigurationDocument, configurationDocument, type ProfileDocument} from './schema.ts';

export type ReadConfiguration = {
  /** `undefined` where there are errors. */
  readonly configuration: SchedulerConfiguration | undefined;
  readonly problems: readonly ConfigurationProblem[];
};

export function readConfiguration(
  document: unknown,
  {catalogue, check}: {readonly catalogue: PluginCatalogue; readonly check: Check},
): ReadConfiguration {
  const problems = new ProblemList(check);
  const checked = problems.check(configurationDocument, document, []);
  if (checked === undefined) return {configuration: undefined, problems: problems.all};
  const configuration = resolve(checked, catalogue, problems);
  return {
    configuration: problems.hasErrors ? undefined : configuration,
    problems: problems.all,
  };
}

function resolve(
  document: ConfigurationDocument,
  catalogue: PluginCatalogue,
  problems: ProblemList,
): SchedulerConfiguration {
  const {podInitialBackoffSeconds: initial = 1, podMaxBackoffSeconds: max = 10} = document;
  if (max < initial) {
    const message = `expected at least podInitialBackoffSeconds (${initial}), got ${max}`;
    problems.error(['podMaxBackoffSeconds'], message);
  }
  for (const [i, {urlPrefix}] of (document.extenders ?? []).entries()) {
    const which = urlPrefix === undefined ? '' : ` ${show(urlPrefix)}`;
    problems.warn(['extenders', i], `extender${which} is not modelled and does nothing`);
  }
  return {
    profiles: readProfiles(document, catalogue, problems),
    percentageOfNodesToScore: document.percentageOfNodesToScore ?? 0,
    initialBackoff: initial * second,
    maxBackoff: max * second,
    client: clientLimits(document.clientConnection),
  };
}

function readProfiles(
  {profiles: written = []}: ConfigurationDocument,
  catalogue: PluginCatalogue,
  problems: ProblemList,
): ProfileConfiguration[] {
  // As SetDefaults_KubeSchedulerConfiguration: no profile is one; a single one needs no name.
  const documents: readonly NamedProfile[] = written.length === 0 ? [{}] : written;
  const only = documents.length === 1 ? 'default-scheduler' : undefined;
  const named = documents.map(profile => ({
    ...profile,
    schedulerName: profile.schedulerName ?? only,
  }));
  checkNames(named, problems);
  const profiles = named.map((profile, i) =>
    readProfile(profile, ['profiles', i], {catalogue, problems}),
  );
  checkQueueSort(profiles, problems);
  return profiles;
}

type NamedProfile = Partial<ProfileDocument>;

function checkNames(profiles: readonly NamedProfile[], problems: ProblemList): void {
  const seen = new Set<string>();
  for (const [i, {schedulerName}] of profiles.entries()) {
    const place = ['profiles', i, 'schedulerName'];
    if (schedulerName === undefined || schedulerName === '') {
      problems.error(place, 'missing; expected the name that pods choose this profile by');
    } else if (seen.has(schedulerName)) {
      problems.error(place, `a second profile for schedulerName ${show(schedulerName)}`);
    } else seen.add(schedulerName);
  }
}

/** The profiles share one queue, so they must agree on its order. */
function checkQueueSort(profiles: readonly ProfileConfiguration[], problems: ProblemList): void {
  const [first] = profiles.map(({points}) => points.queueSort[0]?.name);
  for (const [i, {points}] of profiles.entries()) {
    const own = points.queueSort[0]?.name;
    if (first === undefined || own === undefined || own === first) continue;
    const message = `expected the queueSort plugin of all profiles, ${first}, got ${own}`;
    problems.error(['profiles', i, 'plugins', 'queueSort'], message);
  }
}

/** 0 is what Go has where nothing was written; below that, client-go does not limit at all. */
function clientLimits(client: ConfigurationDocument['clientConnection']): ClientLimits {
  const qps = client?.qps || 50;
  return {qps: qps < 0 ? undefined : qps, burst: client?.burst || 100};
}
