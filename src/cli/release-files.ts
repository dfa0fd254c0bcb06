/** Reads one named file of a release: never waits for a pipe, and says the true size of one that is too large. */
import { statSync } from 'node:fs';
import { largestFile } from '../newsroom/release-reading/index.ts';
import { readRegularFile, UnreadableFile } from '../platform/regular-file.ts';
import type { InputFile } from './files.ts';

/** The bytes, or why there are none, as the end of a sentence. */
export type ReleaseBytes = { readonly bytes: Buffer } | { readonly problem: string };

const count = (bytes: number): string => `${bytes.toLocaleString('en-GB')} bytes`;

export function readReleaseFile({ path, missing }: InputFile): ReleaseBytes {
  if (missing) return { problem: missing };
  try {
    const { size } = statSync(path, { throwIfNoEntry: false }) ?? { size: 0 };
    // A file can grow while it is read: one byte more than the limit shows that it is too large.
    const bytes = size > largestFile ? undefined : readRegularFile(path, largestFile + 1);
    if (bytes && bytes.length <= largestFile) return { bytes };
    const has = bytes ? `more than ${count(largestFile)}` : count(size);
    return { problem: `the file has ${has}, and at most ${count(largestFile)} are read` };
  } catch (error) {
    if (error instanceof UnreadableFile) return { problem: error.problem };
    throw error;
  }
}
