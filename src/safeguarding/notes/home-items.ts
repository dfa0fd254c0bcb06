/** Tasks about notes, referrals and disclosures for the home page of a member of a support agency. */
import type { Reader } from '../../platform/database/database.ts';
import type { HomeStage } from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { consentPaths } from '../../vocabulary/paths/safeguarding/consent.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { disclosurePaths, referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { type ConsentTables, countUnacknowledgedEnds } from '../consent/store.ts';
import * as disclosures from '../disclosures/store.ts';
import { countLate, countNews, countToDecide, countToSubmit, type ReferralTables } from '../referrals/store.ts';
import { countWaitingForHelp, type NoteTables } from './store.ts';

export const safeguardingHomeItems: HomeStage = {
  stage: 'safeguarding',
  href: notePaths.list(),
  // Enforcement officers may write notes but find nothing here: only support agencies make referrals.
  action: 'referral.read',
  says: 'What people need and want, what they were told, and who was asked to help.',
  waiting: async (db, request, look) => {
    look('notes.waiting counted', null, { fields: ['outcomes', 'state'] });
    const counted = await countWaiting(db, request);
    return [...listToDecide(counted), ...listOwn(counted)].filter(({ count }) => count > 0);
  },
};

/** Each count only for members who may act on it. */
async function countWaiting(db: Reader<NoteTables & ReferralTables & ConsentTables>, request: Request) {
  const { agencyId, memberId } = request.actor;
  const hour = floorToHour(request.now);
  const [decides, makes] = [request.can('referral.decide'), request.can('referral.make')];
  return {
    asked: decides ? await countToDecide(db, agencyId) : 0,
    submits: decides ? await countToSubmit(db, agencyId, hour) : 0,
    wanting: request.can('note.take up') ? await countWaitingForHelp(db) : 0,
    late: makes ? await countLate(db, agencyId, hour) : 0,
    news: makes ? await countNews(db, agencyId, hour) : { declined: 0, questioned: 0, takenOn: 0, finished: 0 },
    mine: request.can('disclosure.ask')
      ? await disclosures.countOwnRequests(db, memberId, hour)
      : { waiting: 0, approved: 0 },
    ended: request.can('grant end.acknowledge') ? await countUnacknowledgedEnds(db, agencyId) : 0,
  };
}
type Counted = Awaited<ReturnType<typeof countWaiting>>;

const requests = (count: number) => `${capital(countWord(count))} ${plural(count, 'request')} for help`;
const things = (count: number) => `${capital(countWord(count))} ${plural(count, 'thing')}`;

/** What others wait for. */
const listToDecide = (counted: Counted) => [
  {
    count: counted.wanting,
    text: `${capital(countWord(counted.wanting))} ${plural(counted.wanting, 'person wants', 'people want')} help now`,
    href: `${notePaths.list()}?waiting=yes`,
  },
  {
    count: counted.asked,
    text: `${capital(countWord(counted.asked))} ${plural(counted.asked, 'request')} for help to decide`,
    href: referralPaths.list(),
  },
  {
    count: counted.submits,
    text: `${capital(countWord(counted.submits))} ${plural(counted.submits, 'draft')} of a referral to the NRM taken on: submit ${plural(counted.submits, 'it', 'each')}, and write down what came of it`,
    href: referralPaths.list(),
  },
  {
    count: counted.ended,
    text: `${capital(countWord(counted.ended))} ${plural(counted.ended, 'thing that you were shown was', 'things that you were shown were')} taken back`,
    href: consentPaths.ends(),
  },
];

/** What became of what the member and their agency asked for. */
const listOwn = ({ mine, news, late }: Counted) => [
  {
    count: mine.approved,
    text: `${things(mine.approved)} to tell without consent approved, and not sent by you yet`,
    href: disclosurePaths.list(),
  },
  {
    count: mine.waiting,
    text: `${things(mine.waiting)} that you asked to tell ${plural(mine.waiting, 'waits', 'wait')} for a second person`,
    href: disclosurePaths.list(),
  },
  {
    count: late,
    text: `${capital(countWord(late))} ${plural(late, 'request', 'requests')} for help that nobody answered in time`,
    href: referralPaths.list(),
  },
  {
    count: news.questioned,
    text: `${requests(news.questioned)} with a question that you have not answered`,
    href: referralPaths.list(),
  },
  {
    count: news.declined,
    text: `${requests(news.declined)} declined, and nobody else asked`,
    href: referralPaths.list(),
  },
  {
    count: news.takenOn,
    text: `${requests(news.takenOn)} taken on in the last days`,
    href: referralPaths.list(),
  },
  {
    count: news.finished,
    text: `${requests(news.finished)} finished in the last days`,
    href: referralPaths.list(),
  },
];
