/** Tasks about notes, referrals and disclosures for the home page of a member of a support agency. */

import type { HomeStage } from '../../platform/http/home.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { capital, countWord, plural } from '../../vocabulary/languages/english.ts';
import { disclosuresPath } from '../consent/pages.ts';
import { countUnacknowledgedEnds } from '../consent/store.ts';
import * as disclosures from '../disclosures/store.ts';
import { countLate, countNews, countToDecide, countToSubmit } from '../referrals/store.ts';
import { countWaitingForHelp } from './store.ts';

export const safeguardingHomeItems: HomeStage = {
  room: 'safeguarding',
  href: '/staff/safeguarding',
  // Enforcement officers may write notes but find nothing here: only support agencies make referrals.
  action: 'referral.read',
  says: 'What people need and want, what they were told, and who was asked to help.',
  waiting: async (db, request, look) => {
    look('notes.waiting counted', null, { fields: ['outcomes', 'state'] });
    const asked = request.can('referral.decide') ? await countToDecide(db, request.actor.agencyId) : 0;
    const submits = request.can('referral.decide')
      ? await countToSubmit(db, request.actor.agencyId, floorToHour(request.now))
      : 0;
    const wanting = request.can('note.take up') ? await countWaitingForHelp(db) : 0;
    const late = request.can('referral.make')
      ? await countLate(db, request.actor.agencyId, floorToHour(request.now))
      : 0;
    const news = request.can('referral.make')
      ? await countNews(db, request.actor.agencyId, floorToHour(request.now))
      : { declined: 0, questioned: 0, takenOn: 0, finished: 0 };
    const requests = (count: number) => `${capital(countWord(count))} ${plural(count, 'request')} for help`;
    const mine = request.can('disclosure.ask')
      ? await disclosures.countOwnRequests(db as never, request.actor.memberId, floorToHour(request.now))
      : { waiting: 0, approved: 0 };
    const things = (count: number) => `${capital(countWord(count))} ${plural(count, 'thing')}`;
    const ended = request.can('grant end.acknowledge') ? await countUnacknowledgedEnds(db, request.actor.agencyId) : 0;
    return [
      {
        count: wanting,
        text: `${capital(countWord(wanting))} ${plural(wanting, 'person wants', 'people want')} help now`,
        href: '/staff/safeguarding?waiting=yes',
      },
      {
        count: asked,
        text: `${capital(countWord(asked))} ${plural(asked, 'request')} for help to decide`,
        href: '/staff/safeguarding/referrals',
      },
      {
        count: submits,
        text: `${capital(countWord(submits))} ${plural(submits, 'draft')} of a referral to the NRM taken on: submit ${plural(submits, 'it', 'each')}, and write down what came of it`,
        href: '/staff/safeguarding/referrals',
      },
      {
        count: ended,
        text: `${capital(countWord(ended))} ${plural(ended, 'thing that you were shown was', 'things that you were shown were')} taken back`,
        href: '/staff/safeguarding/ended-grants',
      },
      {
        count: mine.approved,
        text: `${things(mine.approved)} to tell without consent approved, and not sent by you yet`,
        href: disclosuresPath,
      },
      {
        count: mine.waiting,
        text: `${things(mine.waiting)} that you asked to tell ${plural(mine.waiting, 'waits', 'wait')} for a second person`,
        href: disclosuresPath,
      },
      {
        count: late,
        text: `${capital(countWord(late))} ${plural(late, 'request', 'requests')} for help that nobody answered in time`,
        href: '/staff/safeguarding/referrals',
      },
      {
        count: news.questioned,
        text: `${requests(news.questioned)} with a question that you have not answered`,
        href: '/staff/safeguarding/referrals',
      },
      {
        count: news.declined,
        text: `${requests(news.declined)} declined, and nobody else asked`,
        href: '/staff/safeguarding/referrals',
      },
      {
        count: news.takenOn,
        text: `${requests(news.takenOn)} taken on in the last days`,
        href: '/staff/safeguarding/referrals',
      },
      {
        count: news.finished,
        text: `${requests(news.finished)} finished in the last days`,
        href: '/staff/safeguarding/referrals',
      },
    ].filter(({ count }) => count > 0);
  },
};
