// `--set cluster.nodes[0].count=80`: any value of a scenario, given on the command line. Applied to
// the plain value before it is checked, so that a setting can be wrong in no other way than a file
// can.

import {type Problem, pathText} from '../options/problem.ts';
import {show} from '../options/show.ts';
import {type Path, readYaml} from './yaml-document.ts';

/** A value, and the command line option that gave it; `--set` says the path in its text. */
export type WantedSetting = {
  readonly option: string;
  readonly text: string;
  readonly path?: Path;
};

export type Setting = {
  /** As typed, for messages: `--set seed=2`. */
  readonly origin: string;
  readonly path: Path;
};

export type Settings = {
  readonly value: object;
  /** Those that could be applied, in order. */
  readonly applied: readonly Setting[];
  readonly problems: readonly Problem[];
};

/**
 * A document with the settings in it; the last one of a path counts. The given one stays as it is.
 */
export function applySettings(document: object, wanted: readonly WantedSetting[]): Settings {
  const root = {...document};
  const applied: Setting[] = [];
  const problems: Problem[] = [];
  for (const {option, text, path: given} of wanted) {
    const [path, value] = given === undefined ? parse(text) : [given, readValue(text)];
    const origin = `${option} ${text}`;
    const message =
      path === undefined ? value.wrong : (value.wrong ?? put(root, path, value.value));
    if (message !== undefined) problems.push(settingProblem(origin, message));
    else if (path !== undefined) applied.push({origin, path});
  }
  return {value: root, applied, problems};
}

export function settingProblem(origin: string, message: string, path?: string): Problem {
  return {file: origin, line: 0, column: 0, path, message, severity: 'error'};
}

/** The setting that gave the value at `path`, or the map or list around it. */
export function settingOf(path: Path, settings: readonly Setting[]): Setting | undefined {
  const covers = (setting: Setting) => setting.path.every((step, i) => step === path[i]);
  return settings.findLast(covers);
}

/** A setting of something inside `path`: where the file has no such path, the setting made it. */
export function settingWithin(path: Path, settings: readonly Setting[]): Setting | undefined {
  return settings.find(setting => path.every((step, i) => step === setting.path[i]));
}

type Value = {readonly value?: unknown; readonly wrong?: string};

function parse(text: string): [Path | undefined, Value] {
  const equals = text.indexOf('=');
  if (equals < 1) {
    return [undefined, {wrong: 'expected path=value, such as cluster.nodes[0].count=80'}];
  }
  const written = text.slice(0, equals);
  const path = parsePath(written);
  if (path !== undefined) return [path, readValue(text.slice(equals + 1))];
  return [
    undefined,
    {wrong: `expected a path such as cluster.nodes[0].count, got ${show(written)}`},
  ];
}

function readValue(text: string): Value {
  const {value = null, problems} = readYaml(text, '');
  return problems.length > 0 ? {wrong: problems[0].message} : {value};
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
    if (inside !== undefined && inside !== null && typeof inside !== 'object') {
      return `${pathText(path.slice(0, depth + 1))} is ${show(inside)}, nothing that has a ${show(path[depth + 1])}`;
    }
    define(container, step, copyOf(inside) ?? (typeof path[depth + 1] === 'number' ? [] : {}));
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

/** Aliases share what they stand for; only the one on the path is meant. */
function copyOf(inside: object | null | undefined): object | undefined {
  if (inside === undefined || inside === null) return undefined;
  return Array.isArray(inside) ? [...inside] : {...inside};
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
