/** Builds the draft of a referral, or of a notification that names no person, or says what stops it. Built on each view and not stored, so that no copy can be edited. Pure. */

import * as nrm from '../../nrm/index.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import {
  collectKnownFacts,
  factsOf,
  identifyingFactsOf,
  type KnownFacts,
  nameParts,
  settledFacts,
  submitterFilledIn,
  submitterFillsIn,
  type Worker,
} from '../nrm-form/known-facts.ts';
import type { Person } from '../people/person.ts';
import { type NrmReferral, nextQuestion, type Question, routeOf } from './nrm-referral.ts';

export type ChosenRoute = Extract<nrm.ReferralRoute, { kind: 'referral' | 'notification' }>;

export type CaseDraft = {
  readonly form: nrm.FormVersion;
  readonly known: KnownFacts;
  /** The fields that apply to this case, filled or not: what pages ask for. */
  readonly draft: nrm.Draft;
  readonly way: ChosenRoute | undefined;
  readonly question: Question | undefined;
  /** The facts about the submitter, where another agency submits: no page here asks for them. */
  readonly left: nrm.SubmitterFacts | undefined;
  /** What may be sent; null while nothing may. */
  readonly leaving: nrm.Draft | null;
  readonly heldBack: { readonly refusal: nrm.NotificationRefusal; readonly findings: readonly nrm.Finding[] } | null;
};

export type DraftAuthor = {
  readonly worker: Worker;
  /** The list entry of the worker’s organisation; null if it has none. */
  readonly responderId: string | null;
  readonly today: string;
};

export class MissingFormError extends Error {}

export function buildCaseDraft(
  concern: NrmReferral,
  earlier: NrmReferral | undefined,
  person: Person,
  by: DraftAuthor,
): CaseDraft {
  const { submission } = concern;
  const day = submission?.on ?? by.today;
  const form = submission
    ? nrm.formVersions.find(({ id }) => id === submission.formId)
    : nrm.formOn(nrm.formVersions, day);
  if (!form) throw new MissingFormError(`no form is kept for ${day}`);
  const age = submission?.referredAs ?? determineAgeTreatment(person, by.today);
  const way: ChosenRoute | undefined = submission
    ? ({ kind: submission.way, ground: submission.ground } as ChosenRoute)
    : routeOf(concern, age);
  const all = submission
    ? submittedFacts(submission)
    : collectKnownFacts(concern, earlier, person, by.worker, { today: by.today, submits: by.responderId !== null });
  const facts = factsOf(all);
  const left = submission
    ? submission.handedOn
      ? submitterFilledIn
      : undefined
    : by.responderId
      ? undefined
      : submitterFillsIn;
  const common = { form, known: all, way, left, question: submission ? undefined : nextQuestion(concern, age) };
  if (way?.kind === 'referral') {
    const draft = nrm.buildDraft(form, 'referral', facts);
    return { ...common, draft, leaving: draft, heldBack: null };
  }
  // While the way is open, only questions common to both ways are asked.
  if (!way) return { ...common, draft: nrm.buildDraft(form, 'notification', facts), leaving: null, heldBack: null };
  const { first, last } = nameParts(by.worker.name);
  const notified = nrm.buildNotification(form, facts, identifyingFactsOf(person), {
    responderId: submission?.responderId ?? by.responderId,
    organisation: String(facts.organisation ?? by.worker.organisation),
    firstName: String(facts['your first name'] ?? first),
    lastName: String(facts['your last name'] ?? last),
    responders: nrm.firstResponders,
    day,
  });
  if (notified.ok) {
    const { draft } = notified.notification;
    return { ...common, draft, leaving: draft, heldBack: null };
  }
  const { draft, refusal, findings } = notified;
  return { ...common, draft, leaving: null, heldBack: { refusal, findings } };
}

const submittedFacts = ({ facts, on, by }: NonNullable<NrmReferral['submission']>): KnownFacts =>
  Object.fromEntries(
    Object.entries(facts).map(([name, value]) => [name, { value, from: 'here', on, by }]),
  ) as KnownFacts;

/** Which of the form’s fields a page asks for. Facts from the fork or the application are shown, not asked. */
export const isAsked = (from: string, branch: nrm.Branch | undefined, left?: nrm.SubmitterFacts): boolean =>
  !settledFacts.has(from) && !left?.facts.has(from) && (from !== 'why not' || branch === 'notification');
