/** How the questions of the public form and their answers are said. */
import { filesQuestion } from './files-words.ts';
import type { Answers, Field, Step } from './journey.ts';

/** What staff read beside an answer, and the reporter on the check page. */
export const labels: Record<Field, string> = {
  who: 'Who tells it',
  reader: 'Who should read it',
  now: 'Is somebody in danger now',
  what: 'What happened',
  place: 'Where',
  postcode: 'Postcode',
  when: 'When',
  people: 'Who',
  vehicles: 'Vehicles and numbers',
  knows: 'How they know',
  aware: 'Does the person know of this report',
  originals: 'May files be kept as they came',
  reach: 'May be reached',
  name: 'Name',
  channel: 'How to reach them',
  safely: 'When it is safe',
  never: 'What never to do',
  receipt: 'A way to come back',
};

export const choiceWords: Readonly<Partial<Record<Field, Readonly<Record<string, string>>>>> = {
  who: {
    worried: 'I noticed something about somebody else',
    me: 'It is happening to me',
    professional: 'I work with people, and report it as part of my work',
  },
  reader: {
    support: 'People who help, and are not police',
    police: 'Police',
  },
  now: { yes: 'Yes, now', no: 'No', 'not sure': 'I am not sure' },
  aware: { yes: 'Yes', no: 'No', 'not safe to ask': 'It would not be safe to ask' },
  originals: {
    no: 'No, keep the cleaned copy alone',
    yes: 'Yes, keep each file as it came, too',
  },
  reach: { no: 'No', yes: 'Yes' },
  receipt: {
    words: 'A shopping list of eight lines',
    digits: 'A row of digits',
    none: 'Nothing: I cannot keep anything',
  },
};

export type Question = {
  readonly ask: string;
  /** Said before the answer, each a paragraph. */
  readonly before?: readonly string[];
  readonly hints?: Readonly<Partial<Record<Field, string>>>;
};

const leaveEmpty = 'Leave it empty if you do not know.';

export const questions: Record<Step, Question> = {
  who: {
    ask: 'What is it about?',
    before: ['If you choose nothing, it goes to people who help, not to police.'],
  },
  reader: {
    ask: 'Who should read what you tell?',
    before: [
      'Must you talk to police? No. If you choose people who help, police do not see what you tell, unless you ask for it or those who help must act.',
      'Help does not depend on talking to police, nor on your papers.',
    ],
  },
  now: {
    ask: 'Is somebody in danger now?',
    before: ['This form is not watched every minute. Danger is for 999.'],
  },
  danger: { ask: 'Call 999 now' },
  what: {
    ask: 'What did you see, or what happens?',
    before: [
      'One sentence is enough. It is the only answer that we need.',
      'Do not follow anybody, do not take photographs that they could notice, and do not speak to those you suspect. It can put you and others in danger.',
    ],
  },
  where: {
    ask: 'Where is it?',
    hints: { place: 'An address, the name of a business, or how to find it.', postcode: leaveEmpty },
  },
  when: {
    ask: 'When was it?',
    hints: { when: 'As well as you remember: “last Tuesday evening”, “every morning before six”.' },
  },
  people: {
    ask: 'Who is in it?',
    hints: {
      people:
        'How many people, what they look like, names that were used. Say what you saw or heard; where somebody is from tells nothing.',
    },
  },
  vehicles: {
    ask: 'Which vehicles or phone numbers?',
    hints: { vehicles: 'Number plate, make, colour, telephone number.' },
  },
  knows: { ask: 'How do you know?', hints: { knows: 'Did you see it, hear it, or were you told by somebody?' } },
  aware: { ask: 'Does the person know that you report this?' },
  files: filesQuestion,
  reach: {
    ask: 'Do you want to leave a way to be reached?',
    before: [
      'You need not. At the end you can get a list by which you come back here and read an answer, and nobody learns who you are.',
    ],
  },
  contact: {
    ask: 'How can you be reached safely?',
    before: [
      'Who you are lies apart from what you told, under a key of its own. Whoever opens it must say why, and that is written down.',
    ],
    hints: {
      name: 'A first name will do.',
      channel: 'A number or an address that only you read.',
      safely: 'Days and hours.',
      never: 'For example: no voicemail, no letter, no text message.',
    },
  },
  check: { ask: 'Check what you tell us' },
};

/** As it is shown: a choice by its words, a text as it was typed. */
export const shownAnswer = (field: Field, answers: Answers): string =>
  choiceWords[field]?.[answers[field] ?? ''] ?? answers[field] ?? '';
