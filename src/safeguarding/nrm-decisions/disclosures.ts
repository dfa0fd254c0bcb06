/** Lists submitted referrals and notifications among what was shared about a person: by this agency, or by a first responder with the draft. */

import { stateWords } from '../../nrm/decision-words/index.ts';
import { stateOf } from '../../nrm/index.ts';
import { instantAt } from '../../platform/clock.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { floorToHour, formatHour } from '../../vocabulary/calendar/moments.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import type { OtherDisclosure, OtherDisclosureSource } from '../disclosures/elsewhere.ts';
import { listReferredDocuments, type ReferredDocument } from '../documents/referred-documents.ts';
import { agencyOf } from '../notes/pages.ts';
import { nrmReferralFields } from '../nrm-drafts/audited-reads.ts';
import { caseOf, type NrmReferral, type Submission } from '../nrm-drafts/nrm-referral.ts';
import { listNrmReferralsOf } from '../nrm-drafts/store.ts';

const homeOfficeName = 'The Home Office: National Referral Mechanism';
const describeContent = (day: string): string => `the referral, as in the draft of ${longDay(day)}. It notifies police`;

const knownText = 'The Home Office has the NRM referral. It is also in charge of immigration, and it notifies police.';

/** The ground in words for the person; the concern says who decided for them. */
function basisWords({ ground, way }: Submission, { fork }: NrmReferral): string {
  const grounds: Record<string, string> = {
    consent: `with consent${fork.consent ? ` of ${longDay(fork.consent.on)}` : ''}`,
    child: 'because the person is under 18',
    'age not sure: a child until assessed': 'because the age is not known: a child until assessed',
    'best interests': 'because somebody named decided that it is in the person’s best interests',
    'no consent': 'because the law asks for it; the person did not agree to be named',
  };
  return grounds[ground] ?? (way === 'referral' ? `because: ${ground}` : 'because the law asks for it');
}

const numberWords = (number: string | null): string => (number ? `number ${number}` : 'no number was written down');

function recordedSubmission(concern: NrmReferral, submission: Submission): OtherDisclosure {
  const { by, on, agencyId, way, handedOn, reference } = submission;
  const held = caseOf(concern);
  return {
    at: instantAt(on, '12:00'),
    people: [by],
    say: (agencies, names) => ({
      who: homeOfficeName,
      what:
        way === 'notification'
          ? 'that somebody may be a victim, without a name'
          : handedOn
            ? describeContent(handedOn)
            : 'the referral, with the person’s name. It notifies police',
      how: handedOn
        ? `Submitted by ${agencyOf(agencies, agencyId)} from the draft, ${basisWords(submission, concern)}. Recorded by ${getMemberName(names, by)}`
        : `Submitted by ${getMemberName(names, by)} of ${agencyOf(agencies, agencyId)}, ${basisWords(submission, concern)}`,
      when: longDay(on),
      now: `${held ? `${stateWords[stateOf(held)]}; ` : ''}${numberWords(reference)}`,
      href: nrmPaths.referral(concern.id),
      ...(way === 'referral' && { known: knownText }),
    }),
  };
}

/** They say that they submitted it, and the sender has not recorded that. */
function reportedSubmission(
  concern: NrmReferral,
  { toAgency, paperId, endedAt, madeAt, number }: ReferredDocument,
): OtherDisclosure {
  const draft = concern.handed.find((one) => one.paperId === paperId);
  const day = endedAt ?? madeAt;
  return {
    at: day,
    people: [],
    say: (agencies) => ({
      who: homeOfficeName,
      what: draft ? describeContent(draft.on) : 'the referral. It notifies police',
      how: `${agencyOf(agencies, toAgency)} says that it submitted it. It is not recorded in the NRM referral yet`,
      when: formatHour(day),
      now: numberWords(number),
      known: knownText,
      href: nrmPaths.referral(concern.id),
    }),
  };
}

export const nrmReferralDisclosures: OtherDisclosureSource = {
  action: 'nrm referral.read',
  otherwise: 'NRM referrals. Ask the agency that keeps the record.',
  tell: (request, keys, ids) =>
    request.under('nrm referral.read', async (_db, look) => {
      const db = look('nrm referrals.listed', null, { fields: nrmReferralFields });
      const concerns: NrmReferral[] = [];
      for (const id of ids) concerns.push(...(await listNrmReferralsOf(db, keys, id)));
      request.returned(concerns.map(({ id }) => id));
      const all: OtherDisclosure[] = [];
      for (const concern of concerns) {
        const { submission, handed } = concern;
        if (submission) all.push(recordedSubmission(concern, submission));
        if (submission || handed.length === 0) continue;
        const requests = look('referrals.listed', null, { fields: ['toAgency', 'state', 'outcome', 'messages'] });
        const papers = handed.map(({ paperId }) => paperId);
        const found = await listReferredDocuments(requests, keys, papers, floorToHour(request.now));
        request.returned(found.map(({ id }) => id));
        all.push(
          ...found.filter(({ outcome }) => outcome === 'help given').map((one) => reportedSubmission(concern, one)),
        );
      }
      return all;
    }),
};
