/** NRM drafts that the member began and nobody submitted or handed over, for their home page. No name and no typed text. */

import { countedTask, type HomeItem, type HomeItems } from '../../platform/http/home.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgeTreatment, determineAgeTreatment } from '../../vocabulary/age.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { listSentDocuments } from '../documents/referred-documents.ts';
import { listPeople } from '../people/store.ts';
import { nrmReferralFields, readWorker } from './audited-reads.ts';
import { type NrmReferral, nextQuestion, routeOf } from './nrm-referral.ts';
import { questionWords } from './route-question-pages.ts';
import { listNrmReferralsWrittenBy } from './store.ts';

/** The most that a home page lists; the NRM pages show the rest. */
const most = 10;

function reasonFor({ consent }: NrmReferral['fork'], age: AgeTreatment): string {
  if (age !== 'adult') return 'A child needs no consent, nor does a person who may be one.';
  return consent ? `The person agreed on ${longDay(consent.on)}.` : 'A named person decided to refer.';
}

/** A draft made for a first responder is handed over only once a referral sends it. */
const handOverTask = 'The draft is ready, and no agency can see it yet. Send it to a first responder.';

/** What to do next; undefined where nobody at the agency can do anything. */
function nextTask({ fork, ...concern }: NrmReferral, age: AgeTreatment, submits: boolean): string | undefined {
  const question = nextQuestion({ fork }, age);
  if (question) return `Next question: ${questionWords[question]}`;
  const way = routeOf({ ...concern, fork }, age);
  if (way?.kind === 'notification') return submits ? 'The person did not agree. Notify without a name.' : undefined;
  if (concern.handed.length > 0) return handOverTask;
  return `${reasonFor(fork, age)} Add the missing answers, then ${submits ? 'submit it' : 'send the draft to a first responder'}.`;
}

export const nrmDraftHomeItems = ({ keys }: Pick<AreaParts, 'keys'>): HomeItems => ({
  action: 'nrm referral.change',
  apart: async (request) => {
    const found = await request.under('nrm referral.read', async (_db, look) => {
      const db = look('nrm referrals.listed', null, { fields: nrmReferralFields });
      const written = await listNrmReferralsWrittenBy(db, keys, request.actor.memberId);
      request.returned(written.map(({ id }) => id));
      const unsubmitted = written.filter(({ submission }) => submission === null);
      const papers = unsubmitted.flatMap(({ handed }) => handed.map(({ paperId }) => paperId));
      const sent = await listSentDocuments(db, papers);
      const open = unsubmitted.filter(({ handed }) => !handed.some(({ paperId }) => sent.has(paperId)));
      if (open.length === 0) return [];
      const ids = open.map(({ personId }) => personId);
      const people = await listPeople(look('people.listed', null, { fields: ['age'] }), keys, ids);
      request.returned([...people.keys()]);
      return open.flatMap((concern) => {
        const person = people.get(concern.personId);
        return person ? [{ concern, age: determineAgeTreatment(person, request.today) }] : [];
      });
    });
    if (found.length === 0) return [];
    const { submits } = await readWorker(request, undefined);
    const items = found.flatMap(({ concern, age }): HomeItem[] => {
      const detail = nextTask(concern, age, submits);
      return detail ? [toItem(concern, detail)] : [];
    });
    const more = items.length - most;
    const rest: HomeItem = {
      what: countedTask(more, 'Another NRM referral to finish', '# other NRM referrals to finish'),
      status: 'in progress',
      href: nrmPaths.referrals(),
      count: more,
    };
    return more > 0 ? [...items.slice(0, most), rest] : items;
  },
});

const toItem = ({ id }: NrmReferral, detail: string): HomeItem => ({
  what: 'Finish an NRM referral',
  detail,
  for: `NRM referral ${referenceOf('NRM referral', id)}`,
  status: 'in progress',
  href: nrmPaths.referral(id),
  count: 1,
});
