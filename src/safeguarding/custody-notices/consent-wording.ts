/** The wording for consent before anything is sent to custody. Pure. */
import type { Sentence } from './sentence.ts';

export const wordingOf = (sentence: Pick<Sentence, 'words'>, authority: string): string =>
  [
    `May we send one short message about you to ${authority}, so that its staff protect you?`,
    `The message is: “${sentence.words}”`,
    'We send the message with the custody reference that we were given, and with nothing else. We do not send your name, who we are or what you told us.',
    'One person there, who does not work on your case, passes the message on. The police or immigration officers who decide about you receive the message. The officers will know that the message comes from somebody who helps you.',
    'You can say no. We help you whether you say yes or no. If you say yes, you can change your mind later. They will still know what they read before that.',
  ].join('\n');
