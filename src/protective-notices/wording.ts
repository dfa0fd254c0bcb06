/** The words that a person is asked to agree to before anything crosses. Pure. */
import type { Sentence } from './sentence.ts';

export const wordingOf = (sentence: Pick<Sentence, 'words'>, authority: string): string =>
  [
    `May we send one sentence about you to ${authority}, so that it protects you there?`,
    `The sentence is: “${sentence.words}”`,
    'It goes with the custody reference that we were told, and with nothing else: not your name, not who we are, not what you told us.',
    'One person there, who does not work on your case, passes it to whoever decides. The police or immigration officers who decide will know it, and will know that somebody who helps you said it.',
    'You can say no. We help you just the same. You can take it back later; what was read before cannot be unread.',
  ].join('\n');
