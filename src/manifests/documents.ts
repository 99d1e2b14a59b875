// Cuts a file into its YAML documents. A line that starts with `---` or `...` ends a document
// wherever it stands, inside a quoted or block scalar too (YAML 1.2, c-forbidden), so looking for
// it suffices.

export type DocumentText = {
  readonly text: string;
  /** The line, from 1, on which the text begins. */
  readonly line: number;
};

export function* documentsIn(text: string): Generator<DocumentText> {
  const marker = /(?:^|\n)(---|\.\.\.)(?=[ \t\r\n]|$)/g;
  let start = 0;
  let line = 1;
  let directives = false;
  for (let match = marker.exec(text); match !== null; match = marker.exec(text)) {
    const at = match.index + match[0].length - 3;
    const piece = text.slice(start, at);
    // `%TAG` and the like belong to the document after the `---` that ends them.
    directives = !directives && onlyDirectives(piece);
    if (directives) continue;
    if (piece !== '') yield {text: piece, line};
    const next = match[1] === '---' ? afterDashes(text, at) : nextLine(text, at);
    line += lineBreaks(text, start, next);
    start = next;
  }
  if (start < text.length) yield {text: text.slice(start), line};
}

/** The document may begin on the line of the dashes, as in `--- {kind: Pod}`. */
function afterDashes(text: string, at: number): number {
  const next = nextLine(text, at);
  return /^[ \t\r\n]*$/.test(text.slice(at + 3, next)) ? next : at;
}

function nextLine(text: string, at: number): number {
  const end = text.indexOf('\n', at);
  return end === -1 ? text.length : end + 1;
}

function lineBreaks(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) {
    count++;
  }
  return count;
}

function onlyDirectives(piece: string): boolean {
  if (!/^%/m.test(piece)) return false;
  return piece.split('\n').every(line => /^(?:%.*|[ \t\r]*(?:#.*)?)$/.test(line));
}
