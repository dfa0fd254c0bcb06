/** Reads both logs and exports lists as files. Each view and each export is logged in the log it was read from. */
import type { z } from 'zod';
import { listAgencies, memberNames } from '../../identity/agencies/index.ts';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import type { LogDetails } from '../../platform/audit-hook/audit.ts';
import type { AnyTables, AuditedReader, Reader } from '../../platform/database/database.ts';
import { toCsv } from '../../platform/exports/csv.ts';
import { type ExportForm, formatExportReason } from '../../platform/exports/export-reason.ts';
import type { Reply, Request } from '../../platform/http/server.ts';
import { type Entry, type LogCriteria, maxCounted, paginateLog, readRecordStates } from '../store.ts';
import type { LogNames } from './pages.ts';

export const logFields = ['at', 'member', 'event', 'fields', 'reason'];
/** As many rows as one file takes, and as are counted; a longer list is taken along by days. */
export const maxRows = maxCounted;

/** Names of all members in a list, read under the audit role. */
export async function readLogNames(db: Reader<AnyTables>, ids: readonly (string | null)[]): Promise<LogNames> {
  const agencies = new Map((await listAgencies(db)).map(({ id, name }) => [id as string, name]));
  return { names: await memberNames(db, ids), agencies };
}

const listMemberIdsIn = (entries: readonly Entry[]): (string | null)[] =>
  entries.flatMap(({ memberId, recipient }) => [memberId, recipient]);

/** The two ways to read each log: viewing, and export with a reason. */
export type LogReadMode = {
  readonly behind: string;
  readonly event: (what: string) => string;
  readonly details: (fields: readonly string[]) => LogDetails;
};
export const viewMode: LogReadMode = {
  behind: 'help log.read',
  event: (what) => what,
  details: (fields) => ({ fields }),
};
/** An export is a disclosure to the member who takes the file, logged with the reason given. */
export const createExportMode = ({ actor }: Request, why: z.output<typeof ExportForm>): LogReadMode => ({
  behind: 'help log.export',
  event: (what) => `${what.replace(/\.\w.*$/, '')}.exported`,
  details: (fields) => ({ kind: 'disclosure', recipient: actor.agencyId, reason: formatExportReason(why), fields }),
});

/** The id that the main log may name as viewed. It leaves out ids that exist in the safeguarding database alone, and records whose views by support agencies are logged there: both would tell enforcement of a safeguarding note. */
export async function findLoggableId(
  request: Request,
  how: LogReadMode,
  policy: AreaPolicy,
  asked: string | null,
): Promise<string | null> {
  if (asked === null || !request.can(how.behind)) return asked;
  const kept = (await readRecordStates(request.db, [asked], () => [])).get(asked) ?? [];
  const untold = Object.values(policy).flatMap(({ safeguardingLogFor, tables }) =>
    safeguardingLogFor === request.actor.side ? Object.keys(tables) : [],
  );
  return kept.length > 0 && !kept.some(({ keptIn }) => untold.includes(keptIn)) ? asked : null;
}

/** Reads both logs if the member may. Each view is logged in the log that was viewed. */
export async function readLogs(
  request: Request,
  policy: AreaPolicy,
  asked: LogCriteria,
  subject: string | null,
  from: { page: number; behind: number },
  size: number,
  how: LogReadMode = viewMode,
) {
  const [event, details] = [how.event('log.shown'), how.details(logFields)];
  const read = async (db: AuditedReader<AnyTables>, page: number) => paginateLog(db, asked, { page, size });
  const byId = asked.record ?? asked.glass;
  const named = byId ? await findLoggableId(request, how, policy, byId) : subject;
  const main = await read(request.look(event, named, details), from.page);
  // If the record is not named, logging which people were returned would reveal it.
  if (!byId || named) request.returned([...new Set(listMemberIdsIn(main.entries))].filter((id) => id !== null));
  const behind = request.can(how.behind)
    ? await request.under(how.behind, (_db, look) => read(look(event, subject, details), from.behind))
    : undefined;
  const around = await request.under('log.read', (db) =>
    readLogNames(db, listMemberIdsIn([...main.entries, ...(behind?.entries ?? [])])),
  );
  return { main, behind, around };
}

export const sendCsv = (reply: Reply, name: string, rows: readonly (readonly string[])[]) =>
  reply.export({ fileName: `${name}.csv`, type: 'text/csv; header=present', content: toCsv(rows) });
