/** Pages about the search record and seizures, for enforcement alone. */

import { timeOf } from '../../platform/clock.ts';
import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  type MemberNames,
  momentField,
  textField,
  versionsSection,
  yesNoField,
} from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { CasePage, FormPage, Section } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { currencies, formatCash, formatHundredths } from '../../vocabulary/currencies.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { seizurePaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { recordedRow, toRows, visitPageFrame } from '../arrival-and-departure/pages.ts';
import { lateCorrectionNotices } from '../late-corrections/late-correction.ts';
import { doorAnswerLabels } from '../pages.ts';
import { consentWays, findings, forcedAnswers, type Search, type Seizure, seizureKinds } from '../visit.ts';
import { insideOnly } from './search-form.ts';

/** What was checked, and who was suspected, as a summary says it. */
const checkedLabels = {
  peopleChecked: 'People checked',
  vehiclesChecked: 'Vehicles checked',
  documentsChecked: 'Documents checked',
  suspects: 'Suspected and not arrested',
} as const;
type Checked = keyof typeof checkedLabels;

const checkedRows = (search: Search): [string, string | null][] =>
  (Object.entries(checkedLabels) as [Checked, string][]).map(([column, label]) => [
    label,
    search[column] === null || search[column] === undefined ? null : search[column].toLocaleString('en-GB'),
  ]);

const formatAmount = ({ pence, currency = 'GBP' }: Pick<Seizure, 'pence' | 'currency'>): string | null =>
  pence === null ? null : formatCash(pence, currency);

export const seizuresSection = (seizures: readonly Seizure[], finished: boolean): Section => ({
  kind: 'table',
  id: 'seizures',
  caption: 'Seizures',
  columns: ['What', 'Kind', 'Amount', 'Exhibit'].map((text) => ({ text })),
  rows: seizures.map(({ id, kind, description, pence, currency, exhibitRef }) => [
    { text: description, href: seizurePaths.seizure(id) },
    { text: kind },
    { text: formatAmount({ pence, currency }) ?? '' },
    { text: exhibitRef ?? '' },
  ]),
  empty: finished ? 'No seizure was recorded.' : 'Nobody has recorded a seizure yet.',
});

const consentRows = (search: Search): [string, string | null][] => [
  ['Who agreed', search.consentFrom ?? null],
  ['How they agreed', search.consentWay ?? null],
  ['Why not in writing', search.consentByWordBecause ?? null],
  ['Language and interpreter', search.consentLanguage ?? null],
  ['Consent withdrawn', search.consentWithdrawnAt ? formatMoment(search.consentWithdrawnAt) : null],
];

export const searchSection = (
  search: Search | undefined,
  versions: readonly EarlierVersion[],
  names: MemberNames,
  firstFinishedAt: Date | undefined,
): Section[] => [
  {
    kind: 'summary',
    id: 'search',
    title: 'Search, force, damage',
    lead: search
      ? lateCorrectionNotices(versions, firstFinishedAt, names).map(({ title, text }) => `${title}. ${text}`)
      : ['Not recorded yet.'],
    rows: search
      ? toRows([
          ...consentRows(search),
          ['Searched', search.searched ? 'yes' : 'no'],
          ['Rooms', search.rooms],
          ['Force used', search.forceUsed ?? 'none'],
          ['Damage', search.damage ?? 'none'],
          ['Notice left', search.noticeLeft ? 'yes' : 'no'],
          ['Search began', search.beganAt ? formatMoment(search.beganAt) : null],
          ['Search ended', search.endedAt ? formatMoment(search.endedAt) : null],
          ['What the warrant names was found', search.articlesFound ?? null],
          ['Why a witness was refused', search.witnessRefused ?? null],
          ...checkedRows(search),
          ['Officer in charge', search.officerInCharge ?? null],
          ['Roles', search.roles ?? null],
          recordedRow(search, names),
        ])
      : [],
  },
  ...versionsSection(versions, names, {
    searched: yesNoField('searched'),
    rooms: textField('rooms'),
    force_used: textField('force used'),
    damage: textField('damage'),
    notice_left: yesNoField('notice left'),
    officer_in_charge: textField('officer in charge'),
    roles: textField('roles'),
    began_at: momentField('search began'),
    ended_at: momentField('search ended'),
    articles_found: textField('found what the warrant names'),
    witness_refused: textField('why a witness was refused'),
    consent_from: textField('who agreed'),
    consent_way: textField('how they agreed'),
    consent_by_word_because: textField('why not in writing'),
    consent_language: textField('language and interpreter'),
    consent_withdrawn_at: momentField('consent withdrawn'),
    people_checked: textField('people checked'),
    vehicles_checked: textField('vehicles checked'),
    documents_checked: textField('documents checked'),
    suspects: textField('suspected and not arrested'),
  }).map((section) => ({ ...section, id: 'earlier-search', title: 'Earlier versions of the search record' })),
];

export const searchMissingSection = (id: string, byConsent: boolean): Section => ({
  kind: 'list',
  id: 'search-missing',
  title: 'Record before you finish',
  items: [
    {
      text: `${byConsent ? 'Who agreed, search' : 'Search'}, force, damage, and whether a notice was left`,
      href: visitPaths.search(id),
    },
  ],
});

const seizureFields = (ask: FieldBuilder, known?: Seizure): Field[] => [
  ask.one('kind', 'What was seized', seizureKinds, { value: known?.kind ?? '' }),
  ask.text('description', 'Description', { hint: 'No names.', value: known?.description ?? '' }),
  ask.text('pence', 'Amount, for cash', {
    inputmode: 'decimal',
    classes: 'govuk-input--width-10',
    hint: 'Like 1,240.50. Leave empty until it is counted.',
    value: known?.pence === null || known?.pence === undefined ? '' : (known.pence / 100).toFixed(2),
  }),
  ask.choose(
    'currency',
    'Currency, for cash',
    Object.entries(currencies).map(([value, name]) => ({ value, text: `${capital(name)} (${value})` })),
    { value: known?.currency ?? 'GBP', hint: 'Record each currency as a seizure of its own.' },
  ),
  ask.text('exhibitRef', 'Exhibit reference', { classes: 'govuk-input--width-10', value: known?.exhibitRef ?? '' }),
  ask.text('foundWhere', 'Where it was found (optional)', { value: known?.foundWhere ?? '' }),
  ask.text('foundBy', 'Officer who found it (optional)', { value: known?.foundBy ?? '' }),
];

export const addSeizurePage = (visitId: string, premises: string, id: string): FormPage => ({
  ...visitPageFrame(visitId, 'Record a seizure', premises),
  fields: (ask) => [...seizureFields(ask), ask.hidden('id', id)],
});

export const seizurePage = (
  seizure: Seizure,
  premises: string,
  names: MemberNames,
  versions: readonly EarlierVersion[],
  writes: boolean,
): CasePage => ({
  title: 'Seizure',
  caption: premises,
  back: { href: visitPaths.visit(seizure.visitId), text: premises },
  actions: writes ? [{ href: seizurePaths.correction(seizure.id), text: 'Correct', secondary: true }] : [],
  sections: [
    {
      kind: 'summary',
      rows: toRows([
        ['Kind', seizure.kind],
        ['Description', seizure.description],
        ['Amount', formatAmount(seizure)],
        ['Exhibit reference', seizure.exhibitRef],
        ['Where it was found', seizure.foundWhere ?? null],
        ['Officer who found it', seizure.foundBy ?? null],
        recordedRow(seizure, names),
      ]),
    },
    ...versionsSection(versions, names, {
      kind: textField('kind'),
      description: textField('description'),
      pence: ['amount', (pence) => (pence === null ? 'not counted' : formatHundredths(Number(pence)))],
      currency: textField('currency'),
      exhibit_ref: textField('exhibit reference'),
      found_where: textField('where it was found'),
      found_by: textField('officer who found it'),
    }),
  ],
});

export const correctSeizurePage = (seizure: Seizure, base: number): FormPage => ({
  title: 'Correct the seizure',
  cancel: seizurePaths.seizure(seizure.id),
  button: 'Save the correction',
  fields: (ask) => [...seizureFields(ask, seizure), ...correctionFields(ask, base)],
});

type SearchAsked = {
  readonly premises: string;
  readonly known: Search | undefined;
  readonly base: number;
  /** What the power used makes the officer record. */
  readonly byConsent: boolean;
  readonly byWarrant: boolean;
  /** Whether the arrival says “without force” and this record says force. */
  readonly asksForce: boolean;
};

const timeValue = (at: Date | null | undefined): string => (at ? timeOf(at) : '');

/** Who agreed, how, and when they stopped agreeing (Code B, section 5). */
const consentFields = (ask: FieldBuilder, known: Search | undefined): Field[] => [
  ask.text('consentFrom', 'Person who agreed, and their right to agree', {
    hint: 'Their role, like “the tenant” or “the manager, who has the keys”. No names.',
    value: known?.consentFrom ?? '',
  }),
  ask.one(
    'consentWay',
    'How did they agree?',
    consentWays.map((way) => ({ value: way, text: capital(way) })),
    {
      value: known?.consentWay ?? '',
      classes: 'govuk-radios--inline',
    },
  ),
  ask.text('consentByWordBecause', 'If by word, why not in writing', { value: known?.consentByWordBecause ?? '' }),
  ask.text('consentLanguage', 'Language and interpreter', {
    hint: 'The language in which you asked, and how it was interpreted.',
    value: known?.consentLanguage ?? '',
  }),
  ask.time('withdrawn', 'If they said stop, the time', {
    hint: 'Stop the search at once, unless another power allows it. 24-hour clock, like 09:30.',
    value: timeValue(known?.consentWithdrawnAt),
  }),
];

const forceFields = (ask: FieldBuilder, known: Search | undefined, asksForce: boolean): Field[] => [
  ask.words('forceUsed', 'Force used, and why', {
    hint: 'Leave empty if none.',
    rows: 2,
    most: 1_000,
    value: known?.forceUsed ?? '',
  }),
  ...(asksForce
    ? [
        ask.one(
          'door',
          'When was force used?',
          [
            { value: insideOnly, text: 'Only inside, not to get in' },
            ...forcedAnswers.map((answer) => ({
              value: answer as string,
              text: `To get in: ${doorAnswerLabels[answer]}`,
            })),
          ],
          { hint: 'The arrival says that you entered without force. Your answer corrects it.' },
        ),
      ]
    : []),
];

/** Folded: what not every search has. */
const detailFields = (ask: FieldBuilder, known: Search | undefined): Field =>
  ask.group(
    'details',
    '',
    [
      ask.time('began', 'Search began', { value: timeValue(known?.beganAt) }),
      ask.time('ended', 'Search ended', { value: timeValue(known?.endedAt) }),
      ask.text('officerInCharge', 'Officer in charge', { value: known?.officerInCharge ?? '' }),
      ask.words('roles', 'Roles in the search', {
        hint: 'For example, who searched and who kept the exhibits.',
        rows: 2,
        most: 1_000,
        value: known?.roles ?? '',
      }),
      ask.text('witnessRefused', 'If you refused a witness, the reason', {
        hint: 'For example, a friend or neighbour whom the occupier wanted to watch the search.',
        value: known?.witnessRefused ?? '',
      }),
    ],
    { fold: 'Times, officers and witnesses (optional)' },
  );

/** Folded: what a force counts of a visit in its return. A nought is an answer, an empty field is none. */
const checkFields = (ask: FieldBuilder, known: Search | undefined): Field =>
  ask.group(
    'checks',
    '',
    [
      ask.count('peopleChecked', 'People whose identity or papers you checked', {
        hint: 'Enter 0 if you checked none. Leave empty if nobody counted.',
        value: known?.peopleChecked ?? '',
      }),
      ask.count('vehiclesChecked', 'Vehicles checked', { value: known?.vehiclesChecked ?? '' }),
      ask.count('documentsChecked', 'Documents checked', {
        hint: 'Identity papers, permits and licences.',
        value: known?.documentsChecked ?? '',
      }),
      ask.count('suspects', 'People suspected of an offence and not arrested', { value: known?.suspects ?? '' }),
    ],
    { fold: 'Numbers for the return: checks and suspects (optional)' },
  );

export function searchPage(visitId: string, asked: SearchAsked): FormPage {
  const { premises, known, base, byConsent, byWarrant, asksForce } = asked;
  const was = (answer: boolean | undefined): string => (answer === undefined ? '' : answer ? 'yes' : 'no');
  return {
    ...visitPageFrame(visitId, 'Search, force, damage', premises),
    further: known ? undefined : [{ name: 'finish', text: 'Save and finish the visit' }],
    fields: (ask) => [
      ...(byConsent ? consentFields(ask, known) : []),
      ask.yesNo('searched', 'Were the premises searched?', { value: was(known?.searched) }),
      ask.words('rooms', 'Rooms', {
        hint: 'Which were searched, and what they are used for.',
        rows: 2,
        most: 1_000,
        value: known?.rooms ?? '',
      }),
      ...(byWarrant
        ? [
            ask.one(
              'articlesFound',
              'Did you find what the warrant names? (optional)',
              findings.map((found) => ({ value: found, text: capital(found) })),
              { value: known?.articlesFound ?? '', classes: 'govuk-radios--inline' },
            ),
          ]
        : []),
      ...forceFields(ask, known, asksForce),
      ask.words('damage', 'Damage', { hint: 'Leave empty if none.', rows: 2, most: 1_000, value: known?.damage ?? '' }),
      ask.yesNo('noticeLeft', 'Was a notice left?', { value: was(known?.noticeLeft) }),
      detailFields(ask, known),
      checkFields(ask, known),
      ...(known ? correctionFields(ask, base) : [ask.hidden('base', String(base))]),
    ],
  };
}
