/** The words of every message outside Safelight: the same for every notification, without any content. Pure. */

export const subject = 'You have something new in Safelight';
const sentence = 'You have something new in Safelight. Sign in.';

/** The body of an e-mail. The one link leads to the sign-in page. */
export const emailBody = (signIn: string): string => `${sentence}\n\n${signIn}\n`;
/** A text message of the letters that one message of 160 can carry. It has no link: a link in a text looks like a fraud. */
export const textBody = sentence;

export const codeSubject = 'Your Safelight code';
/** Confirms an address or a number. */
export const codeBody = (code: string): string => `Your Safelight code is ${code}. It works for 15 minutes.`;
