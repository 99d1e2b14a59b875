// Binds the pod through the API (kube-scheduler's DefaultBinder): the scheduler itself posts the
// Binding once a bind plugin takes the pod, so there is nothing more to do here.

import {definePlugin} from '../framework.ts';

export const defaultBinder = definePlugin({
  name: 'DefaultBinder',
  create: () => ({
    bind: () => undefined,
  }),
});
