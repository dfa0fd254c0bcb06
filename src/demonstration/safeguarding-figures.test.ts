import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  type DemonstrationApplication,
  demonstrationDay,
  openDemonstration,
} from '../../test/fixtures/demonstration.ts';
import { members } from '../tour/index.ts';
import { type Figures, indicators, type Quantity, safeguardingIndicators } from '../vocabulary/figures.ts';
import { capital } from '../vocabulary/languages/english.ts';
import { countAndSign } from './publish.ts';

const labels = safeguardingIndicators.map((indicator) => capital(indicators[indicator]));
const isSmall = (text: string | number | undefined): boolean => /^[1-4]$/.test(String(text ?? '').trim());

/** Every page below the returns that a member can reach, including each part of each figure. */
async function returnPages({ as }: DemonstrationApplication, key: (typeof members)[number]['key']) {
  const { get, post } = await as(key);
  const pages = new Map<string, string>();
  const queue = ['/staff/returns'];
  for (let url = queue.shift(); url; url = queue.shift()) {
    if (pages.has(url)) continue;
    const answer = await get(url);
    pages.set(url, answer.statusCode === 200 ? answer.body : '');
    for (const [, href = ''] of answer.body.matchAll(/href="(\/staff\/returns[^"#]*)/g))
      queue.push(href.replaceAll('&amp;', '&'));
  }
  const exports: string[] = [];
  for (const url of [...pages.keys()].filter((one) => one.endsWith('/export')))
    for (const shape of ['csv', 'json']) {
      const why = { why: 'for a partner or the coordinator of the operation', words: 'the county council' };
      const taken = await post(url, { ...why, shape });
      if (taken.headers['content-disposition']) exports.push(taken.body);
    }
  return { pages, exports };
}

/** What a page shows as the number of a safeguarding figure or of one of its parts. */
function safeguardingNumbers(url: string, html: string): string[] {
  const ofOne = safeguardingIndicators.some((indicator) => url.includes(`/figures/${indicator}`));
  const cards = [...html.matchAll(/margin-bottom-1">([^<]*)<\/p><p class="sl-figure">([^<]*)/g)]
    .filter(([, label = '']) => ofOne || labels.includes(label))
    .map(([, , value = '']) => value);
  const tables = [...html.matchAll(/<table[\s\S]*?<\/table>/g)].flatMap(([table]) => {
    const caption = /<caption[^>]*>([^<]*)/.exec(table)?.[1] ?? '';
    return [...table.matchAll(/<tr[\s\S]*?<\/tr>/g)]
      .filter(([row]) => labels.some((label) => caption.startsWith(label) || row.includes(`>${label}`)))
      .flatMap(([row]) => [...row.matchAll(/<td[^>]*>([^<]*)/g)].map(([, text = '']) => text));
  });
  return [...cards, ...tables];
}

const quantitiesIn = (figures: Figures): Quantity[] =>
  safeguardingIndicators.flatMap((indicator) => {
    const figure = figures[indicator];
    const cells = Object.values(figure?.breakdowns ?? {}).flatMap((parts) => parts ?? []);
    return figure ? [figure.total, ...cells.map(({ quantity }) => quantity)] : [];
  });

test('no role finds a safeguarding reference, or a safeguarding count from 1 to 4, on any page or export of a return', async (t) => {
  const application = await openDemonstration(t);
  const operation = await application.mainOperation();
  application.stage.at(demonstrationDay, '10:00');
  await countAndSign(application.stage, operation, 'open');
  const second = await application.stage
    .as('analyst')
    .fill(`/staff/returns/operations/${operation}/count`, { note: 'A second look' });
  await application.stage.as('analyst').ledToAfter(second);

  const hidden = new Set<string>();
  for (const table of ['note_facts', 'referrals', 'notes', 'persons']) {
    const rows = await application.safeguardingDb.selectFrom(table).select('id').execute();
    for (const { id } of rows) hidden.add(String(id));
  }
  assert.ok(hidden.size > 20, `${hidden.size} records of the safeguarding database`);
  const references = (text: string): string[] => [...hidden].filter((id) => text.includes(id));

  const seen = { pages: 0, exports: 0, numbers: 0 };
  for (const { key } of members) {
    const { pages, exports } = await returnPages(application, key);
    for (const [url, html] of pages) {
      assert.deepEqual(references(html), [], `${key} at ${url}`);
      const numbers = safeguardingNumbers(url, html);
      assert.deepEqual(numbers.filter(isSmall), [], `${key} at ${url}`);
      seen.numbers += numbers.length;
      seen.pages += html === '' ? 0 : 1;
    }
    for (const text of exports) {
      assert.deepEqual(references(text), [], `${key} takes a return along`);
      const small = text.startsWith('{')
        ? quantitiesIn(JSON.parse(text).figures).filter((one) => one.kind === 'number' && isSmall(one.value))
        : text
            .split('\r\n')
            .filter((line) => safeguardingIndicators.some((one) => line.includes(`,${one},`)))
            .filter((line) => /,[1-4],(?:exact|at least|about),/.test(line));
      assert.deepEqual(small, [], `${key} takes a return along`);
      seen.exports += 1;
    }
  }
  assert.ok(seen.pages > 200 && seen.exports >= 6 && seen.numbers > 50, JSON.stringify(seen));

  const { rows } = { rows: await application.db.selectFrom('returnRecords').selectAll().execute() };
  const cells = Map.groupBy(rows, ({ recordId }) => String(recordId));
  for (const [id, of] of cells) {
    const parts = of.map(({ cell }) => String(cell).split(' ')[0]);
    assert.ok(!(parts.includes('byTown') && parts.includes('byAdvice')), `${id} stands in a town and an advice cell`);
  }
  for (const table of ['returns', 'returnWorkings', 'returnRecords', 'accessLog']) {
    const kept = JSON.stringify(
      await application.db
        .selectFrom(table)
        .selectAll()
        .$if(table === 'accessLog', (query) => query.where('event', 'like', '%figure%'))
        .execute(),
    );
    assert.deepEqual(references(kept), [], `${table} of the main database`);
  }
});
