/** Summary of a person's NRM referrals for the page of their record, with the target date of the next decision. */

import { stateOf } from '../../nrm/index.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { nationOf } from '../first-responder-requests/who-may-submit.ts';

import type { RecordLine, RecordSectionSource } from '../people/record-sections.ts';
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
  return aim ? `. A decision on reasonable grounds is hoped for by ${longDay(aim)}` : '';
}

export const nrmReferralsSection: RecordSectionSource = {
  action: 'nrm referral.read',
  tell: (request, keys, id) =>
    request.under('nrm referral.read', async (_db, look) => {
      const db = look('nrm referrals.listed', id, { fields: nrmReferralFields });
      const all = await listNrmReferralsOf(db, keys, id);
      request.returned(all.map((one) => one.id));
      const open: RecordLine[] = [];
      if (all.length === 0) return { open };
      const age = determineAgeTreatment(await getPerson(db, keys, id), request.today);
      for (const concern of all)
        open.push({
          what: 'Concern',
          text: `${nowWords(concern, age)}${await awaited(concern)}. Raised ${formatHour(concern.raisedAt)}`,
          href: nrmPaths.referral(concern.id),
        });
      const going = findOngoingReferral(all);
      return { open, concern: going && nrmPaths.referral(going.id) };
    }),
};
