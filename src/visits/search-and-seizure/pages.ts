/** Pages about the search record and seizures, for enforcement alone. */

import type { EarlierVersion } from '../../platform/database/earlier-versions.ts';
import {
  correctionFields,
  type MemberNames,
  textField,
  versionsSection,
  yesNoField,
} from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { CasePage, FormPage, Section } from '../../platform/rendering/pages.ts';
import { seizurePaths, visitPaths } from '../../vocabulary/paths/visits.ts';
import { recordedRow, toRows, visitPageFrame } from '../arrival-and-departure/pages.ts';
import { lateCorrectionNotices } from '../late-corrections/late-correction.ts';
import { type Search, type Seizure, seizureKinds } from '../visit.ts';

export const formatPounds = (pence: number): string =>
  (pence / 100).toLocaleString('en-GB', { style: 'currency', currency: 'GBP' });

export const seizuresSection = (seizures: readonly Seizure[], finished: boolean): Section => ({
  kind: 'table',
  id: 'seizures',
  caption: 'Seizures',
  columns: ['What', 'Kind', 'Amount', 'Exhibit'].map((text) => ({ text })),
  rows: seizures.map(({ id, kind, description, pence, exhibitRef }) => [
    { text: description, href: seizurePaths.seizure(id) },
    { text: kind },
    { text: pence === null ? '' : formatPounds(pence) },
    { text: exhibitRef ?? '' },
  ]),
  empty: finished ? 'No seizure was recorded.' : 'Nobody has recorded a seizure yet.',
});

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
          ['Searched', search.searched ? 'yes' : 'no'],
          ['Rooms', search.rooms],
          ['Force used', search.forceUsed ?? 'none'],
          ['Damage', search.damage ?? 'none'],
          ['Notice left', search.noticeLeft ? 'yes' : 'no'],
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
  }).map((section) => ({ ...section, id: 'earlier-search', title: 'Earlier versions of the search record' })),
];

export const searchMissingSection = (id: string): Section => ({
  kind: 'list',
  id: 'search-missing',
  title: 'Record before you finish',
  items: [{ text: 'Search, force, damage, and whether a notice was left', href: visitPaths.search(id) }],
});

const seizureFields = (ask: FieldBuilder, known?: Seizure): Field[] => [
  ask.one('kind', 'What was seized', seizureKinds, { value: known?.kind ?? '' }),
  ask.text('description', 'Description', { hint: 'No names.', value: known?.description ?? '' }),
  ask.text('pence', 'Amount in pounds, for cash', {
    inputmode: 'decimal',
    classes: 'govuk-input--width-10',
    hint: 'Like 1,240.50. Leave empty until it is counted.',
    value: known?.pence === null || known?.pence === undefined ? '' : (known.pence / 100).toFixed(2),
  }),
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
        ['Amount', seizure.pence === null ? null : formatPounds(seizure.pence)],
        ['Exhibit reference', seizure.exhibitRef],
        ['Where it was found', seizure.foundWhere ?? null],
        ['Officer who found it', seizure.foundBy ?? null],
        recordedRow(seizure, names),
      ]),
    },
    ...versionsSection(versions, names, {
      kind: textField('kind'),
      description: textField('description'),
      pence: ['amount', (pence) => (pence === null ? 'not counted' : formatPounds(Number(pence)))],
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

export function searchPage(visitId: string, premises: string, known: Search | undefined, base: number): FormPage {
  const was = (answer: boolean | undefined): string => (answer === undefined ? '' : answer ? 'yes' : 'no');
  return {
    ...visitPageFrame(visitId, 'Search, force, damage', premises),
    further: known ? undefined : [{ name: 'finish', text: 'Save and finish the visit' }],
    fields: (ask) => [
      ask.yesNo('searched', 'Were the premises searched?', { value: was(known?.searched) }),
      ask.words('rooms', 'Rooms', {
        hint: 'Which were searched, and what they are used for.',
        rows: 2,
        most: 1_000,
        value: known?.rooms ?? '',
      }),
      ask.words('forceUsed', 'Force used', {
        hint: 'Leave empty if none.',
        rows: 2,
        most: 1_000,
        value: known?.forceUsed ?? '',
      }),
      ask.words('damage', 'Damage', { hint: 'Leave empty if none.', rows: 2, most: 1_000, value: known?.damage ?? '' }),
      ask.yesNo('noticeLeft', 'Was a notice left?', { value: was(known?.noticeLeft) }),
      ask.text('officerInCharge', 'Officer in charge (optional)', { value: known?.officerInCharge ?? '' }),
      ask.words('roles', 'Roles in the search (optional)', {
        hint: 'For example, who searched and who kept the exhibits.',
        rows: 2,
        most: 1_000,
        value: known?.roles ?? '',
      }),
      ...(known ? correctionFields(ask, base) : [ask.hidden('base', String(base))]),
    ],
  };
}
