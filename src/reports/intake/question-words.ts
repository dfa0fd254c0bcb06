/** How the questions of the public form and their answers are said: which texts of the reader's language they take. */
import { english, type TextKey, type Translator } from '../../public/languages/index.ts';
import { describePoint } from '../map/map.ts';
import { formatSightings } from '../map/sightings.ts';
import type { Answers, Field, Step } from './questions.ts';

/** Labels of answers on staff pages. */
export const labels: Record<Field, string> = {
  ...english.label,
  who: 'Reporter',
  knows: 'How they know',
  reach: 'May be reached',
  channel: 'How to reach them',
  never: 'Unsafe ways to contact them',
};
export const labelOf = (field: Field): TextKey => `label.${field}`;

export const choiceKeys: Readonly<Partial<Record<Field, Readonly<Record<string, TextKey>>>>> = {
  who: { worried: 'choice.worried', me: 'choice.me', professional: 'choice.professional' },
  reader: { support: 'choice.support', police: 'choice.police' },
  now: { yes: 'choice.now', no: 'choice.no', 'not sure': 'choice.unsure' },
  aware: { yes: 'choice.yes', no: 'choice.no', 'not safe to ask': 'choice.unsafe' },
  originals: { no: 'choice.cleaned', yes: 'choice.original' },
  reach: { no: 'choice.no', yes: 'choice.yes' },
  receipt: { words: 'choice.words', digits: 'choice.digits', none: 'choice.none' },
};

export type Question = {
  readonly ask: TextKey;
  /** Said before the answer, each a paragraph. */
  readonly before?: readonly TextKey[];
  readonly hints?: Readonly<Partial<Record<Field, TextKey>>>;
};

const questions: Record<Step, Question> = {
  who: { ask: 'ask.who', before: ['confidentiality.nothing'] },
  reader: { ask: 'ask.reader', before: ['confidentiality.police', 'confidentiality.help'] },
  now: { ask: 'emergency.question', before: ['emergency.watched'] },
  danger: { ask: 'emergency.title' },
  what: { ask: 'ask.what', before: ['ask.sentence', 'emergency.apart'] },
  where: { ask: 'ask.where', hints: { place: 'ask.place', postcode: 'ask.empty' } },
  map: { ask: 'map.title' },
  when: { ask: 'ask.when', hints: { when: 'ask.moment' } },
  sightings: { ask: 'diary.title', before: ['diary.how'] },
  people: { ask: 'ask.people', hints: { people: 'ask.persons' } },
  vehicles: { ask: 'ask.vehicles', hints: { vehicles: 'ask.plates' } },
  knows: { ask: 'ask.knows', hints: { knows: 'ask.how' } },
  aware: { ask: 'ask.aware' },
  files: {
    ask: 'file.title',
    before: ['emergency.files', 'confidentiality.files', 'file.limit'],
    hints: { originals: 'confidentiality.original' },
  },
  reach: { ask: 'ask.reach', before: ['ask.need'] },
  contact: {
    ask: 'ask.contact',
    before: ['confidentiality.apart'],
    hints: { name: 'ask.name', channel: 'ask.channel', safely: 'ask.safely', never: 'ask.never' },
  },
  check: { ask: 'ask.check' },
  short: { ask: 'shell.tell' },
  more: { ask: 'short.more' },
};

/** Questions in words for people who report about themselves. */
const ownQuestions: Partial<Record<Step, Question>> = {
  now: { ask: 'emergency.you', before: ['emergency.watched'] },
  what: { ask: 'self.own', before: ['ask.sentence', 'emergency.own'] },
  sightings: { ask: 'diary.again', before: ['diary.how'] },
  people: { ask: 'ask.involved', hints: { people: 'ask.seen' } },
};

export const questionOf = (step: Step, { who }: Pick<Answers, 'who'> = {}): Question =>
  (who === 'me' && ownQuestions[step]) || questions[step];

const englishSections: Readonly<Record<string, Readonly<Record<string, string>>>> = english;
const englishText = (key: TextKey): string => {
  const [section = '', name = ''] = key.split('.');
  return englishSections[section]?.[name] ?? key;
};

/** As staff read it: a choice by its English words, a text as it was typed. */
export const formatAnswer = (field: Field, answers: Answers): string => {
  const typed = answers[field] ?? '';
  if (field === 'sightings') return formatSightings(typed);
  if (field === 'point') return describePoint(typed);
  const key = choiceKeys[field]?.[typed];
  return key ? englishText(key) : typed;
};

/** The answer of a choice, as its reader reads it. */
export const translateChoice = ({ t }: Translator, field: Field, value: string): string | undefined => {
  const key = choiceKeys[field]?.[value];
  return key && t(key);
};
