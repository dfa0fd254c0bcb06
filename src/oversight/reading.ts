/** Reads both logs for whoever may, and lets a list leave as a file: each look and each file stands in the log it was made of. */
import { listAgencies, memberNames } from '../partnership/index.ts';
import { toCsv } from '../platform/csv.ts';
import type { AnyTables, Reader, Seen } from '../platform/database.ts';
import type { Reply, Request } from '../platform/http.ts';
import type { Around } from './log-pages.ts';
import { type Asked, type Entry, pageOfLog } from './store.ts';

export const logFields = ['at', 'member', 'event', 'fields', 'reason'];
/** As many rows as one file takes; a longer list is taken along by days. */
export const mostRows = 10_000;

/** Names of everybody a list mentions, read under audit’s own role. */
export async function aroundOf(db: Reader<AnyTables>, ids: readonly (string | null)[]): Promise<Around> {
  const agencies = new Map((await listAgencies(db)).map(({ id, name }) => [id as string, name]));
  return { names: await memberNames(db, ids), agencies };
}

const idsIn = (entries: readonly Entry[]): (string | null)[] =>
  entries.flatMap(({ memberId, recipient }) => [memberId, recipient]);

/** Both logs, where she may read both; each look at one stands in it. */
export async function readLogs(
  request: Request,
  asked: Asked,
  subject: string | null,
  from: { page: number; behind: number },
  size: number,
) {
  const read = async (db: Seen<AnyTables>, page: number) => pageOfLog(db, asked, { page, size });
  const main = await read(request.look('log.shown', subject, { fields: logFields }), from.page);
  request.returned([...new Set(idsIn(main.entries))].filter((id) => id !== null));
  const behind = request.can('help log.read')
    ? await request.under('help log.read', (_db, look) =>
        read(look('log.shown', subject, { fields: logFields }), from.behind),
      )
    : undefined;
  const around = await request.under('log.read', (db) =>
    aroundOf(db, idsIn([...main.entries, ...(behind?.entries ?? [])])),
  );
  return { main, behind, around };
}

/** That a file leaves is a disclosure, to whoever takes it, for the reason given. */
export const takenBy = (request: Request, reason: string) =>
  ({ kind: 'disclosure', recipient: request.actor.agencyId, reason, fields: logFields }) as const;

export function sendTable(reply: Reply, name: string, rows: readonly (readonly string[])[]): string {
  reply.header('content-disposition', `attachment; filename="${name}.csv"`);
  reply.type('text/csv; charset=utf-8; header=present');
  return toCsv(rows);
}
