/** Pages for safeguarding leads: the releases that wait, and the text of one with the form that stops it. */
import type { FormPage, ListPage } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { submittedReleasePaths } from '../../vocabulary/paths/newsroom.ts';
import { type FigureRow, figureRow } from '../publication/figures.ts';
import type { ShownPreview } from '../releases/preview-model.ts';
import { escaped, toHtml } from '../releases/text.ts';
import { type StopNames, stopLine } from './stop-names.ts';
import { isStopped, type Stop, stopReasons, stopWords } from './stops.ts';
import type { SubmittedRelease } from './store.ts';

export const submittedListPage = (
  submitted: readonly SubmittedRelease[],
  stops: ReadonlyMap<string, readonly Stop[]>,
): ListPage => ({
  title: 'Releases before they are published',
  lead: [
    'Nobody outside can read these releases yet. Read them for details that could show who a person is. You can stop one until press publishes it.',
  ],
  list: {
    kind: 'table',
    stack: true,
    caption: 'Releases that wait, the latest first',
    columns: ['Release', 'Submitted', 'Embargo', 'State'].map((text) => ({ text })),
    rows: submitted.map((release) => [
      { text: release.text.title, href: submittedReleasePaths.release(release.id) },
      { text: formatMoment(release.submittedAt) },
      { text: release.embargoUntil ? `until ${formatMoment(release.embargoUntil)}` : 'none' },
      release.scheduled
        ? { text: 'Becomes public when the embargo ends', tag: 'yellow' }
        : isStopped(release, stops.get(release.id) ?? [])
          ? { text: 'Stopped', tag: 'red' }
          : { text: 'Not stopped', tag: 'blue' },
    ]),
    empty: 'No release waits now. A release appears here when a press officer submits it for approval.',
  },
});

/** Of the partnership’s settings. */
export type PressOffice =
  | { readonly name?: string | undefined; readonly email: string; readonly telephone?: string | undefined }
  | undefined;

export type SubmittedPage = FormPage & {
  readonly preview: ShownPreview;
  readonly cautions: readonly string[];
  readonly figures: readonly FigureRow[];
  /** Of this text. */
  readonly stopped: readonly string[];
  /** Of earlier texts. */
  readonly earlier: readonly string[];
  readonly embargo: string | undefined;
  /** Set where press published it and its embargo has not ended: whom to ring. */
  readonly ring: { readonly name: string; readonly email?: string; readonly telephone?: string } | undefined;
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
    press,
  }: {
    readonly html: string;
    readonly stops: readonly Stop[];
    readonly names: StopNames;
    /** Whether the reader stopped this text already. */
    readonly isOwn: boolean;
    readonly press: PressOffice;
  },
): SubmittedPage {
  const { id, revision, text, figures, embargoUntil } = release;
  const line = (stop: Stop): string => stopLine(stop, names);
  return {
    title: 'Read this release before it is published',
    caption: text.title,
    action: submittedReleasePaths.release(id),
    cancel: submittedReleasePaths.list(),
    lead: [
      'Readers would see this text. Look for details that show who a person is, alone or with what people know already.',
      'The figures are in the text and in the table below it. The signed return behind them stays with analysts and press.',
    ],
    preview: shownText(release, html),
    cautions: text.cautions,
    figures: figures.map(figureRow),
    embargo: embargoUntil ? formatMoment(embargoUntil) : undefined,
    stopped: stops.filter((stop) => stop.revision === revision).map(line),
    earlier: stops.filter((stop) => stop.revision < revision).map(line),
    button: 'Stop this release',
    dangerous: true,
    ring: release.scheduled ? ringOf(press) : undefined,
    closed: isOwn || release.scheduled,
    fields: (ask) => [
      ask.hidden('revision', String(revision)),
      ask.one(
        'reason',
        'Why must this text not be published?',
        stopReasons.map((value) => ({ value, text: stopWords[value] })),
        {
          hint: 'Press officers see your reason, your name and your agency. They see no words and no case. The text stays unpublished until they change it and have it approved.',
        },
      ),
    ],
  };
}

const ringOf = (press: PressOffice): SubmittedPage['ring'] => ({
  name: press?.name ?? 'Press office',
  ...(press && { email: press.email }),
  ...(press?.telephone && { telephone: press.telephone }),
});

/** Every part as HTML that is made safe. */
function shownText({ id, text }: SubmittedRelease, body: string): ShownPreview {
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
          src: withQuery(submittedReleasePaths.pictureFile(id), { v: picture.id }),
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
