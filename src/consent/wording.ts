/** The words that a person is shown before she agrees: what, to whom, what for, until when, and that she can take it back. Pure. */
import { draftGroup, type TellingPurpose, toTheNrm } from '../vocabulary/agreed.ts';
import { listOf } from '../vocabulary/english.ts';
import type { Act, Item } from './consent.ts';

const asks: Record<Act, (recipient: string, items: string) => string> = {
  examine: (recipient, items) => `${recipient} would like to do this with you: ${items}.`,
  share: (recipient, items) =>
    `We would like to tell ${recipient} this about you: ${items}. They are not asked to do anything.`,
  refer: (recipient, items) => `We would like to ask ${recipient} to help you, and to tell them this: ${items}.`,
};

const only: Record<Act, string> = {
  examine: 'You agree to this alone. Nobody is told what is found unless you agree to that too.',
  share: 'You agree to this alone: nobody else is told, and before an examination you are asked again.',
  refer: 'You agree to this alone: nothing more is told, and before an examination you are asked again.',
};

const forPerson: Partial<Record<Item, string>> = {
  'when we met': 'the day we met',
  'where we met': 'the town where we met',
  'what help is asked for': 'what help you ask for',
  'what they need to know': 'what they need to know to help (we go through it with you)',
  'what the person wants': 'what you said you want',
  'what the person was advised': 'what you were told about',
  'how to reach the person safely': 'how to reach you safely',
  'papers about health': 'papers of yours about your health, those that we choose with you',
  'papers that say who the person is': 'papers of yours that say who you are, those that we choose with you',
  'papers about law, immigration or money':
    'papers of yours about law, immigration or money, those that we choose with you',
  'other papers and photos': 'other papers and photos, those that we choose with you',
  [draftGroup]: 'the whole draft of your referral to the National Referral Mechanism (we go through it with you)',
};

/** A first responder who has the draft may submit it: what follows from that is said before it is handed. */
const whatAReferralDoes = (recipient: string): string[] => [
  `${recipient} may then submit it to the Home Office. The Home Office decides about it, and learns who you are and where you are.`,
  'That tells the police, and it is recorded as a crime against you. You do not have to speak to the police.',
  'Once it is submitted, taking this back does not undo it. You can leave it later, and we help you with that.',
];

export type Spoken = {
  readonly act: Act;
  readonly recipient: string;
  readonly purpose: TellingPurpose;
  readonly items: readonly Item[];
  /** The last day on which it holds, in words. */
  readonly lastDay: string;
};

/** One sentence a line, short enough to be read out. */
export function wordingOf({ act, recipient, purpose, items, lastDay }: Spoken): string {
  const named = listOf(items.map((item) => forPerson[item] ?? item));
  return [
    asks[act](recipient, named),
    `It is ${purpose}, and for nothing else.`,
    only[act],
    'Police and immigration do not see it here.',
    ...(purpose === toTheNrm || items.includes(draftGroup) ? whatAReferralDoes(recipient) : []),
    `It ends on ${lastDay}. You can take it back before then, at any time and without saying why.${act === 'examine' ? '' : ' What they were told by then they know, and they are told to stop using it.'}`,
    'If you say no, you get help all the same. It does not depend on speaking to police, nor on immigration status.',
  ].join('\n');
}
