/** The form on one page: what the records answer is folded, what is open is asked in the order of the form, and what few people know is folded at the end. */
import { askedOfWords, entriesOf, formField } from '../../../nrm/form-fields/index.ts';
import { answerText, type Facts, type FactValue, fieldsOf } from '../../../nrm/index.ts';
import { type Field, FieldBuilder } from '../../../platform/forms/fields.ts';
import type { Answers } from '../../../platform/forms/forms.ts';
import type { FormErrors } from '../../../platform/http/server.ts';
import type { FormPage, SummaryRow } from '../../../platform/rendering/pages.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import { counted } from '../../../vocabulary/languages/english.ts';
import { officerReferralPaths } from '../../../vocabulary/paths/visits.ts';
import type { OpenedOfficerReferral } from '../audited-reads.ts';
import { isAsked, type OfficerDraft } from './case-draft.ts';
import { serialiseShown } from './stale-answers.ts';

export type ReferralFormPage = FormPage & {
  /** Said above the rest where a text is held back. */
  readonly kept: string | undefined;
  readonly known: readonly SummaryRow[];
  readonly knownTitle: string;
  readonly change: string | undefined;
  /** The parts with a button below them, and the part that follows each. */
  readonly savesAfter: Readonly<Record<string, string>>;
};
declare module '../../../platform/rendering/views.ts' {
  interface ViewModels {
    'visits/nrm-referrals/form': ReferralFormPage;
  }
}

type Section = OfficerDraft['draft']['sections'][number];
type Entry = Section['entries'][number];

const factOf = (facts: Facts, { field }: Entry): FactValue | undefined =>
  (facts as Readonly<Record<string, FactValue | undefined>>)[field.from];

/** A question of a few words depends on the one before it. */
const dependencyHint = ({ form }: OfficerDraft, { field }: Entry): string => {
  const before = field.when && fieldsOf(form).find(({ key }) => key === field.when?.field);
  return before && field.asks.length < 16 ? `About “${before.asks}”.` : '';
};

/** Who said no is not asked more. */
const notAskedAgain = 'As far as you know.';

function fieldOf(ask: FieldBuilder, made: OfficerDraft, entry: Entry): Field {
  const { field, answer } = entry;
  const suggested = answer === null ? factOf(made.suggested, entry) : undefined;
  const hint = [
    dependencyHint(made, entry),
    field.needed === 'no' ? 'If known.' : '',
    made.route?.kind === 'notification' && field.askedOf === 'person' ? notAskedAgain : askedOfWords[field.askedOf],
    suggested === undefined ? '' : 'From your records. Check it.',
  ];
  return formField(ask, field, {
    hint: hint.filter(Boolean).join(' '),
    value: answer ?? suggested,
    most: made.form.narrativeMost,
  });
}

/** The questions that the page asks now. */
const openEntries = (made: OfficerDraft, all: boolean, errors: FormErrors): readonly Entry[] =>
  entriesOf(made.draft)
    .filter((entry) => isAsked(entry, made))
    .filter((entry) => all || entry.answer === null || entry.fault !== null || errors[entry.field.key]);

const isOptional = ({ field, answer }: Entry): boolean => field.needed === 'no' && answer === null;

/** The required questions by part of the form, then the others, folded. */
function sectionFields(ask: FieldBuilder, made: OfficerDraft, open: readonly Entry[]): Field[] {
  const wanted = open.filter((entry) => !isOptional(entry) || factOf(made.suggested, entry) !== undefined);
  const rest = open.filter((entry) => !wanted.includes(entry));
  const groups = made.draft.sections.flatMap(({ title, entries }) => {
    const here = entries.filter((entry) => wanted.includes(entry));
    return here.length === 0
      ? []
      : [
          ask.group(
            `part-${title.toLowerCase().replaceAll(' ', '-')}`,
            title,
            here.map((entry) => fieldOf(ask, made, entry)),
          ),
        ];
  });
  const more = ask.group(
    'part-more',
    '',
    rest.map((entry) => fieldOf(ask, made, entry)),
    { fold: 'More questions, if you know the answers' },
  );
  return rest.length > 0 ? [...groups, more] : groups;
}

const leads = {
  referral:
    'Leave open what is not known. Do not press the person for what can wait. You can save at any time and come back.',
  notification:
    'A notification names nobody. Write what happened without names, numbers, addresses, nicknames, exact days or ages.',
} as const;
const knownAlone = 'Write only what you know already. Do not ask the person again.';

export type FormPageOptions = {
  /** Every answer as a field, known ones too. */
  readonly all: boolean;
  /** Nothing was sent just now: the page loads normally, and each field shows what is wrong with it. */
  readonly looking?: boolean;
  readonly typed?: Answers;
  readonly errors?: FormErrors;
  /** The questions of the form that was sent, where it is shown again as it was. */
  readonly asked?: readonly string[];
  /** What somebody changed since the form was opened. */
  readonly meanwhile?: readonly string[];
};

const shownOf = (made: OfficerDraft, entry: Entry): FactValue | undefined =>
  entry.answer ?? factOf(made.suggested, entry);

/** Each part but the last one has a button: it saves the whole form and goes on with the part after it. */
const savesAfter = (fields: readonly Field[]): Readonly<Record<string, string>> =>
  Object.fromEntries(fields.slice(0, -1).map(({ name }, index) => [name, fields[index + 1]?.name ?? '']));

export function referralFormPage(
  { referral: { id }, made, premises }: OpenedOfficerReferral,
  { all, looking = false, typed = {}, errors = {}, asked, meanwhile }: FormPageOptions,
): ReferralFormPage {
  const ask = new FieldBuilder(typed, errors);
  const open = asked
    ? entriesOf(made.draft).filter((entry) => isAsked(entry, made) && asked.includes(entry.field.key))
    : openEntries(made, all, errors);
  const parts = sectionFields(ask, made, open);
  const known = entriesOf(made.draft).filter((entry) => entry.answer !== null && !open.includes(entry));
  const url = officerReferralPaths.form(id);
  return {
    title: made.route?.kind === 'notification' ? 'Duty to Notify' : 'NRM referral',
    caption: premises,
    back: { href: officerReferralPaths.referral(id), text: 'The NRM referral' },
    errors: looking ? {} : errors,
    kept:
      made.heldBack && made.heldBack.findings.length > 0
        ? 'What you typed is kept here. It is not sent as it is: write it without what is named below.'
        : undefined,
    lead: made.route ? [leads[made.route.kind], ...(made.route.kind === 'notification' ? [knownAlone] : [])] : [],
    known: known.map(({ field, answer }) => ({
      key: { text: field.asks },
      value: { text: answerText(field, answer).join(', ') },
    })),
    knownTitle: `${counted(known.length, 'answer')} known already`,
    change: all ? undefined : withQuery(url, { all: 'yes' }),
    fields: [
      ...parts,
      ask.hidden('asked', open.map(({ field }) => field.key).join(' ')),
      ask.hidden('base', serialiseShown(open.map((entry) => [entry.field.key, shownOf(made, entry)]))),
    ],
    savesAfter: savesAfter(parts),
    meanwhile,
    action: url,
    closed: open.length === 0,
    button: 'Save and go on',
    cancel: officerReferralPaths.referral(id),
  };
}
