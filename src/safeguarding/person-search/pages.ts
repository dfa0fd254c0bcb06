/** Pages before a record exists: search, results, and the form prefilled with what is known. */

import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage, Link, TableSection } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { type AgeTreatment, determineAgeTreatment } from '../../vocabulary/age.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { type Agencies, agencyOf, unconditionalHelpText } from '../notes/pages.ts';
import { unmet } from '../people/forms.ts';
import { personDetailsFields, unnamedDetailsFields, yearWords } from '../people/pages.ts';
import type { Person, PersonDetails } from '../people/person.ts';

/** A repeated search keeps the note, report or request that it started from. */
const searchAgain = (from: string | undefined): Link => ({
  href: from ? `${peoplePaths.search()}?from=${from}` : peoplePaths.search(),
  text: 'Search again',
});

/** `open`: the existing record of this person. */
export const searchPage = ({
  from,
  open,
  opens,
}: {
  readonly from?: string | undefined;
  readonly open?: string | undefined;
  /** Whether the reader may open a record. */
  readonly opens: boolean;
}): FormPage => ({
  title: 'Person search',
  action: peoplePaths.search(),
  lead: [
    ...(from && !open ? ['Details you already recorded are copied into the new record.'] : []),
    'Search first: the person may have been here before under another name or spelling. You can type a name in any alphabet, in any order, and with spelling mistakes.',
    'Your search finds only people whose records you are allowed to see. The access log records each person who appears in your search results.',
  ],
  fields: (ask) => [
    ask.text('name', 'Name', { hint: 'Any name the person uses', spellcheck: false }),
    ask.count('year', 'Year of birth', { hint: 'If known' }),
    ask.hidden('from', from ?? ''),
  ],
  button: 'Search',
  more: open
    ? { href: recordPaths.record(open), text: 'A record of this person is open already' }
    : opens
      ? {
          href: withQuery(peoplePaths.opening(), { from, noName: 'yes' }),
          text: `No name given: open a record for ${from ? 'this person' : 'a person'}`,
        }
      : undefined,
});

export type SearchResults = {
  readonly people: readonly Person[];
  readonly more: boolean;
  readonly agencies: Agencies;
  readonly today: string;
};
type SearchResultsPageData = SearchResults & {
  readonly opens: boolean;
  readonly typed: { readonly name: string; readonly year: number | null; readonly from: string | undefined };
};

/** Who was found, above the form that opens a record; `question` says when to send it. */
export type SearchResultsPage = FormPage & {
  readonly found?: Omit<TableSection, 'kind'>;
  readonly after?: string | undefined;
  readonly question?: string;
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/person-search/search-results': SearchResultsPage;
  }
}

const resultsTable = ({
  people,
  more,
  agencies,
  today,
}: SearchResults): Pick<SearchResultsPage, 'found' | 'after'> => ({
  found: {
    caption: 'People with such a name',
    stack: true,
    columns: ['Called', 'Also called', 'Born', 'Kept by', 'How known'].map((text) => ({ text })),
    rows: people.map((person) => [
      { text: person.called, href: recordPaths.record(person.id) },
      { text: listOf(person.others) || 'no other name' },
      { text: `${yearWords(person.yearOfBirth)}${ageTreatmentLabels[determineAgeTreatment(person, today)]}` },
      { text: agencyOf(agencies, person.agencyId) },
      { text: capital(person.origin) },
    ]),
  },
  after: more ? 'There may be more. Add another part of the name, or the year of birth.' : undefined,
});

/** Hidden and missing people give the same text: `nobody that you may see`. */
export function searchResultsPage({ opens, typed, ...found }: SearchResultsPageData): SearchResultsPage {
  const some = found.people.length > 0;
  return {
    title: some ? 'Is it one of these people?' : 'Nobody is found here that you may see',
    back: searchAgain(typed.from),
    action: peoplePaths.opening(),
    closed: !opens,
    ...resultsTable(found),
    question: some
      ? 'If it is none of them, open a new record with what you typed.'
      : 'The person may be known to somebody whose records you may not see. What you typed goes along into a new record.',
    fields: (ask) => [
      ask.hidden('step', 'begin'),
      ask.hidden('called', typed.name),
      ask.hidden('yearOfBirth', typed.year === null ? '' : String(typed.year)),
      ask.hidden('from', typed.from ?? ''),
    ],
    button: 'Open a new record',
    more: opens ? undefined : searchAgain(typed.from),
  };
}
const ageTreatmentLabels: Record<AgeTreatment, string> = {
  adult: '',
  child: ', a child',
  'not sure': ', a child until assessed',
};

export type NewRecordData = {
  readonly id: string;
  readonly from: string | undefined;
  /** Where the data comes from, if from a note or a report. */
  readonly source: string | undefined;
  readonly known: Partial<PersonDetails>;
  /** The name and year that were searched before. */
  readonly checked: string;
  /** The person gave no name: a short form, which asks for none. */
  readonly noName?: boolean;
};

export const possibleDuplicateError: FormErrors = {
  '': 'People with such a name are here already. Look whether it is one of them; if not, send the form again',
};

/** The only question about the source where none is known. */
const originFields = (ask: FieldBuilder, source: string | undefined): Field[] =>
  source
    ? []
    : [
        ask.one('origin', 'How do you know about the person?', unmet, {
          hint: 'Nobody has recorded anything about this person here before.',
        }),
      ];

const hiddenFields = (ask: FieldBuilder, { id, from, checked }: NewRecordData): Field[] => [
  ask.hidden('step', 'save'),
  ask.hidden('id', id),
  ask.hidden('from', from ?? ''),
  ask.kept('checked', checked),
];

/** Opens a record for a person who gave no name: only what helping them needs, and no search by a name. */
const unnamedRecordPage = (begun: NewRecordData): SearchResultsPage => ({
  title: 'Open a record without a name',
  caption: begun.source,
  back: searchAgain(begun.from),
  action: peoplePaths.opening(),
  lead: [
    'Do not invent a name. The record shows “No name given” and a reference. You can add a name later.',
    unconditionalHelpText,
  ],
  fields: (ask) => [
    ...unnamedDetailsFields(ask, begun.known),
    ...originFields(ask, begun.source),
    ask.hidden('noName', 'yes'),
    ask.kept('cameBy', begun.known.cameBy ?? ''),
    ...hiddenFields(ask, begun),
  ],
  button: 'Open the record',
  cancel: searchAgain(begun.from).href,
});

export const newRecordPage = (begun: NewRecordData, found?: SearchResults): SearchResultsPage =>
  begun.noName
    ? unnamedRecordPage(begun)
    : {
        ...(found && resultsTable(found)),
        title: 'Open a record',
        caption: begun.source,
        back: searchAgain(begun.from),
        action: peoplePaths.opening(),
        lead: [
          'Record only what the person wants to share, and what you need to help them. Safelight encrypts everything that you record.',
          unconditionalHelpText,
        ],
        fields: (ask) => [
          ...personDetailsFields(ask, begun.known),
          ...originFields(ask, begun.source),
          ask.words('cameBy', 'Other important information', {
            hint: 'If you know, write how the person came to you, or who is worried about the person and why.',
            most: 1_000,
            value: begun.known.cameBy,
          }),
          ...hiddenFields(ask, begun),
        ],
        button: 'Open the record',
        cancel: searchAgain(begun.from).href,
      };
