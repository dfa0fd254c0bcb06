/** The words of the day before a referral to the NRM, in English and in the language of the person. Pure, but for reading a language file once. */
import type { ConsentInformation } from '../index.ts';
import { findKey, speakerOf } from './wording-lines.ts';

type Told = Pick<ConsentInformation, 'sentences'>;

/** One sentence a line. */
export const englishReferralWording = ({ sentences }: Told): string => sentences.map(({ says }) => says).join('\n');

/** Undefined where a sentence of that day is not word for word what was translated: half of the words would mislead. */
export function translateReferralWording({ sentences }: Told, code: string): string | undefined {
  const keys = sentences.map(({ says }) => findKey(says));
  const { say, status } = speakerOf(code);
  return keys.every((key) => key !== undefined) ? [...status, ...keys.map(say)].join('\n') : undefined;
}
