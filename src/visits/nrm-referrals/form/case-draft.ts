/** Builds the draft of an officer's referral, or of a notification that names nobody, or says what stops it. Built on each view and not stored. Pure. */
import {
  buildDraft,
  buildNotification,
  type Draft,
  type Facts,
  type FactValue,
  type Finding,
  type FormVersion,
  firstResponders,
  formOn,
  formVersions,
  type NotificationRefusal,
} from '../../../nrm/index.ts';
import { type ChosenRoute, type OpenQuestion, openQuestion, type ReferralContent, routeOf } from '../nrm-referral.ts';
import { identifyingRecords, knownFacts, type RecordsKnown, settledFacts, suggestedFacts } from './known-facts.ts';

export type OfficerDraft = {
  readonly form: FormVersion;
  readonly route: ChosenRoute | undefined;
  readonly question: OpenQuestion | undefined;
  /** What the records say, as answers. */
  readonly known: Facts;
  /** What the records say, to be checked in the field. */
  readonly suggested: Facts;
  /** The fields that apply, filled or not. */
  readonly draft: Draft;
  /** What may be sent; null while nothing may. */
  readonly leaving: Draft | null;
  readonly heldBack: { readonly refusal: NotificationRefusal; readonly findings: readonly Finding[] } | null;
};

type Entry = Draft['sections'][number]['entries'][number];

/** Whether a page asks it: not what the records, the consent or the account settle. */
export const isAsked = ({ field: { from } }: Entry, { route }: Pick<OfficerDraft, 'route'>): boolean =>
  !settledFacts.has(from) && (from !== 'why not' || route?.kind === 'notification');

const withoutSettled = (answers: Facts): Facts =>
  Object.fromEntries(Object.entries(answers).filter(([name]) => !settledFacts.has(name))) as Facts;

const single = (value: FactValue | undefined): string => (typeof value === 'string' ? value : '');

/** `today`: the day of the form. What was sent is built from its own form and facts. */
export function buildOfficerDraft(
  content: ReferralContent,
  records: RecordsKnown,
  { responderId, today }: { readonly responderId: string | null; readonly today: string },
): OfficerDraft {
  const { submission } = content;
  const form = submission ? formVersions.find(({ id }) => id === submission.formId) : formOn(formVersions, today);
  if (!form) throw new Error(`no form is kept for ${today}`);
  const route = routeOf(content, records.age);
  const known = submission ? submission.facts : knownFacts(records);
  const facts = submission ? submission.facts : { ...known, ...withoutSettled(content.answers) };
  const suggested = submission ? {} : suggestedFacts(records, route?.kind === 'referral');
  const common = { form, route, known, suggested, question: openQuestion(content, records.age) };
  if (route?.kind === 'referral') {
    const draft = buildDraft(form, 'referral', facts);
    return { ...common, draft, leaving: draft, heldBack: null };
  }
  if (!route) return { ...common, draft: buildDraft(form, 'notification', facts), leaving: null, heldBack: null };
  const notified = buildNotification(form, facts, identifyingRecords(records), {
    responderId: submission?.responderId ?? responderId,
    organisation: single(facts.organisation),
    firstName: single(facts['your first name']),
    lastName: single(facts['your last name']),
    responders: firstResponders,
    day: today,
  });
  if (notified.ok) {
    const { draft } = notified.notification;
    return { ...common, draft, leaving: draft, heldBack: null };
  }
  const { draft, refusal, findings } = notified;
  return { ...common, draft, leaving: null, heldBack: { refusal, findings } };
}

/** The questions without an answer that the form needs. */
export const missingEntries = (made: OfficerDraft): readonly Entry[] =>
  made.draft.sections.flatMap(({ entries }) => entries).filter((entry) => entry.fault !== null && isAsked(entry, made));
