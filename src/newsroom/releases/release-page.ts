/** The page of one release: the public text, its findings, what was withheld, who did what, earlier texts, and the edit form. */

import type { ExportPageOptions } from '../../platform/exports/export-reason.ts';
import { getMemberName } from '../../platform/forms/correction.ts';
import type { FormErrors } from '../../platform/forms/forms.ts';
import type { CasePage, Section, StateItem, TimelineItem } from '../../platform/rendering/pages.ts';
import type { CertifiedReturn } from '../../returns/index.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { newsroomPaths, releasePaths } from '../../vocabulary/paths/newsroom.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import type { ReactiveLine } from '../drafting/reactive-lines.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { deliveriesSection } from '../media-list/pages.ts';
import type { Delivery } from '../media-list/store.ts';
import { type FigureRow, figureRow } from '../publication/figures.ts';
import { type MediaNotice, mailtoOf } from '../publication/media-notice.ts';
import type { Publication, Withdrawal } from '../publication/store.ts';
import { byHarm } from '../release-check/harms.ts';
import { type PictureSection, pictureSection } from '../release-picture/pages.ts';
import type { ShownStops } from '../submitted-releases/stop-names.ts';
import type { NameCheck } from './name-check-store.ts';
import { actWords, shownWithheld, standingOf, stoppedState, type WithheldByRule } from './pages.ts';
import { previewModel, type ShownPreview } from './preview-model.ts';
import {
  type Act,
  actsShownTo,
  isOpen,
  isOperationOver,
  isOvertaken,
  isPublic,
  mayApprove,
  type Overtaken,
  type ReleaseActor,
  writersOf,
} from './release.ts';
import { isEmbargoed, noticesOf, wholeOf } from './release-notices.ts';
import { type ShownDecision, shownDecision } from './shown-decision.ts';
import { type ShownFinding, shownFindings } from './shown-finding.ts';
import type { EarlierRevision, Release } from './store.ts';
import { rowNames } from './table-choice.ts';
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
  /** Figures that the text states, and those by which a reader weighs them: the table of the public page. */
  readonly figures: readonly StatedFigure[];
  /** Figures that the table may have, and that the writer left out. */
  readonly leftOut: readonly StatedFigure[];
  readonly preview: Preview;
  /** When this text was last compared with the names of its case. */
  readonly compared: NameCheck | undefined;
  /** What must be taken over before it may go out. */
  readonly overtaken: Overtaken;
  readonly publication: (Publication & { readonly withdrawnAt: Date | null }) | undefined;
};

export type ReleasePageData = ReleaseDetails & {
  readonly withdrawal: Withdrawal | undefined;
  /** What a later return says otherwise, a line each. Undefined where there is none. */
  readonly newFigures: readonly string[] | undefined;
  /** What safeguarding leads said of this text and of earlier ones. */
  readonly stops: ShownStops;
  readonly revisions: readonly EarlierRevision[];
  readonly names: ReadonlyMap<string, string>;
  readonly who: ReleaseActor;
  readonly now: Date;
  /** Gives a text with placeholders in words. */
  readonly print: (text: string) => string;
  readonly share: string | undefined;
  readonly lengths: Lengths | undefined;
  readonly reactive: readonly ReactiveLine[];
  readonly notice: MediaNotice | undefined;
  readonly deliveries: readonly Delivery[];
  readonly link: string | undefined;
};

/** The release in fewer words and as a whole, to copy. The whole leaves only once it is approved. */
export type Lengths = {
  readonly brief: string;
  readonly words: number;
  readonly whole: { readonly plain: string; readonly html: string } | undefined;
};

type Button = {
  readonly text: string;
  readonly href?: string;
  readonly post?: string;
  readonly secondary?: boolean;
  readonly dangerous?: boolean;
};

export type Notice = Pick<StateItem, 'kind' | 'title' | 'text'> & { readonly items?: readonly string[] };

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
  /** Who decided to name an agency, when and why. */
  readonly decisions: readonly ShownDecision[];
  /** What a withdrawal cannot call back, and what to do by hand. */
  readonly toCallBack: readonly string[];
  readonly corrections: readonly { readonly at: string; readonly note: string }[] | undefined;
  /** Its clearance, and where it is changed while the release is open. Undefined for what others published. */
  readonly picture: PictureSection | undefined;
  readonly figures: readonly FigureRow[];
  /** What the writer left out of that table. */
  readonly figuresLeftOut: readonly string[];
  readonly withheld: readonly WithheldByRule[] | null;
  readonly share: { readonly text: string; readonly length: number } | undefined;
  /** Its title, 50 words and the whole, to copy. */
  readonly lengths: (Lengths & { readonly headline: string }) | undefined;
  /** For the media list, and where an e-mail with it is begun. */
  readonly notice: (MediaNotice & { readonly mail: string }) | undefined;
  /** For the press desk alone. */
  readonly reactive: readonly ReactiveLine[];
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
  const { release, findings, preview, publication, told: publishable, share, lengths, link, print } = shown;
  const blocking = byHarm([...wholeOf(shown), ...findings.filter(({ blocks }) => blocks)]);
  const shownOf = (some: readonly ReleaseFinding[]) => shownFindings(release, some.slice(0, mostShown), print);
  const inTheWay = shownOf(blocking);
  return {
    title: release.shownTitle,
    caption: release.importedReleaseId ? 'Published by others' : `Release for ${release.area}`,
    back: { href: newsroomPaths.list(), text: 'Releases' },
    standing: isOpen(release) && shown.stops.now.length > 0 ? stoppedState : standingOf(release, shown.now),
    errors,
    revision: release.revision,
    linkFigure: releasePaths.linkFigure(release.id),
    buttons: buttonsOf(shown),
    notices: noticesOf(shown),
    imported: release.importedReleaseId !== null,
    cautions: release.cautions,
    blocking: inTheWay,
    more:
      blocking.length > mostShown
        ? `The first ${mostShown} are shown. Change these, and the next are shown.`
        : undefined,
    bindable: shownOf(findings.filter(({ must, blocks }) => must === 'may bind' && !blocks)),
    justified: shownOf(findings.filter(({ justified }) => justified !== undefined)),
    decisions: release.decisions.map(shownDecision),
    preview: previewModel(release, preview),
    previewTitle: isEmbargoed(shown) ? previewTitles.approved : previewTitles[release.state],
    corrections: publication?.corrections.map(({ at, note }) => ({ at: formatMoment(new Date(at)), note })),
    toCallBack: publication && shown.withdrawal && isPublic(publication, shown.withdrawal.at) ? toCallBack : [],
    picture: pictureSection(release),
    figures: shown.figures.map(figureRow),
    figuresLeftOut: rowNames(shown.leftOut),
    withheld: publishable && shownWithheld(publishable),
    share: release.state !== 'withdrawn' && share ? { text: share, length: [...share].length } : undefined,
    lengths: release.state !== 'withdrawn' && lengths ? { ...lengths, headline: shown.said?.title ?? '' } : undefined,
    notice: shown.notice && { ...shown.notice, mail: mailtoOf(shown.notice) },
    reactive: release.state === 'withdrawn' ? [] : shown.reactive,
    link: publication && !publication.withdrawnAt && isPublic(publication, shown.now) ? link : undefined,
    markdown: shown.said && mayExport(shown) ? releasePaths.export(release.id) : undefined,
    sections: [
      ...deliveriesSection(shown.deliveries),
      {
        kind: 'timeline',
        id: 'acts',
        title: 'What happened',
        items: historyOf(shown),
      },
      ...revisionsOf(shown),
    ],
  };
}

/** The latest first: its steps, and the stops between them. */
function historyOf(shown: ReleasePageData): TimelineItem[] {
  const { release, acts, who, stops, names, print } = shown;
  const steps = actsShownTo(release, acts, who).map((act) => ({
    at: act.at,
    title: act.act === 'published' && isEmbargoed(shown) ? 'Approved to become public' : actWords(act, release),
    by: getMemberName(names, act.memberId),
    when: `${formatMoment(act.at)}, revision ${act.revision}`,
    text: act.note === null ? undefined : print(act.note),
  }));
  const stopped = stops.acts.map(({ at, by, revision, why }) => ({
    ...{ at, by, title: 'Stopped by a safeguarding lead', text: why },
    when: `${formatMoment(at)}, revision ${revision}`,
  }));
  return [...steps.toReversed(), ...stopped]
    .sort((one, other) => other.at.getTime() - one.at.getTime())
    .map(({ at: _, ...item }) => item);
}

const toCallBack = [
  'Feed readers keep the text that they fetched. Ask newsrooms and partners that follow the feed to delete it.',
  'E-mails with the release cannot be taken back. Ask everybody you sent it to to delete it.',
  'Other sites may have copied the text or its picture. Search for its title, and ask each site to take it down.',
  'Posts on social media stay. Delete your own, and ask others to delete theirs.',
  'Search engines show an old copy for some days. Ask each to remove the address.',
  'If a person could be recognised, tell the safeguarding lead now, so that the person is warned and helped.',
] as const;

/** The file of an imported release belongs to the agency that imported it. */
const mayExport = ({ release, who }: ReleasePageData): boolean =>
  release.importedReleaseId === null || release.agencyId === who.agencyId;

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

function buttonsOf(shown: ReleasePageData): Button[] {
  const { release, acts, who, findings, said, signed, overtaken, publication, stops } = shown;
  const { id } = release;
  const wasPublished = publication !== undefined;
  const stopped = stops.now.length > 0;
  const ready = !stopped && said !== undefined && !findings.some(({ blocks }) => blocks) && isOperationOver(signed);
  const open = isOpen(release);
  const edit: Button = { href: releasePaths.edit(id), text: 'Edit', secondary: ready || release.state !== 'draft' };
  // A writer changes the text with “Edit”: it is a draft again then.
  const isWriter = writersOf(release, acts).some(({ memberId }) => memberId === who.memberId);
  const sendBack: Button[] = isWriter ? [] : [{ href: releasePaths.sendBack(id), text: 'Send back', secondary: true }];
  const withdraw: Button = wasPublished
    ? { href: releasePaths.withdraw(id), text: 'Withdraw', dangerous: true }
    : { href: releasePaths.withdraw(id), text: 'Discard', secondary: true };
  const first: Record<Release['state'], Button[]> = {
    draft: ready && !isOvertaken(overtaken) ? [{ post: releasePaths.submit(id), text: 'Submit for approval' }] : [],
    submitted:
      !stopped && mayApprove(release, acts, who).ok
        ? [{ href: releasePaths.approve(id), text: 'Approve' }, ...sendBack]
        : sendBack,
    approved: [
      ...(ready && !isOvertaken(overtaken) ? [{ href: releasePaths.publish(id), text: 'Publish' }] : []),
      ...sendBack,
    ],
    published: [{ href: releasePaths.correct(id), text: 'Correct', secondary: true }],
    withdrawn: [],
  };
  return [
    ...(open && isOvertaken(overtaken)
      ? [
          {
            post: releasePaths.renew(id),
            text: overtaken.figures === undefined ? 'Use the new policy' : 'Use the new figures',
          },
        ]
      : []),
    ...first[release.state],
    ...(open ? [edit] : []),
    ...(open && release.correction !== null
      ? [{ href: releasePaths.giveUp(id), text: 'Give up the correction', secondary: true }]
      : []),
    ...(release.state === 'withdrawn' ? [] : [withdraw]),
  ];
}

/** More at once is no help, and a page without end. */
const mostShown = 50;
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
  preview: previewModel(earlier, preview, release.state !== 'withdrawn' && earlier.picture?.id === release.picture?.id),
  previewTitle: 'As it stood then',
  sections: [],
});
