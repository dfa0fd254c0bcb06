/** Pages about shared intelligence: the form to share, what another agency gave, and the recall. */
import {
  backTo,
  type CasePage,
  type FormPage,
  type ListPage,
  type Section,
  type SummaryRow,
} from '../../platform/rendering/pages.ts';
import type { Pages } from '../../platform/rendering/paging.ts';
import { withLineBreaks } from '../../platform/rendering/views.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { intelligencePaths } from '../../vocabulary/paths/intelligence.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { gradeOf } from '../items/item.ts';
import type { OpenItem } from '../items/store.ts';
import { assessmentWords, formatDays, handlingWords, sourceEvaluationWords } from '../items/words.ts';
import type { AgencyNames } from './agency-names.ts';
import { type Share, type SharedContent, stateOfShare } from './share.ts';
import type { OpenShare } from './store.ts';

const receivedTitle = 'Shared with your agency';
const text = (words: string) => ({ text: words });
const row = (key: string, value: string): SummaryRow => ({ key: text(key), value: text(value) });

type Named = { readonly id: string; readonly name: string };
const nameOf = (names: AgencyNames, id: string): string => names.get(id) ?? 'An agency';

const conditionsSection = (conditions: string | null): Section[] =>
  conditions === null
    ? []
    : [{ kind: 'states', title: 'Handling conditions', items: [{ kind: 'withheld', text: conditions }] }];

export const sharePage = (item: OpenItem, agencies: readonly Named[]): FormPage => ({
  title: 'Share with another agency',
  caption: `Intelligence ${referenceOf('intelligence item', item.id)}, ${gradeOf(item)}`,
  ...backTo(intelligencePaths.item(item.id), 'The item'),
  lead: [
    'The other agency gets the text, its grade, its days and its handling conditions. It does not get the source.',
    ...(item.conditions === null ? [] : [`Handling conditions: ${item.conditions}`]),
  ],
  closed: agencies.length === 0,
  ...(agencies.length === 0 && { warning: 'No other police or immigration agency uses this Safelight.' }),
  button: 'Share it',
  fields: (ask) => [
    ask.choose(
      'toAgencyId',
      'Agency',
      agencies.map(({ id, name }) => ({ value: id, text: name })),
    ),
    ask.words('purpose', 'Why does that agency need it?', {
      hint: 'The agency reads this. Do not name the source.',
      rows: 3,
      most: 1_000,
    }),
    ...(item.conditions === null
      ? []
      : [
          ask.many('allowed', 'Handling conditions', [
            { value: 'yes', text: 'I read the handling conditions, and they allow that this agency gets it' },
          ]),
        ]),
  ],
});

const stateWords = { recalled: 'Recalled', read: 'Read', 'not read yet': 'Not read yet' } as const;

/** On the page of an item: with whom it is shared. */
export const sharesSection = (shares: readonly Share[], names: AgencyNames, recalls: boolean): Section[] =>
  shares.length === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'Shared with',
          id: 'shared',
          stack: true,
          columns: ['Agency', 'Shared', 'State', 'Change'].map(text),
          rows: shares.map((share) => [
            text(nameOf(names, share.toAgencyId)),
            text(formatMoment(share.sharedAt)),
            text(
              share.receivedAt && !share.recalledAt
                ? `${stateWords.read} ${formatMoment(share.receivedAt)}`
                : stateWords[stateOfShare(share)],
            ),
            recalls && !share.recalledAt
              ? {
                  text: 'Recall',
                  href: intelligencePaths.recallShare(share.id),
                  hidden: `from ${nameOf(names, share.toAgencyId)}`,
                }
              : text('None'),
          ]),
        },
      ];

export const receivedListPage = (shares: readonly Share[], names: AgencyNames, pages: Pages): ListPage => ({
  title: receivedTitle,
  lead: ['Intelligence that other agencies shared with yours. Keep to the handling conditions of each.'],
  list: {
    kind: 'table',
    caption: 'Shared with your agency, the latest first',
    stack: true,
    columns: ['Shared', 'From', 'State'].map(text),
    rows: shares.map((share) => [
      { text: formatMoment(share.sharedAt), href: intelligencePaths.receivedShare(share.id) },
      text(nameOf(names, share.agencyId)),
      share.recalledAt
        ? { text: stateWords.recalled, tag: 'red' }
        : share.receivedAt
          ? text(stateWords.read)
          : { text: stateWords['not read yet'], tag: 'yellow' },
    ]),
    empty: 'Nothing yet. Another agency shares intelligence from the page of its item.',
    pages,
  },
});

const contentRows = (content: SharedContent): SummaryRow[] => [
  { key: text('Intelligence'), value: withLineBreaks(content.text) },
  row('When it happened', formatDays(content)),
  row('Grade', gradeOf(content)),
  row('Source evaluation', `${content.sourceEvaluation}: ${sourceEvaluationWords[content.sourceEvaluation]}`),
  row('Information assessment', `${content.assessment}: ${assessmentWords[content.assessment]}`),
  row('Handling code', `${content.handling}: ${handlingWords[content.handling]}`),
];

/** The conditions come first: the text follows when somebody accepted them. */
export function receivedPage(share: OpenShare, names: AgencyNames): CasePage {
  const { content, recalledAt, receivedAt } = share;
  const from = nameOf(names, share.agencyId);
  return {
    title: `Intelligence from ${from}`,
    caption: capital(stateOfShare(share)),
    back: { href: intelligencePaths.received(), text: receivedTitle },
    ...(recalledAt && {
      lead: [
        `${from} recalled it on ${formatMoment(recalledAt)}. Do not use it, and remove it from your own records.`,
        `Reason: ${share.recallReason ?? 'not given'}`,
      ],
    }),
    ...(content &&
      !receivedAt && {
        lead: ['Read the handling conditions first. The text is shown when you accept them.'],
        actions: [{ post: intelligencePaths.receiveShare(share.id), text: 'Accept the conditions and read it' }],
      }),
    sections: [
      ...(content ? conditionsSection(content.conditions) : []),
      {
        kind: 'summary',
        rows: [
          row('Why you get it', share.purpose),
          row('Shared', formatMoment(share.sharedAt)),
          ...(content && receivedAt ? contentRows(content) : []),
        ],
      },
    ],
  };
}

export const recallPage = (share: Share, names: AgencyNames): FormPage => ({
  title: 'Recall it',
  caption: `Shared with ${nameOf(names, share.toAgencyId)}`,
  ...backTo(intelligencePaths.item(share.itemId), 'The item'),
  lead: [
    'The other agency loses the text, gets a notice, and is asked to remove it from its own records.',
    share.receivedAt
      ? `It read the text on ${formatMoment(share.receivedAt)}, and may have used it.`
      : 'It has not read the text yet.',
  ],
  button: 'Recall it',
  dangerous: true,
  fields: (ask) => [
    ask.words('reason', 'Why must it not be used any more?', {
      hint: 'The other agency reads this. Do not name the source.',
      rows: 3,
      most: 1_000,
    }),
  ],
});
