// A user's plugin as the scheduler calls it: what it throws is told under its own name. Orrery's
// own plugins are called as they are.

import type {Plugin} from './framework.ts';
import {StrategyError} from './strategy-error.ts';

const methods = [
  'preEnqueue',
  'less',
  'preFilter',
  'addPod',
  'removePod',
  'filter',
  'postFilter',
  'scoresNothing',
  'preScore',
  'score',
  'normalizeScores',
  'pick',
  'chooseDevices',
  'reserve',
  'unreserve',
  'permit',
  'preBind',
  'bind',
  'postBind',
  'save',
  'restore',
] as const satisfies readonly (keyof Plugin)[];

type Method = (...given: never[]) => unknown;

export function guardedPlugin(name: string, plugin: Plugin): Plugin {
  const guarded: Record<string, unknown> = {
    reads: plugin.reads,
    ties: plugin.ties,
    keepsHighest: plugin.keepsHighest,
    requeueOn: plugin.requeueOn,
  };
  for (const method of methods) {
    const own = plugin[method] as Method | undefined;
    if (own === undefined) continue;
    guarded[method] = (...given: never[]): unknown => {
      try {
        return own.apply(plugin, given);
      } catch (cause) {
        throw new StrategyError(`plugin ${name} failed in ${method}: ${reason(cause)}`, {cause});
      }
    };
  }
  return guarded as Plugin;
}

function reason(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
