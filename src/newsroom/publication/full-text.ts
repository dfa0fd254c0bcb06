/** A whole release outside its page, as HTML without classes for feeds and other sites, with the signs and help at its end. Pure. */
import { dayOf } from '../../platform/clock.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { captionLine, publicPictureAddress } from '../release-picture/picture.ts';
import { escaped } from '../releases/text.ts';
import { figureNotes, figureRow } from './figures.ts';
import type { Publication } from './store.ts';

export type FullRelease = Pick<
  Publication,
  'title' | 'description' | 'area' | 'keyPoints' | 'body' | 'quotes' | 'picture' | 'corrections' | 'sources' | 'figures'
> & {
  /** Number of the published text: a picture has another address with each. */
  readonly version: number;
  /** Its Markdown as safe HTML. */
  readonly html: string;
};

export type Address = { readonly url: string; readonly origin: string };

/** Signs and contacts are named by their address: the pages behind them change with the day. */
export const helpWords = {
  heading: 'Spot the signs and get help',
  danger: 'If somebody is in danger now, call 999.',
  anyone: 'Anyone can be exploited: a child or an adult, from here or from abroad.',
  free: 'Getting help does not depend on speaking to police or on the right to live here.',
  signs: 'The signs to look for',
  help: 'Services that can help, and when they are open',
} as const;

/** The same as Markdown. */
export const helpMarkdown = (origin: string): string =>
  `## ${helpWords.heading}\n\n${helpWords.danger} ${helpWords.anyone} ${helpWords.free}\n\n${helpWords.signs}: <${origin}/signs>\n\n${helpWords.help}: <${origin}/help>`;

export const speakerOf = ({ rank, name, unit }: Publication['quotes'][number]): string =>
  [`${rank} ${name}`.trim(), unit].filter(Boolean).join(', ');

/** Takes a release and its address, gives all that its page says as HTML without classes, in the order of the page. */
export function fullHtml(
  {
    keyPoints,
    html,
    quotes,
    picture,
    version,
    corrections,
    sources,
    figures,
  }: Omit<FullRelease, 'title' | 'description' | 'area' | 'body'>,
  { url, origin }: Address,
): string {
  const list = (items: readonly string[]): string =>
    items.length > 0 ? `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>` : '';
  return [
    ...corrections.map(
      ({ at, note }) => `<p><strong>Corrected on ${longDay(dayOf(new Date(at)))}:</strong> ${escaped(note)}</p>`,
    ),
    list(keyPoints.map(escaped)),
    picture &&
      `<figure><img src="${attribute(publicPictureAddress(url, version))}" width="${picture.width}" height="${picture.height}" alt="${attribute(picture.alternative)}"><figcaption>${escaped(captionLine(picture))}</figcaption></figure>`,
    html,
    ...quotes.map(
      (quote) => `<blockquote><p>“${escaped(quote.words)}”</p></blockquote><p>${escaped(speakerOf(quote))}</p>`,
    ),
    `<h2>${helpWords.heading}</h2><p>${helpWords.danger} ${helpWords.anyone} ${helpWords.free}</p>`,
    `<p><a href="${origin}/signs">${helpWords.signs}</a></p><p><a href="${origin}/help">${helpWords.help}</a></p>`,
    figures.length > 0 &&
      `<h2>Figures</h2>${list(figures.map(figureRow).map(({ counted, published, definition }) => `${escaped(counted)}: ${escaped(published)}. ${escaped(definition)}`))}<p>${figureNotes.map(escaped).join(' ')} The figures <a href="${url}/figures.csv">as CSV</a> and <a href="${url}/figures.json">as JSON</a>.</p>`,
    sources.length > 0 &&
      `<h2>Sources</h2>${list(sources.map(({ text, url: at, date }) => `<a href="${attribute(at)}">${escaped(text)}</a>, ${longDay(date)}`))}`,
  ]
    .filter(Boolean)
    .join('\n');
}

/** Words as they stand in an attribute of HTML. */
const attribute = (text: string): string => escaped(text).replaceAll('"', '&quot;');

/** The first line of a copy that nobody may publish yet. */
export const embargoLine = (until: Date): string => `EMBARGO: not for publication before ${formatMoment(until)}`;

/** What a force pastes into its own site: the release under its headline, with the address of the original. */
export const pasteHtml = (release: FullRelease, address: Address, embargoUntil: Date | null): string =>
  [
    embargoUntil && `<p><strong>${embargoLine(embargoUntil)}</strong></p>`,
    `<h1>${escaped(release.title)}</h1>`,
    `<p>${escaped(release.description)}</p>`,
    fullHtml(release, address),
    `<p>The original, with any correction: <a href="${address.url}">${address.url}</a></p>`,
  ]
    .filter(Boolean)
    .join('\n');
