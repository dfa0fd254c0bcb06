/** Tells recipients of grants that something is new, and reads for the sender whether they were notified. Nobody learns who there, or when. */
import { sql } from 'kysely';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import { announceCaseNews, type Notified, readStandings } from '../../platform/notifications/index.ts';
import type { NotificationId } from '../../platform/notifications/notification.ts';
import { findPhone, type Phone } from '../../vocabulary/phone-numbers.ts';
import type { Grant, GrantId } from '../consent/grant.ts';
import type { ConsentTables } from '../consent/store.ts';
import type { NotifiedState } from './notified-words.ts';

const recipientRoles = ['safeguarding lead', 'partner caseworker'] as const;

/** The grant keeps the id of the notification, which says nothing in the main database. */
export async function announceGrant(
  tx: Writer<ConsentTables>,
  { id, recipient: agency }: Pick<Grant, 'id' | 'recipient'>,
  urgent = false,
): Promise<void> {
  const { noticeId } = await tx
    .selectFrom('personGrants')
    .select('noticeId')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await announceCaseNews(tx as Writer<AnyTables>, id, {
    ...{ agency, roles: recipientRoles, urgent },
    notice: noticeId ?? undefined,
  });
}

type GrantNotices = {
  readonly id: GrantId;
  /** Of the grant, or of its end where the person or the sender took it back. */
  readonly noticeId: NotificationId;
  readonly takenBack: boolean;
  readonly opened: boolean;
};

/** Of grants that the reader’s own agency made. Grants from before notifications were kept are missing. */
export async function listGrantNotices(
  db: Reader<AnyTables>,
  grants: readonly GrantId[],
): Promise<readonly GrantNotices[]> {
  if (grants.length === 0) return [];
  const ids = sql.val([...grants]);
  const { rows } = await sql<GrantNotices>`
    select g.id, coalesce(e.notice_id, g.notice_id) as notice_id, e.id is not null as taken_back, o.id is not null as opened
      from person_grants g
      left join withdrawn_grants e on e.id = g.id and e.ended = 'taken back'
      left join ctx.grants_opened(${ids}::uuid[]) as o(id) on o.id = g.id
     where g.id = any (${ids}::uuid[]) and g.from_agency = ctx.agency() and coalesce(e.notice_id, g.notice_id) is not null`.execute(
    db,
  );
  return rows;
}

/** How those on call at the recipient are reached now: a phone number, where their shift names one. */
async function findPhoneOnCall(db: Reader<AnyTables>, recipient: string): Promise<Phone | undefined> {
  const { rows } = await sql<{ reached: string }>`
    select reached from ctx.on_call_at(${recipient}::uuid) as t(reached)`.execute(db);
  for (const { reached } of rows) {
    const phone = findPhone(reached);
    if (phone) return phone;
  }
  return undefined;
}

export type GrantNotified = Pick<Notified, 'standing' | 'opened'>;

/** By grant, asked of the main database. What ended is not opened any more: then only the notification of the end counts. */
export async function readNotified(
  main: Reader<AnyTables>,
  notices: readonly GrantNotices[],
): Promise<ReadonlyMap<string, GrantNotified>> {
  const standings = await readStandings(
    main,
    notices.map(({ noticeId }) => noticeId),
  );
  return new Map(
    notices.map(({ id, noticeId, takenBack, opened }) => [
      id,
      { standing: standings.get(noticeId), opened: takenBack ? undefined : opened },
    ]),
  );
}

/** Of one grant, with the number of those on call there. Undefined for a grant from before notifications were kept. Call it after all other reads of the safeguarding database. */
export async function findNotified(
  request: Request,
  db: Reader<AnyTables>,
  { id, recipient }: Pick<Grant, 'id' | 'recipient'>,
): Promise<NotifiedState | undefined> {
  const notices = await listGrantNotices(db, [id]);
  const phone = await findPhoneOnCall(db, recipient);
  const notified = await request.under('agency.read', (main) => readNotified(main, notices));
  const own = notified.get(id);
  return own && { ...own, phone };
}
