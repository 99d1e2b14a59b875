// Parts a scenario file into its first document, the scenario, and the Kubernetes objects behind
// it. A line that begins with `---` or `...` ends a document wherever it stands, in a block scalar
// too.

export type Parts = {
  readonly scenario: string;
  readonly rest: string;
  /** The line, from 1, on which the rest begins. */
  readonly restLine: number;
};

export function firstDocument(text: string): Parts {
  for (const {index} of text.matchAll(marker)) {
    const before = text.slice(0, index);
    if (hasNoContent(before)) continue;
    return {scenario: before, rest: text.slice(index), restLine: before.split('\n').length};
  }
  return {scenario: text, rest: '', restLine: 1};
}

function hasNoContent(text: string): boolean {
  return text.split('\n').every(line => commentOrDirective.test(line));
}

// With the flag m, ^ would match behind U+2028 too, which breaks no line of YAML.
const marker = /(?<=^|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g;
const commentOrDirective = /^\s*([#%].*)?$/s;
