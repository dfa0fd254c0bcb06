/** `safelight agency export`: all records of one agency as plain files, encrypted to the key that it gave. */
import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { access } from '../../app.ts';
import type { StoreName } from '../../platform/access-policy/access.ts';
import { createLogRow, LookWriter } from '../../platform/audit-hook/audit.ts';
import { type BackupAddresses, formatSize } from '../../platform/backup/index.ts';
import { ceilingRefusals, isWithinCeiling } from '../../platform/exports/export-ceilings.ts';
import { FilesFolder, readRecipient, sealForRecipient } from '../../platform/files/index.ts';
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
import { type Contents, writeExport } from '../leaving/write-export.ts';
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

/** Acts in the member’s name: what the roles do not allow is refused, and the log names the member for every record. */
export const exportAs = (
  runtime: Runtime,
  { email, reason, path, recipient }: Wanted,
  addresses: BackupAddresses,
  terminal: Pick<Terminal, 'redraw' | 'stopped'>,
): Promise<Contents> =>
  actAsMember(runtime, email, async ({ begin }) => {
    const main = await begin('agency export.make');
    const atHelp = main.actor?.side === 'help';
    const help = atHelp ? await begin('help agency export.make') : undefined;
    const works: Partial<Record<StoreName, Work>> = { main, ...(help && { safeguarding: help }) };
    const { agencyId, agencyName } = main.actor ?? {};
    if (!agencyId || !agencyName) throw new Error('unreachable: an action of a member has an actor');
    for (const work of Object.values(works)) await settleAllowed(work, runtime, { agencyId, reason });
    const looks = new LookWriter(runtime.databases);
    let contents: Contents | undefined;
    let size = 0;
    const archive = writeExport({
      policy: access.policy,
      agency: { id: agencyId, name: agencyName },
      addresses: { main: addresses.main, ...(help && { safeguarding: addresses.safeguarding }) },
      keys: runtime.keys,
      files: new FilesFolder(runtime.config.filesFolder),
      safelight: safelightVersion,
      now: main.now,
      log: async (store, table, ids) => {
        if (terminal.stopped.aborted) throw new Refusal('Stopped. No file was written.', exitCodes.stopped);
        const { now, action, actor, id: requestId } = works[store] ?? main;
        const details = { kind: 'disclosure', fields: [table], returned: ids, recipient: agencyId, reason } as const;
        const row = createLogRow({ now, action, actor, requestId }, event, null, 'disclosure', {
          ...details,
          owner: agencyId,
        });
        await looks.write(store, [row]);
      },
      heard: (bytes) => {
        size += bytes;
        terminal.redraw?.(formatSize(size));
      },
      done: (all) => {
        contents = all;
      },
    });
    await writeWhole(
      path,
      sealForRecipient(recipient, () => archive),
    );
    if (!contents) throw new Error('unreachable: a whole archive has its contents');
    return contents;
  });

/** Writes down that the export begins, or that it was refused. */
async function settleAllowed(
  work: Work,
  { config }: Runtime,
  { agencyId, reason }: { readonly agencyId: string; readonly reason: string },
): Promise<void> {
  const allowed = isWithinCeiling('export', work.marking, work.actor, config.ceilings, work.action.name);
  if (allowed) work.look(event, agencyId, { kind: 'disclosure', recipient: agencyId, reason, owner: agencyId });
  else work.refuse('export refused');
  await work.settle();
  if (!allowed) throw new Refusal(ceilingRefusals.export(work.marking));
}

/** A new 0600 file that has its name only when all of it is on the disk. Refuses to write over one. */
async function writeWhole(path: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  const unfinished = `${path}.unfinished`;
  const file = await open(path, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600).catch(explain(path));
  await file.close();
  try {
    const written = await open(unfinished, 'w', 0o600);
    try {
      for await (const piece of pieces) await written.write(piece);
      await written.sync();
    } finally {
      await written.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await Promise.all([rm(unfinished, { force: true }), rm(path, { force: true })]);
    throw error;
  }
}

const explain =
  (path: string) =>
  ({ code }: NodeJS.ErrnoException): never => {
    throw new Refusal(
      code === 'EEXIST'
        ? `${path} is there already. Name a file that is not there yet.`
        : `${path} cannot be written (${code}). Name a file in a folder that is there and that you may write to.`,
    );
  };

function report({ printLine, tell, redraw }: Terminal, { path }: Wanted, { agency, tables }: Contents): ExitCode {
  redraw?.('');
  const sum = (of: (table: Contents['tables'][number]) => number): number =>
    tables.reduce((all, table) => all + of(table), 0);
  const closed = tables.filter((table) => table.closed > 0);
  const filled = tables.filter(({ rows }) => rows > 0).length;
  printLine(path);
  printLine(
    `  ${agency.name}: ${sum(({ rows }) => rows)} rows of ${filled} tables, ${sum(({ files }) => files)} files`,
  );
  printLine(`  ${sum(({ erased }) => erased)} values were erased before, and stay closed`);
  printLine('Open it with age and tar, and read contents.json first: age --decrypt --identity KEYFILE FILE | tar x');
  if (closed.length === 0) return exitCodes.done;
  for (const { table, closed: many } of closed) tell(`${many} values of ${table} do not open.`);
  tell('The keys here do not belong to them. Look for the unit’s keys and the halves with which they were written.');
  return exitCodes.someBad;
}
