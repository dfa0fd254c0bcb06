/** Pages before a record exists: search, results, and the form prefilled with what is known. */
import { FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import { type Agencies, agencyOf, neverConditional } from '../notes/pages.ts';
import { unmet } from '../people/forms.ts';
import { home, knownFields, marking, yearWords } from '../people/pages.ts';
import { type Known, type Person, type Treated, treated } from '../people/person.ts';

/** A repeated search keeps the note, report or request that it started from. */
const searchAgain = (from: string | undefined): Model => ({
  href: from ? `${home}?from=${from}` : home,
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
    action: home,
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
      ? { href: `${home}/${open}`, text: 'A record of this person is open already' }
      : opens && { href: `${home}/from-file`, text: 'Open a record from a file of another service' },
  };
}

export type Found = {
  readonly people: readonly Person[];
  readonly more: boolean;
  readonly agencies: Agencies;
  readonly today: string;
};
type Searched = Found & {
  readonly opens: boolean;
  readonly typed: { readonly name: string; readonly year: number | null; readonly from: string | undefined };
};

const foundTable = ({ people, more, agencies, today }: Found): Model => ({
  found: {
    caption: 'People with such a name',
    stack: true,
    columns: ['Called', 'Also called', 'Born', 'Kept by', 'How known'].map((text) => ({ text })),
    rows: people.map((person) => [
      { text: person.called, href: `${home}/${person.id}` },
      { text: listOf(person.others) || 'no other name' },
      { text: `${yearWords(person.yearOfBirth)}${childWords[treated(person, today)]}` },
      { text: agencyOf(agencies, person.agencyId) },
      { text: capital(person.origin) },
    ]),
  },
  after: more ? 'There may be more. Add another part of the name, or the year of birth.' : undefined,
});

/** Hidden and missing people give the same text: `nobody that you may see`. */
export function foundPage({ opens, typed, ...found }: Searched): Model {
  const some = found.people.length > 0;
  const ask = new FieldBuilder();
  return {
    title: some ? 'Is it one of these people?' : 'Nobody is found here that you may see',
    marking,
    back: searchAgain(typed.from),
    action: `${home}/new`,
    closed: !opens,
    ...foundTable(found),
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
const childWords: Record<Treated, string> = {
  'as an adult': '',
  'as a child': ', a child',
  'as a child until assessed': ', a child until assessed',
};

export type Begun = {
  readonly id: string;
  readonly from: string | undefined;
  /** Where the data comes from, if from a note or a report. */
  readonly source: string | undefined;
  readonly known: Partial<Known>;
  /** The name and year that were searched before. */
  readonly checked: string;
  /** Names of fields in a file that were not taken over. */
  readonly left?: readonly string[];
};

export const hereAlready: FormErrors = {
  '': 'People with such a name are here already. Look whether it is one of them; if not, send the form again',
};

export function openPage(
  { id, from, source, known, checked, left = [] }: Begun,
  typed?: Answers,
  errors: FormErrors = {},
  found?: Found,
): Model {
  const ask = new FieldBuilder(typed, errors);
  return {
    ...(found && foundTable(found)),
    title: 'Open a record',
    caption: source,
    marking,
    back: searchAgain(from),
    errors,
    action: `${home}/new`,
    lead: [
      'Only what the person wants to tell, and what you need to help. All of it is kept under seal.',
      neverConditional,
      ...(left.length > 0 ? [`Not taken over from the file, since nothing here asks for it: ${listOf(left)}.`] : []),
    ],
    fields: [
      ...knownFields(ask, known),
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
