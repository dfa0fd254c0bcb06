/** First responders' answers to drafts, for the home page of the sender, until they are recorded in the concern. No name and no typed text. */

import { countedTask, type HomeItem, type HomeItems } from '../../platform/http/home.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { readNames } from '../case/read-names.ts';
import { type FinishedReferral, listFinishedReferrals } from '../documents/referred-documents.ts';
import { agencyOf } from '../notes/pages.ts';
import { nrmReferralFields } from '../nrm-drafts/audited-reads.ts';
import type { NrmReferral } from '../nrm-drafts/nrm-referral.ts';
import { listNrmReferralsAbout } from '../nrm-drafts/store.ts';

const daysAgo = (days: number, now: Date): Date => new Date(now.getTime() - days * 86_400_000);
/** A submission that is not yet recorded must not be lost. A refusal to submit is shown for four weeks, as a declined request is. */
const [submittedFor, endedFor] = [90, 28];
/** The most that a home page lists; the concerns themselves show the rest. */
const most = 10;

type Answered = { readonly concern: NrmReferral; readonly request: FinishedReferral };

/** Not recorded yet, and not handed over again since. */
const isUnrecorded = (
  { submission, handed }: NrmReferral,
  { outcome, endedAt, paperId }: FinishedReferral,
  now: Date,
): boolean =>
  submission === null &&
  (outcome === 'help given' || (endedAt > daysAgo(endedFor, now) && handed.at(-1)?.paperId === paperId));

const isSubmitted = ({ request }: Answered): boolean => request.outcome === 'help given';

function selectAnswers(concerns: readonly NrmReferral[], found: readonly FinishedReferral[], now: Date) {
  const waiting = found.flatMap((request): Answered[] => {
    const concern = concerns.find(({ handed }) => handed.some(({ paperId }) => paperId === request.paperId));
    return concern && isUnrecorded(concern, request, now) ? [{ concern, request }] : [];
  });
  const [done, not] = [waiting.filter(isSubmitted), waiting.filter((one) => !isSubmitted(one))];
  const named = [...done, ...not].slice(0, most);
  return { named, more: waiting.length - named.length, ids: new Set(waiting.map(({ concern }) => concern.id)) };
}

export const firstResponderHomeItems = ({ keys }: Pick<AreaParts, 'keys'>): HomeItems => ({
  action: 'nrm referral.change',
  apart: async (request) => {
    const { agencyId } = request.actor;
    const { named, more } = await request.under('nrm referral.read', async (_db, look) => {
      const db = look('referrals.waiting counted', null, { fields: ['toAgency', 'outcome'] });
      const found = await listFinishedReferrals(db, agencyId, daysAgo(submittedFor, request.now));
      if (found.length === 0) return { named: [], more: 0 };
      const seen = look('nrm referrals.listed', null, { fields: nrmReferralFields });
      const concerns = await listNrmReferralsAbout(seen, keys, [...new Set(found.map(({ personId }) => personId))]);
      const all = selectAnswers(concerns, found, request.now);
      request.returned([...all.ids]);
      return all;
    });
    if (named.length === 0) return [];
    const { agencies } = await readNames(request, []);
    const lines = named.map(({ concern, request: { toAgency, outcome } }): HomeItem => {
      const shared = { for: `NRM referral ${referenceOf('NRM referral', concern.id)}`, count: 1 };
      const they = agencyOf(agencies, toAgency);
      return outcome === 'help given'
        ? {
            ...shared,
            what: 'Record the submission of an NRM referral',
            detail: `${they} submitted your draft.`,
            status: 'to do',
            href: nrmPaths.submitted(concern.id),
          }
        : {
            ...shared,
            what: 'Read why an NRM referral was not submitted',
            detail: `${they} did not submit your draft.`,
            status: 'needs attention',
            href: nrmPaths.referral(concern.id),
          };
    });
    const rest: HomeItem = {
      what: countedTask(more, 'Another answer about an NRM referral', '# other answers about NRM referrals'),
      status: 'to read',
      href: nrmPaths.referrals(),
      count: more,
    };
    return more > 0 ? [...lines, rest] : lines;
  },
});
