/** The news as feeds, with the full text of each release. A reader keeps what it has fetched: a correction or a withdrawal reaches it when it asks again. */
import { dayOf } from '../../platform/clock.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { escaped } from '../releases/text.ts';
import { figureNotes, figureRow } from './figures.ts';
import type { Entry, Publication } from './store.ts';

export const feeds = {
  atom: 'application/atom+xml; charset=utf-8',
  rss: 'application/rss+xml; charset=utf-8',
  json: 'application/feed+json; charset=utf-8',
} as const;
export type FeedKind = keyof typeof feeds;

const mostInFeed = 30;

/** Takes all public news, newest first, and gives those that a feed carries: the newest of our own. */
export const feedEntries = (entries: readonly Entry[]): readonly Entry[] =>
  entries.filter(({ importedFrom }) => importedFrom === null).slice(0, mostInFeed);

/** For readers, the end of an embargo is a change too. */
const lastChange = ({ changedAt, dated }: Pick<Publication, 'changedAt' | 'dated'>): Date =>
  new Date(Math.max(changedAt.getTime(), dated.getTime()));

/** A published release with its Markdown as safe HTML. */
export type FeedItem = Publication & { readonly html: string };

/** Takes releases, newest first, and gives the feed of one kind. The library is loaded when the first feed is asked for. */
export async function makeFeed(
  kind: FeedKind,
  items: readonly FeedItem[],
  { origin, demonstration }: { readonly origin: string; readonly demonstration: boolean },
): Promise<string> {
  const { Feed } = await import('feed');
  const link = `${origin}/news`;
  const feed = new Feed({
    id: link,
    link,
    title: `${demonstration ? 'Demonstration, invented: news' : 'News'} of the partnership against exploitation`,
    description: 'What weeks of action have done, in figures that are counted and checked.',
    language: 'en-GB',
    feed: `${link}/feed.${kind}`,
    feedLinks: { json: `${link}/feed.json` },
    updated: new Date(Math.max(0, ...items.map((item) => lastChange(item).getTime()))),
    generator: 'Safelight',
    author: { name: 'Safelight' },
  });
  for (const item of items) {
    const { slug, title, description, area, dated, issuedBy } = item;
    // Atom and JSON Feed say what is HTML; a title of RSS is plain to some readers and HTML to others, and they agree on words.
    feed.addItem({
      id: `${link}/${slug}`,
      link: `${link}/${slug}`,
      title: kind === 'atom' ? escaped(title) : title,
      description: kind === 'json' ? description : escaped(description),
      content: fullText(item, `${link}/${slug}`),
      date: lastChange(item),
      published: dated,
      category: [{ name: area, term: area }],
      ...(kind !== 'rss' && issuedBy && { author: [{ name: issuedBy }] }),
    });
  }
  if (kind === 'atom') return feed.atom1();
  return kind === 'rss' ? feed.rss2() : feed.json1();
}

/** Takes a release and its address, gives all that its page says as HTML without classes, in the order of the page. */
function fullText({ keyPoints, html, quotes, corrections, sources, figures }: FeedItem, url: string): string {
  const list = (items: readonly string[]): string =>
    items.length > 0 ? `<ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul>` : '';
  return [
    ...corrections.map(
      ({ at, note }) => `<p><strong>Corrected on ${longDay(dayOf(new Date(at)))}:</strong> ${escaped(note)}</p>`,
    ),
    list(keyPoints.map(escaped)),
    html,
    ...quotes.map(
      ({ rank, name, unit, words }) =>
        `<blockquote><p>“${escaped(words)}”</p></blockquote><p>${escaped([`${rank} ${name}`.trim(), unit].filter(Boolean).join(', '))}</p>`,
    ),
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
