// An offending value as a message shows it: short, on one line, whatever it is.

export function show(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'bigint' || typeof value === 'number') return String(value);
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) {
    return Object.keys(value).length === 0 ? 'an empty map' : 'a map';
  }
  if (typeof value !== 'string') return String(value);
  const text = value.length > longest ? `${value.slice(0, longest)}…` : value;
  return JSON.stringify(text);
}

const longest = 60;
