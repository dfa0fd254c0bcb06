/** Pages of received documents: every version of a week, one document with its figures, and the form that adds files. */

import { fingerprintOf, formatKeyLine } from '../../../platform/crypto/exchange-key.ts';
import {
  backTo,
  type FormPage,
  type ListPage,
  type Section,
  type SectionsPage,
  type SummaryRow,
} from '../../../platform/rendering/pages.ts';
import { type Pages, withQuery } from '../../../platform/rendering/paging.ts';
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { counted, plural } from '../../../vocabulary/languages/english.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { formatSize } from '../../../vocabulary/sizes.ts';
import { sortFigureNames } from '../../counting/figure-groups.ts';
import { formatQuantityText } from '../../figure-words.ts';
import { nameOfCountry } from '../countries.ts';
import { maxDocumentBytes } from '../document/reading.ts';
import type { SignedReturnDocument } from '../document/signed-return.ts';
import type { DocumentRow, NamedWeek } from '../store.ts';
import type { Verdict } from './inbox.ts';
import { levelWords, verdictSentences, verdictTags, wordFault, wordFigure } from './words.ts';

export const maxFiles = 40;

export const uploadPage = (week: NamedWeek): FormPage => ({
  title: 'Add returns',
  caption: week.name,
  ...backTo(exchangePaths.week(week.id), 'The week'),
  lead: [
    'Select the files as the partnerships sent them. Safelight keeps every file, also one that fails a check.',
    'Documents that fail a check do not count. You see why on the next page.',
  ],
  action: exchangePaths.upload(week.id),
  button: 'Add the returns',
  sending: 'The files are being sent and checked. There is nothing more to press.',
  fields: (ask) => [
    ask.file('file', 'Signed returns (JSON)', {
      hint: `Up to ${maxFiles} files, each up to ${formatSize(maxDocumentBytes)}`,
      accept: '.json,application/json',
      multiple: true,
    }),
  ],
});

export const uploadErrors = {
  'no file': { file: 'Select one or more files' },
  'too large': { file: `A file is larger than ${formatSize(maxDocumentBytes)}. No signed return is that large` },
} as const;

/** What the page after an upload says. */
export const describeAdded = ({ added, before }: { readonly added: number; readonly before: number }): string =>
  [
    `${counted(added, 'document')} ${plural(added, 'was', 'were')} added.`,
    ...(before > 0 ? [`${counted(before, 'file')} had come before.`] : []),
  ].join(' ');

export type ListedDocument = Omit<DocumentRow, 'content'> & {
  readonly verdict: Verdict;
  readonly document: SignedReturnDocument | null;
};

export const sourceOf = ({ receivedBy, fileName }: Pick<DocumentRow, 'receivedBy' | 'fileName'>): string =>
  receivedBy === null ? 'Sent by a program' : (fileName ?? 'Uploaded');

const titleOf = (document: SignedReturnDocument | null, source: string): string =>
  document ? `${document.reporter.name}, ${document.operation.name}` : source;

export const documentsPage = (
  week: NamedWeek,
  documents: readonly ListedDocument[],
  pages: Pages,
  done?: string,
): ListPage => ({
  title: 'Every document',
  caption: week.name,
  back: { href: exchangePaths.week(week.id), text: 'The week' },
  ...(done && { done }),
  actions: [{ href: exchangePaths.upload(week.id), text: 'Add returns' }],
  list: {
    kind: 'table',
    caption: 'Documents, the newest first',
    stack: true,
    columns: ['Return', 'Verdict', 'Version', 'Came'].map((text) => ({ text })),
    rows: documents.map((one) => [
      { text: titleOf(one.document, sourceOf(one)), href: exchangePaths.document(one.id) },
      verdictTags[one.verdict],
      { text: one.document ? `${one.document.version}, ${one.document.stage}` : 'not known' },
      { text: formatDateTime(one.receivedAt) },
    ]),
    empty: 'No documents yet. Add the files that partnerships sent you.',
    pages,
  },
});

const row = (key: string, value: string): SummaryRow => ({ key: { text: key }, value: { text: value } });

/** The form with the key and the reporter filled in. The fingerprint is compared there. */
const registerKey = (id: string, { reporter: { name, country, level }, publicKey }: SignedReturnDocument) => ({
  href: withQuery(exchangePaths.addKey(), { name, country, level, key: formatKeyLine(publicKey), document: id }),
  text: 'Register this key',
});

/** What the page after the key was registered says. */
const describeRegistered = ({ document, verdict }: ListedDocument): string =>
  `The key of ${document?.reporter.name ?? 'the partnership'} is registered. ${verdict === 'counts' ? 'This return now counts.' : 'This return does not count yet. Read why.'}`;

/** `registered`: its key was registered a moment ago. */
export function documentPage(week: NamedWeek, one: ListedDocument, registered = false): SectionsPage {
  const { document, verdict, faults, digest, receivedAt } = one;
  const tag = verdictTags[verdict];
  return {
    title: titleOf(document, sourceOf(one)),
    caption: week.name,
    back: registered
      ? { href: exchangePaths.week(week.id), text: 'The week' }
      : { href: exchangePaths.documents(week.id), text: 'Every document' },
    ...(registered && { done: describeRegistered(one) }),
    ...(document && verdict === 'unknown key' && { actions: [registerKey(one.id, document)] }),
    sections: [
      {
        kind: 'states',
        items: [
          {
            kind: verdict === 'counts' ? 'good' : verdict === 'replaced' ? 'empty' : 'unwise',
            title: tag.text,
            text: verdictSentences[verdict],
          },
        ],
      },
      ...(faults.length > 0
        ? [{ kind: 'list' as const, title: 'What does not add up', items: faults.map((text) => wordFault(text)) }]
        : []),
      {
        kind: 'summary',
        rows: [
          row('Came', formatDateTime(receivedAt)),
          row('How', sourceOf(one)),
          ...(document ? documentRows(document) : []),
          row('SHA-256 of the file', digest),
        ],
      },
      ...(document ? figureSections(document) : []),
    ],
  };
}

const windowText = ({ from, until }: SignedReturnDocument['week']['window']): string => dayRange(from, until);

const documentRows = (document: SignedReturnDocument): SummaryRow[] => {
  const { reporter, instance, operation, week, version, stage, definitions, note, signatures, publicKey } = document;
  return [
    row('Reporter', `${reporter.name}, ${nameOfCountry(reporter.country)}, ${levelWords[reporter.level]}`),
    row('Sent from', instance.name),
    row('Fingerprint of its key', fingerprintOf(publicKey)),
    row('Operation', operation.name),
    row('Week', week.nationalOperation ? `${week.name}, part of ${week.nationalOperation}` : week.name),
    row('Official dates', windowText(week.window)),
    row('Own dates', windowText(week.localWindow)),
    row('Version', `${version}, ${stage}${document.nil ? ', nil return' : ''}`),
    row('Definitions used', definitions),
    row('Signed', signatures.map(({ role, at }) => `${role}, ${formatDateTime(new Date(at))}`).join('; ')),
    ...(note ? [row('What changed and why', note)] : []),
  ];
};

const figureSections = ({ figures, jointVisits }: SignedReturnDocument): Section[] => [
  {
    kind: 'table',
    caption: 'Figures',
    columns: [{ text: 'Figure' }, { text: 'Total', numeric: true }],
    rows: sortFigureNames(Object.keys(figures)).map((name) => [
      { text: wordFigure(name) },
      { text: formatQuantityText(figures[name]?.total) },
    ]),
    empty: 'This return has no figures.',
  },
  ...(jointVisits.length > 0
    ? [
        {
          kind: 'table' as const,
          caption: 'Joint visits',
          columns: ['Reference', 'Day', 'Town', 'Kind of premises'].map((text) => ({ text })),
          rows: jointVisits.map(({ reference, day, town, kind }) => [
            { text: reference },
            { text: dayRange(day, day) },
            { text: town },
            { text: kind },
          ]),
        },
      ]
    : []),
];
