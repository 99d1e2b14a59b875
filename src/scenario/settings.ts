// `--set cluster.nodes[0].count=80`: any value of a scenario, given on the command line. Applied to the
// plain value before it is checked, so that a setting can be wrong in no other way than a file can.

import {isMap} from '../options/is-map.ts';
import {type Problem, pathText} from '../options/problem.ts';
import {show} from '../options/show.ts';
import {type Path, readYaml} from './yaml-document.ts';

export type Setting = {
  /** As typed, for messages. */
  readonly text: string;
  readonly path: Path;
};

export type Settings = {
  readonly value: unknown;
  /** Those that could be applied, in order. */
  readonly applied: readonly Setting[];
  readonly problems: readonly Problem[];
};

/** A copy of `document` with the settings in it; the last one of a path counts. */
export function applySettings(document: unknown, texts: readonly string[]): Settings {
  const root = structuredClone(document);
  const applied: Setting[] = [];
  const problems: Problem[] = [];
  for (const text of texts) {
    const message = isMap(root) ? applyOne(root, text, applied) : undefined;
    if (message !== undefined) problems.push(settingProblem(text, message));
  }
  return {value: root, applied, problems};
}

export function settingProblem(text: string, message: string, path?: string): Problem {
  return {file: `--set ${text}`, line: 0, column: 0, path, message, severity: 'error'};
}

/** The setting that gave the value at `path`, or the map or list around it. */
export function settingOf(path: Path, settings: readonly Setting[]): Setting | undefined {
  const covers = (setting: Setting) => setting.path.every((step, i) => step === path[i]);
  return settings.findLast(covers);
}

function applyOne(root: object, text: string, applied: Setting[]): string | undefined {
  const equals = text.indexOf('=');
  if (equals < 1) return 'expected path=value, such as cluster.nodes[0].count=80';
  const path = parsePath(text.slice(0, equals));
  if (path === undefined) {
    return `expected a path such as cluster.nodes[0].count, got ${show(text.slice(0, equals))}`;
  }
  const yaml = readYaml(text.slice(equals + 1), '--set');
  if (yaml.problems.length > 0) return yaml.problems[0].message;
  const message = put(root, path, yaml.value ?? null);
  if (message === undefined) applied.push({text, path});
  return message;
}

function parsePath(text: string): Path | undefined {
  if (!/^[^.[\]]+(\.[^.[\]]+|\[\d{1,9}\]|\["[^"]*"\])*$/.test(text)) return undefined;
  return [...text.matchAll(/\["([^"]*)"\]|\[(\d+)\]|([^.[\]]+)/g)].map(
    ([, quoted, index, key]) => quoted ?? (index === undefined ? key : Number(index)),
  );
}

type Container = Record<string | number, unknown>;

/** What is wrong with the path; a map or list that is not there yet is made. */
function put(root: object, path: Path, value: unknown): string | undefined {
  let container = root as Container;
  for (const [depth, step] of path.entries()) {
    const here = pathText(path.slice(0, depth));
    const mismatch = cannotHold(container, step, here);
    if (mismatch !== undefined) return mismatch;
    if (depth === path.length - 1) {
      define(container, step, value);
      return undefined;
    }
    const inside = Object.hasOwn(container, step) ? container[step] : undefined;
    if (inside === undefined || inside === null) {
      define(container, step, typeof path[depth + 1] === 'number' ? [] : {});
    } else if (typeof inside !== 'object') {
      return `${pathText(path.slice(0, depth + 1))} is ${show(inside)}, nothing that has a ${show(path[depth + 1])}`;
    }
    container = container[step] as Container;
  }
  return undefined;
}

function cannotHold(container: Container, step: string | number, here: string): string | undefined {
  if (!Array.isArray(container)) {
    if (typeof step === 'string') return undefined;
    return `${here} is a map, not a list; its keys: ${Object.keys(container).join(', ')}`;
  }
  if (typeof step === 'string') return `${here} is a list; write ${here}[0].${step}`;
  if (step <= container.length) return undefined;
  return `${here} has ${container.length} ${container.length === 1 ? 'entry' : 'entries'}; there is no ${here}[${step}]`;
}

// As a property of its own even where it is called __proto__.
function define(container: Container, step: string | number, value: unknown): void {
  Object.defineProperty(container, step, {
    value,
    writable: true,
    enumerable: true,
    configurable: true,
  });
}
