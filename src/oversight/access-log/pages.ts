/** The access log for readers: who, when, which fields, what for and why. Never the content of a record. */

import { exportPage } from '../../platform/exports/export-reason.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/forms/forms.ts';
import type { FormPage, Link, Section, SectionsPage } from '../../platform/rendering/pages.ts';
import { type Pages, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import type { Marking } from '../../vocabulary/marking.ts';
import { oversightPaths, requestPaths } from '../../vocabulary/paths/audit.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { type DayRange, type LogFilter, type MembersQuery, parseDays } from '../forms.ts';
import type { Entry } from '../store.ts';
import { getRecordKind } from './record-kinds.ts';

export const marking: Marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';
export const oversightPageFrame = { back: { href: oversightPaths.oversight(), text: 'Audit' } } as const;

export type LogNames = { readonly names: MemberNames; readonly agencies: ReadonlyMap<string, string> };
export type LogPageEntries = { readonly entries: readonly Entry[]; readonly pages: Pages };

/** Turns an event such as "encounter.shown" into words. */
const formatEvent = (event: string): string => capital(event.replaceAll('.', ' '));
const formatFields = (fields: readonly string[]): string =>
  fields.map((field) => field.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)).join(', ') || 'none named';

const columns = ['When', 'Who', 'Agency', 'Event', 'Fields', 'For', 'Why'] as const;

const formatCells = (entry: Entry, { names, agencies }: LogNames): string[] => [
  formatMoment(entry.at),
  entry.memberId ? getMemberName(names, entry.memberId) : 'nobody signed in',
  (entry.agencyId && agencies.get(entry.agencyId)) || 'none',
  `${formatEvent(entry.event)} (${entry.kind})`,
  formatFields(entry.fields),
  entry.purpose,
  [wordsOf(entry.reason ?? 'not asked'), entry.breakGlassId && 'emergency access'].filter(Boolean).join('; '),
];

/** For a spreadsheet: with the ids, so that one row can be followed to its records. */
export const toLogTable = (entries: readonly Entry[], around: LogNames, at: Date): string[][] => [
  [marking, `exported at ${formatMoment(at)}`],
  [...columns, 'Roles', 'Record', 'Listed', 'Received by', 'Request'],
  ...entries.map((entry) => [
    ...formatCells(entry, around),
    entry.roles.join(', '),
    entry.subject ?? '',
    entry.returned.join(' '),
    (entry.recipient && (around.agencies.get(entry.recipient) ?? around.names.get(entry.recipient))) || '',
    entry.requestId,
  ]),
];

const tableSection = (
  id: string,
  caption: string,
  { entries, pages }: LogPageEntries,
  around: LogNames,
  empty: string,
): Section => ({
  kind: 'table',
  id,
  stack: true,
  caption,
  columns: [...columns, 'Record'].map((text) => ({ text })),
  rows: entries.map((entry) => [
    ...formatCells(entry, around).map((text, index) =>
      index === 1 && entry.memberId ? { text, href: oversightPaths.member(entry.memberId) } : { text },
    ),
    entry.subject
      ? {
          text: `This ${getRecordKind(entry)}`,
          hidden: `of the row at ${formatMoment(entry.at)}`,
          href: oversightPaths.record(entry.subject),
        }
      : { text: entry.returned.length > 0 ? `${entry.returned.length} listed` : 'none' },
  ]),
  empty,
  pages,
});

export type LogView = {
  readonly title: string;
  readonly caption?: string;
  readonly lead: readonly string[];
  /** Its own address, and that of the form which takes the list along. */
  readonly path: string;
  readonly exportPath: string;
  readonly more?: readonly Link[];
  readonly empty: string;
};

type LogPage = SectionsPage & {
  readonly path: string;
  /** Days are chosen. */
  readonly filtered: boolean;
  readonly filters: readonly Field[];
};

type OversightPage = SectionsPage & { readonly finding: Field; readonly filter: readonly Field[] };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'oversight/log': LogPage;
    'oversight/find-log': OversightPage;
  }
}

export function logPage(
  { title, caption, lead, path, exportPath, more, empty }: LogView,
  { main, behind }: { readonly main: LogPageEntries; readonly behind?: LogPageEntries | undefined },
  around: LogNames,
  asked: LogFilter,
  mayTake: boolean,
): LogPage {
  const { errors }: DayRange = parseDays(asked);
  const ask = new FieldBuilder(asked, errors);
  return {
    ...oversightPageFrame,
    title,
    caption,
    lead,
    errors,
    path,
    filtered: Object.entries(asked).some(([name, value]) => /^(from|to)-/.test(name) && Boolean(value)),
    filters: [ask.day('from', 'First day'), ask.day('to', 'Last day')],
    actions: [
      ...(more ?? []).map((one) => ({ ...one, secondary: true })),
      ...(mayTake ? [{ href: exportPath, text: 'Export this list', secondary: true }] : []),
    ],
    sections: [
      tableSection('log', behind ? 'Main database' : 'Log entries', main, around, empty),
      ...(behind
        ? [
            tableSection(
              'behind',
              'Safeguarding database, with times to the hour',
              behind,
              around,
              'No entries in the safeguarding database.',
            ),
          ]
        : []),
    ],
  };
}

/** Keeps the days and the other list’s page. */
export const pageAddress = (path: string, asked: LogFilter, of: 'page' | 'behind') => (to: number) =>
  withQuery(path, {
    ...asked,
    page: asked.page === 1 ? undefined : asked.page,
    behind: asked.behind === 1 ? undefined : asked.behind,
    [of]: to,
  });

export const exportLogPage = ({ path, exportPath, title }: Pick<LogView, 'path' | 'exportPath' | 'title'>): FormPage =>
  exportPage({
    marking,
    title: 'Export this list',
    caption: title,
    action: exportPath,
    back: { href: path, text: 'The list' },
    lead: [
      'The file contains IDs, the names of members and the names of fields. It does not contain what the records say.',
    ],
  });

export type Person = { readonly id: string; readonly name: string; readonly agency: string };

export function oversightPage(
  people: readonly Person[],
  { requests, ours }: { readonly requests: boolean; readonly ours: boolean },
  { name, page }: MembersQuery,
  found: { readonly typed?: Answers; readonly errors?: FormErrors } = {},
): OversightPage {
  const ask = new FieldBuilder(found.typed, found.errors ?? {});
  const fitting = people.filter((one) => one.name.toLowerCase().includes(name.toLowerCase()));
  return {
    title: 'Audit',
    lead: [
      'Check who read a record, who could have read it, and the subject access requests. Safelight also logs what you look at here.',
    ],
    errors: found.errors ?? {},
    finding: ask.text('record', 'Who has seen a record?', {
      hint: 'Enter the web address of the record’s page. A member who works with the record can give you the address. You do not need access to the record yourself',
      labelClasses: 'govuk-label--m',
    }),
    sections: [
      {
        kind: 'list',
        title: 'Ask the log',
        items: [
          ...(ours ? [{ href: oversightPaths.ownRecords(), text: 'Access to our records' }] : []),
          { href: oversightPaths.unusual(), text: 'Unusual access, with the reason' },
          ...(requests ? [{ href: requestPaths.requests(), text: 'Subject access requests' }] : []),
        ],
      },
      {
        kind: 'table',
        caption: 'Access by a member',
        columns: [{ text: 'Member' }, { text: 'Agency' }],
        rows: fitting
          .slice((page - 1) * pageSize, page * pageSize)
          .map((one) => [{ text: one.name, href: oversightPaths.member(one.id) }, { text: one.agency }]),
        empty: name ? 'No member has this in the name.' : 'No members yet. An administrator adds members.',
        pages: paginate(page, pageSize, fitting.length, (to) =>
          withQuery(oversightPaths.oversight(), { name, page: to }),
        ),
      },
    ],
    filter:
      people.length > pageSize
        ? [new FieldBuilder({ name }).text('name', 'Part of the name', { classes: 'govuk-input--width-20' })]
        : [],
  };
}
