/** The questions of the public form and their order: one a page, back and forth, nothing asked twice, and nothing required but one sentence. Pure. */
import { maxAnswerLength } from '../../vocabulary/answer-lengths.ts';
import type { IntakeLine } from '../report.ts';

export const fields = [
  'who',
  'reader',
  'now',
  'what',
  'place',
  'postcode',
  'point',
  'when',
  'sightings',
  'people',
  'vehicles',
  'knows',
  'aware',
  'originals',
  'reach',
  'name',
  'channel',
  'safely',
  'never',
  'receipt',
] as const;
export type Field = (typeof fields)[number];
export type Answers = Readonly<Partial<Record<Field, string>>>;

export const steps = {
  who: ['who'],
  reader: ['reader'],
  now: ['now'],
  danger: [],
  what: ['what'],
  where: ['place', 'postcode', 'point'],
  map: [],
  when: ['when'],
  sightings: ['sightings'],
  people: ['people'],
  vehicles: ['vehicles'],
  knows: ['knows'],
  aware: ['aware'],
  files: ['originals'],
  reach: ['reach'],
  contact: ['name', 'channel', 'safely', 'never'],
  check: ['receipt'],
  short: ['now', 'what', 'place', 'when', 'receipt'],
  more: ['receipt'],
} as const satisfies Readonly<Record<string, readonly Field[]>>;
export type Step = keyof typeof steps;
export const stepNames = Object.keys(steps) as Step[];

export const choices = {
  who: ['worried', 'me', 'professional'],
  reader: ['support', 'police'],
  now: ['yes', 'no', 'not sure'],
  aware: ['yes', 'no', 'not safe to ask'],
  originals: ['no', 'yes'],
  reach: ['no', 'yes'],
  receipt: ['words', 'digits', 'none'],
} as const satisfies Readonly<Partial<Record<Field, readonly string[]>>>;

/** The page rejects text longer than this and still shows it. */
export { maxAnswerLength as mostLetters };

/** Reports about oneself go to the support side unless the reporter chooses police. So do reports that do not say who they are about. */
export function lineOf({ who, reader }: Answers): IntakeLine {
  if (who === 'worried' || who === 'professional') return 'police';
  return reader === 'police' ? 'police' : 'help';
}

/** Which questions are asked of which reporters, in order. */
export function askedSteps(answers: Answers): Step[] {
  const asked: Readonly<Record<Step, boolean>> = {
    who: true,
    reader: answers.who === 'me',
    now: true,
    danger: answers.now === 'yes',
    what: true,
    where: true,
    // No step of its own: the reader opens the map from the page about the place.
    map: false,
    when: true,
    sightings: true,
    people: true,
    vehicles: answers.who !== 'me',
    knows: answers.who !== 'me',
    aware: answers.who === 'professional',
    files: true,
    reach: true,
    contact: answers.reach === 'yes',
    check: true,
    // The two pages of the short way, which asks these questions together.
    short: false,
    more: false,
  };
  return stepNames.filter((step) => asked[step]);
}

/** Where a button leads from a question. One that is asked no longer leads on to the next that is. */
export function stepAfterPress(answers: Answers, step: Step, wanted: 'next' | 'back' | Step): Step {
  const path = askedSteps(answers);
  if (wanted !== 'next' && wanted !== 'back') return path.includes(wanted) ? wanted : step;
  const order = stepNames.indexOf(step);
  const before = path.filter((one) => stepNames.indexOf(one) < order).at(-1);
  const after = path.find((one) => stepNames.indexOf(one) > order);
  return (wanted === 'back' ? before : after) ?? step;
}

/** Where Continue leads after a change: to what the answer newly asks, else back to the check page. */
export function stepAfterChange(before: Answers, answers: Answers, step: Step): Step {
  const next = stepAfterPress(answers, step, 'next');
  return askedSteps(before).includes(next) ? 'check' : next;
}

/** What is sent: answers to questions that are asked no longer leave no trace. */
export function askedAnswers(answers: Answers): Answers {
  const asked = askedSteps(answers).flatMap((step): readonly Field[] => steps[step]);
  return Object.fromEntries(
    Object.entries(answers).filter(([field, text]) => asked.includes(field as Field) && text.trim() !== ''),
  );
}

const contactFields: readonly Field[] = steps.contact;

/** The report's answers and, separately, the source identity. Each is sealed under its own key. */
export function splitAnswers(answers: Answers): { readonly told: Answers; readonly contact: Answers | undefined } {
  const entries = Object.entries(askedAnswers(answers));
  const contact = entries.filter(([field]) => contactFields.includes(field as Field));
  const told = entries.filter(([field]) => !contactFields.includes(field as Field) && field !== 'receipt');
  return {
    told: Object.fromEntries(told),
    contact: contact.length > 0 ? Object.fromEntries(contact) : undefined,
  };
}

/** The one thing that a report needs. */
export const hasDescription = ({ what = '' }: Answers): boolean => /\p{L}/u.test(what);

/** What is written, and not chosen from a list. */
export const isWritten = (field: Field): boolean => !(field in choices);

/** What a browser that seals keeps to itself: all that is written, but for what the map and the diary must know to go on. */
export const isSealedInBrowser = (field: Field): boolean =>
  isWritten(field) && field !== 'point' && field !== 'sightings';

/** In which part a written answer is sealed: contact details or the report's words. */
export const sealedPartOf = (field: Field): 'contact' | 'words' =>
  contactFields.includes(field) ? 'contact' : 'words';

/** Whether anything was written in these answers. */
export const hasWrittenAnswer = (answers: Answers): boolean =>
  fields.some((field) => isWritten(field) && (answers[field] ?? '').trim() !== '');
