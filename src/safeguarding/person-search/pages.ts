/** Pages before a record exists: search, results, and the form prefilled with what is known. */

import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { type AgeTreatment, determineAgeTreatment } from '../../vocabulary/age.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { type Agencies, agencyOf, unconditionalHelpText } from '../notes/pages.ts';
import { unmet } from '../people/forms.ts';
import { marking, personDetailsFields, personsPath, yearWords } from '../people/pages.ts';
import type { Person, PersonDetails } from '../people/person.ts';

/** A repeated search keeps the note, report or request that it started from. */
const searchAgain = (from: string | undefined): Model => ({
  href: from ? `${personsPath}?from=${from}` : personsPath,
  text: 'Search again',
});

/** `open`: the existing record of this person. */
export function searchPage(
  {
    from,
    open,
    opens = false,
  }: { readonly from?: string | undefined; readonly open?: string | undefined; readonly opens?: boolean },
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    title: 'Find a person, or open a record',
    marking,
    errors,
    action: personsPath,
    lead: [
      ...(from && !open ? ['What is known already goes along into the new record.'] : []),
      'Search first: the person may have been here before under another name or spelling. Any script, any order, with slips of the hand.',
      'You find only people whose records you may see. Each one that is shown to you is written down.',
    ],
    fields: [
      ask.text('name', 'Name', { hint: 'What the person is called, or any other name', spellcheck: false }),
      ask.text('year', 'Year of birth', { inputmode: 'numeric', classes: 'govuk-input--width-4', hint: 'If known' }),
      ask.hidden('from', from ?? ''),
    ],
    button: 'Search',
    more: open
      ? { href: `${personsPath}/${open}`, text: 'A record of this person is open already' }
      : opens && { href: `${personsPath}/from-file`, text: 'Open a record from a file of another service' },
  };
}

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

const resultsTable = ({ people, more, agencies, today }: SearchResults): Model => ({
  found: {
    caption: 'People with such a name',
    stack: true,
    columns: ['Called', 'Also called', 'Born', 'Kept by', 'How known'].map((text) => ({ text })),
    rows: people.map((person) => [
      { text: person.called, href: `${personsPath}/${person.id}` },
      { text: listOf(person.others) || 'no other name' },
      { text: `${yearWords(person.yearOfBirth)}${ageTreatmentLabels[determineAgeTreatment(person, today)]}` },
      { text: agencyOf(agencies, person.agencyId) },
      { text: capital(person.origin) },
    ]),
  },
  after: more ? 'There may be more. Add another part of the name, or the year of birth.' : undefined,
});

/** Hidden and missing people give the same text: `nobody that you may see`. */
export function searchResultsPage({ opens, typed, ...found }: SearchResultsPageData): Model {
  const some = found.people.length > 0;
  const ask = new FieldBuilder();
  return {
    title: some ? 'Is it one of these people?' : 'Nobody is found here that you may see',
    marking,
    back: searchAgain(typed.from),
    action: `${personsPath}/new`,
    closed: !opens,
    ...resultsTable(found),
    question: some
      ? 'If it is none of them, open a new record with what you typed.'
      : 'The person may be known to somebody whose records you may not see. What you typed goes along into a new record.',
    fields: [
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
  /** Names of fields in a file that were not taken over. */
  readonly left?: readonly string[];
};

export const possibleDuplicateError: FormErrors = {
  '': 'People with such a name are here already. Look whether it is one of them; if not, send the form again',
};

export function newRecordPage(
  { id, from, source, known, checked, left = [] }: NewRecordData,
  typed?: Answers,
  errors: FormErrors = {},
  found?: SearchResults,
): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    ...(found && resultsTable(found)),
    title: 'Open a record',
    caption: source,
    marking,
    back: searchAgain(from),
    errors,
    action: `${personsPath}/new`,
    lead: [
      'Only what the person wants to tell, and what you need to help. All of it is kept under seal.',
      unconditionalHelpText,
      ...(left.length > 0 ? [`Not taken over from the file, since nothing here asks for it: ${listOf(left)}.`] : []),
    ],
    fields: [
      ...personDetailsFields(ask, known),
      ...(source
        ? []
        : [
            ask.one('origin', 'How do you know of the person?', unmet, {
              hint: 'Nobody has written of the person here before.',
            }),
          ]),
      ask.words('cameBy', 'What else must be known', {
        hint: 'Who is worried and why, or how the person came. If any.',
        most: 1_000,
        value: known.cameBy ?? '',
      }),
      ask.hidden('step', 'save'),
      ask.hidden('id', id),
      ask.hidden('from', from ?? ''),
      ask.hidden('checked', String(typed?.checked ?? checked)),
    ],
    button: 'Open the record',
    cancel: String(searchAgain(from).href),
  };
}
