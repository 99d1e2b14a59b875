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
    if (onlyDirectives.test(before)) continue;
    return {scenario: before, rest: text.slice(index), restLine: before.split('\n').length};
  }
  return {scenario: text, rest: '', restLine: 1};
}

const marker = /^(---|\.\.\.)(?=[ \t\r\n]|$)/gm;
const onlyDirectives = /^\uFEFF?(\s*([#%].*)?(\r?\n|$))*$/;
