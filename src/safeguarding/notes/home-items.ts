/** Tasks about notes, referrals, consents and disclosures for the home page of a member of a support agency. */
import { filterReadable, listRecentlyOpened } from '../../platform/audit-hook/recently-opened.ts';
import { instantAt } from '../../platform/clock.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import {
  countedTask,
  type HomeItem,
  type HomeRecent,
  type HomeStage,
  listDue,
  mostRecent,
} from '../../platform/http/home.ts';
import type { Look } from '../../platform/http/request.ts';
import type { Request } from '../../platform/http/server.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import { floorToHour, formatHour, formatHoursAgo } from '../../vocabulary/calendar/moments.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { disclosurePaths, referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import {
  type ConsentTables,
  countUnacknowledgedEnds,
  type EndingConsent,
  listEndingConsents,
} from '../consent/store.ts';
import * as disclosures from '../disclosures/store.ts';
import {
  type CountedReferrals,
  countAccepted,
  countAwaited,
  countLate,
  countNews,
  countToDecide,
  countToSubmit,
  type ReferralTables,
  type UrgentReferrals,
} from '../referrals/store.ts';
import type { NoteTables } from './store.ts';
import { listWaiting, type WaitingPerson } from './take-up-store.ts';

export const safeguardingHomeItems: HomeStage = {
  stage: 'safeguarding',
  // Enforcement officers may write notes but find nothing here: only support agencies make referrals.
  action: 'referral.read',
  says: (can) =>
    can('note.take up')
      ? 'people who want help, late referrals and consents that end soon'
      : can('referral.decide')
        ? 'referrals to answer, and consents that end soon'
        : 'late referrals, and consents that end soon',
  waiting: async (db, request, look) => {
    look('notes.waiting counted', null, { fields: ['outcomes', 'state', 'town', 'writtenAt'] });
    const found = await countWaiting(db, request);
    const ending = await readEndingConsents(db, request, look);
    return {
      items: listDue([...listToDecide(found, request.now), ...ending, ...listOwn(found)]),
      recent: await listRecent(db),
    };
  },
};

/** Cases and referrals by reference, as far as the member may still read them. */
async function listRecent(db: Reader<AnyTables>): Promise<HomeRecent[]> {
  const opened = await listRecentlyOpened(db, ['person.shown', 'referral.shown'], mostRecent);
  if (opened.length === 0) return [];
  const ids = opened.map(({ subject }) => subject);
  const readable = new Set([
    ...(await filterReadable(db, 'persons', ids)),
    ...(await filterReadable(db, 'referrals', ids)),
  ]);
  return opened
    .filter(({ subject }) => readable.has(subject))
    .map(({ event, subject, at }) =>
      event === 'person.shown'
        ? { text: `Case ${referenceOf('case', subject)}`, href: recordPaths.record(subject), at }
        : { text: `Referral ${referenceOf('referral', subject)}`, href: referralPaths.referral(subject), at },
    );
}

const none: CountedReferrals = { count: 0, dueAt: null, first: null };
const nobody: UrgentReferrals = { ...none, children: 0, wanting: 0 };

/** Each count only for members who may act on it. */
async function countWaiting(db: Reader<NoteTables & ReferralTables & ConsentTables>, request: Request) {
  const { agencyId, memberId } = request.actor;
  const hour = floorToHour(request.now);
  const [decides, makes] = [request.can('referral.decide'), request.can('referral.make')];
  return {
    urgent: decides ? await countToDecide(db, agencyId, true) : nobody,
    asked: decides ? await countToDecide(db, agencyId, false) : nobody,
    accepted: decides ? await countAccepted(db, agencyId) : nobody,
    submits: decides ? await countToSubmit(db, agencyId, hour) : none,
    wanting: request.can('note.take up') ? await listWaiting(db) : [],
    awaited: makes ? await countAwaited(db, agencyId, { now: hour, by: endOfDay(request.today) }) : none,
    late: makes ? await countLate(db, agencyId, hour) : none,
    news: makes
      ? await countNews(db, agencyId, hour)
      : { declined: 0, questioned: 0, takenOn: 0, finished: 0, firstTakenOn: null },
    mine: request.can('disclosure.ask')
      ? await disclosures.countOwnRequests(db, memberId, hour)
      : { waiting: 0, approved: 0, waitsUntil: null, sendBy: null },
    ended: request.can('grant end.acknowledge') ? await countUnacknowledgedEnds(db, agencyId) : 0,
  };
}
const endOfDay = (today: string): Date => instantAt(addDays(today, 1), '00:00');
type Counted = Awaited<ReturnType<typeof countWaiting>>;

/** One referral opens at once; several open the list. */
const referralsAt = ({ count, first }: CountedReferrals): string =>
  count === 1 && first ? referralPaths.referral(first) : referralPaths.list();
const nameOf = ({ count, first }: CountedReferrals): string | undefined =>
  count === 1 && first ? `Referral ${referenceOf('referral', first)}` : undefined;

/** Stands above all that is overdue: hours count. */
const waitingItem = (wanting: readonly WaitingPerson[], now: Date): HomeItem => {
  const [first] = wanting;
  const longest = first && `${formatHour(first.wantedAt)}, ${formatHoursAgo(first.wantedAt, now)}.`;
  return {
    what: countedTask(wanting.length, 'Help a person who wants help now', 'Help # people who want help now'),
    detail: longest && (wanting.length === 1 ? `Said ${longest}` : `The first of them said so ${longest}`),
    for: [...new Set(wanting.map(({ town }) => town))].join(', '),
    status: 'to do',
    urgency: 'urgent',
    href: `${notePaths.list()}?waiting=yes`,
    count: wanting.length,
  };
};

/** Of one: a child, or somebody who wants help now. Of several: how many. */
function describeUrgency({ count, children, wanting }: UrgentReferrals): string {
  const [child, now] =
    count === 1
      ? ['Child, or age not known.', 'The person wants help now.']
      : [`${children} about a child, or age not known.`, `${wanting} about people who want help now.`];
  return [children > 0 && child, wanting > 0 && now].filter(Boolean).join(' ');
}

/** What others wait for. */
const listToDecide = ({ wanting, urgent, asked, accepted, submits, ended }: Counted, now: Date): HomeItem[] => [
  waitingItem(wanting, now),
  {
    what: countedTask(urgent.count, 'Answer an urgent referral', 'Answer # urgent referrals'),
    detail: describeUrgency(urgent),
    for: nameOf(urgent),
    due: urgent.dueAt,
    status: 'to do',
    urgency: 'urgent',
    href: referralsAt(urgent),
    count: urgent.count,
  },
  {
    what: countedTask(asked.count, 'Answer a referral', 'Answer # referrals'),
    detail: describeUrgency(asked) || undefined,
    ...((asked.children > 0 || asked.wanting > 0) && { urgency: 'pressing' as const }),
    for: nameOf(asked),
    due: asked.dueAt,
    status: 'to do',
    href: referralsAt(asked),
    count: asked.count,
  },
  {
    what: countedTask(
      accepted.count,
      'Help the person of a referral you accepted',
      'Help the people of # referrals you accepted',
    ),
    detail: [describeUrgency(accepted), 'Choose “Finish” on the referral when the help is given.']
      .filter(Boolean)
      .join(' '),
    ...(accepted.wanting > 0 && { urgency: 'pressing' as const }),
    for: nameOf(accepted),
    status: 'to do',
    href: referralsAt(accepted),
    count: accepted.count,
  },
  {
    what: countedTask(submits.count, 'Submit an NRM referral', 'Submit # NRM referrals'),
    detail: 'Your agency accepted the draft. Record the outcome afterwards.',
    for: nameOf(submits),
    accessEnds: submits.dueAt,
    status: 'in progress',
    href: referralsAt(submits),
    count: submits.count,
  },
  {
    what: countedTask(ended, 'Confirm a withdrawal of consent', 'Confirm # withdrawals of consent'),
    detail: 'Your access to the information has ended.',
    status: 'to read',
    href: consentPaths.ends(),
    count: ended,
  },
];

/** What became of what the member and their agency asked for. */
const listOwn = ({ mine, news, awaited, late }: Counted): HomeItem[] => {
  const at = { href: referralPaths.list() };
  const takenOn = { count: news.takenOn, first: news.firstTakenOn, dueAt: null };
  return [
    {
      what: countedTask(mine.approved, 'Send an approved disclosure', 'Send # approved disclosures'),
      due: mine.sendBy,
      status: 'to do',
      href: disclosurePaths.list(),
      count: mine.approved,
    },
    {
      what: countedTask(mine.waiting, 'Your disclosure to be approved', 'Your # disclosures to be approved'),
      due: mine.waitsUntil,
      status: 'waiting',
      href: disclosurePaths.list(),
      count: mine.waiting,
    },
    {
      what: countedTask(awaited.count, 'Referral to be answered today', '# referrals to be answered today'),
      detail: 'If help cannot wait, telephone the agency.',
      for: nameOf(awaited),
      due: awaited.dueAt,
      status: 'waiting',
      href: referralsAt(awaited),
      count: awaited.count,
    },
    {
      what: countedTask(
        late.count,
        'Follow up a referral without an answer',
        'Follow up # referrals without an answer',
      ),
      for: nameOf(late),
      due: late.dueAt,
      status: 'needs attention',
      href: referralsAt(late),
      count: late.count,
    },
    {
      ...at,
      what: countedTask(news.questioned, 'Answer a question about a referral', 'Answer questions about # referrals'),
      status: 'to do',
      count: news.questioned,
    },
    {
      ...at,
      what: countedTask(
        news.declined,
        'Ask another agency: a referral was declined',
        'Ask other agencies: # referrals were declined',
      ),
      status: 'needs attention',
      count: news.declined,
    },
    {
      href: referralsAt(takenOn),
      for: nameOf(takenOn),
      what: countedTask(news.takenOn, 'Referral accepted', '# referrals accepted'),
      status: 'new',
      count: news.takenOn,
    },
    {
      ...at,
      what: countedTask(news.finished, 'Referral finished', '# referrals finished'),
      status: 'new',
      count: news.finished,
    },
  ];
};

/** The most that a home page lists one by one. */
const mostConsents = 10;

/** Consents of the member's own agency that end within two weeks, for those who may ask again. Each names a person's record, so it is logged. */
async function readEndingConsents(db: Reader<ConsentTables>, request: Request, look: Look): Promise<HomeItem[]> {
  if (!request.can('consent.record')) return [];
  const consents = await listEndingConsents(db, request.actor.agencyId, request.now);
  if (consents.length === 0) return [];
  look('consents.ending listed', null, { fields: ['personId', 'until'] });
  const named = consents.slice(0, mostConsents);
  request.returned([...new Set(named.map(({ personId }) => personId))]);
  const more = consents.length - named.length;
  return [
    ...named.map(toEndingItem),
    {
      what: countedTask(more, 'Another consent ends soon', '# other consents end soon'),
      due: consents[mostConsents]?.until,
      status: 'to do',
      href: notePaths.list(),
      count: more,
    },
  ];
}

const toEndingItem = ({ personId, isCase, until }: EndingConsent): HomeItem => ({
  what: 'Renew a consent or let it end',
  for: isCase ? `Case ${referenceOf('case', personId)}` : `Person ${referenceOf('encounter', personId)}`,
  due: until,
  status: 'to do',
  href: consentPaths.overview(personId),
  count: 1,
});
