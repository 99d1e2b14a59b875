// The part of a container that says how it lives, for tests that do not ask.

import type {Container} from '../../src/objects/pod-spec.ts';

export const plainLife: Omit<
  Container,
  'name' | 'image' | 'requests' | 'limits' | 'ports' | 'sidecar'
> = {
  imagePullPolicy: 'IfNotPresent',
  startupProbe: undefined,
  livenessProbe: undefined,
  readinessProbe: undefined,
  postStart: undefined,
  preStop: undefined,
  environment: [],
};
