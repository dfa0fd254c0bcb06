/** `safelight release export`: a release in the form in which releases are exchanged, read as a member or as everybody. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { getCutting } from '../../newsroom/imported-releases/index.ts';
import { exportPublished, exportRelease } from '../../newsroom/releases/index.ts';
import type { LogDetails } from '../../platform/audit-hook/audit.ts';
import { beginReading, setContext } from '../../platform/database/database.ts';
import { type Ceilings, mayLeave, mayNotLeave } from '../../platform/exports/export-ceilings.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Work } from '../../platform/http/request.ts';
import type { Opened } from '../../platform/start.ts';
import { type Acting, actingAs } from '../acting.ts';
import {
  type ExitCode,
  exitCodes,
  type Given,
  misused,
  Refusal,
  type Terminal,
  textOf,
  whileOpen,
} from '../command.ts';
import { writeOut } from '../files.ts';

export async function exportOne(given: Given, terminal: Terminal): Promise<ExitCode> {
  const [id, ...more] = given.rest;
  if (id === undefined || more.length > 0)
    throw misused('Give the id of one release. See safelight release export --help.');
  if (!z.uuid().safeParse(id).success)
    throw misused('An id is 36 letters, figures and dashes: the last part of the release’s address.');
  const email = textOf(given, 'as');
  const out = textOf(given, 'out');
  const reason = textOf(given, 'reason')?.trim();
  if (email && !reason) throw misused('Say why it leaves, with --reason WORDS: the access log keeps it.');
  const bytes = await whileOpen(terminal, (opened) =>
    email
      ? actingAs(opened, email, (acting) => readAs(acting, opened, id, reason ?? '', terminal))
      : readPublic(opened, id),
  );
  if (out) writeOut(resolve(terminal.folder, out), bytes);
  else await terminal.write(bytes);
  return exitCodes.done;
}

/** A release of the newsroom; if there is none with this id, an imported release. */
async function readAs(
  acting: Acting,
  { config, clock }: Opened,
  id: string,
  reason: string,
  terminal: Terminal,
): Promise<Uint8Array> {
  const work = await acting.begin('release.take');
  try {
    const exporting = { now: work.now, today: clock.today(), origin: config.origin };
    const { bytes } = await exportRelease(work.look('release exported', id, handedTo(work, reason)), id, exporting);
    await leave(work, config.ceilings, terminal);
    return bytes;
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'not found')) throw error;
    await work.settle();
  }
  const reading = await acting.begin('cutting.read');
  try {
    const cutting = await getCutting(
      reading.look('cutting exported', id, { ...handedTo(reading, reason), fields: ['source'] }),
      id,
    );
    await leave(reading, config.ceilings, terminal);
    return cutting.source;
  } finally {
    await reading.settle(); // Nothing leaves before the log says so.
  }
}

/** A file that leaves is a disclosure here too, for the reason given. */
const handedTo = ({ actor }: Work, reason: string): LogDetails => ({
  kind: 'disclosure',
  reason,
  ...(actor && { recipient: actor.agencyId }),
});

/** Applies the same marking limit as the pages, and prints the marking to standard error. */
async function leave(work: Work, ceilings: Ceilings, terminal: Terminal): Promise<void> {
  const allowed = mayLeave('export', work.marking, work.actor, ceilings, work.action.name);
  if (!allowed) work.refuse('export refused');
  await work.settle();
  if (!allowed) throw new Refusal(mayNotLeave.export(work.marking));
  terminal.tell(`Marked ${work.marking}.`);
}

/** Runs under the public database role, which sees only what everyone may read. */
async function readPublic({ databases, clock, config }: Opened, id: string): Promise<Uint8Array> {
  const tx = await beginReading(databases.for('main', 'public'));
  try {
    await setContext(tx, { now: clock.now() });
    const exported = await exportPublished(tx, id, config.origin);
    if (!exported) throw new Refusal('Everybody may read nothing by this id. Say who asks, with --as EMAIL.');
    if (exported === 'of others')
      throw new Refusal(
        'This text is of others, and its own bytes are for press of the agency that read it in: say who asks, with --as EMAIL.',
      );
    return exported;
  } finally {
    await tx.commit().execute();
  }
}
