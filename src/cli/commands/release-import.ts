/** `safelight release import`: many files into the archive, in batches; a bad one is named and the rest go on. */
import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import {
  addImportedReleases,
  badFileFinding,
  type FileFinding,
  type FileRead,
  findByDigests,
  findingText,
  type ImportedReleaseId,
  openReader,
} from '../../newsroom/imported-releases/index.ts';
import { createLogRow, writeLog } from '../../platform/audit-hook/audit.ts';
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
import { readReleaseFile } from '../release-files.ts';

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
        onBad: (bad) => progress.tell(failureText(bad)),
        onFinding: (name, finding) =>
          progress.tell(failureText({ name, line: finding.line, words: findingText(finding) })),
        onKept: ({ id, name, isNew }) =>
          terminal.printLine(toOneLine(`${id}  ${name}${isNew ? '' : ', already there'}`)),
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

/** `words` end with a full stop. */
export type ImportFailure = { readonly name: string; readonly line: number | null; readonly words: string };
export type Summary = { readonly imported: number; readonly already: number; readonly bad: number };
/** A file that the archive has, from now on or from before. */
type Kept = { readonly id: ImportedReleaseId; readonly name: string; readonly isNew: boolean };
type ImportOptions = {
  readonly stopped: AbortSignal;
  readonly onBad: (bad: ImportFailure) => void;
  readonly onRead: (done: number) => void;
  /** What an editor should put right in a file that is imported all the same. */
  readonly onFinding?: (name: string, finding: FileFinding) => void;
  readonly onKept?: (kept: Kept) => void;
};
type NamedFile = { readonly name: string; readonly file: FileRead };

const failureText = ({ name, line, words }: ImportFailure): string =>
  toOneLine(`${name}${line ? `, line ${line}` : ''}: ${words}`);

const batchSize = 50;

/** Reads and keeps them, fifty a transaction with their log rows. The next are read while the last are written. */
export async function importFiles(
  files: readonly InputFile[],
  acting: MemberSession,
  { stopped, onBad, onRead, onFinding, onKept }: ImportOptions,
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
    const good: NamedFile[] = [];
    for (const { name, ...file } of batch) {
      const found = readOne({ name, ...file }, read);
      if ('words' in found) countFailure(found);
      else {
        good.push({ name, file: found });
        for (const finding of found.findings) if (finding.atImport) onFinding?.(name, finding);
      }
      await setImmediate(); // The batch before is being written meanwhile.
    }
    await writing;
    writing = saveFiles(acting, good, countFailure).then((saved) => {
      for (const kept of saved) {
        sum[kept.isNew ? 'imported' : 'already'] += 1;
        onKept?.(kept);
      }
      onRead(from + batch.length);
    });
    writing.catch(() => {}); // Heard when it is waited for.
  }
  await writing;
  return sum;
}

function readOne(input: InputFile, read: Awaited<ReturnType<typeof openReader>>): FileRead | ImportFailure {
  const { name, path } = input;
  const got = readReleaseFile(input);
  if ('problem' in got) return { name, line: null, words: `${got.problem}.` };
  const reading = read(got.bytes, basename(path));
  return reading.ok ? reading.value : { name, line: reading.line, words: findingText(badFileFinding(reading)) };
}

/** What a value itself is to blame for, and no state of the database. */
const valueErrorCodes = /^(?:22|23514|54)/;

/** One transaction for all; where the database refuses a value, one for each, so that one file does not undo the others. */
async function saveFiles(
  acting: MemberSession,
  files: readonly NamedFile[],
  isBad: (bad: ImportFailure) => void,
): Promise<Kept[]> {
  try {
    return await saveBatch(acting, files);
  } catch (error) {
    const { code = '' } = error as { code?: string };
    if (!valueErrorCodes.test(code)) throw error;
    const [only] = files;
    if (files.length === 1 && only) {
      isBad({ name: only.name, line: null, words: `the database cannot hold it (${code}).` });
      return [];
    }
    const saved: Kept[] = [];
    for (const file of files) saved.push(...(await saveFiles(acting, [file], isBad)));
    return saved;
  }
}

async function saveBatch(acting: MemberSession, files: readonly NamedFile[]): Promise<Kept[]> {
  if (files.length === 0) return [];
  const work = await acting.begin('imported release.import');
  const { actor, action, id: requestId, now } = work;
  if (!actor) throw new Error('unreachable: nobody begins without a session');
  const who = { agencyId: actor.agencyId as AgencyId, importedBy: actor.memberId as MemberId, importedAt: now };
  const kept = await work.change(
    'cuttings imported',
    null,
    async (tx) => {
      const added = await addImportedReleases(
        tx,
        files.map(({ file }) => file),
        who,
      );
      const ids = added.filter((id) => id !== undefined);
      if (ids.length === 0) return refuse('nothing new');
      const rows = ids.map((id) =>
        createLogRow({ now, action, actor, requestId }, 'imported release imported', id, 'collection'),
      );
      await writeLog(tx, rows);
      return accept(added);
    },
    { kind: 'collection', reason: 'at the command line' },
  );
  const added = kept.ok ? kept.value : files.map(() => undefined);
  const there = await findThere(
    acting,
    files.filter((_, index) => !added[index]).map(({ file }) => file.digest),
  );
  return files.flatMap(({ name, file }, index) => {
    const id = added[index] ?? there.get(file.digest);
    return id ? [{ id, name, isNew: added[index] !== undefined }] : [];
  });
}

/** Ids of what the agency had before, by its bytes. */
async function findThere(
  acting: MemberSession,
  digests: readonly string[],
): Promise<ReadonlyMap<string, ImportedReleaseId>> {
  if (digests.length === 0) return new Map();
  const reading = await acting.begin('imported release.read');
  try {
    const found = await findByDigests(reading.db, digests);
    return new Map(found.map(({ id, digest }) => [digest, id]));
  } finally {
    await reading.settle();
  }
}
