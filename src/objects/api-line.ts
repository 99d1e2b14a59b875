// The connection of a component's process to an API server. While it is not open, the component's
// requests wait and its watches are silent. The control plane implements it.

import type {Signal} from '../engine/signal.ts';

export type ApiLine = {
  readonly open: boolean;
  readonly lost: Signal<[]>;
  readonly found: Signal<[]>;
};
