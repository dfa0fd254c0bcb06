/** The page of one release: the public text, its findings, what was withheld, who did what, earlier texts, and the edit form. */

import type { ExportPageOptions } from '../../platform/exports/export-reason.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import type { CasePage, Section, StateItem } from '../../platform/rendering/pages.ts';
import type { CertifiedReturn } from '../../returns/index.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { newsroomPaths, releasePaths } from '../../vocabulary/paths/newsroom.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { type FigureRow, figureRow } from '../publication/figures.ts';
import type { Publication, Withdrawal } from '../publication/store.ts';
import { actWords, shownWithheld, stateWords, type WithheldByRule } from './pages.ts';
import { refusalErrors } from './refusals.ts';
import {
  type Act,
  isOpen,
  isOperationOver,
  isOvertaken,
  isPublic,
  mayApprove,
  type Overtaken,
  publicFrom,
  publishableFrom,
  type ReleaseActor,
  writersOf,
} from './release.ts';
import { type ShownFinding, shownFinding } from './shown-finding.ts';
import type { EarlierRevision, NameCheck, Release } from './store.ts';
import type { Preview, PublicText, ReleaseFinding } from './text.ts';

export type ReleaseDetails = {
  readonly release: Release;
  readonly acts: readonly Act[];
  /** Null for an imported release, and if the signed return no longer matches its digest. */
  readonly signed: CertifiedReturn | null;
  readonly told: PublishableReturn | null;
  readonly findings: readonly ReleaseFinding[];
  /** Undefined while the public could not read it. */
  readonly said: PublicText | undefined;
  /** Figures that the text states: what the public page repeats as a table. */
  readonly figures: readonly StatedFigure[];
  readonly preview: Preview;
  /** When this text was last compared with the names of its case. */
  readonly compared: NameCheck | undefined;
  /** What must be taken over before it may go out. */
  readonly overtaken: Overtaken;
  readonly publication: (Publication & { readonly withdrawnAt: Date | null }) | undefined;
};

export type ReleasePageData = ReleaseDetails & {
  readonly withdrawal: Withdrawal | undefined;
  readonly revisions: readonly EarlierRevision[];
  readonly names: ReadonlyMap<string, string>;
  readonly who: ReleaseActor;
  readonly now: Date;
  /** Gives a text with placeholders in words. */
  readonly print: (text: string) => string;
  readonly share: string | undefined;
  readonly link: string | undefined;
};

type Button = {
  readonly text: string;
  readonly href?: string;
  readonly post?: string;
  readonly secondary?: boolean;
  readonly dangerous?: boolean;
};

/** The parts of a release as HTML that is made safe. */
export type ShownPreview = {
  readonly title: string | undefined;
  readonly area: string;
  readonly description: string | undefined;
  readonly keyPoints: readonly (string | undefined)[];
  readonly body: string | undefined;
  readonly quotes: readonly Readonly<Record<'rank' | 'name' | 'unit' | 'words', string | undefined>>[];
  readonly correction: string | null | undefined;
};

type Notice = Pick<StateItem, 'kind' | 'title' | 'text'>;

/** What is on the page of a release as it is now, and not on that of an earlier text. */
type CurrentRelease = {
  readonly standing: { readonly text: string; readonly tag: string };
  readonly revision: number;
  readonly linkFigure: string;
  readonly buttons: readonly Button[];
  readonly imported: boolean;
  readonly cautions: readonly string[];
  readonly blocking: readonly ShownFinding[];
  /** Said where more is found than is shown. */
  readonly more: string | undefined;
  readonly bindable: readonly ShownFinding[];
  readonly justified: readonly ShownFinding[];
  readonly corrections: readonly { readonly at: string; readonly note: string }[] | undefined;
  readonly figures: readonly FigureRow[];
  readonly withheld: readonly WithheldByRule[] | null;
  readonly share: { readonly text: string; readonly length: number } | undefined;
  readonly link: string | undefined;
  readonly markdown: string | undefined;
};

export type ReleasePage = CasePage & {
  readonly notices: readonly Notice[];
  readonly preview: ShownPreview;
  readonly previewTitle: string;
} & Partial<CurrentRelease>;

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/releases/release': ReleasePage;
  }
}

export function releasePage(shown: ReleasePageData, errors: FormErrors = {}): ReleasePage & CurrentRelease {
  const { release, findings, preview, publication, names, told: publishable, share, link, print } = shown;
  const blocking = findings.filter(({ blocks }) => blocks);
  const shownOf = (some: readonly ReleaseFinding[]) =>
    some.slice(0, mostShown).map((one) => shownFinding(release, one, print));
  return {
    title: release.shownTitle,
    caption: release.importedReleaseId ? 'Published by others' : `Release for ${release.area}`,
    back: { href: newsroomPaths.list(), text: 'Releases' },
    standing: stateWords[release.state],
    errors,
    revision: release.revision,
    linkFigure: releasePaths.linkFigure(release.id),
    buttons: buttonsOf(shown),
    notices: noticesOf(shown),
    imported: release.importedReleaseId !== null,
    cautions: release.cautions,
    blocking: shownOf(blocking),
    more:
      blocking.length > mostShown
        ? `The first ${mostShown} are shown. Change these, and the next are shown.`
        : undefined,
    bindable: shownOf(findings.filter(({ must, blocks }) => must === 'may bind' && !blocks)),
    justified: shownOf(findings.filter(({ justified }) => justified !== undefined)),
    preview: previewModel(release, preview),
    previewTitle: previewTitles[release.state],
    corrections: publication?.corrections.map(({ at, note }) => ({ at: formatMoment(new Date(at)), note })),
    figures: shown.figures.map(figureRow),
    withheld: publishable && shownWithheld(publishable.withheld),
    share: release.state !== 'withdrawn' && share ? { text: share, length: [...share].length } : undefined,
    link: publication && !publication.withdrawnAt && isPublic(publication, shown.now) ? link : undefined,
    markdown: shown.said ? releasePaths.export(release.id) : undefined,
    sections: [
      {
        kind: 'timeline',
        id: 'acts',
        title: 'What happened',
        items: shown.acts.toReversed().map((act) => ({
          title: actWords(act),
          by: getMemberName(names, act.memberId),
          when: `${formatMoment(act.at)}, revision ${act.revision}`,
          text: act.note === null ? undefined : print(act.note),
        })),
      },
      ...revisionsOf(shown),
    ],
  };
}

export const releaseExport = (release: Release): ExportPageOptions => ({
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  title: 'Export this release',
  caption: release.shownTitle,
  action: releasePaths.export(release.id),
  back: { href: releasePaths.release(release.id), text: 'The release' },
  lead: ['Other systems can read this file. The release’s details come first, then its text.'],
});

const previewTitles: Record<Release['state'], string> = {
  draft: 'As the public will read it',
  submitted: 'As the public will read it',
  approved: 'As the public will read it',
  published: 'As it was published',
  withdrawn: 'As it last stood',
};

const revisionsOf = ({ release, revisions, names }: ReleasePageData): Section[] =>
  revisions.length === 0
    ? []
    : [
        {
          kind: 'list',
          id: 'earlier',
          title: 'Earlier texts',
          items: revisions.map(({ revision, editedBy, editedAt }) => ({
            text: `Revision ${revision}, by ${getMemberName(names, editedBy)}, ${formatMoment(editedAt)}`,
            href: releasePaths.revision(release.id, String(revision)),
          })),
        },
      ];

function buttonsOf({ release, acts, who, findings, said, signed, overtaken, publication }: ReleasePageData): Button[] {
  const { id } = release;
  const wasPublished = publication !== undefined;
  const ready = said !== undefined && !findings.some(({ blocks }) => blocks) && isOperationOver(signed);
  const open = isOpen(release);
  const edit: Button = { href: releasePaths.edit(id), text: 'Edit', secondary: ready || release.state !== 'draft' };
  const sendBack: Button = { href: releasePaths.sendBack(id), text: 'Send back', secondary: true };
  const withdraw: Button = wasPublished
    ? { href: releasePaths.withdraw(id), text: 'Withdraw', dangerous: true }
    : { href: releasePaths.withdraw(id), text: 'Put away', secondary: true };
  const first: Record<Release['state'], Button[]> = {
    draft: ready && !isOvertaken(overtaken) ? [{ post: releasePaths.submit(id), text: 'Submit for approval' }] : [],
    submitted: mayApprove(release, acts, who).ok
      ? [{ href: releasePaths.approve(id), text: 'Approve' }, sendBack]
      : [sendBack],
    approved: [
      ...(ready && !isOvertaken(overtaken) ? [{ href: releasePaths.publish(id), text: 'Publish' }] : []),
      sendBack,
    ],
    published: [{ href: releasePaths.correct(id), text: 'Correct', secondary: true }],
    withdrawn: [],
  };
  return [
    ...(open && isOvertaken(overtaken) ? [{ post: releasePaths.renew(id), text: 'Take over what is new' }] : []),
    ...first[release.state],
    ...(open ? [edit] : []),
    ...(open && release.correction !== null
      ? [{ href: releasePaths.giveUp(id), text: 'Give up the correction', secondary: true }]
      : []),
    ...(release.state === 'withdrawn' ? [] : [withdraw]),
  ];
}

function noticesOf(shown: ReleasePageData): Notice[] {
  const { release, acts, who, names, now, signed, overtaken, publication, withdrawal, findings } = shown;
  const notices: Notice[] = [];
  const open = isOpen(release);
  const last = acts.at(-1);
  if (withdrawal)
    notices.push({
      kind: 'withheld',
      title: publication ? `Withdrawn at ${formatMoment(withdrawal.at)}` : `Put away at ${formatMoment(withdrawal.at)}`,
      text: `${getMemberName(names, withdrawal.by)}: ${withdrawal.why}`,
    });
  if (last?.act === 'sent back' && last.note)
    notices.push({ kind: 'unwise', title: `Sent back by ${getMemberName(names, last.memberId)}`, text: last.note });
  if (last?.act === 'correction given up')
    notices.push({
      kind: 'good',
      title: 'The correction was given up',
      text: 'The text that is published stays as it is. What was written for the correction is among the earlier texts.',
    });
  if (open && release.correction !== null)
    notices.push({
      kind: 'waiting',
      title: 'A correction is being written',
      text: 'The public still reads the text as it was published. This takes its place when it is approved and published.',
    });
  if (release.state === 'submitted') notices.push(waitingFor(mayApprove(release, acts, who), release, acts, names));
  if (release.embargoUntil && release.embargoUntil > now)
    notices.push({
      kind: 'sealed',
      title: 'Under embargo',
      text: `Nobody outside can read it before ${formatMoment(release.embargoUntil)}${publication ? '. Then everybody can, by itself' : ''}.`,
    });
  if (publication && !publication.withdrawnAt && isPublic(publication, now))
    notices.push({
      kind: 'good',
      text: `This release has been public since ${formatMoment(publicFrom(publication))}.`,
    });
  if (open && !signed && !release.importedReleaseId)
    notices.push({
      kind: 'unlawful',
      title: 'The signed figures cannot be read',
      text: refusalErrors['not the signed figures'][''] ?? '',
    });
  if (open && signed && !isOperationOver(signed))
    notices.push({
      kind: 'unlawful',
      title: 'This release cannot be published yet',
      text: `These figures were signed before the operation was over. Its last day is ${longDay(signed.facts.localDates[1])}. An analyst can sign a return for publication from ${longDay(publishableFrom(signed))}. Then take its figures over.`,
    });
  if (open && isOvertaken(overtaken))
    notices.push({
      kind: 'unwise',
      title: 'Overtaken',
      text: `Since this was drafted, ${listOf(overtakenWords(overtaken))}. Take over what is new before it goes on: the numbers in the text then change by themselves, and it must be approved again.`,
    });
  if (open && findings.some(({ blocks }) => blocks))
    notices.push({
      kind: 'unwise',
      title: 'Some words must be corrected first',
      text: 'They are underlined below. Use figures of the return, take out names and places, or explain why a word can stay. Then submit the release.',
    });
  return notices;
}

const overtakenWords = ({ figures, policy }: Overtaken): string[] => [
  ...(figures === undefined ? [] : [`version ${figures} of the return was signed`]),
  ...(policy === undefined ? [] : [`the publication policy "${policy}" came into force`]),
];

function waitingFor(
  may: ReturnType<typeof mayApprove>,
  release: Release,
  acts: readonly Act[],
  names: ReadonlyMap<string, string>,
): Notice {
  const writers = [...new Set(writersOf(release, acts).map(({ memberId }) => getMemberName(names, memberId)))];
  const by = `Written by ${listOf(writers)}.`;
  if (may.ok) return { kind: 'waiting', title: 'It waits for approval', text: `${by} You may approve it.` };
  return { kind: 'waiting', title: 'It waits for approval', text: `${by} ${refusalErrors[may.refusal][''] ?? ''}` };
}

/** More at once is no help, and a page without end. */
const mostShown = 50;
export const previewModel = ({ area, quotes, keyPoints, correction }: Release, preview: Preview): ShownPreview => ({
  title: preview.title,
  area: preview.area ?? area,
  description: preview.description,
  keyPoints: keyPoints.map((_, index) => preview[`point-${index}`]),
  body: preview.body,
  quotes: quotes.map((_, index) => ({
    rank: preview[`rank-${index}`],
    name: preview[`speaker-${index}`],
    unit: preview[`unit-${index}`],
    words: preview[`quote-${index}`],
  })),
  correction: correction && preview.correction,
});

/** One earlier text, as the public would have read it then. */
export const revisionPage = (
  release: Release,
  earlier: Release,
  preview: Preview,
  names: ReadonlyMap<string, string>,
): ReleasePage => ({
  title: preview.title ? `Revision ${earlier.revision}` : release.shownTitle,
  caption: release.shownTitle,
  back: { href: releasePaths.release(release.id), text: 'The release as it is now' },
  notices: [
    {
      kind: 'withheld',
      title: 'An earlier text',
      text: `Written by ${getMemberName(names, earlier.editedBy)}, ${formatMoment(earlier.editedAt)}${earlier.publishedRevision === earlier.revision ? ', and published' : ''}.`,
    },
  ],
  preview: previewModel(earlier, preview),
  previewTitle: 'As it stood then',
  sections: [],
});
