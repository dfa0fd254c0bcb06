/** `safelight agency export`: all records of one agency as plain files, encrypted to the key that it gave. */
import { resolve } from 'node:path';
import { access } from '../../app.ts';
import type { StoreName } from '../../platform/access-policy/access.ts';
import { createLogRow, type LogDetails, LookWriter } from '../../platform/audit-hook/audit.ts';
import { type BackupAddresses, formatSize } from '../../platform/backup/index.ts';
import { ceilingRefusals, isWithinCeiling } from '../../platform/exports/export-ceilings.ts';
import { FilesFolder, readRecipient, sealForRecipient } from '../../platform/files/index.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Work } from '../../platform/http/request.ts';
import type { Runtime } from '../../platform/start.ts';
import { safelightVersion } from '../../platform/version.ts';
import { actAsMember } from '../acting.ts';
import {
  type ExitCode,
  exitCodes,
  getTextOption,
  type ParsedArguments,
  Refusal,
  type Terminal,
  usageError,
  withRuntime,
} from '../command.ts';
import { writeWholeFile } from '../leaving/whole-file.ts';
import { type Contents, type TableTaken, writeExport } from '../leaving/write-export.ts';
import { refuseFaults } from './backup/shared.ts';
import { openBackupSource } from './backup/source.ts';

const event = 'records of the agency exported';

type Wanted = { readonly email: string; readonly reason: string; readonly path: string; readonly recipient: string };

export async function exportAgency(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const wanted: Wanted = {
    email: getTextOption(given, 'as', 'Say who takes the records along, with --as EMAIL: a data-protection lead.'),
    reason: getTextOption(given, 'reason', 'Say why they leave, with --reason WORDS: the access log keeps it.'),
    path: resolve(terminal.folder, getTextOption(given, 'to', 'Name the file to write, with --to FILE.')),
    recipient: await readKey(getTextOption(given, 'recipient', missingKey)),
  };
  return withRuntime(terminal, async (runtime) => {
    const source = await openBackupSource(runtime.config);
    try {
      return report(terminal, wanted, await refuseFaults(() => exportAs(runtime, wanted, source.addresses, terminal)));
    } finally {
      await source.stop();
    }
  });
}

const missingKey = 'Name who can open the file, with --recipient and an age public key. age-keygen makes one.';

async function readKey(typed: string): Promise<string> {
  const read = await readRecipient(typed);
  if (read.ok) return read.value;
  if (read.refusal === 'a secret key')
    throw usageError('That is a secret key. Treat it as seen, make a new one, and give its public key (age1…).');
  throw usageError('The recipient is not one age public key. It begins with age1.');
}

export type Exported = { readonly contents: Contents; readonly bytes: number; readonly sha256: string };

/** Acts in the member’s name: what the roles do not allow is refused, and the log names the member for every record. */
export const exportAs = (
  runtime: Runtime,
  { email, reason, path, recipient }: Wanted,
  addresses: BackupAddresses,
  terminal: Pick<Terminal, 'redraw' | 'stopped'>,
): Promise<Exported> =>
  actAsMember(runtime, email, async ({ begin }) => {
    const main = await begin('agency export.make').catch(refuseOthers);
    const { agencyId, agencyName, side } = main.actor ?? {};
    if (!agencyId || !agencyName || !side) throw new Error('unreachable: an action of a member has an actor');
    const help = side === 'help' ? await begin('help agency export.make') : undefined;
    const works: Partial<Record<StoreName, Work>> = { main, ...(help && { safeguarding: help }) };
    const details = {
      kind: 'disclosure',
      recipient: agencyId,
      reason: `${reason} (encrypted to ${recipient})`,
    } as const;
    for (const work of Object.values(works)) await settleAllowed(work, runtime, { ...details, owner: agencyId });
    const looks = new LookWriter(runtime.databases);
    let contents: Contents | undefined;
    let size = 0;
    const archive = writeExport({
      policy: access.policy,
      agency: { id: agencyId, name: agencyName, side },
      sources: {
        main: { address: addresses.main, requestId: main.id },
        ...(help && { safeguarding: { address: addresses.safeguarding, requestId: help.id } }),
      },
      keys: runtime.keys,
      files: new FilesFolder(runtime.config.filesFolder),
      safelight: safelightVersion,
      now: main.now,
      log: async (store, { name, ownersDiffer }, ids) => {
        if (terminal.stopped.aborted) throw new Refusal('Stopped. No file was written.', exitCodes.stopped);
        const { now, action, actor, id: requestId } = works[store] ?? main;
        const shown = { fields: [name], returned: ids, ...(!ownersDiffer && { owner: agencyId }) };
        const who = { now, action, actor, requestId };
        await looks.write(store, [createLogRow(who, event, null, 'disclosure', { ...details, ...shown })]);
      },
      heard: (bytes) => {
        size += bytes;
        terminal.redraw?.(formatSize(size));
      },
      done: (all) => {
        contents = all;
      },
    });
    const written = await writeWholeFile(
      path,
      sealForRecipient(recipient, () => archive),
    );
    if (!contents) throw new Error('unreachable: a whole archive has its contents');
    return { contents, ...written };
  });

function refuseOthers(error: unknown): never {
  if (error instanceof Problem && error.kind === 'forbidden')
    throw new Refusal('This member’s roles do not allow that: name a data-protection lead of the agency.');
  throw error;
}

/** Writes down that the export begins, or that it was refused. */
async function settleAllowed(
  work: Work,
  { config }: Runtime,
  details: LogDetails & { readonly owner: string },
): Promise<void> {
  const allowed = isWithinCeiling('export', work.marking, work.actor, config.ceilings, work.action.name);
  if (allowed) work.look(event, details.owner, details);
  else work.refuse('export refused');
  await work.settle();
  if (!allowed) throw new Refusal(ceilingRefusals.export(work.marking));
}

function report(
  { printLine, tell, redraw }: Terminal,
  { path, recipient }: Wanted,
  { contents: { agency, tables }, bytes, sha256 }: Exported,
): ExitCode {
  redraw?.('');
  const sum = (of: (table: TableTaken) => number): number => tables.reduce((all, table) => all + of(table), 0);
  printLine(path);
  printLine(`  of ${agency.name}, encrypted to ${recipient}`);
  printLine(`  ${formatSize(bytes)}, SHA-256 ${sha256}`);
  printLine(
    `  ${sum(({ rows }) => rows)} rows of ${tables.filter(({ rows }) => rows > 0).length} tables, ${sum(({ files }) => files)} files`,
  );
  const erased = sum((table) => table.erased);
  if (erased > 0) printLine(`  ${erased} rows and copies were erased before, and stay closed`);
  printLine(
    'The agency opens it with age and tar, and compares the digest: age --decrypt --identity KEYFILE FILE | tar x',
  );
  const notCleaned = sum((table) => table.notCleaned);
  if (notCleaned > 0)
    tell(
      `${notCleaned} files of reports are not in it, because no clean copy was made. Open them on their pages, and export again.`,
    );
  const faults = tables.flatMap(({ table, closed, missing }) => [
    ...(closed > 0 ? [`${closed} values or copies of ${table} do not open.`] : []),
    ...(missing > 0 ? [`${missing} copies of ${table} are not in the store of files.`] : []),
  ]);
  for (const fault of faults) tell(fault);
  if (faults.length === 0) return exitCodes.done;
  tell(
    'Do not shut anything down yet. Look at the settings of the keys, their halves and the files (safelight doctor), and export again.',
  );
  return exitCodes.someBad;
}
