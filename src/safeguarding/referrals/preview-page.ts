/** The page that shows word for word what a recipient will see, before anything is sent. */
import { answersOf } from '../../platform/forms/forms.ts';
import type { FormPage, Link, SummaryRow } from '../../platform/rendering/pages.ts';
import { listSharedDocuments } from '../../vocabulary/information-shared.ts';
import { documentPaths } from '../../vocabulary/paths/safeguarding/documents.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import type { PreparedReferral } from './create-referral.ts';
import { recipientRows } from './form-pages.ts';
import { describeSubject, type Subject, subjectPath } from './subject.ts';

/** What a recipient will see, word for word, before anything is sent. */
export type PreviewPage = FormPage & {
  /** Where it is sent to. */
  readonly address: string;
  /** Who will see it. */
  readonly to: string;
  readonly rows: readonly SummaryRow[];
  readonly papers: readonly Link[];
  /** What is not told, or not yet. */
  readonly left?: string | undefined;
  /** What was typed, sent again with the button. */
  readonly kept: readonly { readonly name: string; readonly value: string }[];
  /** Nothing can be changed any more. */
  readonly fixed?: boolean;
};
declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'safeguarding/referrals/preview': PreviewPage;
  }
}

/** The page before sending: word for word what the recipient will see, with the ways to send or to change it. */
export function referralPreviewPage(
  { referral, shown, until }: PreparedReferral,
  subject: Subject,
  agencies: Agencies,
  body: unknown,
  approval: string | undefined,
): PreviewPage {
  const typed = answersOf(body);
  const kept = Object.entries(typed)
    .filter(([name]) => !['step', '_csrf'].includes(name))
    .flatMap(([name, values]) => [values].flat().map((value) => ({ name, value: String(value) })));
  return {
    title: `What ${agencyOf(agencies, referral.toAgency)} will see`,
    caption: describeSubject(subject),
    address: subject.recordId ? referralPaths.ofPerson(subject.personId) : referralPaths.ofNote(String(subject.noteId)),
    back: { href: subjectPath(subject), text: subject.recordId ? 'The record' : 'The note' },
    to: agencyOf(agencies, referral.toAgency),
    rows: recipientRows(referral, { shown, until }, agencies),
    papers: listSharedDocuments(shown).map(({ id, called }) => ({ href: documentPaths.document(id), text: called })),
    ...(approval && {
      left: `Nothing is sent yet. A colleague must approve it first. ${approval}`,
      button: 'Ask for approval',
    }),
    kept,
    fields: [],
  };
}
