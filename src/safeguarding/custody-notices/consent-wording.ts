/** The wording for consent before anything is sent to custody. Pure. */
import type { Sentence } from './sentence.ts';

export const wordingOf = (sentence: Pick<Sentence, 'words'>, authority: string): string =>
  [
    `May we send one sentence about you to ${authority}, so that it protects you there?`,
    `The sentence is: “${sentence.words}”`,
    'We send it with the custody reference that we were given, and with nothing else. We do not send your name, who we are or what you told us.',
    'One person there, who does not work on your case, passes it to the police or immigration officers who decide. They will know that somebody who helps you said it.',
    'You can say no. We help you just the same. You can take it back later. They will still know what they have read by then.',
  ].join('\n');
