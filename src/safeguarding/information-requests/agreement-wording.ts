/** The words for an adult’s consent before police are answered: what goes to which police force, in which words, and that a refusal costs nothing. Pure, but for reading a language file once. */
import { type ConsentTextKey, consentSource, listItem, speakerOf, typedItems } from '../../nrm/consent-words/index.ts';
import type { Kind } from './request.ts';

const kindKeys: Record<Kind, ConsentTextKey> = {
  'contact dates': 'answer.contact',
  'help provided': 'answer.given',
  'person’s account': 'answer.account',
  whereabouts: 'answer.whereabouts',
  'health information': 'answer.health',
  'notes of counselling': 'answer.counselling',
};

export type AgreementTerms = {
  /** The name of the police force. */
  readonly police: string;
  readonly kinds: readonly Kind[];
  /** What police would read, as the member typed it. */
  readonly words: string;
};

/** One sentence or one item a line, short enough to be read out. English unless a language is given. */
export function composeAgreementWording({ police, kinds, words }: AgreementTerms, code = consentSource.code): string {
  const { say, status, translated } = speakerOf(code);
  return [
    ...status,
    say('answer.asks'),
    listItem(police),
    say('answer.only'),
    say('list.told'),
    ...kinds.map((kind) => listItem(say(kindKeys[kind]))),
    say('answer.words'),
    ...translated(say('translation.typed')),
    ...typedItems(`“${words.trim()}”`),
    say('answer.used'),
    say('answer.alone'),
    say('answer.no'),
    say('end.no'),
  ].join('\n');
}
