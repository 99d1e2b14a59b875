// Results could not be written, for a reason that the user can do something about. The message is a
// sentence; nothing is left behind.

export class CannotWrite extends Error {
  override readonly name = 'CannotWrite';
}

const remedies: ReadonlyMap<string, string> = new Map([
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['EACCES', 'permission denied; choose another folder with --out'],
  ['EPERM', 'permission denied; choose another folder with --out'],
  ['EROFS', 'the file system is read-only; choose another folder with --out'],
  ['ENOTDIR', 'a part of the path is a file, not a folder'],
  ['EEXIST', 'a part of the path is a file, not a folder'],
  ['ENAMETOOLONG', 'the name is too long'],
  ['EBUSY', 'the folder is in use'],
  ['EMFILE', 'too many files are open'],
  ['EFBIG', 'a file would be larger than the system allows'],
  ['EIO', 'the disk reports an error'],
]);

/** Runs `write`; what the file system refuses becomes a sentence about `folder`. */
export function tryToWrite<Result>(folder: string, write: () => Result): Result {
  try {
    return write();
  } catch (cause) {
    const code = codeOf(cause);
    if (code === undefined) throw cause;
    const reason = remedies.get(code) ?? `the system says ${code}`;
    throw new CannotWrite(`cannot write results to ${folder}: ${reason}`, {cause});
  }
}

function codeOf(cause: unknown): string | undefined {
  if (!(cause instanceof Error) || !('code' in cause) || !('syscall' in cause)) return undefined;
  return String(cause.code);
}
