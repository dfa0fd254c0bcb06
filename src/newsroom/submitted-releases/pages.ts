/** Pages for safeguarding leads: the releases that wait or are published, and the text of one with the form that stops it. */
import type { FormPage, ListPage } from '../../platform/rendering/pages.ts';
import { type Pages, withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { submittedReleasePaths } from '../../vocabulary/paths/newsroom.ts';
import { type FigureRow, figureRow } from '../publication/figures.ts';
import type { ShownPreview } from '../releases/preview-model.ts';
import { escaped, toHtml } from '../releases/text.ts';
import { type StopNames, stopLine } from './stop-names.ts';
import { isStopped, type Stop, stopReasons, stopWords } from './stops.ts';
import type { SubmittedRelease } from './store.ts';

type ShownList = {
  readonly stops: ReadonlyMap<string, readonly Stop[]>;
  readonly pages: Pages;
  readonly now: Date;
  /** The reader withdrew one just now. */
  readonly wasWithdrawn: boolean;
};

export const submittedListPage = (
  submitted: readonly SubmittedRelease[],
  { stops, pages, now, wasWithdrawn }: ShownList,
): ListPage => ({
  title: 'Releases that you can stop',
  done: wasWithdrawn
    ? 'You stopped the release. The public pages, the feeds and the search of this site stopped showing it at once, and press was notified. Copies in feed readers, e-mails and on other sites stay until press has asked for their deletion.'
    : undefined,
  lead: [
    'Read each release for details that could show who a person is. You can stop it before it is published, under embargo and after.',
  ],
  list: {
    kind: 'table',
    stack: true,
    caption: 'Releases that wait, then those that are published',
    columns: ['Release', 'Submitted', 'Embargo', 'State'].map((text) => ({ text })),
    rows: submitted.map((release) => [
      {
        text: isWaitingCorrection(release) ? `Correction: ${release.text.title}` : release.text.title,
        href: addressOf(release),
      },
      { text: formatMoment(release.submittedAt) },
      { text: embargoWords(release, now) },
      standing(release, stops.get(release.id) ?? [], now),
    ]),
    pages,
    empty: 'No release waits now. A release appears here when a press officer submits it for approval.',
  },
});

/** The published text has the same title in the list. */
const isWaitingCorrection = ({ scheduled, text }: SubmittedRelease): boolean => !scheduled && text.correction !== null;

const embargoWords = ({ embargoUntil }: SubmittedRelease, now: Date): string =>
  embargoUntil === null ? 'none' : `${embargoUntil > now ? 'until' : 'ended'} ${formatMoment(embargoUntil)}`;

function standing(release: SubmittedRelease, stops: readonly Stop[], now: Date) {
  if (isScheduled(release, now)) return { text: 'Becomes public when the embargo ends', tag: 'yellow' } as const;
  if (release.scheduled) return { text: 'Public', tag: 'green' } as const;
  return isStopped(release, stops)
    ? ({ text: 'Stopped', tag: 'red' } as const)
    : ({ text: 'Not stopped', tag: 'blue' } as const);
}

/** Published, and nobody outside can read it yet. */
const isScheduled = ({ scheduled, embargoUntil }: SubmittedRelease, now: Date): boolean =>
  scheduled && embargoUntil !== null && embargoUntil > now;

/** A text that waits can stand beside the published one. */
const addressOf = ({ id, scheduled }: Pick<SubmittedRelease, 'id' | 'scheduled'>): string =>
  withQuery(submittedReleasePaths.release(id), { text: scheduled ? 'published' : undefined });

/** Of the partnership’s settings. */
export type PressOffice =
  | { readonly name?: string | undefined; readonly email: string; readonly telephone?: string | undefined }
  | undefined;

export type SubmittedPage = FormPage & {
  readonly preview: ShownPreview;
  /** Over the text: whether the public reads it already. */
  readonly heading: string;
  readonly cautions: readonly string[];
  readonly figures: readonly FigureRow[];
  /** What the writer left out of that table. */
  readonly leftOut: readonly string[];
  /** Of this text. */
  readonly stopped: readonly string[];
  /** Of earlier texts. */
  readonly earlier: readonly string[];
  readonly embargo: string | undefined;
  /** Set where press published it: whether everybody can read it, what a stop does, and the press office. */
  readonly published:
    | {
        readonly title: string;
        readonly does: readonly string[];
        readonly office: { readonly name: string; readonly email?: string; readonly telephone?: string };
      }
    | undefined;
  /** Set while the text can be stopped before it is public: where the reader says that they read it. */
  readonly read: string | undefined;
  /** Set on the page of a correction: where the published text can be stopped. */
  readonly before: string | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/submitted-releases/submitted': SubmittedPage;
  }
}

/** What the page of a release shows. `html` is its body, made safe. */
export function submittedPage(
  release: SubmittedRelease,
  {
    html,
    stops,
    names,
    isOwn,
    isCorrection,
    now,
    press,
  }: {
    readonly html: string;
    readonly stops: readonly Stop[];
    readonly names: StopNames;
    /** Whether the reader stopped this text already. */
    readonly isOwn: boolean;
    /** Whether another text of the release is published. */
    readonly isCorrection: boolean;
    readonly now: Date;
    readonly press: PressOffice;
  },
): SubmittedPage {
  const { id, revision, text, figures, embargoUntil, scheduled } = release;
  const line = (stop: Stop): string => stopLine(stop, names);
  const isPublic = scheduled && !isScheduled(release, now);
  return {
    title: scheduled
      ? 'Read this release, and stop it if it could harm a person'
      : 'Read this release before it is published',
    caption: text.title,
    action: addressOf(release),
    cancel: submittedReleasePaths.list(),
    lead: [
      `${isPublic ? 'Everybody can read this text.' : 'Readers would see this text.'} Look for details that show who a person is, alone or with what people know already.`,
      'The figures are in the text and in the table below it. The signed return behind them stays with analysts and press.',
    ],
    preview: shownText(release, html),
    heading: isPublic ? 'Text that the public reads' : 'Text that the public will read',
    cautions: text.cautions,
    figures: figures.map(figureRow),
    leftOut: text.leftOut ?? [],
    embargo: embargoUntil ? formatMoment(embargoUntil) : undefined,
    stopped: stops.filter((stop) => stop.revision === revision).map(line),
    earlier: stops.filter((stop) => stop.revision < revision).map(line),
    read: isPublic || stops.some((stop) => stop.revision === revision) ? undefined : submittedReleasePaths.read(id),
    before: isCorrection ? addressOf({ id, scheduled: true }) : undefined,
    published: scheduled ? publishedOf(release, now, press) : undefined,
    button: scheduled ? 'Stop and withdraw this release' : 'Stop this release',
    dangerous: true,
    closed: isOwn,
    fields: (ask) => [
      ask.hidden('revision', String(revision)),
      ask.one(
        'reason',
        scheduled ? 'Why must this release be withdrawn?' : 'Why must this text not be published?',
        stopReasons.map((value) => ({ value, text: stopWords[value] })),
        {
          hint: `Press officers see your reason, your name and your agency. They see no words and no case.${scheduled ? '' : ' The text stays unpublished until they change it and have it approved.'}`,
        },
      ),
      ...(scheduled
        ? [
            ask.many('confirm', 'Confirm', [
              { value: 'yes', text: 'Withdraw this release now. I know that this cannot be undone' },
            ]),
          ]
        : []),
    ],
  };
}

/** What a stop of a published text does, said before it is done. */
function publishedOf(release: SubmittedRelease, now: Date, press: PressOffice): SubmittedPage['published'] {
  const hidden = isScheduled(release, now);
  return {
    title: hidden
      ? `It becomes public at ${formatMoment(release.embargoUntil ?? now)}, by itself`
      : 'Everybody can read it now',
    does: [
      hidden
        ? 'The release is withdrawn at once. It will not become public.'
        : 'The release is withdrawn at once from the public pages, the feeds and the search.',
      'Its picture is destroyed. A correction of it that is being written is withdrawn too.',
      hidden
        ? 'No e-mail goes to newsrooms. If press sent it to some under embargo, ask press to call them.'
        : 'Newsrooms on the media list get an e-mail that it was withdrawn, where a mail server is set. Copies elsewhere stay: ask press to call them back.',
      'The same words cannot be published again. Press can write another release.',
    ],
    office: {
      name: press?.name ?? 'Press office',
      ...(press && { email: press.email }),
      ...(press?.telephone && { telephone: press.telephone }),
    },
  };
}

/** Every part as HTML that is made safe. */
function shownText({ id, text, scheduled }: SubmittedRelease, body: string): ShownPreview {
  const { title, area, description, keyPoints, quotes, picture, correction } = text;
  return {
    title: escaped(title),
    area: escaped(area),
    description: escaped(description),
    keyPoints: keyPoints.map(escaped),
    body,
    quotes: quotes.map(({ rank, name, unit, words }) => ({
      rank: escaped(rank),
      name: escaped(name),
      unit: escaped(unit),
      words: escaped(words),
    })),
    picture: picture
      ? {
          src: withQuery(submittedReleasePaths.pictureFile(id), {
            text: scheduled ? 'published' : undefined,
            v: picture.id,
          }),
          width: picture.width,
          height: picture.height,
          alternative: escaped(picture.alternative),
          caption: escaped(picture.caption),
          credit: escaped(picture.credit),
        }
      : undefined,
    correction: correction && escaped(correction),
  };
}

export const bodyOf = ({ text }: SubmittedRelease): Promise<string> => toHtml(text.body);
