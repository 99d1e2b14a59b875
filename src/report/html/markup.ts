// HTML by tagged templates. Whatever is put in is text, and escaped, unless it is markup itself: so
// a variant's name, which a user chose, cannot become part of the page.

export type Markup = {readonly markup: string};
type Part = Markup | readonly Markup[] | string | number | undefined;

export function markup(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let text = strings[0];
  for (const [index, part] of parts.entries()) text += written(part) + strings[index + 1];
  return {markup: text};
}

/** What is known to be safe: our own styles, scripts and numbers. */
export function trusted(text: string): Markup {
  return {markup: text};
}

/** Data for scripts; `<` cannot end the element that holds it, nor begin a comment. */
export function scriptJson(value: unknown): Markup {
  return trusted(JSON.stringify(value).replaceAll('<', '\\u003c'));
}

/** A library's source inside `<script>`; both forms mean the same inside its literals. */
export function scriptSource(source: string): Markup {
  return trusted(source.replace(/<\/script/gi, '<\\/script').replaceAll('<!--', '<\\!--'));
}

function written(part: Part): string {
  if (part === undefined) return '';
  if (typeof part === 'string') return escaped(part);
  if (typeof part === 'number') return String(part);
  if ('markup' in part) return part.markup;
  return part.map(({markup}) => markup).join('');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Other controls have no place in HTML, written out or not.
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, found => entities[found]).replace(/\p{Cc}/gu, control);
}

function control(found: string): string {
  return found === '\n' || found === '\t' ? found : '\ufffd';
}
