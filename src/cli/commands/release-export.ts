/** `safelight release export`: a release in the form in which releases are exchanged, read as a member or as everybody. */
import { resolve } from 'node:path';
import { z } from 'zod';
import { getImportedRelease } from '../../newsroom/imported-releases/index.ts';
import { exportPublished, exportRelease } from '../../newsroom/releases/index.ts';
import type { LogDetails } from '../../platform/audit-hook/audit.ts';
import { beginReading, setContext } from '../../platform/database/database.ts';
import { type Ceilings, ceilingRefusals, isWithinCeiling } from '../../platform/exports/export-ceilings.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Work } from '../../platform/http/request.ts';
import type { Runtime } from '../../platform/start.ts';
import { actAsMember, type MemberSession } from '../acting.ts';
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
import { writeOutput } from '../files.ts';

export async function runReleaseExport(given: ParsedArguments, terminal: Terminal): Promise<ExitCode> {
  const [id, ...more] = given.rest;
  if (id === undefined || more.length > 0)
    throw usageError('Give the id of one release. See safelight release export --help.');
  if (!z.uuid().safeParse(id).success)
    throw usageError('An id is 36 letters, figures and dashes: the last part of the release’s address.');
  const email = getTextOption(given, 'as');
  const out = getTextOption(given, 'out');
  const reason = getTextOption(given, 'reason')?.trim();
  if (email && !reason) throw usageError('Say why it leaves, with --reason WORDS: the access log keeps it.');
  const bytes = await withRuntime(terminal, (opened) =>
    email
      ? actAsMember(opened, email, (acting) => readAsMember(acting, opened, id, reason ?? '', terminal))
      : readPublic(opened, id),
  );
  if (out) writeOutput(resolve(terminal.folder, out), bytes);
  else await terminal.write(bytes);
  return exitCodes.done;
}

/** A release of the newsroom; if there is none with this id, an imported release. */
async function readAsMember(
  acting: MemberSession,
  { config, clock }: Runtime,
  id: string,
  reason: string,
  terminal: Terminal,
): Promise<Uint8Array> {
  const work = await acting.begin('release.export');
  try {
    const exporting = { now: work.now, today: clock.today(), origin: config.origin };
    const { bytes } = await exportRelease(
      work.look('release exported', id, disclosureDetails(work, reason)),
      id,
      exporting,
    );
    await refuseAboveCeiling(work, config.ceilings, terminal);
    return bytes;
  } catch (error) {
    if (!(error instanceof Problem && error.kind === 'not found')) throw error;
    await work.settle();
  }
  const reading = await acting.begin('imported release.read');
  try {
    const cutting = await getImportedRelease(
      reading.look('imported release exported', id, { ...disclosureDetails(reading, reason), fields: ['source'] }),
      id,
    );
    await refuseAboveCeiling(reading, config.ceilings, terminal);
    return cutting.source;
  } finally {
    await reading.settle(); // Nothing leaves before the log says so.
  }
}

/** A file that leaves is a disclosure here too, for the reason given. */
const disclosureDetails = ({ actor }: Work, reason: string): LogDetails => ({
  kind: 'disclosure',
  reason,
  ...(actor && { recipient: actor.agencyId }),
});

/** Applies the same marking limit as the pages, and prints the marking to standard error. */
async function refuseAboveCeiling(work: Work, ceilings: Ceilings, terminal: Terminal): Promise<void> {
  const allowed = isWithinCeiling('export', work.marking, work.actor, ceilings, work.action.name);
  if (!allowed) work.refuse('export refused');
  await work.settle();
  if (!allowed) throw new Refusal(ceilingRefusals.export(work.marking));
  terminal.tell(`Marked ${work.marking}.`);
}

/** Runs under the public database role, which sees only what everyone may read. */
async function readPublic({ databases, clock, config }: Runtime, id: string): Promise<Uint8Array> {
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
