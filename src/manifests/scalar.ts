// What a plain YAML scalar means to kubectl, whose parser (sigs.k8s.io/yaml, after go-yaml 2) reads
// YAML 1.1 with habits of its own: y, n, on and off are booleans, 010 is octal, 1_000 a number, 1e3
// a float, but 10:30 and dates stay text. Both of our parsers resolve scalars here, so that they
// agree.

/** The value, or the text itself where the scalar is a plain text. */
export function scalarValue(text: string): string | number | boolean | null {
  if (text.length > longestSpecial) return text;
  switch (firstChar(text)) {
    case 'word':
      return words.has(text) ? (words.get(text) as boolean | null) : text;
    case 'number':
      return numberValue(text);
    default:
      return text;
  }
}

/** Long digits are read as numbers too, but nothing near a thousand characters is meant as one. */
const longestSpecial = 400;

function firstChar(text: string): 'word' | 'number' | 'text' {
  const code = text.charCodeAt(0);
  if ((code >= 48 && code <= 57) || code === 43 || code === 45 || code === 46) return 'number';
  return text.length <= 5 ? 'word' : 'text';
}

function numberValue(text: string): string | number {
  if (special.has(text)) return special.get(text) as number;
  const last = text.charCodeAt(text.length - 1);
  const hex = text.charCodeAt(1) === 120 || text.charCodeAt(2) === 120;
  if (!hex && (last < 46 || (last > 57 && last !== 95))) return text;
  const plain = text.replaceAll('_', '');
  if (decimal.test(plain)) return Number(plain);
  const based = based8or16or2.exec(plain);
  // 010 is octal, but 08, which cannot be, is a float.
  if (based === null) return float.test(plain) ? Number(plain) : text;
  const [, sign, digits] = based;
  const value = Number(/^0[0-7]+$/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  return sign === '-' ? -value : value;
}

const decimal = /^[+-]?(?:0|[1-9]\d*)$/;
const float = /^[+-]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][+-]?\d+)?$/;
const based8or16or2 = /^([+-]?)(0[0-7]+|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+)$/;

const spellings = (word: string) => {
  const capital = word[0].toUpperCase() + word.slice(1);
  return [word, capital, word.toUpperCase()];
};

const words: ReadonlyMap<string, boolean | null> = new Map([
  ...['y', 'yes', 'true', 'on'].flatMap(spellings).map((word): [string, boolean] => [word, true]),
  ...['n', 'no', 'false', 'off'].flatMap(spellings).map((word): [string, boolean] => [word, false]),
  ...['', '~', ...spellings('null')].map((word): [string, null] => [word, null]),
]);

const infinity = ['.inf', '.Inf', '.INF'];
const special: ReadonlyMap<string, number> = new Map([
  ...['.nan', '.NaN', '.NAN'].map((word): [string, number] => [word, Number.NaN]),
  ...infinity.flatMap((word): [string, number][] => [
    [word, Infinity],
    [`+${word}`, Infinity],
    [`-${word}`, -Infinity],
  ]),
]);
