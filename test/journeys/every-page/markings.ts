/** Every page bears one marking, at its top and at its foot; every file bears one in its name and headers. */
import assert from 'node:assert/strict';
import { markings } from '../../../src/vocabulary/marking.ts';
import type { MemberCrawl, PageVisit } from '../../fixtures/member-crawl.ts';
import { toRouteShape } from '../../harness/crawl.ts';

export const markingOf = (body: string): string | undefined => /<summary>([^<]*)<\/summary><p>/.exec(body)?.[1];
/** The page for a weak signal says it in plain words, without a way to open them. */
const lean = /^<!DOCTYPE html>[^\n]*<\/title><main><p>([^<]*)<\/p>.*<p>\1<\/p><\/main><\/html>$/s;

/** There without a member, and without a record: the first page of a demonstration, and the published schemas. */
const withoutMember = /^\/staff\/(try$|exchange\/schemas\/)/;

export function assertMarked(crawls: readonly MemberCrawl[]): void {
  const seen = new Set<string>();
  const files = new Set<string>();
  for (const visit of crawls.flatMap(({ visits }) => visits)) {
    const { url, statusCode, headers } = visit;
    if (!url.startsWith('/staff') || withoutMember.test(url) || statusCode !== 200) continue;
    if (String(headers['content-type']).startsWith('text/html')) seen.add(assertPageMarked(visit));
    else {
      assertFileMarked(visit);
      files.add(toRouteShape(url));
    }
  }
  assert.ok(files.size >= 1, 'the others ask why before they leave: files.ts');
  assert.deepEqual([...seen].sort(), Object.keys(markings).sort());
}

function assertPageMarked({ url, body }: PageVisit): string {
  const brief = lean.exec(body)?.[1];
  const marking = brief ?? markingOf(body) ?? assert.fail(`${url} is not marked`);
  assert.ok(marking in markings, `${url}: ${marking}`);
  const foot = `<p class="sl-marking">${marking}</p>`;
  assert.ok(brief || body.includes(foot), `${url} has no marking at its foot`);
  return marking;
}

export function assertFileMarked({ url, headers }: Pick<PageVisit, 'url' | 'headers'>): void {
  assert.ok(String(headers['x-safelight-marking']) in markings, `${url} is not marked`);
  assert.match(String(headers['content-disposition']), /\.official(-sensitive-[a-z-]+)?\.\w+"$/, url);
}
