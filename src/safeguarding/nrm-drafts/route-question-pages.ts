/** The fork, one question a page; and the wording for an adult before the question, as in force on that day. */

import {
  describeWords,
  digestOfWording,
  englishNameOf,
  type ShownWords,
  type WordingPage,
  wordingLanguageOptions,
} from '../../nrm/consent-words/index.ts';
import type { Named } from '../../nrm/index.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type SummaryRow } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatInterpreting, formatLanguage } from '../../vocabulary/interpreting.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { consentSources } from '../consent/consent.ts';
import { consentSourceOptions } from '../consent/pages.ts';
import { explanationFields } from '../interpreting/pages.ts';
import type { Person } from '../people/person.ts';
import { type AnswerRefusal, askedSoFar, type NrmReferral, type Question } from './nrm-referral.ts';

export const marking = 'OFFICIAL-SENSITIVE: PERSONAL DATA';

export const questionWords: Record<Question, string> = {
  doubt: 'Is there a reason to doubt that the person can make this decision at this time?',
  assessor: 'Who assesses whether the person can make this decision?',
  able: 'What was the result of the assessment?',
  decisionMaker: 'Who decides in the person’s best interests?',
  decision: 'What was decided in the person’s best interests?',
  consent: 'Does the person agree to be referred?',
};

const leads: Record<Exclude<Question, 'consent'>, readonly string[]> = {
  doubt: [
    'An adult can make this decision unless there is a reason to doubt that they can. A person’s language, their fear, or a decision that seems unwise is no reason for doubt.',
  ],
  assessor: [
    'Somebody qualified assesses it first, with an interpreter where one is needed, and for this decision alone. Until then nothing is sent.',
  ],
  able: ['Write down what the person named before has found. Until it is assessed, nothing is sent, and help goes on.'],
  decisionMaker: [
    'Where the person cannot decide this, a named person decides what is best for them. It is not whoever assessed it, nor whoever fills in this form alone.',
  ],
  decision: [
    'What the person wishes, and wished before, counts first. If it is not to refer, a notification that names nobody takes its place.',
  ],
};

const notAskedNow: FormErrors = { '': 'This is not asked now: go back to the concern' };
export const answerRefusals: Record<AnswerRefusal, FormErrors> = {
  'submitted already': notAskedNow,
  'not asked now': notAskedNow,
  'no reason': { why: 'Say why there is no doubt any more: it was in doubt before' },
  'not named': { name: 'Enter the name as people know it, in letters' },
  'assesses and decides': { name: 'Name somebody else: this is who assesses whether the person can decide' },
};

const assessorFields = (ask: FieldBuilder): Field[] => [
  ask.text('name', 'Name', { hint: 'As people know it.' }),
  ask.text('service', 'Role, and where', { hint: 'For example: doctor, memory clinic of the health trust.' }),
];

const fieldsOf: Record<Exclude<Question, 'consent'>, (ask: FieldBuilder, fork: NrmReferral['fork']) => Field[]> = {
  doubt: (ask, { doubt }) => [
    ask.one('answer', questionWords.doubt, [
      { value: 'no', text: 'No: there is no reason to doubt it' },
      { value: 'yes', text: 'Yes: somebody must assess it first' },
    ]),
    ...(doubt?.answer === 'yes'
      ? [
          ask.words('why', 'If it is not in doubt any more, why', {
            hint: 'Write at least one sentence. It is kept with your name and the day, beside the doubt.',
            most: 1_000,
          }),
        ]
      : []),
  ],
  assessor: assessorFields,
  able: (ask) => [
    ask.one('answer', questionWords.able, [
      { value: 'yes', text: 'The person can make this decision' },
      { value: 'no', text: 'The person cannot make this decision, at this time' },
    ]),
  ],
  decisionMaker: assessorFields,
  decision: (ask) => [
    ask.one('answer', questionWords.decision, [
      { value: 'refer', text: 'To refer the person' },
      { value: 'do not refer', text: 'Not to refer the person' },
    ]),
  ],
};

export const questionPage = (
  { id, fork }: Pick<NrmReferral, 'id' | 'fork'>,
  question: Exclude<Question, 'consent'>,
  called: string,
): FormPage => ({
  title: questionWords[question],
  caption: `NRM referral of ${called}`,
  lead: leads[question],
  action: withQuery(nrmPaths.question(id), { of: question }),
  fields: (ask) => fieldsOf[question](ask, fork),
  button: 'Save and go on',
  cancel: nrmPaths.referral(id),
  ...(question === 'able' && {
    more: { href: nrmPaths.referral(id), text: 'Not assessed yet: what you wrote is kept, and help goes on' },
  }),
});

/** The wording first, then the answer. A no is as easy as a yes, and choosing to think about it stores nothing. */
export const consentPage = (
  { id }: Pick<NrmReferral, 'id'>,
  told: ShownWords | undefined,
  {
    called,
    before,
    shown,
    ...speaks
  }: Pick<Person, 'called' | 'language' | 'interpreter' | 'interpreterGender'> & {
    readonly before?: string | undefined;
    /** The language that the words are asked for in. */
    readonly shown: string;
  },
): WordingPage => ({
  title: questionWords.consent,
  frame: 'platform/plain.njk',
  ...backTo(nrmPaths.referral(id), 'Back'),
  caption: called,
  lead: [
    told
      ? 'In private, show the person these words or read them out. Safelight records the words, and which member explained them to the person.'
      : 'No words are kept here for this day. Nobody can be asked by words that are not in force: read the guidance, and tell whoever keeps this data.',
  ],
  ...(told ? { ...describeWords(told, speaks, before), picker: pickerOf(id, shown) } : { versions: [] }),
  closed: !told,
  action: withQuery(nrmPaths.question(id), { of: 'consent', shown }),
  more: {
    href: nrmPaths.referral(id),
    text: 'The person wants to think about it: nothing is recorded, and help continues',
  },
  fields: (ask) => [
    ask.one('answer', 'What did the person say?', [
      { value: 'yes', text: 'Yes: a referral is made' },
      { value: 'no', text: 'No: do not share who the person is', hint: { text: 'The person gets the same help.' } },
    ]),
    ask.one('how', 'Who said so?', consentSourceOptions('This is recorded as something that a worker said.')),
    ...explanationFields(ask, speaks, before, told?.shownLanguage ?? undefined),
    ask.hidden('digest', told ? digestOfWording(told) : ''),
  ],
  button: 'Save the answer',
});

const pickerOf = (id: NrmReferral['id'], shown: string): NonNullable<WordingPage['picker']> => ({
  address: nrmPaths.question(id),
  kept: [['of', 'consent']],
  shown,
  languages: wordingLanguageOptions,
});

/** The answers with author and day, and a link to change each before submission. */
export function routeAnswerRows(concern: NrmReferral, names: MemberNames, changes: boolean): SummaryRow[] {
  const { fork } = concern;
  const said: Record<Question, () => string> = {
    doubt: () => [fork.doubt?.answer === 'yes' ? 'Yes' : 'No', ...withdrawnDoubtWords(fork.doubt, names)].join('. '),
    assessor: () => namedWords(fork.assessor),
    able: () => (fork.able?.answer === 'yes' ? 'The person can decide this' : 'The person cannot decide this'),
    decisionMaker: () => namedWords(fork.decisionMaker),
    decision: () => capital(fork.decision?.answer ?? ''),
    consent: () => consentWords(fork.consent),
  };
  return askedSoFar(concern).map((question) => {
    const noted = fork[question];
    return {
      key: { text: questionWords[question] },
      value: {
        text: `${said[question]()}. Recorded by ${getMemberName(names, noted?.by ?? null)} on ${longDay(noted?.on ?? '')}`,
      },
      ...(changes && {
        actions: {
          items: [
            {
              href: withQuery(nrmPaths.question(concern.id), { of: question }),
              text: 'Change',
              visuallyHiddenText: `: ${questionWords[question]}`,
            },
          ],
        },
      }),
    };
  });
}

const namedWords = (one: Named | null): string => [one?.name, one?.service].filter(Boolean).join(', ');

/** A withdrawn doubt stays readable, with the reason. */
const withdrawnDoubtWords = (doubt: NrmReferral['fork']['doubt'], names: MemberNames): string[] =>
  (doubt?.turned ?? []).map(
    ({ doubted, by, on, why }) =>
      `It was in doubt for ${getMemberName(names, doubted.by)} on ${longDay(doubted.on)}, and not any more for ${getMemberName(names, by)} on ${longDay(on)}: ${why.replace(/\.$/, '')}`,
  );

function consentWords(consent: NrmReferral['fork']['consent']): string {
  if (!consent) return '';
  const { answer, how, language, interpreted, interpreter, shownLanguage } = consent;
  const byWhom = how === consentSources[0] ? 'said by the person' : 'reported by a worker';
  const shown = shownLanguage ? `; words shown in ${englishNameOf(shownLanguage)} and English` : '';
  return `${capital(answer)}, ${byWhom}${shown}; explained in ${formatLanguage(language)}, ${formatInterpreting(interpreted, interpreter)}`;
}
