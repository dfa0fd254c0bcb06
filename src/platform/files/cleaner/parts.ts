/** The decoders of the cleaner, in WebAssembly. Each runs in its own instance and sees only the bytes it is given. In the bundle the modules are in the same folder. */
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { CleaningFailure } from '../copy.ts';

const require = createRequire(import.meta.url);

/** By the name under which a package offers it, and that of its file. */
export function readWasm(offered: string, file: string): Buffer {
  const beside = join(import.meta.dirname, file);
  return readFileSync(existsSync(beside) ? beside : require.resolve(offered));
}

export class CannotClean extends Error {
  readonly reason: CleaningFailure;

  constructor(reason: CleaningFailure) {
    super(reason);
    this.reason = reason;
  }
}
/** Red, green, blue, and how much of each lets through, a byte each. */
export type Pixels = { readonly width: number; readonly height: number; readonly data: Uint8Array };
