import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { deceiving, written } from './examples.ts';

const model = readFileSync(new URL('../release-reading/fixtures/hertfordshire-2019-09-25.md', import.meta.url));
const at = { today: '2026-09-24', time: '10:00' } as const;

async function openPress(application: TestApplication) {
  const force = await application.agency('police force', { name: 'Leashire Constabulary' });
  const other = await application.agency('council', { name: 'Leashire County Council' });
  const press = await application.signIn(await application.member(force, ['press'], 'Wren Writer'));
  const outsider = await application.signIn(await application.member(other, ['press'], 'Pat Partner'));
  const planner = await application.signIn(await application.member(force, ['planner'], 'Plan Ner'));
  return { force, press, outsider, planner };
}

const importing = (text: string | Buffer, fileName = '') => ({ text: String(text), fileName });
const plainText = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim();
const locationOf = (response: { headers: Record<string, unknown> }): string => String(response.headers.location);

test('the model is pasted, read, and shown with all that it claims', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  assert.match(
    (await press.get('/staff/imported-releases')).body,
    /Nobody has imported a news release yet.*safelight release import/,
  );

  const kept = await press.post(
    '/staff/imported-releases/import',
    importing(model.toString().replaceAll('\n', '\r\n'), 'model.md'),
  );
  assert.equal(kept.statusCode, 303, kept.body);
  const page = await press.get(locationOf(kept));
  assert.equal(page.statusCode, 200);
  const sectionOf = (id: string) => new RegExp(`<section id="${id}">([\\s\\S]*?)</section>`).exec(page.body)?.[1] ?? '';
  const tableOf = (id: string) => new RegExp(`<table[^>]* id="${id}">([\\s\\S]*?)</table>`).exec(page.body)?.[1] ?? '';
  const rows = (id: string) =>
    [...tableOf(id).matchAll(/<tr[^>]*><th scope="row"[\s\S]*?<\/tr>/g)].map(([row]) =>
      [...row.matchAll(/<t[hd][^>]*>([^<]*)</g)].map(([, text]) => text),
    );
  const firsts = (id: string) => rows(id).map(([first]) => first);
  assert.deepEqual(
    rows('premises').map((row) => row.slice(0, 2)),
    [
      ['8', 'not said'],
      ['4', 'Bishop&#39;s Stortford'],
      ['3', 'Watford'],
      ['1', 'Hemel Hempstead'],
    ],
  );
  assert.deepEqual(
    rows('person-arrested').map((row) => row.slice(0, 3)),
    [
      ['a woman', '30', 'Watford'],
      ['a woman', '32', 'Watford'],
      ['a woman', '37', 'Watford'],
      ['a man', '32', 'Watford'],
    ],
  );
  assert.match(tableOf('person-arrested'), /Those arrested were three women[^<]*<span class="govuk-hint">Line 23</);
  assert.match(tableOf('arrests'), /2 addresses/);
  assert.deepEqual(firsts('window'), ['16 to 22 September 2019']);
  assert.equal(firsts('partner').length, 6);
  assert.equal([...tableOf('sign').matchAll(/scope="rowgroup"/g)].length, 10);
  assert.equal(firsts('contact').length, 5);
  assert.deepEqual(firsts('social'), ['@HertsMSP']);
  assert.match(tableOf('contact'), /Monday to Friday 08:00–20:00; Saturday 09:00–17:00/);
  assert.match(page.body, /Held to the publication policy “in force from 2026”/);
  for (const rule of [
    'No town with a single address',
    'No exact age and no home of those arrested',
    'No age or sex for arrests that are not for a crime',
    'Immigration officers by decision',
    'A claim has a dated source',
    'A contact to put right',
    'Words: “30”, “32” and “37”',
    'Words: “Warrants were served”',
  ])
    assert.match(sectionOf('today'), new RegExp(rule, 'i'), rule);
  assert.match(sectionOf('odd'), /Nothing contradicts itself/, 'said once, with the rule');
  assert.match(sectionOf('unread'), /Every figure of the release is part of a claim/);
  assert.match(sectionOf('release'), /<li>Europe-wide operation conducted to combat sexual exploitation<\/li>/);
  assert.doesNotMatch(sectionOf('release'), /<h3/);
  assert.deepEqual(await application.auditTrail(), ['imported release imported', 'imported release shown']);
});

test('what deceives the eye is told with line and key, and shown as codes', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  const kept = await press.post('/staff/imported-releases/import', importing(deceiving));
  const { body } = await press.get(locationOf(kept));
  const odd = /<section id="odd">([\s\S]*?)<\/section>/.exec(body)?.[1] ?? '';
  const rows = [...odd.matchAll(/<tr[^>]*>[\s\S]*?<\/tr>/g)].slice(1).map(([row]) => plainText(row));
  assert.deepEqual(
    rows.map((row) => Number.parseInt(row, 10)),
    [7, 11, 13, 13, 15, 17],
  );
  for (const [at, told] of [
    /title: A hidden character changes the order in which letters are shown \(U\+202E\)/,
    /A character stands here that nobody sees \(U\+200B\)/,
    /An address is not what it looks like.*looks like northam\.police\.uk/,
    /A link shows www\.northam\.police\.uk and leads to example\.net/,
    /A link shows 0800 555 111 and dials \+447700900123/,
    /changes the order.*\(U\+202E\).*In an emergency\[U\+202E\] call 999/,
  ].entries())
    assert.match(rows[at] ?? '', told);
  assert.doesNotMatch(body, /href="https:\/\/example\.net/, 'a link leads where it says, or is none');
  assert.doesNotMatch(body, /[\u202e\u200b]/, 'no page shows a text in a false order');
  assert.match(body, /Week\[U\+202E\] of action/);
  assert.match(body, /In an emergency\[U\+202E\] call 999/);
  assert.deepEqual(
    [...body.matchAll(/<a href="tel:([^"]*)">([^<]*)</g)].map(([, dialled, shown]) => [dialled, shown]),
    [
      ['0800555111', '0800 555 111'],
      ['101', '101'],
    ],
    'a link dials what it shows, or is none',
  );
  assert.match(/<section id="unread">([\s\S]*?)<\/section>/.exec(body)?.[1] ?? '', /47[\s\S]*The choir sang 47 songs/);
  assert.doesNotMatch((await press.get('/staff/imported-releases')).body, /[\u202e\u200b]/);
});

test('a release that was imported before figures not read were listed says so', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  const kept = await press.post('/staff/imported-releases/import', importing(model));
  await application.db
    .updateTable('importedReleases')
    .set({ discrepancies: JSON.stringify({ notes: [], inconsistencies: [] }) })
    .execute();
  assert.match(
    (await press.get(locationOf(kept))).body,
    /imported before Safelight listed figures that it does not read/,
  );
});

test('its bytes come back as they are kept', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  const kept = await press.post('/staff/imported-releases/import', importing(model));
  const source = await press.get(`${locationOf(kept)}/source`);
  assert.deepEqual(source.rawPayload, model);
  assert.equal(source.headers['content-disposition'], 'attachment; filename="pasted-2026-09-24.official.md"');
  assert.deepEqual((await application.auditTrail()).at(-1), 'imported release downloaded');
});

test('the same bytes twice are reported, not stored twice', async (t) => {
  const application = await openApplication(t, at);
  const { press, outsider } = await openPress(application);
  const first = await press.post('/staff/imported-releases/import', importing(model));
  const again = await press.post('/staff/imported-releases/import', importing(model));
  assert.equal(again.statusCode, 422);
  assert.match(again.body, /This exact file is already in the archive/);
  assert.ok(again.body.includes(`href="${locationOf(first)}"`));
  assert.match(again.body, /area: Hertfordshire/, 'keeps what was pasted');
  assert.equal(
    (await outsider.post('/staff/imported-releases/import', importing(model))).statusCode,
    303,
    'another agency’s own',
  );
});

test('an invalid file is reported with its line, and the pasted text is kept', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  for (const [text, says] of [
    ['', /Paste the whole file/],
    ['No front matter <here>', /Line 1: the file does not begin with front matter/],
    ['---\ntitle: a: b\nno key here\n---\n', /Line 3: the front matter is not YAML/],
    [
      '---\narea: Leashire\narea: Oakshire\n---\nText',
      /Line 3: a key of the front matter is given twice: area[\s\S]*Keep one of the two\. Nothing was kept/,
    ],
  ] as const) {
    const answer = await press.post('/staff/imported-releases/import', importing(text));
    assert.equal(answer.statusCode, 422, text);
    assert.match(answer.body, says);
  }
  assert.match(
    (await press.post('/staff/imported-releases/import', importing('Odd <b>'))).body,
    /Odd &lt;b&gt;<\/textarea>/,
  );
  assert.deepEqual(await application.auditTrail(), []);
  assert.equal((await press.post('/staff/imported-releases/import', importing('x'.repeat(300_000)))).statusCode, 422);
  const inPieces = await press.post(
    '/staff/imported-releases/import',
    importing(written({ body: 'a\n\n'.repeat(6_600) })),
  );
  assert.equal(inPieces.statusCode, 422);
  assert.match(inPieces.body, /Use 200 paragraphs, headings and list items or fewer/);
  assert.equal((await press.post('/staff/imported-releases/import', importing('x'.repeat(3_000_000)))).statusCode, 413);
});

test('what another agency read in is not there, and only press may ask', async (t) => {
  const application = await openApplication(t, at);
  const { press, outsider, planner } = await openPress(application);
  const kept = locationOf(await press.post('/staff/imported-releases/import', importing(model)));
  const nothing = '/staff/imported-releases/0190a0a0-0000-7000-8000-000000000000';
  for (const path of ['', '/source', '/remove']) {
    const theirs = await outsider.get(kept + path);
    const none = await outsider.get(nothing + path);
    assert.equal(theirs.statusCode, 404);
    const plain = (text: string) => text.replaceAll(/value="[^"]+"/g, '');
    assert.equal(plain(theirs.body), plain(none.body));
    assert.equal((await planner.get(kept + path)).statusCode, 403);
  }
  assert.equal((await outsider.post(`${kept}/remove`)).statusCode, 404);
  assert.equal((await planner.get('/staff/imported-releases')).statusCode, 403);
  assert.equal((await planner.post('/staff/imported-releases/import', importing(model))).statusCode, 403);
  assert.doesNotMatch((await outsider.get('/staff/imported-releases?words=Watford')).body, /Hertfordshire/);
  assert.equal((await application.app.inject(kept)).statusCode, 303, 'nobody without a session');
  assert.equal((await press.get(kept)).statusCode, 200);
});

test('the list is found by words, area and year, a page at a time, and by a fixed number of queries', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  await press.post('/staff/imported-releases/import', importing(model));
  const queriesFor = async (url: string): Promise<number> => {
    application.countQueries();
    assert.equal((await press.get(url)).statusCode, 200);
    return application.countQueries();
  };
  const one = await queriesFor('/staff/imported-releases');
  for (let number = 0; number < 45; number += 1) {
    const text = written({
      title: `Week ${number}`,
      area: number % 2 ? 'Leashire' : 'Oakshire',
      year: 2020 + (number % 3),
    });
    assert.equal((await press.post('/staff/imported-releases/import', importing(text))).statusCode, 303);
  }
  assert.equal(await queriesFor('/staff/imported-releases'), one);
  const list = async (query: string) => (await press.get(`/staff/imported-releases${query}`)).body;
  assert.match(await list(''), /<b>46<\/b> in all|46 in all/);
  assert.match(await list('?area=Leashire'), /<b>22<\/b> in all|22 in all/);
  assert.match(await list('?year=2019'), /Hertfordshire Constabulary joins/);
  assert.match(await list('?words=masseuse+OR+%22Hemel+Hempstead%22'), /Hertfordshire Constabulary joins/);
  assert.match(await list('?words=nowhere'), /None of 46 releases matches/);
  assert.equal((await press.get('/staff/imported-releases?words=%00&area=%00&year=x&page=-1')).statusCode, 200);
  const beyond = await press.get('/staff/imported-releases?page=3&area=Leashire');
  assert.equal(
    locationOf(beyond),
    '/staff/imported-releases?area=Leashire&page=2',
    'past the end it leads to the last page',
  );
  const trail = await application.db
    .selectFrom('accessLog')
    .select(['event', 'returned'])
    .where('event', '=', 'imported releases searched')
    .execute();
  assert.deepEqual(
    trail.map(({ returned }) => returned.length),
    [1, 0],
  );
});

test('a release imported by mistake can be removed, and the log keeps that it was there', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  const kept = locationOf(await press.post('/staff/imported-releases/import', importing(model)));
  assert.match((await press.get(`${kept}/remove`)).body, /gone for good/);
  assert.equal((await press.post(`${kept}/remove`)).statusCode, 303);
  assert.equal((await press.get(kept)).statusCode, 404);
  assert.equal((await press.post(`${kept}/remove`)).statusCode, 404);
  assert.deepEqual(
    (await application.auditTrail()).filter((event) => event.includes('removed')),
    ['imported release removed'],
  );
});

test('characters that YAML can spell and PostgreSQL cannot hold cost nothing', async (t) => {
  const application = await openApplication(t, at);
  const { press } = await openPress(application);
  const odd =
    '---\ntitle: "A\\0B \\ud800 C"\narea: "\\0"\npublish:\n  date: 0000-01-01\nurl: "javascript:alert(1)"\n---\nText';
  const kept = await press.post('/staff/imported-releases/import', importing(odd));
  assert.equal(kept.statusCode, 303, kept.body);
  const page = await press.get(locationOf(kept));
  assert.equal(page.statusCode, 200);
  assert.doesNotMatch(page.body, /href="javascript:/);
});
