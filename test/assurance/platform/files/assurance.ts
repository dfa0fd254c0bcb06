/** `hostile files`: whatever comes, what staff are shown bears nothing but the picture, and no file takes more than its five seconds and its memory. */

import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { clean, maxMemory, maxSeconds } from '../../../../src/platform/files/clean.ts';
import type { WorkingCopyType } from '../../../../src/platform/files/copy.ts';
import { isCopyable } from '../../../../src/platform/files/file-kind.ts';
import { FilesFolder } from '../../../../src/platform/files/folder.ts';
import { newFileKey } from '../../../../src/platform/files/sealed-stream.ts';
import { chance, type Row } from '../../../harness/assurance.ts';
import { type Case, cases, type Hand, marker } from './material.ts';
import { foundIn, hasPerl } from './readers.ts';

type Came = { readonly made: Case; readonly how: string; readonly ms: number; readonly memory: number };

const endings: Record<WorkingCopyType, string> = {
  'image/jpeg': 'jpg',
  'image/png': 'png',
  'video/mp4': 'mp4',
  'video/webm': 'webm',
};
/** The watch looks every ten milliseconds, and the system needs a moment to end a process. */
const leeway = { ms: 1_000, memory: 64 * 1024 * 1024 };

export async function assureHostileFiles({ seed, quick }: { seed: number; quick: boolean }): Promise<Row[]> {
  const random = chance(seed);
  const below = (most: number): number => Math.floor(random() * most);
  const hand: Hand = { below, one: (values) => values[below(values.length)] as never };
  const root = await mkdtemp(join(tmpdir(), 'safelight-hostile-'));
  const folder = new FilesFolder(root, 0);
  const came: Came[] = [];
  const copies = new Map<string, Buffer>();
  const inOriginals = { carried: 0 };
  try {
    for await (const made of cases(hand, quick ? 60 : 500)) {
      if (made.bytes.includes(marker)) inOriginals.carried += 1;
      came.push(await oneThrough(folder, made, copies));
    }
  } finally {
    await rm(root, { recursive: true, force: true });
  }
  const perl = await hasPerl();
  const found = await foundIn(copies, perl);
  const marked = [...copies].filter(([, bytes]) => bytes.includes(marker));
  const [slowest, heaviest] = [Math.max(...came.map(({ ms }) => ms)), Math.max(...came.map(({ memory }) => memory))];
  const wrong = came.filter(({ made, how }) => !asExpected(made.expected, how));
  const howMany = (how: string) => came.filter((one) => one.how.startsWith(how)).length;
  return [
    {
      what: `${came.length} hostile files, read by exifr${perl ? ' and ExifTool' : ' (no Perl here, so not by ExifTool)'}`,
      figure: `${[...found.values()].flat().length} fields left in ${copies.size} clean pictures and films of ${howMany('copy')} files${[
        ...found,
      ]
        .slice(0, 5)
        .map(([file, fields]) => `; ${file}: ${fields.slice(0, 4).join(', ')}`)
        .join('')}`,
      passed: found.size === 0 && copies.size > 0,
    },
    {
      what: `a word that ${inOriginals.carried} of them carried in the open, looked for in every copy`,
      figure: `${marked.length} found${marked
        .map(([file]) => ` ${file}`)
        .slice(0, 5)
        .join()}`,
      passed: marked.length === 0 && inOriginals.carried > 0,
    },
    {
      what: 'came to what it should',
      figure: `${howMany('copy')} clean copies, ${howMany('refused')} refused at the door, ${howMany('no copy')} without a copy (${[...new Set(came.filter(({ how }) => how.startsWith('no copy')).map(({ how }) => how.slice(9)))].map((how) => `${how} ${howMany(`no copy: ${how}`)}`).join(', ')}); ${wrong.length} otherwise${wrong
        .slice(0, 5)
        .map(({ made, how }) => `; ${made.what}: ${how}`)
        .join('')}`,
      passed: wrong.length === 0,
    },
    {
      what: `limits of ${maxSeconds} s and ${maxMemory / 1024 / 1024} MiB`,
      figure: `the longest took ${(slowest / 1_000).toFixed(2)} s, the heaviest ${(heaviest / 1024 / 1024).toFixed(0)} MiB when it was looked at`,
      passed: slowest <= maxSeconds * 1_000 + leeway.ms && heaviest <= maxMemory + leeway.memory,
    },
  ];
}

/** As the public site reads it, and then as when staff open it. */
async function oneThrough(folder: FilesFolder, made: Case, copies: Map<string, Buffer>): Promise<Came> {
  const fileKey = { id: randomUUID(), key: await newFileKey(), side: 'as it came' } as const;
  const taken = await folder.receive(fileKey, Readable.from([made.bytes]), new Date(0));
  if (typeof taken === 'string') return { made, how: `refused: ${taken}`, ms: 0, memory: 0 };
  const bytes = await folder.open('police', fileKey);
  if (!bytes?.equals(made.bytes)) throw new Error(`${made.what} did not come back as it was sealed`);
  await folder.destroy(fileKey.id);
  if (!isCopyable(taken.kind)) return { made, how: `sealed as ${taken.kind}`, ms: 0, memory: 0 };
  let [ms, memory] = [0, 0];
  const copy = await clean(taken.kind, bytes, (took) => {
    ({ ms, memory } = took);
  });
  if (!copy.ok) return { made, how: `no copy: ${copy.refusal}`, ms, memory };
  for (const part of copy.value.parts) copies.set(`${copies.size}.${endings[copy.value.type]}`, Buffer.from(part));
  return { made, how: 'copy', ms, memory };
}

function asExpected(expected: Case['expected'], how: string): boolean {
  if (expected === 'any') return true;
  return expected === 'copy' ? how === 'copy' : how.startsWith(expected === 'no copy' ? 'no copy' : 'refused');
}
