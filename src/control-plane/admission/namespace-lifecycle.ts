// Nothing new comes into a namespace that is being deleted, or that has been
// (plugin/pkg/admission/namespace/lifecycle). One that nobody ever made is as good as made: objects
// may name it without there being an object for it.

import type {Store} from '../../objects/store.ts';
import type {AdmissionPlugin} from './plugin.ts';

/** The API server refuses to delete them. */
export const immortalNamespaces: ReadonlySet<string> = new Set([
  'default',
  'kube-public',
  'kube-system',
]);

export function namespaceRefusal({namespaces}: Store, name: string): string | undefined {
  const id = namespaces.id(name);
  if (id !== undefined) {
    if (namespaces.get(id)?.terminating !== true) return undefined;
    return `unable to create new content in namespace ${name} because it is being terminated`;
  }
  for (let other = 0; other < namespaces.length; other++) {
    if (namespaces.nameOf(other) === name) return `namespaces "${name}" not found`;
  }
  return undefined;
}

export function namespaceLifecycle(store: Store): AdmissionPlugin {
  return {
    name: 'NamespaceLifecycle',
    revision: () => store.namespaces.log.end,
    review: pod => {
      const refused = namespaceRefusal(store, pod.template.namespace);
      return refused === undefined ? pod : {refused};
    },
  };
}
