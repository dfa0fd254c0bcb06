import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { ageBases, ages } from '../../vocabulary/age.ts';
import { interpreterGenders, interpreterNeeds } from '../../vocabulary/interpreting.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { correctionReasonField } from '../notes/form-pages.ts';
import { aids, contactWays, type Person, type PersonDetails, type PersonRefusal } from './person.ts';

export const yearWords = (year: number | null): string => (year === null ? 'not known' : String(year));

export const personDetailsFields = (ask: FieldBuilder, known: Partial<PersonDetails> = {}): Field[] => [
  ask.text('called', 'Preferred name', { value: known.called, spellcheck: false }),
  ask.words('others', 'Other names', {
    hint: 'One a line: in papers, in another script, as others call the person. If any.',
    rows: 3,
    value: known.others?.join('\n'),
  }),
  ask.count('yearOfBirth', 'Year of birth', { hint: 'If known', value: known.yearOfBirth }),
  ask.one('age', 'Age', ages, {
    hint: 'In doubt, “not known”: the person is then treated as a child until assessed.',
    value: known.age,
  }),
  ask.one('ageBasis', 'On what that is believed', ageBases, { value: known.ageBasis }),
  ask.heading('speaking', 'Speaking with the person'),
  ask.text('language', 'Language', { hint: 'Which the person speaks best, with the dialect', value: known.language }),
  ask.one('interpreter', 'Is an interpreter needed?', interpreterNeeds, {
    hint: 'Never somebody who came along with the person. Interpreter and person leave at different times.',
    value: known.interpreter,
  }),
  ask.one('interpreterGender', 'Which interpreter did the person ask for?', interpreterGenders, {
    value: known.interpreterGender ?? 'not asked yet',
  }),
  ask.many('aids', 'What helps to understand each other?', aids, { value: known.aids }),
  ask.heading('reaching', 'Reaching the person safely', 'Ask who else sees the phone, the post and the door.'),
  ask.one('contactWay', 'Which way is safe?', contactWays, { value: known.contactWay }),
  ask.text('contactAt', 'Number, address, or through whom', { value: known.contactAt, spellcheck: false }),
  ask.words('contactWhen', 'When it is safe', { rows: 2, most: 500, value: known.contactWhen }),
  ask.words('contactNever', 'Never do this', {
    hint: 'For example: leave no voice message, or do not say where you call from.',
    rows: 2,
    most: 500,
    value: known.contactNever,
  }),
];

export const correctPage = (person: Person, base: number): FormPage => ({
  title: 'Correct the record',
  fields: (ask) => [
    ...personDetailsFields(ask, person),
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
  ageBasis: ['on what that is believed', formatValue],
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
