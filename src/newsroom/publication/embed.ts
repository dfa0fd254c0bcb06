/** A release on pages of others: the card that they may frame, and how oEmbed describes it. Pure. */
import { dayOf } from '../../platform/clock.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import type { Publication } from './store.ts';

/** The card of a release: its title, its points and the way to its page. */
export type CardPage = {
  readonly title: string;
  readonly canonical: string;
  readonly day: string;
  readonly date: string;
  readonly area: string;
  readonly issuedBy: string | null;
  readonly keyPoints: readonly string[];
  readonly corrected: boolean;
};

/** Takes a published release and the origin, gives its card. It says nothing that the page of the release does not say. */
export const cardPage = (
  { slug, title, dated, area, issuedBy, keyPoints, corrections }: Publication,
  origin: string,
): CardPage => ({
  title,
  canonical: `${origin}/news/${slug}`,
  day: longDay(dayOf(dated)),
  date: dayOf(dated),
  area,
  issuedBy,
  keyPoints,
  corrected: corrections.length > 0,
});

/** Of a height that shows a card on a phone, too: there the frame is narrower than it says. */
const size = { width: 600, height: 560 } as const;

/** What a page of others asks for: the address of a release, and the room that it has. */
export type EmbedRequest = {
  readonly url: string;
  readonly maxwidth?: number | undefined;
  readonly maxheight?: number | undefined;
};

/** Takes an address and the origin, gives the slug of the release that it names; undefined for any other address. */
export function slugAt(address: string, origin: string): string | undefined {
  const url = URL.parse(address);
  if (url?.origin !== new URL(origin).origin || url.username || url.password) return undefined;
  return /^\/news\/([a-z0-9][a-z0-9-]{2,119})\/?$/.exec(url.pathname)?.[1];
}

const attribute = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

type Framed = Pick<Publication, 'slug' | 'title'>;

/** Takes a release and the origin, gives the HTML of a frame without script that shows its card. */
export function frameOf(
  { slug, title }: Framed,
  origin: string,
  { width, height }: { readonly width: number; readonly height: number } = size,
): string {
  const attributes = [
    `src="${origin}/news/${slug}/card"`,
    `width="${width}" height="${height}"`,
    `title="${attribute(title)}"`,
    'sandbox="allow-popups allow-popups-to-escape-sandbox" loading="lazy" style="border:0;max-width:100%"',
  ];
  return `<iframe ${attributes.join(' ')}></iframe>`;
}

/** Takes a release, the room for it, the origin and the name of the site, gives an answer of oEmbed 1.0 of the type “rich”. */
export function oEmbedAnswer(
  release: Framed & Pick<Publication, 'issuedBy'>,
  { maxwidth, maxheight }: Omit<EmbedRequest, 'url'>,
  origin: string,
  siteName: string,
): object {
  const { title, issuedBy } = release;
  const width = Math.min(size.width, maxwidth ?? size.width);
  const height = Math.min(size.height, maxheight ?? size.height);
  return {
    version: '1.0',
    type: 'rich',
    title,
    ...(issuedBy && { author_name: issuedBy }),
    provider_name: siteName,
    provider_url: `${origin}/news`,
    cache_age: 3_600,
    width,
    height,
    html: frameOf(release, origin, { width, height }),
  };
}
