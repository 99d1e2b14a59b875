// How many bytes a value takes as JSON, without writing it out. Maps and sets count as the objects
// and lists that they stand for.

export function jsonBytes(value: unknown): number {
  if (typeof value === 'string') return textBytes(value);
  if (typeof value !== 'object' || value === null) return String(value).length;
  if (Array.isArray(value) || value instanceof Set) return listBytes(value);
  return objectBytes(value instanceof Map ? value : Object.entries(value));
}

function listBytes(values: Iterable<unknown>): number {
  let bytes = 0;
  for (const value of values) bytes += 1 + jsonBytes(value ?? null);
  return Math.max(2, bytes + 1);
}

function objectBytes(entries: Iterable<readonly [unknown, unknown]>): number {
  let bytes = 0;
  for (const [key, value] of entries) {
    if (value !== undefined) bytes += textBytes(String(key)) + jsonBytes(value) + 2;
  }
  return Math.max(2, bytes + 1);
}

/** In UTF-8, with quotes and what has to be escaped. */
function textBytes(text: string): number {
  let bytes = text.length + 2;
  for (let i = 0; i < text.length; i++) bytes += moreThanOne(text.charCodeAt(i));
  return bytes;
}

/** Of a unit of UTF-16; one half of a pair is two of four bytes. */
function moreThanOne(unit: number): number {
  if (unit === 0x22 || unit === 0x5c) return 1;
  if (unit < 0x20) return unit === 0x0a || unit === 0x0d || unit === 0x09 ? 1 : shortOrLong(unit);
  if (unit < 0x80) return 0;
  if (unit < 0x800 || (unit >= 0xd800 && unit < 0xe000)) return 1;
  return 2;
}

/** `\b` and `\f` against `\u0001`. */
function shortOrLong(unit: number): number {
  return unit === 0x08 || unit === 0x0c ? 1 : 5;
}
