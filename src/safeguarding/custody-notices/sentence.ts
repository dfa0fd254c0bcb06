/** The only sentences that may cross the wall, as in force on the day. Dated, each with its source. Pure. */

export const sentenceNames = ['consider section 45', 'ask before removal', 'medical review', 'threat to life'] as const;
export type SentenceName = (typeof sentenceNames)[number];

export type Sentence = {
  readonly name: SentenceName;
  /** Everything that custody or immigration reads. */
  readonly words: string;
  /** What it means for the custodian who passes it on. */
  readonly means: string;
  readonly source: string;
  readonly from: string;
  /** The last day on which it may be sent. */
  readonly until: string | null;
  /** The last day on which the project checked the source, and whether it read the text itself. */
  readonly checked: string;
  readonly read: boolean;
};

const standing = { until: null, checked: '2026-11-26', read: false };

export const sentences: readonly Sentence[] = [
  {
    name: 'consider section 45',
    words: 'May be a victim of modern slavery: consider section 45.',
    means:
      'A person who was compelled to commit an offence, or was exploited as a child, may have a defence. It covers many offences, but not those in Schedule 4. Tell the person who decides on the charge about this defence, before the charge.',
    source: 'Modern Slavery Act 2015 s.45, Schedule 4',
    from: '2015-07-31',
    ...standing,
  },
  {
    name: 'ask before removal',
    words: 'A referral is pending: ask before removing the person from the UK.',
    means:
      'Tell the person who decides on removal to ask the competent authority first. From a positive first decision there is a recovery period of at least 30 days.',
    source: 'Nationality and Borders Act 2022 ss.61 and 62; statutory guidance of 30 January 2023',
    from: '2023-01-30',
    ...standing,
  },
  {
    name: 'medical review',
    words: 'A medical review is needed before detention.',
    means:
      'Tell the officer who decides on detention, or holds the person, that a clinician must see the person first.',
    source: 'Immigration Act 2016 s.59 (adults at risk in immigration detention); PACE Code C section 9 in custody',
    from: '2016-09-12',
    ...standing,
  },
  {
    name: 'threat to life',
    words: 'There is a threat to the person’s life.',
    means:
      'Tell the officer in charge at once. They must consider the threat when they decide who is near the person, and on release and removal. Do not tell anybody who came with the person.',
    source: 'Human Rights Act 1998, article 2',
    from: '2000-10-02',
    ...standing,
  },
];

export const sentencesOn = (day: string): Sentence[] =>
  sentences.filter(({ from, until }) => from <= day && (until === null || day <= until));

/** As in force on the day on which it was sent. */
export function sentenceOn(name: SentenceName, day: string): Sentence {
  const found = sentencesOn(day).find((one) => one.name === name);
  if (!found) throw new Error(`no sentence ${name} may be sent on ${day}`);
  return found;
}
