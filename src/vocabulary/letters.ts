/** How much may be written in answer to one question of a public form, and how long a form may be that brings it. */

export const mostLetters = 8_000;

/** So many answers to write stand on one page at most. */
const mostAnswersOnPage = 4;
/** As a form is sent: a letter of three bytes, each written as `%EF`. No letter takes more for its length. */
const longestLetter = 9;
/** Beside what is written: which page, which step, which draft. */
const beside = 16 * 1_024;
/** What a browser sealed comes as letters: a little more than a form that is not sealed. */
const sealedMore = 96 * 1_024;

/** In bytes. */
export const mostForm = mostAnswersOnPage * mostLetters * longestLetter + beside + sealedMore;
