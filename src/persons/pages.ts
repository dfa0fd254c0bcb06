/** What this room asks and shows of people: found by name, opened, corrected. */
import { type Names, nameOf, versionsSection } from '../platform/earlier.ts';
import { Asking, type Field } from '../platform/fields.ts';
import type { Answers, FormErrors } from '../platform/http.ts';
import type { EarlierVersion } from '../platform/versions.ts';
import type { Model } from '../platform/views.ts';
import { type Agencies, agencyOf, correctionReasons, hourWords, neverConditional } from '../safeguarding/index.ts';
import { capital, listOf } from '../vocabulary/english.ts';
import { unmet } from './forms.ts';
import {
  ageBases,
  ages,
  aids,
  contactWays,
  interpreterGenders,
  interpreting,
  type Known,
  type Person,
  type PersonRefusal,
  type Treated,
  treated,
} from './person.ts';

export const home = '/staff/safeguarding/persons';
const marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';

const yearWords = (year: number | null): string => (year === null ? 'not known' : String(year));

/** `open`: the record that is there already, of whoever is asked about. */
export function searchPage(
  {
    from,
    open,
    opens = false,
  }: { readonly from?: string | undefined; readonly open?: string | undefined; readonly opens?: boolean },
  typed?: Answers,
  errors: FormErrors = {},
): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Find a person, or open a record',
    marking,
    errors,
    action: home,
    lead: [
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

/** Hidden and absent read alike: “nobody that you may see”. */
export function foundPage({ opens, typed, ...found }: Searched): Model {
  const some = found.people.length > 0;
  const ask = new Asking();
  return {
    title: some ? 'Is it one of these people?' : 'Nobody is found here that you may see',
    marking,
    back: { href: home, text: 'Search again' },
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
    more: opens ? undefined : { href: home, text: 'Search again' },
  };
}
const childWords: Record<Treated, string> = {
  'as an adult': '',
  'as a child': ', a child',
  'as a child until assessed': ', a child until assessed',
};

const knownFields = (ask: Asking, known: Partial<Known> = {}): Field[] => [
  ask.text('called', 'What the person wishes to be called', { value: known.called ?? '', spellcheck: false }),
  ask.words('others', 'Other names', {
    hint: 'One a line: in papers, in another script, as others call the person. If any.',
    rows: 3,
    value: known.others?.join('\n') ?? '',
  }),
  ask.text('yearOfBirth', 'Year of birth', {
    inputmode: 'numeric',
    classes: 'govuk-input--width-4',
    hint: 'If known',
    value: known.yearOfBirth ?? '',
  }),
  ask.one('age', 'Age', ages, {
    hint: 'In doubt, “not known”: the person is then treated as a child until assessed.',
    value: known.age ?? '',
  }),
  ask.one('ageBasis', 'On what that is believed', ageBases, { value: known.ageBasis ?? '' }),
  ask.heading('speaking', 'Speaking with the person'),
  ask.text('language', 'Language', {
    hint: 'Which the person speaks best, with the dialect',
    value: known.language ?? '',
  }),
  ask.one('interpreter', 'Is an interpreter needed?', interpreting, {
    hint: 'Never somebody who came along with the person. Interpreter and person leave at different times.',
    value: known.interpreter ?? '',
  }),
  ask.one('interpreterGender', 'Which interpreter did the person ask for?', interpreterGenders, {
    value: known.interpreterGender ?? 'not asked yet',
  }),
  ask.many(
    'aids',
    'What helps to understand each other?',
    aids.map((value) => ({ value, text: capital(value) })),
    { value: known.aids ?? [] },
  ),
  ask.heading('reaching', 'Reaching the person safely', 'Ask who else sees the phone, the post and the door.'),
  ask.one('contactWay', 'Which way is safe?', contactWays, { value: known.contactWay ?? '' }),
  ask.text('contactAt', 'Number, address, or through whom', { value: known.contactAt ?? '', spellcheck: false }),
  ask.words('contactWhen', 'When it is safe', { rows: 2, most: 500, value: known.contactWhen ?? '' }),
  ask.words('contactNever', 'What must never be done', {
    hint: 'Like: no voice message, no name of ours, nobody else who answers.',
    rows: 2,
    most: 500,
    value: known.contactNever ?? '',
  }),
];

export type Begun = {
  readonly id: string;
  readonly from: string | undefined;
  /** In words, where a note or a report says it. */
  readonly source: string | undefined;
  readonly known: Partial<Known>;
  /** For whom was searched before. */
  readonly checked: string;
  /** Fields of a file that were not taken over. */
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
  const ask = new Asking(typed, errors);
  return {
    ...(found && foundTable(found)),
    title: 'Open a record',
    caption: source,
    marking,
    back: { href: home, text: 'Search again' },
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
    cancel: home,
  };
}

export function correctPage(person: Person, base: number, typed?: Answers, errors: FormErrors = {}): Model {
  const ask = new Asking(typed, errors);
  return {
    title: 'Correct the record',
    marking,
    errors,
    action: `${home}/${person.id}/correct`,
    fields: [
      ...knownFields(ask, person),
      ask.words('cameBy', 'What else must be known', { most: 1_000, value: person.cameBy ?? '' }),
      ask.one('why', 'Why you correct this', correctionReasons, { hint: 'The earlier version stays readable.' }),
      ask.hidden('base', String(base)),
    ],
    button: 'Save the correction',
    cancel: `${home}/${person.id}`,
  };
}

const treatedWords: Record<Treated, string | undefined> = {
  'as an adult': undefined,
  'as a child': 'Under 18: the council’s children’s services are told in any case.',
  'as a child until assessed':
    'The age is not known or not sure: treat the person as a child until it is assessed. The council’s children’s services are told in any case.',
};

export type Shown = {
  readonly person: Person;
  readonly today: string;
  readonly agencies: Agencies;
  readonly names: Names;
  readonly versions: readonly EarlierVersion[];
  readonly corrects: boolean;
  readonly takes: boolean;
  /** Whoever may say how long it is kept. */
  readonly keeps: boolean;
  /** Whoever may raise a concern about the person, in a later room. */
  readonly raises: boolean;
};

const nothing = 'nothing was written down';
const said = (text: unknown): string => (text === null || text === '' ? nothing : String(text));
const listed = (all: unknown): string => listOf(all as string[]) || 'none';

export function personPage(shown: Shown): Model {
  const { person, today, agencies, names, versions, corrects, takes, raises, keeps } = shown;
  const treatment = treatedWords[treated(person, today)];
  const row = ([key, text]: readonly [string, string]): Model => ({ key: { text: key }, value: { text } });
  return {
    title: person.called,
    caption: `${capital(person.origin)}; kept by ${agencyOf(agencies, person.agencyId)}`,
    marking,
    back: { href: home, text: 'Find a person' },
    actions: [
      ...(raises ? [{ href: `${home}/${person.id}/concern`, text: 'Raise a concern', secondary: true }] : []),
      ...(corrects ? [{ href: `${home}/${person.id}/correct`, text: 'Correct', secondary: true }] : []),
      ...(takes ? [{ href: `${home}/${person.id}/take`, text: 'Take along', secondary: true }] : []),
      ...(keeps
        ? [{ href: `/staff/safeguarding/letting-go/${person.id}`, text: 'How long it is kept', secondary: true }]
        : []),
    ],
    sections: [
      ...(treatment
        ? [{ kind: 'states', title: 'Age', items: [{ kind: 'unwise', title: 'Treat as a child', text: treatment }] }]
        : []),
      {
        kind: 'summary',
        title: 'The person',
        rows: (
          [
            ['Also called', listed(person.others)],
            ['Year of birth', yearWords(person.yearOfBirth)],
            ['Age', `${capital(person.age)}: ${person.ageBasis}`],
            ['What else must be known', said(person.cameBy)],
            ['Opened', `by ${nameOf(names, person.authorId)}, ${hourWords(person.openedAt)}`],
          ] as const
        ).map(row),
      },
      {
        kind: 'summary',
        title: 'Speaking with the person',
        rows: (
          [
            ['Language', said(person.language)],
            ['Interpreter', interpreterWords(person)],
            ['What helps', listed(person.aids)],
          ] as const
        ).map(row),
      },
      {
        kind: 'summary',
        title: 'Reaching the person safely',
        rows: (
          [
            ['Which way', capital(person.contactWay)],
            ['Never', said(person.contactNever)],
            ['When', said(person.contactWhen)],
            ['Number, address, or through whom', said(person.contactAt)],
          ] as const
        ).map(row),
      },
      ...versionsSection(versions, names, earlierFields, hourWords),
    ],
  };
}

const interpreterWords = ({ interpreter, interpreterGender }: Known): string =>
  interpreter === 'needed'
    ? `Needed, ${interpreterGender}. Never somebody who came along. Interpreter and person leave at different times.`
    : capital(interpreter);

const earlierFields = {
  called: ['called', said],
  others: ['also called', listed],
  yearOfBirth: ['year of birth', (year: unknown) => yearWords(year as number | null)],
  age: ['age', said],
  ageBasis: ['on what that is believed', said],
  language: ['language', said],
  interpreter: ['interpreter', said],
  interpreterGender: ['interpreter asked for', said],
  aids: ['what helps', listed],
  contactWay: ['safe way', said],
  contactAt: ['number, address, or through whom', said],
  contactWhen: ['when', said],
  contactNever: ['never', said],
  cameBy: ['what else must be known', said],
} as const;

export const personRefusals: Record<PersonRefusal | 'unknown origin', FormErrors> = {
  'looks make no adult': {
    ageBasis: 'How a person looks makes nobody an adult. Select another reason, or “Not known” as the age',
  },
  'adult by no year': { age: 'By the year of birth the person is under 18. Select “Under 18”, or correct the year' },
  'child by no year': { age: 'By the year of birth the person is an adult. Select “Adult”, or correct the year' },
  'not born yet': { yearOfBirth: 'Enter a year that has been' },
  'safe and unsafe': { contactAt: 'No way is safe, so nothing is written here. Take it out, or select a way' },
  'contact missing': {
    contactAt: 'Write the number or address, or through whom. If there is none, select that no way is safe',
  },
  'language missing': { language: 'An interpreter is needed: write for which language' },
  'unknown origin': { origin: 'Select how you know of the person' },
};
