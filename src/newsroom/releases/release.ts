/** What a release is, and what may happen to it, by whom. Pure: no clock, no database, no wording. */

import { addDays } from '../../vocabulary/calendar/days.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import type { SignedReturn } from '../../vocabulary/figures.ts';
import type { ReleaseId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { maySecond } from '../../vocabulary/second-person.ts';

export const states = ['draft', 'submitted', 'approved', 'published', 'withdrawn'] as const;
export type State = (typeof states)[number];

/** Who must agree besides those who wrote: it follows from the publication policy in force on the day of the draft. */
export const approvals = ['another agency', 'another person'] as const;
export type Approval = (typeof approvals)[number];

/** The state of a release. The text is separate: these rules do not read it. */
export type ReleaseStatus = {
  readonly id: ReleaseId;
  readonly approval: Approval;
  /** Set where others published it. Another agency must always approve that. */
  readonly importedReleaseId?: string | null;
  readonly state: State;
  /** Counts every change of what the public would read. An approval is for one revision. */
  readonly revision: number;
  readonly publishedRevision: number | null;
  /** What a correction corrects, as the public will read it; null where none is being written. */
  readonly correction: string | null;
  readonly embargoUntil: Date | null;
};

export const actKinds = [
  'drafted',
  'edited',
  'submitted',
  'sent back',
  'approved',
  'published',
  'correction begun',
  'correction given up',
  'corrected',
  'withdrawn',
] as const;
export type ActKind = (typeof actKinds)[number];

export type ReleaseActor = { readonly memberId: string; readonly agencyId: string };
export type Act = ReleaseActor & {
  readonly act: ActKind;
  readonly at: Date;
  readonly revision: number;
  readonly note: string | null;
};

const writing: readonly ActKind[] = ['drafted', 'edited', 'correction begun'];

/** Everyone who worked on the text that is not published yet. */
export const writersOf = ({ publishedRevision }: ReleaseStatus, acts: readonly Act[]): Act[] =>
  acts.filter(({ act, revision }) => writing.includes(act) && revision > (publishedRevision ?? 0));

/** A text that was handed on to be read by others, or given back to the public. */
const handedOn: readonly ActKind[] = [
  'submitted',
  'approved',
  'sent back',
  'published',
  'corrected',
  'correction given up',
];

type Owned = { readonly agencyId: string };

/**
 * Whether this person may read that revision. The agency of the release reads each. Another agency reads those that
 * were submitted or published, and those that it wrote: what was taken out before is not its to know.
 */
export const mayReadRevision = (
  { agencyId }: Owned,
  acts: readonly Act[],
  who: ReleaseActor,
  revision: number,
): boolean =>
  agencyId === who.agencyId ||
  acts.some(
    (one) =>
      one.revision === revision &&
      (handedOn.includes(one.act) || (writing.includes(one.act) && one.agencyId === who.agencyId)),
  );

/** The steps that this person may read of. For another agency, steps of writing quote no words. */
export const actsShownTo = (release: Owned, acts: readonly Act[], who: ReleaseActor): Act[] =>
  acts
    .filter(({ act, revision }) => !writing.includes(act) || mayReadRevision(release, acts, who, revision))
    .map((one) =>
      one.act === 'edited' && ![release.agencyId, one.agencyId].includes(who.agencyId)
        ? { ...one, note: withoutQuotes(one.note) }
        : one,
    );

/** What a note of an edit says before it quotes; nothing of one that says it otherwise. */
const quotelessNotes = ['Took out the sentence', 'Took safer words', 'Linked', 'Justified'] as const;
const quotelessWords: Record<(typeof quotelessNotes)[number], string> = {
  'Took out the sentence': 'Took out a sentence',
  'Took safer words': 'Took safer words',
  Linked: 'Linked words to a figure',
  Justified: 'Justified words',
};

function withoutQuotes(note: string | null): string | null {
  if (!note?.includes('“')) return note;
  const begins = quotelessNotes.find((words) => note.startsWith(words));
  return begins ? quotelessWords[begins] : null;
}

export type EditRefusal = 'changed since' | 'not open';

/** Whether it is on its way: it may be edited, and is not out as it stands. */
export const isOpen = ({ state }: Pick<ReleaseStatus, 'state'>): boolean =>
  state === 'draft' || state === 'submitted' || state === 'approved';

/** Whatever was approved, a changed text is a draft again. `base` is the revision on which the writer began. */
export function edit<Release extends ReleaseStatus>(release: Release, base: number): Result<Release, EditRefusal> {
  if (!isOpen(release)) return refuse('not open');
  if (base !== release.revision) return refuse('changed since');
  return accept({ ...release, state: 'draft', revision: release.revision + 1 });
}

/** A release is about a finished operation, so its figures are signed after the last day, in London time. An imported release has no return here. */
export const isOperationOver = (signed: Pick<SignedReturn, 'signedAt' | 'facts'> | null): boolean =>
  signed === null || dayOf(signed.signedAt) > signed.facts.localDates[1];

/** The first day on which a return can be signed for publication. */
export const publishableFrom = ({ facts }: Pick<SignedReturn, 'facts'>): string => addDays(facts.localDates[1], 1);

export type SubmitRefusal = EditRefusal | 'not a draft' | 'not borne out' | 'operation not over';

/** Submits for approval. Refused while a finding blocks, so that approvers only see texts that can be published. */
export function submit<Release extends ReleaseStatus>(
  release: Release,
  { seen, borneOut, over }: { readonly seen: number; readonly borneOut: boolean; readonly over: boolean },
): Result<Release, SubmitRefusal> {
  if (release.state !== 'draft') return refuse('not a draft');
  if (seen !== release.revision) return refuse('changed since');
  if (!over) return refuse('operation not over');
  if (!borneOut) return refuse('not borne out');
  return accept({ ...release, state: 'submitted' });
}

export type ApprovalRefusal = 'not submitted' | 'changed since' | 'you wrote it' | 'your agency wrote it';
export type ApproveRefusal = ApprovalRefusal | 'not borne out';

/** Drafts of imported releases from before this rule were stored as “another person”. */
const needsAnotherAgency = ({ approval, importedReleaseId }: ReleaseStatus): boolean =>
  approval === 'another agency' || Boolean(importedReleaseId);

/** Whether this person may approve what those people wrote. */
export function mayApprove(
  release: ReleaseStatus,
  acts: readonly Act[],
  who: ReleaseActor,
): Result<true, ApprovalRefusal> {
  if (release.state !== 'submitted') return refuse('not submitted');
  const writers = writersOf(release, acts);
  if (!maySecond(who, { authors: writers.map(({ memberId }) => memberId) }).ok) return refuse('you wrote it');
  if (needsAnotherAgency(release) && writers.some(({ agencyId }) => agencyId === who.agencyId))
    return refuse('your agency wrote it');
  return accept(true);
}

/** Refused while a finding blocks: the records may have changed since the text was submitted. */
export function approve<Release extends ReleaseStatus>(
  release: Release,
  acts: readonly Act[],
  who: ReleaseActor,
  { seen, borneOut }: { readonly seen: number; readonly borneOut: boolean },
): Result<Release, ApproveRefusal> {
  if (seen !== release.revision) return refuse('changed since');
  const may = mayApprove(release, acts, who);
  if (!may.ok) return may;
  return borneOut ? accept({ ...release, state: 'approved' }) : refuse('not borne out');
}

/** Anyone concerned may stop an unpublished text, including its writers. */
export function sendBack<Release extends ReleaseStatus>(
  release: Release,
  seen: number,
): Result<Release, 'not submitted' | 'changed since'> {
  if (release.state !== 'submitted' && release.state !== 'approved') return refuse('not submitted');
  if (seen !== release.revision) return refuse('changed since');
  return accept({ ...release, state: 'draft' });
}

/** What must still be so at the moment of publishing. */
export type PublishConditions = {
  readonly borneOut: boolean;
  /** The figures are those that were signed and pinned. */
  readonly pinned: boolean;
  /** The figures were signed after the operation's last day. */
  readonly over: boolean;
  readonly overtaken: Overtaken;
};

/** What has come after the draft: a later return of the operation, by its version; a policy, by its name. */
export type Overtaken = { readonly figures?: number; readonly policy?: string };
export const isOvertaken = ({ figures, policy }: Overtaken): boolean => figures !== undefined || policy !== undefined;

export type PublishRefusal =
  | 'not approved'
  | 'changed since'
  | 'not borne out'
  | 'not the signed figures'
  | 'operation not over'
  | 'figures overtaken'
  | 'policy no longer in force';

/** Publishes only the approved revision, and only with the figures and policy that were approved with it. */
export function publish<Release extends ReleaseStatus>(
  release: Release,
  acts: readonly Act[],
  seen: number,
  { borneOut, pinned, over, overtaken }: PublishConditions,
): Result<Release, PublishRefusal> {
  if (release.state !== 'approved') return refuse('not approved');
  if (seen !== release.revision) return refuse('changed since');
  if (!acts.some(({ act, revision }) => act === 'approved' && revision === release.revision))
    return refuse('not approved');
  if (!pinned) return refuse('not the signed figures');
  if (!over) return refuse('operation not over');
  if (overtaken.figures !== undefined) return refuse('figures overtaken');
  if (overtaken.policy !== undefined) return refuse('policy no longer in force');
  if (!borneOut) return refuse('not borne out');
  return accept({ ...release, state: 'published', publishedRevision: release.revision, correction: null });
}

/** The public text stays until the correction is approved and published. */
export function beginCorrection<Release extends ReleaseStatus>(
  release: Release,
  note: string,
): Result<Release, 'not published'> {
  if (release.state !== 'published') return refuse('not published');
  return accept({ ...release, state: 'draft', revision: release.revision + 1, correction: note });
}

/** Back to the text that is public: `published` is that revision, as it was kept. */
export function giveUpCorrection<Release extends ReleaseStatus>(
  release: Release,
  published: Release,
): Result<Release, 'no correction'> {
  if (release.correction === null || !isOpen(release)) return refuse('no correction');
  const revision = release.revision + 1;
  return accept({ ...published, state: 'published', revision, publishedRevision: revision, correction: null });
}

/** One person alone can withdraw at any time, in any state: a wrong text must be removed before it is discussed. */
export const withdraw = <Release extends ReleaseStatus>(release: Release): Result<Release, 'withdrawn already'> =>
  release.state === 'withdrawn' ? refuse('withdrawn already') : accept({ ...release, state: 'withdrawn' });

export type PublicationTimes = { readonly publishedAt: Date; readonly embargoUntil: Date | null };

/** The time from which everyone may read it. */
export const publicFrom = ({ publishedAt, embargoUntil }: PublicationTimes): Date =>
  embargoUntil && embargoUntil > publishedAt ? embargoUntil : publishedAt;

/** Checked at each request, so that no timer can be late or lost. */
export const isPublic = (showing: PublicationTimes, now: Date): boolean => publicFrom(showing) <= now;

/** Whether the release is public, so that an embargo can no longer be set. */
export const isPublicNow = (publication: PublicationTimes | undefined, now: Date): boolean =>
  publication !== undefined && isPublic(publication, now);

const longestSlug = 72;

/** The title as an address: small letters and figures, cut between words. Words without any letter of ours are a "release". */
export function slugOf(title: string): string {
  const words = title
    .normalize('NFKD')
    .replace(/[\p{M}'’]/gu, '')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  let slug = '';
  for (const word of words) {
    if (slug !== '' && slug.length + 1 + word.length > longestSlug) break;
    slug = slug === '' ? word.slice(0, longestSlug) : `${slug}-${word}`;
  }
  return slug.length < 3 ? ['release', slug].filter(Boolean).join('-') : slug;
}

/** The slug, and what it becomes where others have taken it. */
export function* slugsOf(title: string): Generator<string> {
  const slug = slugOf(title);
  yield slug;
  for (let number = 2; ; number += 1) yield `${slug}-${number}`;
}
