/** Tasks about notes, referrals and disclosures for the home page of a member of a support agency. */
import type { Reader } from '../../platform/database/database.ts';
import { type HomeStage, listCounted } from '../../platform/http/home.ts';
import type { Request } from '../../platform/http/server.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { counted, plural } from '../../vocabulary/languages/english.ts';
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
  says: 'Notes, needs, advice and referrals of people.',
  waiting: async (db, request, look) => {
    look('notes.waiting counted', null, { fields: ['outcomes', 'state'] });
    const found = await countWaiting(db, request);
    return listCounted([...listToDecide(found), ...listOwn(found)]);
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
type Counts = Parameters<typeof listCounted>[0];

const requests = (count: number) => `${counted(count, 'request')} for help`;
const things = (count: number) => `${counted(count, 'thing')}`;

/** What others wait for. */
const listToDecide = (found: Counted): Counts => [
  [
    found.wanting,
    `${counted(found.wanting, 'person wants', 'people want')} help now`,
    `${notePaths.list()}?waiting=yes`,
  ],
  [found.asked, `${counted(found.asked, 'request')} for help to decide`, referralPaths.list()],
  [
    found.submits,
    `${counted(found.submits, 'draft')} of a referral to the NRM taken on: submit ${plural(found.submits, 'it', 'each')}, and write down what came of it`,
    referralPaths.list(),
  ],
  [
    found.ended,
    `${counted(found.ended, 'thing that you were shown was', 'things that you were shown were')} taken back`,
    consentPaths.ends(),
  ],
];

/** What became of what the member and their agency asked for. */
const listOwn = ({ mine, news, late }: Counted): Counts => [
  [
    mine.approved,
    `${things(mine.approved)} to tell without consent approved, and not sent by you yet`,
    disclosurePaths.list(),
  ],
  [
    mine.waiting,
    `${things(mine.waiting)} that you asked to tell ${plural(mine.waiting, 'waits', 'wait')} for a second person`,
    disclosurePaths.list(),
  ],
  [late, `${counted(late, 'request', 'requests')} for help that nobody answered in time`, referralPaths.list()],
  [news.questioned, `${requests(news.questioned)} with a question that you have not answered`, referralPaths.list()],
  [news.declined, `${requests(news.declined)} declined, and nobody else asked`, referralPaths.list()],
  [news.takenOn, `${requests(news.takenOn)} taken on in the last days`, referralPaths.list()],
  [news.finished, `${requests(news.finished)} finished in the last days`, referralPaths.list()],
];
