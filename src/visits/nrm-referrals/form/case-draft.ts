/** Builds the draft of an officer's referral, or of a notification that names nobody, or says what stops it. Built on each view and not stored. Pure. */
import { entriesOf, faultErrors, findingErrors, misfitErrors } from '../../../nrm/form-fields/index.ts';
import {
  buildDraft,
  buildNotification,
  type Draft,
  type Facts,
  type FactValue,
  type Finding,
  type FormVersion,
  fieldsOf,
  findMisfits,
  firstResponders,
  formOn,
  formVersions,
  type NotificationRefusal,
} from '../../../nrm/index.ts';
import type { FormErrors } from '../../../platform/forms/forms.ts';
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
type Field = Entry['field'];

/** Whether a page asks it: not what the records, the consent or the account settle. */
export const isAsked = ({ field: { from } }: Pick<Entry, 'field'>, { route }: Pick<OfficerDraft, 'route'>): boolean =>
  !settledFacts.has(from) && (from !== 'why not' || route?.kind === 'notification');

/** The fields whose answers are kept, also where another answer has closed the question since: nothing typed is lost. */
export const answerableFields = (made: OfficerDraft): readonly Field[] =>
  fieldsOf(made.form).filter(
    (field) => isAsked({ field }, made) && (made.route?.kind === 'referral' || field.notify !== 'never'),
  );

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
  entriesOf(made.draft).filter((entry) => entry.fault === 'missing' && isAsked(entry, made));

/** What cannot stay: answers that do not fit, and in a notification text that could identify the person. */
export const errorsOf = ({ draft, heldBack }: OfficerDraft): FormErrors => ({
  ...faultErrors(entriesOf(draft)),
  ...misfitErrors(findMisfits(draft)),
  ...findingErrors(heldBack?.findings ?? []),
});

export type WrongAnswer = {
  readonly key: string;
  readonly asks: string;
  readonly error: string;
  /** Whether the form asks it, so that it can be changed there. */
  readonly isAsked: boolean;
};

/** The same, each with its question. */
export function wrongAnswers(made: OfficerDraft): readonly WrongAnswer[] {
  const errors = errorsOf(made);
  return entriesOf(made.draft).flatMap((entry) => {
    const { key, asks } = entry.field;
    const error = errors[key];
    return error === undefined ? [] : [{ key, asks, error, isAsked: isAsked(entry, made) }];
  });
}

/** Whether it can be sent with every answer. */
export const isComplete = (made: OfficerDraft): boolean =>
  made.leaving !== null && missingEntries(made).length === 0 && wrongAnswers(made).length === 0;
