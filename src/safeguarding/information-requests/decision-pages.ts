/** Pages of the lead who decides on a victim information request, and earlier decisions. */

import {
  describeWords,
  digestOfWording,
  languageField,
  type ShownWords,
  type WordingPage,
} from '../../nrm/consent-words/index.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { Answers, FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage, type SectionsPage } from '../../platform/rendering/pages.ts';
import { formatHour, formatMoment } from '../../vocabulary/calendar/moments.ts';
import { formatInterpreting, formatLanguage, type LanguageNeeds } from '../../vocabulary/interpreting.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { staffSite } from '../../vocabulary/paths/path.ts';
import { informationDecisionPaths } from '../../vocabulary/paths/safeguarding/information-requests.ts';
import { disclosurePaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { consentSources } from '../consent/consent.ts';
import { consentSourceOptions, sharedItemRows, workersWord } from '../consent/pages.ts';
import type { Disclosure, DisclosurePlan } from '../disclosures/disclosure.ts';
import { explanationFields } from '../interpreting/pages.ts';
import { unconditionalHelpText } from '../notes/pages.ts';
import type { Person } from '../people/person.ts';
import { immediateDisclosureFields } from '../referrals/form-pages.ts';
import { nobody } from './forms.ts';
import type { Test } from './law.ts';
import { askedRows, type Names } from './pages.ts';
import { agreements, type Decision, type DecisionRefusal, outcomes } from './request.ts';
import type { RequestWithAnswer } from './store.ts';

const text = (words: string): { readonly text: string } => ({ text: words });

export const decisionRefusals: Record<
  DecisionRefusal | 'decided already' | 'asked as a child' | 'no language',
  FormErrors
> = {
  'no language': { shown: 'Select the language in which the person is shown the words' },
  'too late': { outcome: 'The deadline has passed. Police got the answer that no information is given' },
  'nobody chosen': { person: 'To give something, select whom it is about' },
  'a test not passed': { passed: 'Something is given only where the request passes every test' },
  'not agreed': { agreement: 'Without the person’s yes nothing is given' },
  'nothing named': { kinds: 'Select what is given' },
  'not asked for': { kinds: 'Give no more than was asked for' },
  'no words': { words: 'Write what is given' },
  'decided already': { '': 'This was decided already. What was decided stands.' },
  'asked as a child': { '': 'Nothing was sent: by the record it is an adult now, who decides alone. Ask for a yes' },
};

export type FoundPerson = LanguageNeeds & {
  readonly id: string;
  readonly called: string;
  readonly yearOfBirth: number | null;
};

/** The language of everybody found, where it is one. */
const sharedLanguage = (found: readonly FoundPerson[]): LanguageNeeds =>
  found.every(({ language }) => language === found[0]?.language)
    ? { language: found[0]?.language ?? null }
    : { language: null };

/** For a child, information may be given without consent. */
const outcomeWords: Record<Decision['outcome'], string> = {
  'give agreed items': 'give the ticked information',
  'give nothing': 'give nothing',
};

/** The wording first, then the answers; both are kept with the decision. */
export const agreementPage = (
  asked: RequestWithAnswer,
  words: ShownWords,
  speaks: Pick<Person, 'called' | 'language' | 'interpreter' | 'interpreterGender'>,
  typed: Answers,
): WordingPage => ({
  title: 'Show this to the person, or read it out',
  frame: 'platform/plain.njk',
  back: { href: informationDecisionPaths.decide(asked.request.id), text: 'Back' },
  caption: speaks.called,
  ...describeWords(words, speaks),
  // The button is the yes.
  enter: 'digest',
  lead: ['Safelight keeps these exact words and your name. Nothing is given before the person agrees.'],
  action: informationDecisionPaths.decide(asked.request.id),
  cancel: informationDecisionPaths.requests(),
  more: {
    href: informationDecisionPaths.decide(asked.request.id),
    text: 'The person does not agree',
  },
  button: 'The person agrees: answer police',
  fields: (ask) => [
    ask.one('how', 'Who gave consent?', consentSourceOptions(workersWord)),
    ...explanationFields(ask, speaks, '', words.shownLanguage ?? undefined),
    ...['person', 'agreement', 'outcome', 'words', 'reasons', 'shown'].map((name) => ask.kept(name, '')),
    ...['passed', 'kinds'].flatMap((name) =>
      [typed[name] ?? []].flat().map((value) => ask.hidden(name, String(value))),
    ),
    ask.hidden('digest', digestOfWording(words)),
  ],
});

/** The ground, and how it was explained. */
const groundOf = ({ ground, agreed }: Decision): string =>
  !ground
    ? 'none'
    : [
        capital(ground),
        ...(agreed
          ? [
              agreed.how === consentSources[0] ? 'said by the person' : 'reported by a worker',
              `explained in ${formatLanguage(agreed.language)}, ${formatInterpreting(agreed.interpreted)}`,
            ]
          : []),
      ].join('; ');

export type RequestContext = {
  readonly agencies: Names;
  readonly found: readonly FoundPerson[];
  readonly tests: readonly Test[];
  readonly decided: Decision | undefined;
  /** Who can approve what is given about a child, in words. */
  readonly seconds: string;
  readonly id: string;
};

export function decidePage(asked: RequestWithAnswer, around: RequestContext): FormPage {
  const { request } = asked;
  return {
    title: around.decided ? 'This request is decided' : 'Decide on a victim information request',
    caption: `Request ${referenceOf('request', request.id)}, police reference ${request.reference}`,
    ...backTo(informationDecisionPaths.requests(), 'Decisions on victim information requests'),
    lead: [
      'Police get the information you give. If you give no answer by the deadline, Safelight tells police that no information is given. Police get the same answer about people whom your agency does not know.',
      ...askedRows(asked, around.agencies).map(({ key, value }) => `${key.text}: ${value.text}`),
      ...(around.decided
        ? [
            `Decided ${formatHour(around.decided.decidedAt)}: ${outcomeWords[around.decided.outcome]}. ${around.decided.reasons}`,
          ]
        : []),
    ],
    action: informationDecisionPaths.decide(request.id),
    button: 'Write it down',
    closed: around.decided !== undefined,
    fields: (ask) => decisionFields(ask, request.kinds, around),
  };
}

const decisionFields = (
  ask: FieldBuilder,
  kinds: RequestWithAnswer['request']['kinds'],
  { found, tests, seconds, id: formId }: RequestContext,
): Field[] => [
  ask.one('person', 'Person it is about', [
    ...found.map(({ id, called, yearOfBirth }) => ({
      value: id,
      text: called,
      hint: { text: yearOfBirth ? `born in ${yearOfBirth}` : 'year of birth not known' },
    })),
    { value: nobody, text: 'Nobody whose record I may see, or none of these' },
  ]),
  ask.many(
    'passed',
    'Which tests the request passes',
    tests.map(({ name }) => name),
  ),
  ask.one('agreement', 'Answer of the person', agreements, {
    hint: `Ask the person in a safe way. If the person is an adult, they must agree to the words on the next page. Ask a child too, but decide in the child’s best interests. ${unconditionalHelpText}`,
  }),
  ask.one(
    'outcome',
    'Your decision',
    outcomes.map((value) => ({ value, text: capital(outcomeWords[value]) })),
  ),
  ask.many('kinds', 'Information given', kinds),
  ask.words('words', 'In these words', {
    hint: 'Share only with an adult’s consent, or in a child’s best interests. Police receive your words exactly as you write them.',
    most: 4_000,
    rows: 6,
  }),
  languageField(ask, sharedLanguage(found)),
  ask.words('reasons', 'Why', {
    hint: `Write at least one sentence. Your reasons stay in the safeguarding database, encrypted. A second person approves information about a child before it is shared. The second person reads what you write here and decides. ${seconds}`,
    most: 1_000,
  }),
  ...immediateDisclosureFields(ask),
  ask.hidden('id', formId),
];

/** As approved; nothing is typed again. */
export const approvedPage = (
  { id, plan }: Pick<Disclosure, 'id'> & { readonly plan: DisclosurePlan },
  police: string,
) => ({
  title: `What ${police} will see`,
  caption: 'Approved by a second person',
  address: informationDecisionPaths.decideApproved(id),
  back: { href: disclosurePaths.disclosure(id), text: 'Why, and who approved it' },
  to: police,
  rows: sharedItemRows(plan.shown),
  papers: [],
  kept: [],
  fixed: true,
});

/** Each that gave something counts as a disclosure. */
export function decisionsPage(
  waiting: readonly RequestWithAnswer[],
  decided: readonly { readonly decision: Decision; readonly asked: RequestWithAnswer | undefined }[],
  agencies: Names,
  decides: boolean,
): SectionsPage {
  const given = decided.filter(({ decision }) => decision.outcome === 'give agreed items').length;
  const by = (asked: RequestWithAnswer | undefined): string =>
    (asked && agencies.get(asked.request.agencyId)) ?? 'police';
  return {
    title: 'Decisions on victim information requests',
    back: { href: staffSite, text: 'Your work' },
    lead: [
      'Police use these requests to ask your agency for information that people gave it. You do not have to answer. Share information about an adult only with their consent. Share information about a child only if a second person approves it.',
    ],
    sections: [
      {
        kind: 'table' as const,
        caption: 'To be decided',
        stack: true,
        columns: ['Request', 'Police reference', 'Asked by', 'Answer by'].map(text),
        rows: waiting.map(({ request }) => [
          decides
            ? { text: referenceOf('request', request.id), href: informationDecisionPaths.decide(request.id) }
            : text(referenceOf('request', request.id)),
          text(request.reference),
          text(agencies.get(request.agencyId) ?? 'police'),
          text(formatMoment(request.dueAt)),
        ]),
        empty: 'No requests to decide.',
        links: [{ href: disclosurePaths.list(), text: 'Disclosures without consent' }],
      },
      {
        kind: 'figures' as const,
        title: 'Decided so far',
        items: [
          { label: 'Given something', value: String(given) },
          { label: 'Given nothing', value: String(decided.length - given) },
        ],
      },
      {
        kind: 'table' as const,
        caption: 'Decided, the latest first',
        stack: true,
        columns: ['Request', 'Asked by', 'Decided', 'Outcome', 'Ground', 'Reasons'].map(text),
        rows: decided.map(({ decision, asked }) => [
          text(asked ? referenceOf('request', asked.request.id) : 'Destroyed'),
          text(by(asked)),
          text(formatHour(decision.decidedAt)),
          text(capital(outcomeWords[decision.outcome])),
          text(groundOf(decision)),
          text(decision.reasons),
        ]),
        empty: 'No requests have been decided yet.',
      },
    ],
  };
}
