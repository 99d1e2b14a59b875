// A user's mistake, or something the user should know, with its place. Problems are collected and
// reported all at once; nothing in `src/` throws because of what a file says.

export type Severity = 'error' | 'warning';

export type Problem = {
  readonly file: string;
  /** From 1, as editors count; 0 when the whole file is meant. */
  readonly line: number;
  readonly column: number;
  /** Where in the document, such as `spec.containers[0].image`; `undefined` for syntax. */
  readonly path: string | undefined;
  readonly message: string;
  readonly severity: Severity;
};

/** `shop.yaml:14:12: spec.replicas: expected a whole number, got "two"` */
export function formatProblem({file, line, column, path, message, severity}: Problem): string {
  const place = line === 0 ? file : `${file}:${line}:${column}`;
  const kind = severity === 'warning' ? 'warning: ' : '';
  return `${place}: ${kind}${path === undefined || path === '' ? '' : `${path}: `}${message}`;
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some(problem => problem.severity === 'error');
}

/** By place in the file; problems of one place keep the order in which they were found. */
export function inFileOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column);
}

/** `['spec', 'containers', 0, 'image']` as `spec.containers[0].image`. */
export function pathText(path: readonly PropertyKey[]): string {
  let text = '';
  for (const part of path) {
    if (typeof part === 'number') text += `[${part}]`;
    else if (/^[A-Za-z_$][\w$-]*$/.test(String(part))) text += `${text ? '.' : ''}${String(part)}`;
    else text += `[${JSON.stringify(String(part))}]`;
  }
  return text;
}
