/** Summary of a person's NRM referrals for the page of their record, with the target date of the next decision. */

import { stateOf } from '../../nrm/index.ts';
import { nationOf } from '../../nrm/submitters/index.ts';
import { instantAt } from '../../platform/clock.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import type { CaseEvent } from '../case/timeline.ts';

import type { RecordSectionSource } from '../people/record-sections.ts';
import { getPerson } from '../people/store.ts';
import { nrmReferralFields } from './audited-reads.ts';
import { caseOf, findOngoingReferral, type NrmReferral } from './nrm-referral.ts';
import { nowWords } from './pages.ts';
import { targetDateOf } from './routes.ts';
import { listNrmReferralsOf } from './store.ts';

/** The target date while no reasonable grounds decision has been made. */
async function awaited(concern: NrmReferral): Promise<string> {
  const held = caseOf(concern);
  const aim =
    held && stateOf(held) === 'submitted' && (await targetDateOf(concern, nationOf(concern.answers.nation?.value)));
  return aim ? `. The reasonable grounds decision is expected by ${longDay(aim)}` : '';
}

export const nrmReferralsSection: RecordSectionSource = {
  action: 'nrm referral.read',
  tell: (request, keys, id) =>
    request.under('nrm referral.read', async (_db, look) => {
      const db = look('nrm referrals.listed', id, { fields: nrmReferralFields });
      const all = await listNrmReferralsOf(db, keys, id);
      request.returned(all.map((one) => one.id));
      if (all.length === 0) return {};
      const age = determineAgeTreatment(await getPerson(db, keys, id), request.today);
      const referrals: { reference: string; state: string; raisedAt: Date; href: string }[] = [];
      for (const one of all)
        referrals.push({
          reference: referenceOf('NRM referral', one.id),
          state: `${nowWords(one, age)}${await awaited(one)}`,
          raisedAt: one.raisedAt,
          href: nrmPaths.referral(one.id),
        });
      const ongoing = findOngoingReferral(all);
      return {
        open: referrals.map(({ reference, state, raisedAt, href }) => ({
          what: `NRM referral ${reference}`,
          text: `${state}. Started ${formatHour(raisedAt)}`,
          href,
        })),
        events: all.flatMap(eventsOf),
        nrm: {
          referrals,
          ongoing: ongoing && { href: nrmPaths.referral(ongoing.id), submitted: ongoing.submission !== null },
        },
      };
    }),
};

/** Days without an hour are sorted as noon. */
const noonOf = (day: string): Date => instantAt(day, '12:00');

function eventsOf({ id, authorId, raisedAt, fork, handed, submission, decisions }: NrmReferral): CaseEvent[] {
  const href = nrmPaths.referral(id);
  const of = (on: string, title: CaseEvent['title'], by: string): CaseEvent => ({
    ...{ at: noonOf(on), dayOnly: true },
    ...{ title, by, href },
  });
  return [
    { at: raisedAt, title: 'NRM referral started', by: authorId, href },
    ...(fork.consent
      ? [of(fork.consent.on, `Consent to the NRM: the person said ${fork.consent.answer}`, fork.consent.by)]
      : []),
    ...handed.map(({ on, by }) => of(on, 'NRM draft given to a first responder', by)),
    ...(submission
      ? [
          of(
            submission.on,
            submission.way === 'referral' ? 'NRM referral submitted' : 'Duty to Notify sent, without a name',
            submission.by,
          ),
        ]
      : []),
    ...decisions.map(({ day, by }) => of(day, 'Decision of the Home Office recorded', by)),
  ];
}
