/** The form of an approval: what the approver confirms, and what is kept of it. */
import type { FormErrors } from '../../platform/forms/forms.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { releasePaths } from '../../vocabulary/paths/newsroom.ts';
import type { Quote } from '../drafting/draft.ts';
import { actPage } from './pages.ts';
import type { Release } from './store.ts';

/** `wasStopped`: whether a safeguarding lead stopped an earlier text, and the approver judges the change. */
export const approveForm = (release: Release, wasStopped: boolean): FormPage =>
  actPage(
    release,
    releasePaths.approve,
    {
      title: release.correction === null ? 'Approve this release' : 'Approve this correction',
      lead: [
        'You agree to every word of this revision, and that nobody can be found from it, alone or beside what is known already. If a word changes, you are asked again.',
      ],
      button: 'Approve',
    },
    (ask) => [
      ...(wasStopped
        ? [
            ask.many('safe', 'The stop of the earlier text', [
              {
                value: 'yes',
                text: 'I read the stop and the changes, and the changes take the danger away',
                hint: { text: 'If you are not sure, ask the safeguarding lead, or send the release back' },
              },
            ]),
          ]
        : []),
      ...(release.quotes.length === 0
        ? []
        : [
            ask.many(
              'agreed',
              'Words of people who are quoted',
              release.quotes.map((quote, index) => ({
                value: String(index),
                text: `${speakerOf(quote)} agreed to these words`,
                hint: {
                  text: `“${quote.words.length > mostShownWords ? `${quote.words.slice(0, mostShownWords)}…` : quote.words}”`,
                },
              })),
              { hint: 'Ask the person, or read their written agreement. Your answer is kept with the approval.' },
            ),
          ]),
      ...(release.picture
        ? [
            ask.many('cleared', 'The picture', [
              {
                value: 'yes',
                text: 'I looked at the picture at full size and confirm its clearance',
                hint: { text: 'Nobody can be recognised from it who did not agree, and it names no place or business' },
              },
            ]),
          ]
        : []),
      ask.text('note', 'Note (optional)', { hint: 'For the newsroom. The public does not see it.' }),
    ],
  );

/** The text above the form has each quote in full. */
const mostShownWords = 150;
const speakerOf = ({ rank, name }: Quote): string => [rank, name].filter(Boolean).join(' ');

type Ticked = Pick<Release, 'quotes' | 'picture'> & { readonly wasStopped: boolean };

/** Takes the ticks of an approval. An error where somebody quoted, the picture or the change after a stop is not among them. */
export const findUnconfirmed = (
  { quotes, picture, wasStopped }: Ticked,
  {
    agreed,
    cleared,
    safe,
  }: { readonly agreed: readonly string[]; readonly cleared: readonly string[]; readonly safe: readonly string[] },
): FormErrors | undefined => {
  const missing = quotes.filter((_, index) => !agreed.includes(String(index))).map(speakerOf);
  const errors: FormErrors = {
    ...(wasStopped &&
      safe.length === 0 && { safe: 'Confirm that the changes take the danger away, or send the release back' }),
    ...(missing.length > 0 && {
      agreed: `Confirm that ${listOf(missing)} agreed to these words, or send the release back`,
    }),
    ...(picture &&
      cleared.length === 0 && { cleared: 'Confirm the clearance of the picture, or send the release back' }),
  };
  return Object.keys(errors).length > 0 ? errors : undefined;
};

/** What is kept with an approval: what the approver confirmed, and the approver's own note. */
export const approvalNote = ({ quotes, picture, wasStopped }: Ticked, note: string): string | null =>
  [
    wasStopped ? 'The changes take away the danger for which an earlier text was stopped.' : '',
    quotes.length > 0 ? `${listOf(quotes.map(speakerOf))} agreed to the words quoted.` : '',
    picture ? 'The clearance of the picture was confirmed.' : '',
    note,
  ]
    .filter(Boolean)
    .join(' ') || null;
