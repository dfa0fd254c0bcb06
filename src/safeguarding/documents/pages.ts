/** Pages of documents: the list on a record, one document, and the form that adds one. */

import { fileKindLabels, formatPartLabel, maxFileBytes } from '../../platform/files/index.ts';
import { cleanableTypes } from '../../platform/files/staff-copies.ts';
import type { CasePage, FormPage, Section, SectionsPage } from '../../platform/rendering/pages.ts';
import { formatHour } from '../../vocabulary/calendar/moments.ts';
import { providedGroups } from '../../vocabulary/information-shared.ts';
import { capital } from '../../vocabulary/languages/english.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { formatSize } from '../../vocabulary/sizes.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import type { CaseFrame } from '../case/frame.ts';
import type { DocumentDetails, PersonDocument } from './document.ts';

/** The kind and the length. */
export function describeDocument({ kind, parts }: Pick<DocumentDetails, 'kind' | 'parts'>): string {
  if (kind === 'written here') return 'PDF with words that can be copied';
  return kind === 'pdf' ? `PDF of ${parts === 1 ? 'one page' : `${parts} pages`}` : fileKindLabels[kind];
}

export const documentsPage = (
  { id }: { readonly id: string },
  papers: readonly PersonDocument[],
  {
    frame,
    adds,
    names,
    printed,
  }: {
    readonly frame: CaseFrame;
    readonly adds: boolean;
    readonly names: (memberId: string) => string;
    readonly printed: Section;
  },
): SectionsPage => ({
  ...frame,
  title: 'Documents',
  back: { href: recordPaths.record(id), text: 'Overview' },
  lead: [
    'Each document is a clean copy, without hidden data. Another agency sees a document only if the person agreed and you chose that document for the agency.',
  ],
  actions: adds ? [{ href: documentPaths.adding(id), text: 'Add a document' }] : [],
  sections: [
    {
      kind: 'table',
      stack: true,
      caption: 'On this record',
      columns: ['Called', 'What it is', 'Group', 'Added'].map((text) => ({ text })),
      rows: papers.map((paper) => [
        { text: paper.called, href: documentPaths.document(paper.id) },
        { text: describeDocument(paper) },
        { text: capital(wordsOf(paper.item)) },
        { text: `by ${names(paper.authorId)}, ${formatHour(paper.addedAt)}` },
      ]),
      empty: 'No documents yet. Choose “Add a document” to add the first.',
    },
    printed,
  ],
});

const groupHints: Record<(typeof providedGroups)[number], string> = {
  'papers about health': 'Letters from a clinic, test results, prescriptions.',
  'identity documents': 'Passport, identity card, birth certificate, visa.',
  'legal documents': 'Letters from a solicitor, a court, the Home Office, a bank, a landlord or an employer.',
  'other documents': 'Any other document.',
};

export const addDocumentPage = ({ id }: { readonly id: string }, frame: CaseFrame, paperId: string): FormPage => ({
  ...frame,
  title: 'Add a document',
  lead: [
    'Add only documents that the person wants to keep here. Safelight makes a clean copy without place, time or phone details. Then Safelight destroys the original file.',
    'It is destroyed with the record. A photo of a page is enough. Cover any part of the page that is not needed.',
  ],
  action: documentPaths.adding(id),
  button: 'Add the document',
  cancel: documentPaths.list(id),
  sending:
    'The file is being sent and cleaned. This takes a few seconds, longer over a slow line. There is nothing more to press.',
  fields: (ask) => [
    ask.text('called', 'What is it?', {
      hint: 'For example, “letter from the clinic”. Everybody who sees the document sees this title.',
    }),
    ask.one(
      'item',
      'Group',
      providedGroups.map((value) => ({ value, text: capital(wordsOf(value)), hint: { text: groupHints[value] } })),
      { hint: 'Another agency sees the document only if the person agreed to share this group of documents.' },
    ),
    ask.hidden('id', paperId),
    ask.file('file', 'The file', {
      hint: `A photo, picture, PDF or film of up to ${formatSize(maxFileBytes)}`,
      accept: cleanableTypes,
    }),
  ],
});

/** The time of adding belongs to the record's own history, so recipients do not see it. */
export const documentPage = (paper: PersonDocument, own: boolean): CasePage => ({
  title: paper.called,
  caption: capital(describeDocument(paper)),
  back: own
    ? { href: documentPaths.list(paper.personId), text: 'Documents' }
    : { href: referralPaths.list(), text: 'Referrals' },
  lead:
    paper.kind === 'written here'
      ? [
          `This is the draft of that day. ${own ? 'Later changes are not in it.' : 'Ask the sender whether it is still correct before you submit it.'}`,
          'Your access is logged. Delete any saved copy after you submit it.',
        ]
      : ['This copy does not show the place, time or phone. Your access is logged.'],
  sections: [
    {
      kind: 'summary',
      rows: [
        { key: { text: 'Group' }, value: { text: capital(wordsOf(paper.item)) } },
        ...(own ? [{ key: { text: 'Added' }, value: { text: formatHour(paper.addedAt) } }] : []),
      ],
    },
    {
      kind: 'list',
      title: paper.kind === 'written here' ? 'The document' : 'The clean copy',
      items: Array.from({ length: paper.parts }, (_, index) => ({
        href: `${documentPaths.copy(paper.id)}?part=${index + 1}`,
        text: paper.kind === 'written here' ? 'Open the PDF' : formatPartLabel(paper.kind, index + 1),
      })),
    },
  ],
});
