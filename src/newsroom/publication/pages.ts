/** Public pages of releases: the news list, one release, a withdrawal notice; also as feeds, Markdown and JSON. */

import { dayOf } from '../../platform/clock.ts';
import { pageSize, withQuery } from '../../platform/rendering/paging.ts';
import { homeArea, isStale, linkOf, type Service, serves } from '../../public/signs/index.ts';
import { dateFormat } from '../../vocabulary/calendar/date-format.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import type { Quote } from '../drafting/draft.ts';
import { captionLine, type PublicPicture, publicPictureAddress } from '../release-picture/picture.ts';
import { publicFrom } from '../releases/release.ts';
import { type CardPage, frameOf } from './embed.ts';
import { changedSince, type FigureRow, figureNotes, figureRow } from './figures.ts';
import { helpMarkdown } from './full-text.ts';
import type { Correction, Entry, Publication } from './store.ts';
import { structuredData } from './structured-data.ts';

export type NewsQuery = {
  readonly area: string | undefined;
  /** `YYYY` */
  readonly year: string | undefined;
  /** `YYYY-MM` */
  readonly month: string | undefined;
  readonly words: string | undefined;
  readonly page: number;
  /** What was asked and could not be read. */
  readonly unread: readonly ('words' | 'area' | 'year' | 'month')[];
};

const invalidQueryWords = {
  words: 'The search could not be read: use 100 characters or fewer, once',
  area: 'The area could not be read',
  year: 'The year could not be read: it is written like 2026',
  month: 'The month could not be read: it is written like 2026-09',
} as const;

const monthName = dateFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
const monthWords = (month: string): string => monthName(new Date(`${month}-01T00:00:00Z`));
export const monthOf = ({ dated }: Pick<Entry, 'dated'>): string => dayOf(dated).slice(0, 7);
export const yearOf = (entry: Pick<Entry, 'dated'>): string => monthOf(entry).slice(0, 4);

/** An address of the list; what is not asked is left out of it. */
const listAddress = ({ area, year, month, words, page = 1 }: Partial<NewsQuery>): string =>
  withQuery('/news', { q: words, area, year, month, page: page > 1 ? page : undefined });

type ListedRelease = Pick<Entry, 'title' | 'description' | 'area' | 'corrected'> & {
  readonly href: string;
  readonly day: string;
  readonly date: string;
  readonly imported: boolean;
};

const toListItem = ({ slug, title, description, area, dated, corrected, importedFrom }: Entry): ListedRelease => ({
  href: `/news/${slug}`,
  title,
  description,
  area,
  day: longDay(dayOf(dated)),
  date: dayOf(dated),
  corrected,
  imported: importedFrom !== null,
});

export type NewsList = {
  readonly asked: NewsQuery;
  /** What fits, the newest first. */
  readonly found: readonly Entry[];
  readonly all: readonly Entry[];
  readonly origin: string;
};

/** A part of the news: its name, how many releases it has, and its address. */
type Choice = { readonly text: string; readonly count: number; readonly href: string };

/** The news, with what narrows them and their pages. */
export type NewsListPage = {
  readonly title: string;
  readonly here: string;
  readonly canonical: string;
  readonly asked: NewsQuery;
  /** The month or year asked for, in words. */
  readonly period: string | undefined;
  readonly areas: readonly string[];
  readonly years: readonly { readonly year: string; readonly all: Choice; readonly months: readonly Choice[] }[];
  /** The areas, each with its number of releases. */
  readonly byArea: readonly Choice[];
  /** Whether there is more than a page of news: then whole years and areas are offered. */
  readonly long: boolean;
  readonly total: number;
  readonly narrowed: boolean;
  /** What was asked and could not be read, and whether nothing else was asked. */
  readonly unread: readonly string[];
  readonly alone: boolean;
  readonly any: boolean;
  readonly items: readonly ListedRelease[];
  readonly page: number;
  readonly last: number;
  readonly previous: string | undefined;
  readonly next: string | undefined;
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'newsroom/publication/public-list': NewsListPage;
    'newsroom/publication/public-release': PublicReleasePage;
    'newsroom/publication/public-withdrawn': WithdrawnPage;
    'newsroom/publication/public-card': CardPage;
    'newsroom/publication/public-card-withdrawn': WithdrawnPage;
  }
}

const countIn = (keys: readonly string[], groups: ReadonlyMap<string, readonly unknown[]>): number =>
  keys.reduce((sum, key) => sum + (groups.get(key)?.length ?? 0), 0);

export function newsListPage({ asked, found, all, origin }: NewsList): NewsListPage {
  const last = Math.max(1, Math.ceil(found.length / pageSize));
  const page = Math.min(asked.page, last);
  const months = Map.groupBy(all, monthOf);
  const years = Map.groupBy(months.keys(), (month) => month.slice(0, 4));
  const areas = Map.groupBy(all, ({ area }) => area);
  const names = [...areas.keys()].sort();
  const period = asked.month ? monthWords(asked.month) : asked.year;
  const narrowed = Boolean(asked.area || asked.year || asked.month || asked.words);
  return {
    title: period ? `News of ${period}` : 'News',
    here: '/news',
    canonical: `${origin}${listAddress({ ...asked, page })}`,
    asked,
    period,
    areas: names,
    years: [...years].map(([year, inYear]) => ({
      year,
      all: { text: `All of ${year}`, count: countIn(inYear, months), href: listAddress({ year }) },
      months: inYear.map((month) => ({
        text: monthWords(month),
        count: countIn([month], months),
        href: listAddress({ month }),
      })),
    })),
    byArea: names.map((area) => ({ text: area, count: countIn([area], areas), href: listAddress({ area }) })),
    long: all.length > pageSize,
    total: found.length,
    narrowed,
    unread: asked.unread.map((name) => invalidQueryWords[name]),
    alone: asked.unread.length > 0 && !narrowed,
    any: all.length > 0,
    items: found.slice((page - 1) * pageSize, page * pageSize).map(toListItem),
    page,
    last,
    previous: page > 1 ? listAddress({ ...asked, page: page - 1 }) : undefined,
    next: page < last ? listAddress({ ...asked, page: page + 1 }) : undefined,
  };
}

export type PublicReleasePage = Omit<Publication, 'corrections' | 'sources' | 'figures'> & {
  /** Its address, for the choice of languages. */
  readonly here: string;
  readonly canonical: string;
  readonly origin: string;
  readonly day: string;
  readonly date: string;
  readonly published: string;
  readonly changed: string;
  readonly corrections: readonly { readonly day: string; readonly date: string; readonly note: string }[];
  readonly sources: readonly (Publication['sources'][number] & { readonly day: string })[];
  readonly imported: (NonNullable<Publication['importedFrom']> & { readonly day: string | null }) | null;
  readonly figures: readonly FigureRow[];
  readonly figureNotes: readonly string[];
  /** Whether the JSON has the certificate of the figures. */
  readonly isCertified: boolean;
  /** Where the figures lie as CSV and as JSON. */
  readonly figuresAt: string;
  /** What an editor needs to know; empty for what others published. */
  readonly editorsNotes: readonly string[];
  readonly helplines: readonly Helpline[];
  readonly emergency: { readonly printed: string; readonly href: string };
  readonly share: string;
  /** Where oEmbed describes it, and what others put into their pages; null for what others published. */
  readonly embed: { readonly discovery: string; readonly code: string } | null;
  readonly markdown: string;
  /** Its own picture for other sites; that of the whole site for what others published. */
  readonly image?: string;
  /** Its photograph, in the place of the drawn picture. */
  readonly photo?: { readonly src: string; readonly line: string } & Pick<
    PublicPicture,
    'width' | 'height' | 'alternative'
  >;
  readonly imageAlternative?: string;
  /** As schema.org has it. */
  readonly forMachines: string;
};

type Helpline = {
  readonly name: string;
  readonly printed: string;
  readonly href: string;
  /** The day of the last check, where that is long ago. */
  readonly checked?: string;
};

const mostHelplines = 4;

/** Takes the services of the day, gives the telephone lines that a worried reader here may call, the first in place first. Without hours: those change by the minute, and Help has them. */
const helplinesAmong = (services: readonly Service[], today: string): Helpline[] =>
  services
    .filter((service) => service.role !== 'emergency' && service.kinds === null && serves(service, homeArea))
    .filter((service) => service.for['worried person'] !== undefined)
    .sort((one, other) => (one.for['worried person'] ?? 0) - (other.for['worried person'] ?? 0))
    .flatMap((service) => {
      const { name, channels, dateChecked } = service;
      const phone = channels.find(({ kind }) => kind === 'phone');
      const href = phone && linkOf(phone);
      const checked = isStale(service, today) ? longDay(dateChecked) : undefined;
      return phone && href ? [{ name, printed: phone.printed, href, ...(checked !== undefined && { checked }) }] : [];
    })
    .slice(0, mostHelplines);

/** Takes a published release, gives what holds for each and what its own records say; no claim about the operation. */
function editorsNotesOf({ figures, issuedBy, corrections, version, changedAt }: Publication): string[] {
  const editions = [...new Set(figures.map(({ edition }) => edition))];
  const has = (key: string): boolean =>
    figures.some(({ key: one, quantity }) => one === key && !(quantity.kind === 'number' && quantity.value === 0));
  return [
    ...(issuedBy ? [`Issued by ${issuedBy}.`] : []),
    ...(editions.length > 0
      ? [
          'The figures come from the plan and from what the teams recorded.',
          `They were counted by the definitions that are shown with them, edition ${editions.join(', ')}.`,
        ]
      : []),
    ...(has('arrests.made') ? ['An arrest does not mean that a person has done wrong.'] : []),
    ...(has('visits.withSigns')
      ? ['A recorded sign does not prove exploitation. A visit without one does not show that all was well.']
      : []),
    ...(corrections.length > 0 ? [`This is version ${version}, changed on ${longDay(dayOf(changedAt))}.`] : []),
    'By law, victims of human trafficking stay anonymous all their life (Sexual Offences (Amendment) Act 1992). Do not publish anything that could identify a victim.',
  ];
}

/** A release as everybody reads it; `body` is its Markdown as HTML. */
export function releasePublicPage(
  publication: Publication,
  body: string,
  origin: string,
  {
    services,
    today,
    isCertified = false,
  }: { readonly services: readonly Service[]; readonly today: string; readonly isCertified?: boolean },
): PublicReleasePage {
  const { slug, title, description, area, dated, corrections, importedFrom } = publication;
  const emergency = services.find(({ role }) => role === 'emergency')?.channels[0];
  const canonical = `${origin}/news/${slug}`;
  return {
    ...publication,
    body,
    here: `/news/${slug}`,
    canonical,
    origin,
    day: longDay(dayOf(dated)),
    date: dayOf(dated),
    published: publicFrom(publication).toISOString(),
    changed: changedSince(publication).toISOString(),
    corrections: corrections.map(({ at, note }) => ({
      day: longDay(dayOf(new Date(at))),
      date: dayOf(new Date(at)),
      note,
    })),
    sources: publication.sources.map((source) => ({ ...source, day: longDay(source.date) })),
    figures: publication.figures.map(figureRow),
    figureNotes,
    figuresAt: `/news/${slug}/figures`,
    isCertified,
    editorsNotes: importedFrom ? [] : editorsNotesOf(publication),
    helplines: helplinesAmong(services, today),
    imported: importedFrom && { ...importedFrom, day: importedFrom.publishedOn && longDay(importedFrom.publishedOn) },
    emergency: { printed: emergency?.printed ?? '999', href: (emergency && linkOf(emergency)) ?? 'tel:999' },
    share: publication.shareText,
    embed: importedFrom
      ? null
      : { discovery: withQuery(`${origin}/oembed`, { url: canonical }), code: frameOf(publication, origin) },
    markdown: `/news/${slug}.md`,
    // Other sites keep a picture by its address: a corrected release has another.
    ...(!importedFrom && { image: `${canonical}/image.png?v=${publication.version}` }),
    ...(publication.picture && shownPicture(publication.picture, canonical, publication.version)),
    forMachines: structuredData({ ...publication, title, description, area }, canonical),
  };
}

/** The page and other sites show the same picture. On the page its address has no origin, as the policy of the page asks. */
function shownPicture(picture: PublicPicture, canonical: string, version: number) {
  const { width, height, alternative } = picture;
  const image = publicPictureAddress(canonical, version);
  const src = image.slice(new URL(canonical).origin.length);
  return {
    image,
    imageAlternative: alternative,
    photo: { src, width, height, alternative, line: captionLine(picture) },
  };
}

export type WithdrawnPage = { readonly title: string; readonly moment: string };

export const withdrawnPage = (at: Date): WithdrawnPage => ({
  title: 'This release was withdrawn',
  moment: formatMoment(at),
});

type ExportedRelease = {
  readonly title: string;
  readonly area: string;
  readonly description: string;
  readonly keyPoints: readonly string[];
  readonly body: string;
  readonly quotes: readonly Quote[];
  readonly corrections: readonly Correction[];
  readonly url: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  /** Where our own pages of signs and help are; undefined for what others published. */
  readonly origin: string | undefined;
};

/** The form in which releases are exchanged: front matter, then Markdown. */
export async function markdownFile({
  keyPoints,
  body,
  quotes,
  corrections,
  day,
  origin,
  ...front
}: ExportedRelease): Promise<string> {
  const { writeForm } = await import('../release-reading/index.ts');
  const plain = (text: string): string => text.replace(/[\\`*_[\]<>&#]/g, '\\$&');
  const parts = [
    keyPoints.map((point) => `* ${plain(point)}`).join('\n'),
    body.trim(),
    ...quotes.map(
      ({ rank, name, unit, words }) =>
        `> “${plain(words).replaceAll('\n', '\n> ')}”\n>\n> ${plain([`${rank} ${name}`.trim(), unit].filter(Boolean).join(', '))}`,
    ),
    origin !== undefined && helpMarkdown(origin),
    corrections.length > 0 &&
      `## Corrections\n\n${corrections.map(({ at, note }) => `* ${longDay(dayOf(new Date(at)))}: ${plain(note)}`).join('\n')}`,
  ];
  const text = `${parts.filter(Boolean).join('\n\n')}\n`;
  return new TextDecoder().decode(writeForm({ ...front, publishDate: day, body: text }));
}
