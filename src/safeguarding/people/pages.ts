/** Fields of a person’s record, the correction form, and what refusals say. */

import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { ageBases, ages } from '../../vocabulary/age.ts';
import { interpreterGenders, interpreterNeeds } from '../../vocabulary/interpreting.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { correctionReasonField } from '../notes/form-pages.ts';
import { aids, contactWays, type Person, type PersonDetails, type PersonRefusal } from './person.ts';
import { givenName } from './unnamed.ts';

export const yearWords = (year: number | null): string => (year === null ? 'not known' : String(year));

type Known = Partial<PersonDetails>;

const ageFields = (ask: FieldBuilder, known: Known): Field[] => [
  ask.one('age', 'Age', ages, {
    hint: 'If you are not sure, select “Not known”. The person is then treated as a child until assessed.',
    value: known.age,
  }),
  ask.one('ageBasis', 'Evidence of age', ageBases, {
    hint: 'Leave this empty if the age is not known. Ask the person about their age. If you know it only from the visit, select “As recorded at the visit; not confirmed”. Until it is confirmed, the record asks you to treat them as a child.',
    value: known.ageBasis,
  }),
];

const languageFields = (ask: FieldBuilder, known: Known): Field[] => [
  ask.heading('speaking', 'Speaking with the person'),
  ask.text('language', 'Language', {
    hint: 'The language the person speaks best, with its dialect',
    value: known.language,
  }),
  ask.one('interpreter', 'Is an interpreter needed?', interpreterNeeds, {
    hint: 'Do not ask anybody who came with the person to interpret. Let the interpreter and the person leave at different times.',
    value: known.interpreter,
  }),
];

const contactFields = (ask: FieldBuilder, known: Known): Field[] => [
  ask.heading('reaching', 'Safe contact', 'Ask who else sees the phone, the post and the front door.'),
  ask.one('contactWay', 'Safe way of contact', contactWays, { value: known.contactWay }),
  ask.text('contactAt', 'Number, address, or through whom', { value: known.contactAt, spellcheck: false }),
  ask.words('contactWhen', 'Safe times', { rows: 2, most: 500, value: known.contactWhen }),
  ask.words('contactNever', 'Never do this', {
    hint: 'For example: leave no voice message, or do not say where you call from.',
    rows: 2,
    most: 500,
    value: known.contactNever,
  }),
];

const notAskedYet = interpreterGenders[3];

export const personDetailsFields = (ask: FieldBuilder, known: Known = {}): Field[] => [
  ask.text('called', 'Preferred name', { value: known.called, spellcheck: false }),
  ask.words('others', 'Other names', {
    hint: 'Enter one name on each line: names in documents, names in another script, and nicknames.',
    rows: 3,
    value: known.others?.join('\n'),
  }),
  ask.count('yearOfBirth', 'Year of birth', { hint: 'If known', value: known.yearOfBirth }),
  ...ageFields(ask, known),
  ...languageFields(ask, known),
  ask.one('interpreterGender', 'Gender of the interpreter the person asked for', interpreterGenders, {
    value: known.interpreterGender ?? notAskedYet,
  }),
  ask.many('aids', 'Communication aids', aids, { value: known.aids }),
  ...contactFields(ask, known),
];

/** For a person who gave no name: what a record cannot do without. */
export const unnamedDetailsFields = (ask: FieldBuilder, known: Known): Field[] => [
  ...ageFields(ask, known),
  ...languageFields(ask, { interpreter: 'not known', ...known }),
  ask.hidden('interpreterGender', notAskedYet),
  ...contactFields(ask, known),
];

export const correctPage = (person: Person, base: number): FormPage => ({
  title: 'Correct the record',
  fields: (ask) => [
    ...personDetailsFields(ask, { ...person, called: givenName(person) }),
    ask.many('noName', 'If the person gave no name', [{ value: 'yes', text: 'No name given' }], {
      value: givenName(person) === '' ? ['yes'] : [],
    }),
    ask.words('cameBy', 'Other important information', { most: 1_000, value: person.cameBy }),
    correctionReasonField(ask),
    ask.hidden('base', String(base)),
  ],
  button: 'Save the correction',
  cancel: recordPaths.record(person.id),
});

const nothingRecorded = 'Nothing recorded';
export const formatValue = (text: unknown): string => (text === null || text === '' ? nothingRecorded : String(text));
export const formatList = (all: unknown): string => listOf(all as string[]) || 'None';

export const earlierFields = {
  called: ['called', formatValue],
  others: ['also called', formatList],
  yearOfBirth: ['year of birth', (year: unknown) => yearWords(year as number | null)],
  age: ['age', formatValue],
  ageBasis: ['evidence of age', (basis: unknown) => wordsOf(formatValue(basis))],
  language: ['language', formatValue],
  interpreter: ['interpreter', formatValue],
  interpreterGender: ['interpreter asked for', formatValue],
  aids: ['what helps', formatList],
  contactWay: ['safe way', formatValue],
  contactAt: ['number, address, or through whom', formatValue],
  contactWhen: ['when', formatValue],
  contactNever: ['never', formatValue],
  cameBy: ['what else must be known', formatValue],
} as const;

export const personRefusals: Record<PersonRefusal | 'unknown origin' | 'name missing', FormErrors> = {
  'evidence missing': { ageBasis: 'Select the evidence of age, or “Not known” as the age' },
  'looks make no adult': {
    ageBasis: 'Looks alone are no evidence that a person is an adult. Select other evidence, or “Not known” as the age',
  },
  'adult by no year': { age: 'The year of birth says the person is under 18. Select “Under 18”, or correct the year' },
  'child by no year': { age: 'The year of birth says the person is an adult. Select “Adult”, or correct the year' },
  'not born yet': { yearOfBirth: 'Enter a year in the past' },
  'safe and unsafe': { contactAt: 'You selected “no way is safe”. Delete this, or select a safe way' },
  'contact missing': {
    contactAt: 'Enter the number, address or contact person. If there is none, select “no way is safe”',
  },
  'language missing': { language: 'Enter the language that the interpreter speaks' },
  'name missing': { called: 'Enter the name the person wants to be called, or select “No name given”' },
  'unknown origin': { origin: 'Select how you know the person' },
};
