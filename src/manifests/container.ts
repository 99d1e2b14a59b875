// A container of a pod: name, image, resources and ports, with the API server's defaults and
// checks.

import type {Container, ContainerPort} from '../objects/pod-spec.ts';
import {notOneOf} from '../options/choice.ts';
import {show} from '../options/show.ts';
import {readEnvironment} from './config-references.ts';
import type {Field} from './field.ts';
import {checkName} from './names.ts';
import {readHook, readProbe} from './probe.ts';
import {readRequestsAndLimits} from './resource-list.ts';

type Surroundings = {
  readonly hostNetwork: boolean;
  /** Names used so far; those of all containers of a pod must differ. */
  readonly names: Set<string>;
  readonly init: boolean;
};

export function readContainers(list: Field, surroundings: Surroundings): Container[] {
  return list.items().map(container => readContainer(container, surroundings));
}

function readContainer(container: Field, {hostNetwork, names, init}: Surroundings): Container {
  const name = container.get('name');
  checkName(name, 'label');
  if (names.has(name.text() ?? '')) name.error(`duplicate container name ${show(name.value)}`);
  names.add(name.text() ?? '');
  const image = container.get('image');
  if (!image.text()) image.error('expected an image, got nothing');
  else if (image.text()?.trim() !== image.text()) {
    image.error(`expected an image without spaces around it, got ${show(image.value)}`);
  }
  const pullPolicy = container.get('imagePullPolicy');
  checkOneOf(pullPolicy, ['Always', 'IfNotPresent', 'Never']);
  const restartPolicy = container.get('restartPolicy');
  checkOneOf(restartPolicy, ['Always', 'OnFailure', 'Never']);
  return {
    name: name.text() ?? '',
    image: image.text() ?? '',
    ...readRequestsAndLimits(container.get('resources'), 'container'),
    ports: readPorts(container.get('ports'), hostNetwork),
    sidecar: init && restartPolicy.text() === 'Always',
    imagePullPolicy: (pullPolicy.text() ||
      defaultPullPolicy(image.text() ?? '')) as Container['imagePullPolicy'],
    ...readProbesAndHooks(container),
    environment: readEnvironment(container),
  };
}

function readProbesAndHooks(container: Field) {
  const lifecycle = container.get('lifecycle');
  return {
    startupProbe: readProbe(container.get('startupProbe')),
    livenessProbe: readProbe(container.get('livenessProbe')),
    readinessProbe: readProbe(container.get('readinessProbe'), {readiness: true}),
    postStart: readHook(lifecycle.get('postStart')),
    preStop: readHook(lifecycle.get('preStop')),
  };
}

// As SetDefaults_Container: without a tag or with `latest` (and no digest) an image may change.
function defaultPullPolicy(image: string): Container['imagePullPolicy'] {
  const name = image.slice(image.lastIndexOf('/') + 1);
  if (name.includes('@')) return 'IfNotPresent';
  const tag = name.includes(':') ? name.slice(name.indexOf(':') + 1) : 'latest';
  return tag === 'latest' ? 'Always' : 'IfNotPresent';
}

export function checkOneOf(field: Field, words: readonly string[]): void {
  const text = field.text();
  if (text !== undefined && text !== '' && !words.includes(text)) {
    field.error(notOneOf(text, words));
  }
}

function readPorts(list: Field, hostNetwork: boolean): ContainerPort[] {
  const names = new Set<string>();
  return list.items().map(port => {
    const name = port.get('name');
    if (name.text()) checkPortName(name, names);
    checkOneOf(port.get('protocol'), ['TCP', 'UDP', 'SCTP']);
    const containerPort = readPort(port.get('containerPort'));
    const hostPort = port.get('hostPort');
    // As SetDefaults_Pod: with the host's network every port is a port of the host.
    const byDefault = hostNetwork ? containerPort : 0;
    const host = hostPort.integer() ? readPort(hostPort) : byDefault;
    if (hostNetwork && host !== containerPort) {
      hostPort.error(
        `expected ${containerPort}, the containerPort, as hostNetwork is true, got ${host}`,
      );
    }
    return {
      name: name.text() || undefined,
      containerPort,
      protocol: port.get('protocol').text() || 'TCP',
      hostPort: host,
      hostIP: port.get('hostIP').text() ?? '',
    };
  });
}

export function readPort(field: Field): number {
  const port = field.integer() ?? 0;
  if (port < 1 || port > 65535) {
    field.error(`expected a port from 1 to 65535, got ${show(field.value)}`);
  }
  return port;
}

// As IsValidPortName, after IANA's service names.
export function checkServiceName(name: Field): void {
  const text = name.text() ?? '';
  const fits = /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text) && /[a-z]/.test(text);
  if (fits && text.length <= 15) return;
  name.error(
    `expected a port name of at most 15 lower-case letters, digits and hyphens, got ${show(text)}`,
  );
}

function checkPortName(name: Field, names: Set<string>): void {
  const text = name.text() ?? '';
  checkServiceName(name);
  if (names.has(text)) name.error(`duplicate port name ${show(text)}`);
  names.add(text);
}

/** Two containers cannot hold the same port of one node. */
export function checkHostPorts(list: Field, containers: readonly Container[]): void {
  const held = new Set<string>();
  list.items().forEach((container, i) => {
    const ports = container.get('ports').items();
    containers[i].ports.forEach(({protocol, hostIP, hostPort}, j) => {
      if (hostPort === 0) return;
      const key = `${protocol} ${hostIP} ${hostPort}`;
      if (held.has(key)) ports[j].error(`duplicate host port ${hostPort} (${protocol})`);
      held.add(key);
    });
  });
}
