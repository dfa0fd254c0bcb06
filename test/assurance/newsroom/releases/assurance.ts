/** `releases validated`: every release of the demonstration and many invented ones, in each form that they leave in, held against the rules of that form. */

import { signedReturn } from '../../../../src/newsroom/drafting/examples.ts';
import { pasteHtml } from '../../../../src/newsroom/publication/full-text.ts';
import { markdownFile } from '../../../../src/newsroom/publication/pages.ts';
import { readForm, writeForm } from '../../../../src/newsroom/release-reading/parse-release.ts';
import { addNewsroom, addPublished } from '../../../../src/newsroom/releases/examples.ts';
import { toHtml } from '../../../../src/newsroom/releases/text.ts';
import type { TestApplication } from '../../../fixtures/application.ts';
import { demonstrationDay, demonstrationSeed } from '../../../fixtures/demonstration.ts';
import { withApplication } from '../../../fixtures/server.ts';
import { count, createProgress, type Effort, type Row, row } from '../../../harness/assurance.ts';
import {
  faultsOfHtml,
  faultsOfJsonFeed,
  faultsOfStructuredData,
  faultsOfXml,
} from '../../../journeys/every-page/valid-documents.ts';
import { type InventedRelease, inventReleases } from './invented.ts';

const forms = ['page', 'card', 'pasted copy', 'JSON-LD', 'Atom', 'RSS', 'JSON Feed'] as const;
type Form = (typeof forms)[number];

/** Documents held against their rules, and what was wrong with them. */
class Held {
  readonly documents = new Map<Form, number>(forms.map((form) => [form, 0]));
  readonly faults: string[] = [];

  add(form: Form, where: string, faults: readonly string[]): void {
    this.documents.set(form, (this.documents.get(form) ?? 0) + 1);
    this.faults.push(...faults.map((fault) => `${form} of ${where}: ${fault}`));
  }

  get row(): Row {
    const all = [...this.documents].map(([form, many]) => `${form} ${count(many)}`).join(', ');
    const said = this.faults.slice(0, 5).join(' | ');
    return row(
      'HTML (html-validate), JSON-LD (schemas of schema.org), Atom, RSS and JSON Feed (our grammars): faults (must be 0)',
      `${count(this.faults.length)} in ${all}${said && `: ${said}`}`,
      this.faults.length === 0 && [...this.documents.values()].every((many) => many > 0),
    );
  }
}

export async function assureReleases({ seed, quick }: Effort): Promise<Row[]> {
  const held = new Held();
  const shown = await withApplication((application) => holdAll(application, held), {
    today: demonstrationDay,
    seed: demonstrationSeed,
  });
  const many = quick ? 30 : 1_000;
  await withApplication((application) => holdInvented(application, held, { seed, many }), {
    today: '2026-09-24',
    time: '10:00',
  });
  const releases = row(
    'releases held against the rules of every form that they leave in',
    `${count(shown)} of the demonstration, ${count(many)} invented; seed ${seed}`,
    shown > 0,
  );
  return [releases, held.row, await plantedFaults(), await frontMatter(seed, quick ? 300 : 10_000)];
}

const slugsIn = async ({ db }: TestApplication): Promise<string[]> =>
  (await db.selectFrom('publications').select('slug').where('withdrawnAt', 'is', null).execute()).map(
    ({ slug }) => slug,
  );

/** Everything that is public in an application. */
async function holdAll(application: TestApplication, held: Held): Promise<number> {
  const slugs = await slugsIn(application);
  for (const slug of slugs) await holdPages(application, held, slug);
  await holdFeeds(application, held, 'the demonstration');
  return slugs.length;
}

async function holdPages({ app }: TestApplication, held: Held, slug: string): Promise<void> {
  const page = await app.inject(`/news/${slug}`);
  held.add('page', slug, page.statusCode === 200 ? await faultsOfHtml(page.body) : [`status ${page.statusCode}`]);
  for (const [, data = ''] of page.body.matchAll(/<script type="application\/ld\+json">([\s\S]*?)<\/script>/g))
    held.add('JSON-LD', slug, faultsOfStructuredData(data));
  const card = await app.inject(`/news/${slug}/card`);
  if (card.statusCode === 200) held.add('card', slug, await faultsOfHtml(card.body));
}

async function holdFeeds({ app }: TestApplication, held: Held, where: string): Promise<void> {
  const read = async (kind: string): Promise<string> => (await app.inject(`/news/feed.${kind}`)).body;
  held.add('Atom', where, faultsOfXml(await read('atom'), 'atom'));
  held.add('RSS', where, faultsOfXml(await read('rss'), 'rss'));
  held.add('JSON Feed', where, faultsOfJsonFeed(await read('json')));
}

/** As many as a feed has. */
const batch = 30;

async function holdInvented(
  application: TestApplication,
  held: Held,
  { seed, many }: { readonly seed: number; readonly many: number },
): Promise<void> {
  const { db, clock } = application;
  const { force, analyst, signed } = await addNewsroom(application, signedReturn);
  const by = { agency: force, member: analyst, from: signed };
  const progress = createProgress('releases');
  let [number, slugs] = [0, [] as string[]];
  for (const release of inventReleases(seed, many)) {
    const at = new Date(clock.now().getTime() - 1_000);
    slugs.push(await addPublished(db, by, { ...release, publishedAt: at, dated: at, changedAt: at }));
    held.add('pasted copy', release.title, await faultsOfHtml(await pasted(release)));
    number += 1;
    if (slugs.length < batch && number < many) continue;
    clock.move(new Date(clock.now().getTime() + 5_000));
    for (const slug of slugs) await holdPages(application, held, slug);
    await holdFeeds(application, held, `releases up to ${number}`);
    progress(number, many);
    slugs = [];
  }
}

/** A copy in a page of others. */
async function pasted(release: InventedRelease): Promise<string> {
  const address = { url: 'https://news.example/news/a-week', origin: 'https://news.example' };
  const copy = pasteHtml({ ...release, version: 1, html: await toHtml(release.body) }, address, null);
  return `<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>News</title></head><body><main>${copy}</main></body></html>\n`;
}

/** The rules themselves: one planted fault in each form. */
async function plantedFaults(): Promise<Row> {
  const found = [
    (
      await faultsOfHtml(
        '<!DOCTYPE html>\n<html lang="en"><head><title>A</title></head><body><p>a<div></p></body></html>',
      )
    ).length,
    faultsOfStructuredData('{"@context":"https://schema.org","@type":"NewsArticle","headlines":"A"}').length,
    faultsOfXml('<feed xmlns="http://www.w3.org/2005/Atom"><title>News</title></feed>', 'atom').length,
    faultsOfXml('<rss version="2.0"><channel><title>News</title></channel></rss>', 'rss').length,
    faultsOfJsonFeed('{"version":"https://jsonfeed.org/version/1.1","items":[]}').length,
  ].filter((faults) => faults > 0).length;
  return row('planted faults that the rules find, one in each form', `${found} of 5`, found === 5);
}

/** A release written as Markdown with front matter, read, and written again. */
async function frontMatter(seed: number, many: number): Promise<Row> {
  const wrong: string[] = [];
  for (const release of inventReleases(seed + 1, many)) {
    const url = 'https://news.example/news/a-week';
    const file = await markdownFile({ ...release, url, day: '2026-09-25', origin: 'https://news.example' });
    const read = readForm(new TextEncoder().encode(file), 'release.md');
    if (!read.ok) {
      wrong.push(`${release.title}: ${read.refusal}`);
      continue;
    }
    const { title, area, description, publishDate, body, notes } = read.value;
    const again = new TextDecoder().decode(
      writeForm({
        title: title ?? '',
        area: area ?? '',
        description: description ?? '',
        publishDate: publishDate ?? '',
        url: read.value.url ?? '',
        body,
      }),
    );
    const isSame = title === release.title && area === release.area && description === release.description;
    if (again !== file || !isSame || notes.length > 0) wrong.push(release.title);
  }
  return row(
    'front matter written, read and written again: not the same bytes or not the same words (must be 0)',
    `${count(wrong.length)} of ${count(many)}; seed ${seed + 1}${wrong.length > 0 ? `: ${wrong.slice(0, 3).join(' | ')}` : ''}`,
    wrong.length === 0,
  );
}
