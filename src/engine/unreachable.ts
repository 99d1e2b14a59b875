/** The end of a `switch` over a closed set: does not compile while a member is left out. */
export function unreachable(value: never): never {
  throw new Error(`unexpected ${String(value)}`);
}
