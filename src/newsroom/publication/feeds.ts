/** The news as feeds, with the full text of each release. A reader keeps what it has fetched: a correction or a withdrawal reaches it when it asks again. */

import { publicPictureAddress } from '../release-picture/picture.ts';
import { escaped } from '../releases/text.ts';
import { type FullRelease, fullHtml } from './full-text.ts';
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
export type FeedItem = Publication & Pick<FullRelease, 'html'>;

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
    const { slug, title, description, area, dated, issuedBy, version, picture } = item;
    // Atom and JSON Feed say what is HTML; a title of RSS is plain to some readers and HTML to others, and they agree on words.
    feed.addItem({
      id: `${link}/${slug}`,
      link: `${link}/${slug}`,
      ...imageOf(kind, `${link}/${slug}`, { picture, version }),
      title: kind === 'atom' ? escaped(title) : title,
      description: kind === 'json' ? description : escaped(description),
      content: fullHtml(item, { url: `${link}/${slug}`, origin }),
      date: lastChange(item),
      published: dated,
      category: [{ name: area, term: area }],
      ...(kind !== 'rss' && issuedBy && { author: [{ name: issuedBy }] }),
    });
  }
  if (kind === 'atom') return withSoundCategories(feed.atom1());
  return kind === 'rss' ? feed.rss2() : feed.json1();
}

/** The picture of the release, or the drawn one. An enclosure of RSS has a length, which nobody knows before a picture is drawn. */
function imageOf(kind: FeedKind, url: string, { picture, version }: Pick<Publication, 'picture' | 'version'>) {
  if (!picture) return kind === 'rss' ? {} : { image: `${url}/image.png?v=${version}` };
  const address = publicPictureAddress(url, version);
  if (kind === 'json') return { image: address };
  return { enclosure: { url: address, type: 'image/jpeg', length: picture.bytes } };
}

/** The library leaves "<" in an attribute as it is, which XML forbids. */
const withSoundCategories = (atom: string): string =>
  atom.replace(
    /<category label="([^"]*)" term="([^"]*)"\/>/g,
    (_, label: string, term: string) =>
      `<category label="${label.replaceAll('<', '&lt;')}" term="${term.replaceAll('<', '&lt;')}"/>`,
  );
