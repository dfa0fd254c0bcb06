/** Reads files that somebody names: never waits for a pipe, never takes what a device or a socket gives. */
import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';

export type FileProblem =
  | 'there is no such file'
  | 'this user may not read it'
  | 'this is not a file'
  | `it cannot be read (${string})`;

/** Thrown with a problem that reads as the end of a sentence. */
export class UnreadableFile extends Error {
  readonly problem: FileProblem;

  constructor(problem: FileProblem) {
    super(problem);
    this.problem = problem;
  }
}

const problems: Readonly<Record<string, FileProblem>> = {
  ENOENT: 'there is no such file',
  ENOTDIR: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'this is not a file',
  ENXIO: 'this is not a file',
};

/**
 * The bytes of a regular file, at most so many. Throws `UnreadableFile` for anything else, at once: a device is not
 * opened where it is seen first, and what is put in its place meanwhile is opened without waiting and looked at again.
 */
export function readRegularFile(path: string, most = Number.POSITIVE_INFINITY): Buffer {
  try {
    refuseOthers(statSync(path));
    // A platform without the flag has no pipes in its file system.
    const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0));
    try {
      refuseOthers(fstatSync(file));
      return readUpTo(file, most);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    if (error instanceof UnreadableFile) throw error;
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new UnreadableFile(problems[code] ?? `it cannot be read (${code})`);
  }
}

function refuseOthers(stat: { readonly isFile: () => boolean }): void {
  if (!stat.isFile()) throw new UnreadableFile('this is not a file');
}

const pieceBytes = 64 * 1024;

/** To its end, whatever size it had when it was opened. */
function readUpTo(file: number, most: number): Buffer {
  const pieces: Buffer[] = [];
  for (let left = most; left > 0; ) {
    const piece = Buffer.allocUnsafe(Math.min(left, pieceBytes));
    const read = readSync(file, piece, 0, piece.length, null);
    if (read === 0) break;
    pieces.push(piece.subarray(0, read));
    left -= read;
  }
  return Buffer.concat(pieces);
}
