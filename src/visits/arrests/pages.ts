/** Pages about arrests and their screening, for enforcement alone. */

import { dayOf, timeOf } from '../../platform/clock.ts';
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  type MemberNames,
  momentField,
  type ShownFields,
  textField,
  versionsSection,
} from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import {
  backTo,
  type CasePage,
  type FormPage,
  type Link,
  type PageAction,
  type Section,
  type StateItem,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { arrestKinds, arrestStatuses, sexes } from '../../vocabulary/figures.ts';
import { visitInterpreters } from '../../vocabulary/interpreting.ts';
import { arrestPaths, encounterPaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { recordedRow, toRows, visitPageFrame } from '../arrival-and-departure/pages.ts';
import { isTreatedAsChild } from '../child-arrests/child-notification.ts';
import { childNotificationAction, childNotificationSections, type ToldAboutChild } from '../child-arrests/pages.ts';
import { lateCorrectionNotices } from '../late-corrections/late-correction.ts';
import { formatOnCall, type OnCallFirstResponder } from '../on-call-first-responders.ts';
import { type Arrest, type Encounter, matters, type Screening, screeningOutcomes } from '../visit.ts';
import { ageEvidenceFields, childTitle, formatArrestAge } from './age-evidence.ts';
import type { ArrestWithScreening } from './store.ts';

const formatPerson = ({ sex, age }: Pick<Arrest, 'sex' | 'age'>): string =>
  `${sex === 'not known' ? 'sex not known' : sex}, ${age === null ? 'age not known' : age}`;

export const arrestsSection = (arrests: readonly ArrestWithScreening[], finished: boolean): Section => ({
  kind: 'table',
  id: 'arrests',
  caption: 'Arrests',
  stack: true,
  columns: ['Person', 'Screened for exploitation', 'Arrest'].map((text) => ({ text })),
  rows: arrests.map((arrest) => [
    { text: formatPerson(arrest), href: arrestPaths.arrest(arrest.id) },
    arrest.screening
      ? { text: arrest.screening }
      : { text: 'Say whether', href: arrestPaths.screening(arrest.id), hidden: 'this person was screened' },
    { text: `${arrest.kind}, over ${arrest.matter}; ${arrest.status}` },
  ]),
  empty: finished ? 'No arrest was recorded.' : 'Nobody has recorded an arrest yet.',
});

const arrestFields = (
  ask: FieldBuilder,
  people: readonly Encounter[],
  at: Date,
  known?: Arrest,
  isTimeOpen = false,
): Field[] => [
  ask.one(
    'kind',
    'Kind of arrest',
    [
      {
        value: arrestKinds[0],
        text: 'Criminal',
        hint: {
          text: 'For an offence. This arrest makes criminal proceedings active under the Contempt of Court Act 1981.',
        },
      },
      {
        value: arrestKinds[1],
        text: 'Administrative, immigration',
        hint: {
          text: 'Detention under immigration powers. This does not make criminal proceedings active under the Contempt of Court Act 1981.',
        },
      },
    ],
    { value: known?.kind ?? '' },
  ),
  ask.one('matter', 'Reason for the arrest', matters, { value: known?.matter ?? '' }),
  ask.text('offence', 'Offence', {
    hint: 'For a criminal arrest: the offence or its code.',
    value: known?.offence ?? '',
  }),
  ask.one('sex', 'Sex', sexes, { classes: 'govuk-radios--inline', value: known?.sex ?? '' }),
  ask.text('age', 'Age', {
    hint: 'In years. Write “not known” if nobody knows. Safelight then treats the person as a child until assessed.',
    classes: 'govuk-input--width-10',
    value: known ? (known.age ?? 'not known') : '',
  }),
  ...ageEvidenceFields(ask, known),
  ask.text('residence', 'Town of residence', { hint: 'Leave empty if not known.', value: known?.residence ?? '' }),
  ask.one('status', 'Where the person is now', arrestStatuses, { value: known?.status ?? 'in custody' }),
  ask.text('custodyRef', 'Custody reference', {
    hint: 'Enter the reference only. The custody record itself is not copied here.',
    value: known?.custodyRef ?? '',
  }),
  ask.choose(
    'encounterId',
    'Person met at the visit',
    people.map(({ id, number, place }) => ({ value: id, text: `Person ${number}, ${place}` })),
    {
      hint: 'Leave this as it is if nobody met this person before the arrest.',
      value: known?.encounterId ?? '',
    },
  ),
  ask.time('time', 'Time of the arrest', { value: isTimeOpen ? '' : timeOf(at) }),
  ask.day('day', 'Day', { value: dayOf(at) }),
];

export const addArrestPage = (
  visit: { readonly id: string; readonly premises: { readonly name: string } },
  id: string,
  people: readonly Encounter[],
  { leftAt, now }: { readonly leftAt: Date | null; readonly now: Date },
): FormPage => ({
  ...visitPageFrame(visit.id, 'Record an arrest', visit.premises.name),
  lead: ['No name here: custody keeps it. Whether the person was screened for exploitation comes next.'],
  button: 'Save and go on',
  fields: (ask) => [...arrestFields(ask, people, leftAt ?? now, undefined, leftAt !== null), ask.hidden('id', id)],
});

const arrestPageFrame = (arrest: Arrest, title: string) => ({
  title,
  caption: `Arrest: ${formatPerson(arrest)}`,
  ...backTo(arrestPaths.arrest(arrest.id), 'The arrest'),
});

export const correctArrestPage = (arrest: Arrest, people: readonly Encounter[], base: number): FormPage => ({
  ...arrestPageFrame(arrest, 'Correct the arrest'),
  button: 'Save the correction',
  fields: (ask) => [...arrestFields(ask, people, arrest.arrestedAt, arrest), ...correctionFields(ask, base)],
});

export const statusPage = (arrest: Arrest, base: number): FormPage => ({
  ...arrestPageFrame(arrest, 'Where is the person now?'),
  fields: (ask) => [
    ask.one('status', 'Status', arrestStatuses, { value: arrest.status }),
    ask.hidden('base', String(base)),
  ],
});

export const closeArrestPage = (arrest: Arrest): FormPage => ({
  ...arrestPageFrame(arrest, 'Close the arrest'),
  lead: ['Nothing more is expected of it here. It can still be corrected, with a reason.'],
  button: 'Close the arrest',
});

export type ArrestPageData = {
  readonly arrest: Arrest;
  readonly screening: Screening | undefined;
  readonly premises: string;
  /** The person met at the visit who was arrested. */
  readonly met: Pick<Encounter, 'id' | 'number' | 'age'> | undefined;
  readonly names: MemberNames;
  readonly versions: readonly EarlierVersion[];
  readonly screeningVersions: readonly EarlierVersion[];
  readonly told: ToldAboutChild;
  /** When the visit was finished for the first time. */
  readonly firstFinishedAt: Date | undefined;
  /** Whom the plan names for this place. */
  readonly onCall: OnCallFirstResponder | undefined;
  readonly writes: boolean;
  /** Begins an NRM referral, or leads to the one that there is. */
  readonly referral: readonly PageAction[];
};

const screeningRows = (screening: Screening, names: MemberNames): SummaryRow[] =>
  toRows([
    ['Screened for exploitation', screening.outcome],
    ['Why not', screening.outcome === 'not done' ? screening.reason : null],
    ['Note', screening.outcome === 'not done' ? null : screening.reason],
    ['By', screening.screenedBy],
    ['When', screening.screenedAt && formatMoment(screening.screenedAt)],
    ['Interpreter', screening.interpreter],
    recordedRow(screening, names),
  ]);

function listActions({ arrest, screening, told, writes, referral }: ArrestPageData): PageAction[] {
  if (!writes) return [...referral];
  const { id, closedAt } = arrest;
  return [
    ...childNotificationAction(arrest, told),
    ...(screening ? referral : []),
    {
      href: arrestPaths.screening(id),
      text: screening ? 'Correct the screening' : 'Say whether the person was screened',
      secondary: Boolean(screening),
    },
    ...(closedAt ? [] : [{ href: arrestPaths.status(id), text: 'Change the status', secondary: true }]),
    ...(screening ? [] : referral),
    ...(closedAt || !screening ? [] : [{ href: arrestPaths.closing(id), text: 'Close the arrest', secondary: true }]),
    { href: arrestPaths.correction(id), text: 'Correct the arrest', secondary: true },
  ];
}

const arrestRows = ({ arrest, met, names }: ArrestPageData): SummaryRow[] =>
  toRows([
    ['Kind', arrest.kind],
    ['Over', arrest.matter],
    ['Offence', arrest.offence],
    ['Sex', arrest.sex],
    ['Age', formatArrestAge(arrest)],
    ['Town of residence', arrest.residence ?? 'not known'],
    ['Status', arrest.status],
    ['Custody reference', arrest.custodyRef],
    ['Arrested', formatMoment(arrest.arrestedAt)],
    ['Met before as', met ? `person ${met.number}` : null],
    ['Closed', arrest.closedAt && formatMoment(arrest.closedAt)],
    recordedRow(arrest, names),
  ]);

const arrestLabels: ShownFields = {
  kind: textField('kind'),
  matter: textField('over'),
  offence: textField('offence'),
  sex: textField('sex'),
  age: ['age', (age) => (age === null ? 'not known' : String(age))],
  age_basis: ['evidence for the age', (basis) => (basis ? wordsOf(String(basis)) : 'none')],
  residence: textField('residence'),
  status: textField('status'),
  custody_ref: textField('custody reference'),
  arrested_at: momentField('arrested'),
  closed_at: momentField('closed'),
};

const screeningLabels: ShownFields = {
  outcome: textField('outcome'),
  reason: textField('reason'),
  screened_by: textField('by'),
  screened_at: momentField('when'),
  interpreter: textField('interpreter'),
};

export function arrestPage(shown: ArrestPageData): CasePage {
  const { arrest, screening, premises, names, versions, screeningVersions } = shown;
  const notices = stateNotices(shown);
  const stated: Section[] =
    notices.length > 0
      ? [{ kind: 'states', title: 'Where it stands', items: notices, links: listHelpLinks(shown) }]
      : [];
  const screened: Section[] = screening
    ? [{ kind: 'summary', title: 'Screening', rows: screeningRows(screening, names) }]
    : [];
  return {
    title: `Arrest: ${formatPerson(arrest)}`,
    caption: premises,
    back: { href: visitPaths.visit(arrest.visitId), text: premises },
    actions: listActions(shown),
    sections: [
      ...stated,
      { kind: 'summary', title: 'The arrest', rows: arrestRows(shown) },
      ...childNotificationSections(shown.told, names),
      ...screened,
      ...versionsSection(versions, names, arrestLabels),
      ...versionsSection(screeningVersions, names, screeningLabels).map((section) => ({
        ...section,
        id: 'earlier-screening',
        title: 'Earlier versions of the screening',
      })),
    ],
  };
}

const whoAnswers: Link = { href: '/help', text: 'See who can be called now' };

/** Whether the visit says adult and the arrest says child, or the other way round. */
const isAgeContradicted = ({ arrest: { age }, met }: ArrestPageData): boolean =>
  age !== null && ((met?.age === 'adult' && age < 18) || (met?.age === 'under 18' && age >= 18));

/** Where a contradicted age is corrected, and whom to call about a child or where the screening raised a concern. */
const listHelpLinks = (shown: ArrestPageData): Link[] => [
  ...(shown.met && shown.writes && isAgeContradicted(shown)
    ? [{ href: encounterPaths.correction(shown.met.id), text: `Correct the record of person ${shown.met.number}` }]
    : []),
  ...listCallLinks(shown),
];

const listCallLinks = ({ arrest, screening, onCall }: ArrestPageData): Link[] => {
  if (screening?.outcome !== 'concern raised' && !isTreatedAsChild(arrest)) return [];
  return onCall?.ring
    ? [{ href: onCall.ring.href, text: `Ring ${formatOnCall(onCall)}: ${onCall.ring.number}` }]
    : [whoAnswers];
};

const childToTell =
  'A child, or treated as one until assessed. Safelight tells nobody. You or custody must telephone the council’s children’s services now, whatever the person wants. Custody must also find an appropriate adult. Record whom you told, when and how, here and in the custody record.';
const childTold =
  'A child, or treated as one until assessed. The notification below says who was told. Safelight tells nobody.';

function stateNotices(shown: ArrestPageData): StateItem[] {
  const { arrest, screening, onCall, met, told } = shown;
  const notices = lateCorrectionNotices(
    [...shown.versions, ...shown.screeningVersions, ...told.versions],
    shown.firstFinishedAt,
    shown.names,
  );
  if (met && isAgeContradicted(shown))
    notices.push({
      kind: 'unwise',
      title: 'Two ages are recorded',
      text: `Person ${met.number} is recorded as “${met.age}” at the visit. This arrest gives the age ${arrest.age}. Treat the person as a child until the age is assessed, and correct the record that is wrong.`,
    });
  if (!screening)
    notices.push({
      kind: 'waiting',
      title: 'Not screened yet',
      text: 'The arrest cannot be closed, and the visit cannot be finished, before somebody says whether this person was screened for exploitation.',
    });
  if (screening?.outcome === 'concern raised')
    notices.push({
      kind: 'unwise',
      title: 'A concern was raised',
      text: `A person arrested can also be a potential victim. ${
        onCall
          ? `Tell the on-call first responder for this place: ${formatOnCall(onCall)}, ${onCall.contact ?? 'no number recorded'}.`
          : 'The plan names no on-call first responder here.'
      }`,
    });
  if (isTreatedAsChild(arrest))
    notices.push({
      kind: 'unwise',
      title: childTitle(arrest),
      text: told.notification ? childTold : childToTell,
    });
  return notices;
}

export function screeningPage(arrest: Arrest, known: Screening | undefined, base: number, now: Date): FormPage {
  const at = known?.screenedAt ?? (known ? null : now);
  return {
    ...arrestPageFrame(arrest, 'Was this person screened for exploitation?'),
    lead: [
      '“Screened” means that a trained person asked the arrested person in private whether they are exploited, with an independent interpreter if needed.',
    ],
    fields: (ask) => [
      ask.one(
        'outcome',
        'Outcome',
        [
          { value: screeningOutcomes[0], text: 'Screened: no concern' },
          { value: screeningOutcomes[1], text: 'Screened: a concern was raised' },
          { value: screeningOutcomes[2], text: 'Not screened', hint: { text: 'Say why below.' } },
        ],
        { value: known?.outcome ?? '' },
      ),
      ask.text('screenedBy', 'Who screened', {
        hint: 'Name and agency. Leave empty if not screened.',
        value: known?.screenedBy ?? '',
      }),
      ask.time('time', 'When', { value: at ? timeOf(at) : '' }),
      ask.day('day', 'Day', { value: at ? dayOf(at) : '' }),
      ask.one('interpreter', 'Interpreter', visitInterpreters, {
        hint: 'Do not use somebody who is with the person.',
        value: known?.interpreter ?? '',
      }),
      ask.words('reason', 'If the person was not screened, the reason', {
        hint: 'Every officer of the operation can read what you write here. Do not record what the person said, or their health.',
        most: 1_000,
        value: known?.reason ?? '',
      }),
      ...(known ? correctionFields(ask, base) : [ask.hidden('base', String(base))]),
    ],
  };
}
