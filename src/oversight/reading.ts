/** Reads both logs for whoever may, and lets a list leave as a file: each look and each file stands in the log it was made of. */
import type { z } from 'zod';
import { listAgencies, memberNames } from '../identity/agencies/index.ts';
import type { RoomPolicy } from '../platform/access.ts';
import type { LogDetails } from '../platform/audit.ts';
import { toCsv } from '../platform/csv.ts';
import type { AnyTables, Reader, Seen } from '../platform/database.ts';
import type { Reply, Request } from '../platform/http.ts';
import { reasonOf, type TakingForm } from '../platform/taking.ts';
import type { Around } from './log-pages.ts';
import { type Asked, type Entry, gatherStandings, mostCounted, pageOfLog } from './store.ts';

export const logFields = ['at', 'member', 'event', 'fields', 'reason'];
/** As many rows as one file takes, and as are counted; a longer list is taken along by days. */
export const mostRows = mostCounted;

/** Names of everybody a list mentions, read under audit’s own role. */
export async function aroundOf(db: Reader<AnyTables>, ids: readonly (string | null)[]): Promise<Around> {
  const agencies = new Map((await listAgencies(db)).map(({ id, name }) => [id as string, name]));
  return { names: await memberNames(db, ids), agencies };
}

const idsIn = (entries: readonly Entry[]): (string | null)[] =>
  entries.flatMap(({ memberId, recipient }) => [memberId, recipient]);

/** How one asks each log: to look at it, or to take it along, which says why in each. */
export type Asking = {
  readonly behind: string;
  readonly event: (what: string) => string;
  readonly details: (fields: readonly string[]) => LogDetails;
};
export const looking: Asking = {
  behind: 'help log.read',
  event: (what) => what,
  details: (fields) => ({ fields }),
};
/** That a file leaves is a disclosure, to whoever takes it, for the reason given. */
export const takingAlong = ({ actor }: Request, why: z.output<typeof TakingForm>): Asking => ({
  behind: 'help log.take',
  event: (what) => `${what.replace(/\.\w.*$/, '')}.taken along`,
  details: (fields) => ({ kind: 'disclosure', recipient: actor.agencyId, reason: reasonOf(why), fields }),
});

/** What the main store’s row names as asked about: that help’s side asks about an id that is no record there would tell enforcement of a note, and when; nor does it name a record of which help’s own looks are not told there. The row behind the wall names both. */
export async function namedBefore(
  request: Request,
  how: Asking,
  policy: RoomPolicy,
  asked: string | null,
): Promise<string | null> {
  if (asked === null || !request.can(how.behind)) return asked;
  const kept = (await gatherStandings(request.db, [asked], () => undefined)).get(asked) ?? [];
  const untold = Object.values(policy).flatMap(({ safeguardingLogFor, tables }) =>
    safeguardingLogFor === request.actor.side ? Object.keys(tables) : [],
  );
  return kept.length > 0 && !kept.some(({ keptIn }) => untold.includes(keptIn)) ? asked : null;
}

/** Both logs, where she may read both; each look at one stands in it. */
export async function readLogs(
  request: Request,
  policy: RoomPolicy,
  asked: Asked,
  subject: string | null,
  from: { page: number; behind: number },
  size: number,
  how: Asking = looking,
) {
  const [event, details] = [how.event('log.shown'), how.details(logFields)];
  const read = async (db: Seen<AnyTables>, page: number) => pageOfLog(db, asked, { page, size });
  const byId = asked.record ?? asked.glass;
  const named = byId ? await namedBefore(request, how, policy, byId) : subject;
  const main = await read(request.look(event, named, details), from.page);
  // Whoever looked at a record that is not named would tell which it is.
  if (!byId || named) request.returned([...new Set(idsIn(main.entries))].filter((id) => id !== null));
  const behind = request.can(how.behind)
    ? await request.under(how.behind, (_db, look) => read(look(event, subject, details), from.behind))
    : undefined;
  const around = await request.under('log.read', (db) =>
    aroundOf(db, idsIn([...main.entries, ...(behind?.entries ?? [])])),
  );
  return { main, behind, around };
}

export const sendTable = (reply: Reply, name: string, rows: readonly (readonly string[])[]) =>
  reply.export({ fileName: `${name}.csv`, type: 'text/csv; header=present', content: toCsv(rows) });
