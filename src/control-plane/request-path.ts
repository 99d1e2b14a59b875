// The way of a change through an API server, in the real order (apiserver/pkg/server/config.go,
// DefaultBuildHandlerChain; pkg/kubeapiserver/options/plugins.go), and where each step is modelled:
//
//   the client's own limit                 token-bucket.ts
//   a connection to an API server          connections.ts; the request waits in request-pipe.ts
//   timeout of the request                 gate.ts: 60 s, and 7 s for etcd
//   authentication                         always succeeds
//   audit, impersonation                   nothing
//   priority and fairness                  in-flight.ts, seats.ts, seat-queue.ts
//   authorisation                          always succeeds
//   decoding and defaults                  manifests/, and whoever builds an object
//   admission that changes, then forbids   the plugins below
//   validation                             manifests/, and the registries
//   conflict with another version          the registries
//   storage                                etcd.ts commits, the registries write to objects/
//   watchers                               objects/watch.ts

import type {Time} from '../engine/time.ts';
import type {Store} from '../objects/store.ts';
import {
  defaultTolerationSeconds,
  type TolerationSeconds,
  usualTolerationSeconds,
} from './admission/default-toleration-seconds.ts';
import {limitRanger} from './admission/limit-ranger.ts';
import {namespaceLifecycle} from './admission/namespace-lifecycle.ts';
import type {AdmissionPlugin} from './admission/plugin.ts';
import {priority} from './admission/priority.ts';
import {resourceQuota} from './admission/resource-quota.ts';

export function admissionPlugins(
  store: Store,
  clock: {readonly now: Time},
  seconds: TolerationSeconds = usualTolerationSeconds,
): readonly AdmissionPlugin[] {
  return [
    namespaceLifecycle(store),
    limitRanger(store),
    priority(store),
    defaultTolerationSeconds(seconds),
    resourceQuota(store, clock),
  ];
}
