/** The notes on each sentence for translators: where readers see it, and what its placeholders stand for. */
import type { english } from '../../src/public/languages/index.ts';
import type { publicContentByUse } from '../../src/public/signs/index.ts';

/** By the first part of a key. */
export const sectionUses = {
  emergency: 'What to do when somebody is in danger. On many pages',
  confidentiality: 'Report: who reads a report, who learns who wrote it, and what files say',
  exit: 'The exit button of the private journey, and the page about its limits',
  shell: 'Around every page: the menu, the end of the page, and messages about the site',
  front: 'The first page',
  press: 'A button of Report and of the private journey. Short',
  tell: 'Before Report: who reads reports, when, and when they must act',
  short: 'Report, the short form on one page',
  ask: 'Report, a question or the hint below it',
  label: 'Report, the name of an answer on the page that shows all answers. Short',
  choice: 'Report, a choice of an answer',
  check: 'Report, the last page before sending',
  sent: 'Report, after sending, with the receipt; and messages when something went wrong',
  stop: 'Report, the page that deletes what was written',
  mailbox: 'Coming back with a receipt to read an answer',
  sealing: 'Report, how what was written is sealed (encrypted)',
  file: 'Report, photos and files',
  map: 'Report, the map',
  diary: 'Report, several times one after another',
  help: 'Help',
  asker: 'Help, a choice: who is asking',
  kind: 'Help and Signs, a kind of exploitation',
  self: 'Signs, the questions of the private journey',
  answer: 'Signs, the answer after the questions',
  route: 'Help, about a service. Short',
  hours: 'Help and paper, the hours of a service. Short',
  reason: 'Help, why a service stands where it stands. Short',
  paper: 'On posters, cards, leaflets and sheets',
  ten: 'The page and the leaflet of the ten signs',
  place: 'Signs by place',
  print: 'The page on which paper is chosen and printed',
} as const satisfies Readonly<Record<keyof typeof english, string>>;

/** Of the signs, the guidance, the contacts, and what the readers of reports state. */
export const contentUses = {
  framing: 'What a sign means and what it does not. Signs, and the sheet for professionals',
  signs: 'A sign. Spot the signs, the questions of the private journey, and paper',
  guidance: 'What to do, what not to do, and what the law asks. The answer after the questions, and paper',
  places: 'A sign at a kind of place, or an innocent reason for it. Signs by place',
  ways: 'About one way to reach a service: how it works, and what stays on the phone or the bill. Help',
  notes: 'A note about a service. Help',
  weighing: 'Beside a sign: why it matters, another explanation, or a caution. Signs and paper',
  names: 'The name of a service, or its hours. Help and paper. A name that people search for stays',
  services: 'About a service: its promise, who runs it, where it is, for whom, in which languages. Help',
  statements: 'Report: what those who read reports state. A person relies on it when they decide to write',
} as const satisfies Readonly<Record<keyof ReturnType<typeof publicContentByUse> | 'statements', string>>;

/** By placeholder, and by key where a placeholder stands for something else there. */
const placeholderMeanings: Readonly<Record<string, string>> = {
  number: 'the emergency number 999, as a link',
  who: 'who reviewed the translation: a name or role, and an organisation',
  when: 'a time, or a day and a time',
  'shell.reviewed when': 'a day',
  'hours.holidays when': 'hours',
  hours: 'a number of hours',
  day: 'a day, like “Monday 30 November 2026” in this language',
  time: 'a time of day, like 18:30',
  count: 'a number',
  'short.progress count': 'how many answers were added',
  all: 'how many answers there are',
  most: 'the largest number allowed',
  reader: 'who reads the report: people who help, or police',
  key: 'the short name of a key, letters and digits',
  size: 'a number of megabytes',
  name: 'the name of a file',
  where: 'a place on the map in words',
  place: 'the name of a town or village',
  service: 'the name of a service',
  address: 'the web address of the site',
};

const namesIn = (english: string): readonly string[] => [
  ...new Set((english.match(/\{\w+\}/g) ?? []).map((place) => place.slice(1, -1))),
];

/** One line for each placeholder. Refuses a placeholder that this file does not explain. */
export const explainPlaceholders = (key: string, english: string): readonly string[] =>
  namesIn(english).map((name) => {
    const meaning = placeholderMeanings[`${key} ${name}`] ?? placeholderMeanings[name];
    if (!meaning) throw new Error(`${key}: say in scripts/translators/where-seen.ts what {${name}} stands for`);
    return `{${name}} is ${meaning}. Keep it as it is`;
  });
