/** `safelight release import`: many files into the archive, in batches; a bad one is named and the rest go on. */
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { addImportedReleases, badFileText, type FileRead, openReader } from '../../newsroom/imported-releases/index.ts';
import { largestFile } from '../../newsroom/release-reading/index.ts';
import { createLogRow, writeLog } from '../../platform/audit-hook/audit.ts';
import { readRegularFile, UnreadableFile } from '../../platform/regular-file.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { plural } from '../../vocabulary/languages/english.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { actAsMember, type MemberSession } from '../acting.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  type ParsedArguments,
  stoppedRefusal,
  type Terminal,
  toOneLine,
  usageError,
  withRuntime,
} from '../command.ts';
import { type InputFile, listInputFiles } from '../files.ts';
import { openProgress } from '../progress.ts';

export async function runReleaseImport(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  if (given.rest.length === 0)
    throw usageError('Name a file, a folder or a pattern. See safelight release import --help.');
  const email = getTextOption(
    given,
    'as',
    'Say who imports them, with --as EMAIL. See safelight release import --help.',
  );
  const files = listInputFiles(given.rest, terminal.folder);
  // Reports that there is nothing to read before a database is opened.
  if (files.every(({ missing }) => missing))
    throw usageError(files.map(({ name, missing }) => `${name}: ${missing}.`).join(' '));
  return withRuntime(terminal, (opened) =>
    actAsMember(opened, email, async (acting) => {
      await (await acting.begin('imported release.import')).endReading(); // Refuses a member without the right before anything is read.
      const progress = openProgress(files.length, terminal);
      const { imported, already, bad } = await importFiles(files, acting, {
        stopped: terminal.stopped,
        onBad: ({ name, line, words }) => progress.tell(toOneLine(`${name}${line ? `, line ${line}` : ''}: ${words}.`)),
        onRead: progress.update,
      }).finally(progress.end);
      const count = (number: number): string => number.toLocaleString('en-GB');
      const read = imported + already + bad;
      const of = read < files.length ? ` of ${count(files.length)}` : '';
      terminal.printLine(
        `${count(read)}${of} ${plural(files.length, 'file')}: ${count(imported)} imported, ${count(already)} already there, ${count(bad)} bad.`,
      );
      if (terminal.stopped.aborted) throw stoppedRefusal;
      return bad > 0 ? exitCodes.someBad : exitCodes.done;
    }),
  );
}

export type ImportFailure = { readonly name: string; readonly line: number | null; readonly words: string };
export type Summary = { readonly imported: number; readonly already: number; readonly bad: number };
type ImportOptions = {
  readonly stopped: AbortSignal;
  readonly onBad: (bad: ImportFailure) => void;
  readonly onRead: (done: number) => void;
};

const batchSize = 50;

/** Reads and keeps them, fifty a transaction with their log rows. The next are read while the last are written. */
export async function importFiles(
  files: readonly InputFile[],
  acting: MemberSession,
  { stopped, onBad, onRead }: ImportOptions,
): Promise<Summary> {
  const read = await openReader();
  const sum = { imported: 0, already: 0, bad: 0 };
  const countFailure = (bad: ImportFailure): void => {
    sum.bad += 1;
    onBad(bad);
  };
  let writing: Promise<void> = Promise.resolve();
  for (let from = 0; from < files.length && !stopped.aborted; from += batchSize) {
    const batch = files.slice(from, from + batchSize);
    const good: FileRead[] = [];
    for (const file of batch) {
      const found = readOne(file, read);
      if ('words' in found) countFailure(found);
      else good.push(found);
      await setImmediate(); // The batch before is being written meanwhile.
    }
    await writing;
    writing = saveFiles(acting, good, countFailure).then(({ imported, already }) => {
      sum.imported += imported;
      sum.already += already;
      onRead(from + batch.length);
    });
    writing.catch(() => {}); // Heard when it is waited for.
  }
  await writing;
  return sum;
}

function readOne(
  { path, name, missing }: InputFile,
  read: Awaited<ReturnType<typeof openReader>>,
): FileRead | ImportFailure {
  if (missing) return { name, line: null, words: missing };
  try {
    // One byte more than the largest release, so that a larger one is known.
    const reading = read(readRegularFile(path, largestFile + 1), basename(path));
    return reading.ok ? reading.value : { name, line: reading.line, words: badFileText(reading) };
  } catch (error) {
    if (error instanceof UnreadableFile) return { name, line: null, words: error.problem };
    throw error;
  }
}

/** What a value itself is to blame for, and no state of the database. */
const valueErrorCodes = /^(?:22|23514|54)/;

/** One transaction for all; where the database refuses a value, one for each, so that one file does not undo the others. */
async function saveFiles(
  acting: MemberSession,
  files: readonly FileRead[],
  isBad: (bad: ImportFailure) => void,
): Promise<Omit<Summary, 'bad'>> {
  try {
    return await saveBatch(acting, files);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!valueErrorCodes.test(code)) throw error;
    const [only] = files;
    if (files.length === 1 && only) {
      isBad({ name: only.fileName, line: null, words: `the database cannot hold it (${code})` });
      return { imported: 0, already: 0 };
    }
    const sum = { imported: 0, already: 0 };
    for (const file of files) {
      const { imported, already } = await saveFiles(acting, [file], isBad);
      sum.imported += imported;
      sum.already += already;
    }
    return sum;
  }
}

async function saveBatch(acting: MemberSession, files: readonly FileRead[]): Promise<Omit<Summary, 'bad'>> {
  if (files.length === 0) return { imported: 0, already: 0 };
  const work = await acting.begin('imported release.import');
  const { actor, action, id: requestId, now } = work;
  if (!actor) throw new Error('unreachable: nobody begins without a session');
  const who = { agencyId: actor.agencyId as AgencyId, importedBy: actor.memberId as MemberId, importedAt: now };
  const kept = await work.change(
    'cuttings imported',
    null,
    async (tx) => {
      const added = (await addImportedReleases(tx, files, who)).filter((id) => id !== undefined);
      if (added.length === 0) return refuse('nothing new');
      const rows = added.map((id) =>
        createLogRow({ now, action, actor, requestId }, 'imported release imported', id, 'collection'),
      );
      await writeLog(tx, rows);
      return accept(added.length);
    },
    { kind: 'collection', reason: 'at the command line' },
  );
  const imported = kept.ok ? kept.value : 0;
  return { imported, already: files.length - imported };
}
