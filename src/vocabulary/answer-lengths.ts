/** How long an answer to one question of a public form may be, and how long the whole form. */

export const maxAnswerLength = 8_000;

/** One page asks at most this many questions with written answers. */
const mostAnswersOnPage = 4;
/** As a form is sent: a letter of three bytes, each written as `%EF`. No letter takes more for its length. */
const longestLetter = 9;
/** Beside what is written: which page, which step, which draft. */
const otherFieldsBytes = 16 * 1_024;
/** What a browser sealed comes as letters: a little more than a form that is not sealed. */
const sealedMore = 96 * 1_024;

/** In bytes. */
export const maxFormBytes = mostAnswersOnPage * maxAnswerLength * longestLetter + otherFieldsBytes + sealedMore;
