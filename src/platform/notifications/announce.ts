/** Notifications that say of no record which it is, sent through the outbox from any role and from either database. */
import type { AgencyId } from '../../vocabulary/ids.ts';
import type { Role } from '../../vocabulary/people.ts';
import type { StoreName } from '../access-policy/access.ts';
import type { AnyTables, Writer } from '../database/database.ts';
import { type Listener, type Listeners, publishEvent } from '../jobs/outbox.ts';
import { type GeneralKind, generalKinds, type NotificationId, type Recipient } from './notification.ts';
import { listRecipients, notify, notifyAs } from './store.ts';

export const announcedEvent = 'notification.announced';

/** Holders of a role at the agencies of an operation, or at one agency where there is no operation. Where there is neither, at every agency. The author is left out. */
type Colleagues = {
  readonly operation: string | null;
  readonly agency: string | null;
  readonly colleagues: readonly Role[];
  readonly except: string;
  /** An agency whose members are left out, too. */
  readonly exceptAgency?: string;
};

/** A release to read is the record that the announcement is about. */
type Announcement = { readonly kind: GeneralKind | 'release to read' } & (
  | { readonly ownerId: AgencyId; readonly to: Recipient; readonly notice?: NotificationId | undefined }
  | { readonly among: Colleagues }
);

/** Tells these members that something of this kind is new, if the transaction commits. `about` is the record. It goes no further than the outbox, but for a release to read. */
export const announce = (tx: Writer<AnyTables>, about: string, announcement: Announcement): Promise<void> =>
  publishEvent(tx, announcedEvent, about, announcement);

/** In the safeguarding database there are two kinds. Neither says what happened, whom it concerns or in which operation. */
export const announceCaseNews = (
  tx: Writer<AnyTables>,
  about: string,
  {
    urgent = false,
    notice,
    ...to
  }: {
    readonly urgent?: boolean | undefined;
    readonly agency: AgencyId;
    readonly roles: readonly Role[];
    /** The id of the notification, where the sender keeps it to ask whether it arrived. */
    readonly notice?: NotificationId | undefined;
  },
): Promise<void> =>
  announce(tx, about, { kind: urgent ? 'urgent case news' : 'case news', ownerId: to.agency, to, notice });

/** To one member of an agency. */
export const announceCaseNewsTo = (
  tx: Writer<AnyTables>,
  about: string,
  { member, agency }: { readonly member: string; readonly agency: AgencyId },
): Promise<void> => announce(tx, about, { kind: 'case news', ownerId: agency, to: { member } as Recipient });

const listen: Listener = async (tx, { details, about }, madeAt) => {
  const said = details as Announcement;
  const { kind } = said;
  const namesRecord = kind === 'release to read';
  if (!namesRecord && !generalKinds.includes(kind)) throw new Error('an announcement names a kind that needs a record');
  const subject = namesRecord ? about : null;
  if ('to' in said) return notify(tx, [{ kind, subject, ownerId: said.ownerId, to: said.to, madeAt }]);
  const { except, exceptAgency, ...whom } = said.among;
  const members = (await listRecipients(tx, { ...whom, roles: whom.colleagues }, madeAt)).filter(
    ({ memberId, agencyId }) => memberId !== except && agencyId !== exceptAgency,
  );
  const told = members.map(({ memberId, agencyId }) => ({ ownerId: agencyId, to: { member: memberId } }));
  return notify(
    tx,
    told.map((one) => ({ kind, subject, madeAt, ...one })),
  );
};

const hasReader = async (tx: Writer<AnyTables>, to: Recipient, now: Date): Promise<boolean> => {
  if ('member' in to) return true;
  return (await listRecipients(tx, { ...to, operation: null }, now)).length > 0;
};

/** What crosses from the safeguarding database is content-free, whatever the event says. */
const listenAcross: Listener = async (tx, { details }, madeAt) => {
  const said = details as Announcement;
  if (!('to' in said)) throw new Error('an announcement across names one agency');
  const { kind, ownerId, to, notice } = said;
  // Some recipients work outside Safelight.
  if (!(await hasReader(tx, to, madeAt))) return;
  const urgent = kind === 'urgent case news' || kind === 'urgent report';
  const news = { kind: urgent ? 'urgent case news' : 'case news', subject: null, ownerId, to, madeAt } as const;
  return notice ? notifyAs(tx, { id: notice, ...news }) : notify(tx, [news]);
};

export const announcementListeners: Readonly<Record<StoreName, Listeners>> = {
  main: { [announcedEvent]: [listen] },
  safeguarding: { [announcedEvent]: [listenAcross] },
};
