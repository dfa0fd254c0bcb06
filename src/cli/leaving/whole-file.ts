/** Writes a file that is there whole or not at all. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Refusal } from '../command.ts';

/** A new 0600 file that has its name only when all of it is on the disk. Refuses to write over one. */
export async function writeWholeFile(
  path: string,
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ readonly bytes: number; readonly sha256: string }> {
  const unfinished = `${path}.unfinished`;
  const hash = createHash('sha256');
  let bytes = 0;
  refuseIfThere(path);
  const file = await open(unfinished, 'wx', 0o600).catch(explain(unfinished));
  try {
    await file.writeFile(
      (async function* () {
        for await (const piece of pieces) {
          hash.update(piece);
          bytes += piece.length;
          yield piece;
        }
      })(),
    );
    await file.sync();
    refuseIfThere(path);
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  await syncFolder(dirname(path));
  return { bytes, sha256: hash.digest('hex') };
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path);
  await folder.sync().finally(() => folder.close());
}

function refuseIfThere(path: string): void {
  if (existsSync(path)) throw new Refusal(`${path} is there already. Name a file that is not there yet.`);
}

const explain =
  (path: string) =>
  ({ code }: NodeJS.ErrnoException): never => {
    throw new Refusal(
      code === 'EEXIST'
        ? `${path} is there: another export writes it, or one broke off. In that case delete it, and try again.`
        : `${path} cannot be written (${code}). Name a file in a folder that is there and that you may write to.`,
    );
  };
