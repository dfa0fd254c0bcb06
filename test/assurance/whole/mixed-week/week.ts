/** What a week is for one partnership: which acts, and how often each. Played in one hour, so 168 times as fast. */

/**
 * A partnership with 400 visitors of its public site a day and 40 members at work, in a week of action. Counts are those of seven days,
 * rounded to tens: each tenth of the trial then has the same acts, and what it holds differs only by what is kept.
 *
 * | Act | In a week | Why so many |
 * |---|---|---|
 * | reads in private | 1,500 | 214 a day come by a poster or a link, read help in one of twelve languages, and half leave by the exit |
 * | reads the named site | 900 | 129 a day: signs, news, a release, about us, the contact page |
 * | prints a paper | 140 | 20 a day: a PDF of the print room or the page of a poster, in twelve languages in turn |
 * | gives a draft up | 140 | 20 a day begin a report and leave it, every second by the exit, which destroys it |
 * | fills in the long form | 40 | 6 a day answer all 34 questions and do not send |
 * | sends a report | 100 | 14 a day, as in the first week of a campaign |
 * | sends a report with a picture | 40 | two reports in seven |
 * | comes back with a receipt | 70 | half of all who reported read the answer and add words |
 * | works a shift | 280 | 40 a day sign in, open Home, notifications and six pages, search once; half sign out, half leave the session to expire |
 * | opens every page | 30 | 4 a day open one page of every kind that links lead to, exports of lists among them |
 * | triages reports | 70 | 10 a day read the queue, open a report and answer it |
 * | adds photos | 40 | 6 a day: reopens a visit, adds a picture, looks at it, finishes the visit |
 * | runs an operation | 10 | more than one a day: planned, briefed, eight visits with 13 people met, notes, a safeguarding case, a referral, arrests; the return counted, signed and countersigned, its release drafted |
 * | publishes a release | 10 | more than one a day: a smaller operation from its plan to its release, approved by another agency and published |
 * | supports people | 20 | 3 a day of each of the acts of support agencies: cases, consent, referrals, handovers, an export, a meeting |
 */
export const week = {
  'reads in private': 1_500,
  'reads the named site': 900,
  'prints a paper': 140,
  'gives a draft up': 140,
  'fills in the long form': 40,
  'sends a report': 100,
  'sends a report with a picture': 40,
  'comes back with a receipt': 70,
  'works a shift': 280,
  'opens every page': 30,
  'triages reports': 70,
  'adds photos': 40,
  'runs an operation': 10,
  'publishes a release': 10,
  'supports people': 20,
} as const;

export type ActName = keyof typeof week;

/** For the short form: each once or a few times, in seconds. */
export const smoke: Readonly<Record<ActName, number>> = {
  'reads in private': 12,
  'reads the named site': 6,
  'prints a paper': 2,
  'gives a draft up': 2,
  'fills in the long form': 1,
  'sends a report': 2,
  'sends a report with a picture': 1,
  'comes back with a receipt': 1,
  'works a shift': 4,
  'opens every page': 1,
  'triages reports': 2,
  'adds photos': 1,
  'runs an operation': 1,
  'publishes a release': 1,
  'supports people': 1,
};
