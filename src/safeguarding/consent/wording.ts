/** The wording shown before a person consents: what, to whom, what for, until when, and that consent can be withdrawn. Pure. */
import { type DisclosurePurpose, draftGroup, nrmPurpose } from '../../vocabulary/information-shared.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { Act, Item } from './consent.ts';

const requestSentences: Record<Act, (recipient: string, items: string) => string> = {
  examine: (recipient, items) => `${recipient} would like to do this with you: ${items}.`,
  share: (recipient, items) =>
    `We would like to tell ${recipient} this about you: ${items}. They are not asked to do anything.`,
  refer: (recipient, items) => `We would like to ask ${recipient} to help you, and to tell them this: ${items}.`,
};

const limitSentences: Record<Act, string> = {
  examine: 'You agree to this alone. We ask you again before we tell anybody what is found.',
  share: 'You agree to this alone. We ask you again before we tell anybody else, and before any examination.',
  refer: 'You agree to this alone. We ask you again before we tell anybody more, and before any examination.',
};

const itemPhrases: Partial<Record<Item, string>> = {
  'when we met': 'the day we met',
  'where we met': 'the town where we met',
  'help needed': 'what help you ask for',
  'essential information': 'what they need to know to help (we go through it with you)',
  wishes: 'what you said you want',
  'given advice': 'what you were told about',
  'contact details': 'how to reach you safely',
  'papers about health': 'papers of yours about your health, those that we choose with you',
  'identity documents': 'papers of yours that say who you are, those that we choose with you',
  'legal documents': 'papers of yours about law, immigration or money, those that we choose with you',
  'other documents': 'other papers and photos, those that we choose with you',
  [draftGroup]: 'the whole draft of your referral to the National Referral Mechanism (we go through it with you)',
};

/** A first responder with the draft may submit it, so the person hears the consequences first. */
const nrmConsequences = (recipient: string): string[] => [
  `${recipient} may then send the referral to the Home Office. The Home Office decides whether you were exploited.`,
  'To decide, and to give you support, the Home Office is told who you are and where you are.',
  'The Home Office is also in charge of immigration.',
  'The police are told too. The police will record a crime committed against you, with you as the victim. You do not have to speak to them.',
  'Once the referral is sent, taking this back does not undo it. You can leave the National Referral Mechanism later, and we help you with that.',
];

/** Who else can come to know what the record says. Promises nothing that a law, a court or a danger can overrule. */
const readerSentences = (metAtVisit: boolean): string[] => [
  'Police and immigration officers cannot open this record. If you told an officer something, that officer has it and can use it.',
  ...(metAtVisit
    ? ['The safeguarding leads for the visit where we met can read this record too. They may work for another agency.']
    : []),
  'We may have to share something without asking you, if a law or a court says so.',
  'We may also have to if somebody is in serious danger, or a child is at risk.',
];

export type WordingTerms = {
  readonly act: Act;
  readonly recipient: string;
  readonly purpose: DisclosurePurpose;
  readonly items: readonly Item[];
  /** The person was met at a visit, so that the safeguarding leads of its operation read the record too. */
  readonly metAtVisit: boolean;
  /** The last day of the consent, in words. */
  readonly lastDay: string;
};

/** One sentence a line, short enough to be read out. */
export function composeWording({ act, recipient, purpose, items, metAtVisit, lastDay }: WordingTerms): string {
  const named = listOf(items.map((item) => itemPhrases[item] ?? wordsOf(item)));
  return [
    requestSentences[act](recipient, named),
    `This is ${wordsOf(purpose)}, and for nothing else.`,
    limitSentences[act],
    ...readerSentences(metAtVisit),
    ...(purpose === nrmPurpose || items.includes(draftGroup) ? nrmConsequences(recipient) : []),
    `It ends on ${lastDay}. You can take it back before then, at any time and without saying why.`,
    ...(act === 'examine'
      ? []
      : ['They will still know what they were told by then. We will tell them to stop using it.']),
    'If you say no, you still get help. Help does not depend on speaking to the police or on your immigration status.',
  ].join('\n');
}
