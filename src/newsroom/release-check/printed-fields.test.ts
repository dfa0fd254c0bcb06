import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  change,
  decoded,
  draft,
  formOf,
  idOf,
  openNewsroom,
  publish,
  revisionOf,
} from '../../../test/fixtures/releases.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { getRelease } from '../releases/store.ts';
import {
  applyReleasePolicy,
  checkReleaseText,
  type DraftText,
  hasNoBlockingFinding,
  sourcesOf,
} from '../releases/text.ts';
import type { Source } from './finding.ts';
import { printedFields } from './printed-fields.ts';

const written: DraftText = {
  policy: 'in force from 2026',
  decisions: extras.decisions,
  justifications: [],
  title: 'Title',
  area: 'Area',
  description: 'Description.',
  keyPoints: ['Point.', 'Another point.'],
  body: 'Body.\n\n![A picture](https://example.org/a)',
  picture: {
    ...{ id: '', width: 1, height: 1, bytes: 1 },
    alternative: 'A picture.',
    caption: 'A caption.',
    credit: 'Credit',
    clearance: { people: 'nobody', record: '', by: 'Name', on: '2026-09-18' },
  },
  quotes: [
    { rank: 'Rank', name: 'Name', unit: 'Unit', words: 'Words.' },
    { rank: 'Rank', name: 'Name', unit: 'Unit', words: 'Words.' },
  ],
  correction: 'Correction.',
};

/** Every place in a text that holds words, by its path. */
function wordsIn(value: unknown, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (typeof value === 'string') return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => wordsIn(inside, [...path, key]));
}
function put<Value>(value: Value, [key, ...rest]: readonly (string | number)[], words: (was: string) => string): Value {
  if (key === undefined) return words(String(value)) as Value;
  const copy = (Array.isArray(value) ? [...value] : { ...value }) as Record<string | number, unknown>;
  copy[key] = put(copy[key], rest, words);
  return copy as Value;
}

const { policy: _policy, decisions: _decisions, justifications: _justifications, picture, ...words } = written;
const { alternative, caption, credit } = picture ?? { alternative: '', caption: '', credit: '' };
const printed = { ...words, picture: { alternative, caption, credit } };

for (const [how, number] of [
  ['in digits', '48'],
  ['in words', 'forty-eight'],
  ['in full-width digits', '４８'],
  ['in mathematical digits', '𝟜𝟠'],
  ['in circled digits', '㊽'],
  ['as a fraction', '½'],
  ['in look-alike letters', 'fоrty-еight'],
] as const)
  test(`holds a number ${how} to the figures, wherever it is printed`, async () => {
    const told = await applyReleasePolicy(written, { ...signedReturn, operationId: '', digest: '' } as never);
    for (const path of wordsIn(printed)) {
      const text = put(written, path, (was) =>
        path[0] === 'body' ? `${was}\n\nWith ${number} people.` : `${number} people`,
      );
      assert.equal(hasNoBlockingFinding(await checkReleaseText(text, told, '2026-09-25')), false, path.join('.'));
    }
  });

test('holds what a source is called to the figures', async () => {
  const told = await applyReleasePolicy(written, { ...signedReturn, operationId: '', digest: '' } as never);
  const source: Source = { text: 'A study of ４８ people', url: 'https://example.org/study', date: '2026-06-01' };
  const claim = { typed: 'increasing', sentence: 'Reports are increasing.', reason: '', by: 'Wren', source };
  const text = { ...written, description: claim.sentence, justifications: [claim] };
  const findings = await checkReleaseText(text, told, '2026-09-25');
  assert.deepEqual(sourcesOf(findings), [source]);
  assert.deepEqual(
    findings.filter(({ blocks }) => blocks).map(({ label, typed }) => `${label}: ${typed}`),
    ['Source 1: ４８'],
  );
});

test('lists everything that a writer can put before the public', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed, app } = room;
  const address = await draft(writer, signed.id);
  const typed: Record<string, string> = {};
  for (const [name, value] of Object.entries(await formOf(writer, address))) {
    // The last are the brackets that the form shows, and the search of the header.
    if (/^(?:base|embargo.*|correction|figures|sought)$/.test(name)) continue;
    typed[name] = name === 'body' ? `${value}\n\nReports are increasing. Zqbody.` : `Zq${name.replace(/\d/, '')}`;
  }
  assert.equal(Object.keys(typed).length, 9, 'the form has other fields: say here which of them are printed');
  await change(writer, address, typed);
  const link = decoded(/href="([^"]*\/justify\?[^"]*)"/.exec((await writer.get(address)).body)?.[1] ?? '');
  const { body: asked } = await writer.get(link);
  const hidden = Object.fromEntries(
    [...asked.matchAll(/type="hidden" name="(typed|sentence)" value="([^"]*)"/g)].map(([, name, value = '']) => [
      name,
      decoded(value),
    ]),
  );
  const source = {
    source: 'Zqsource',
    url: 'https://zqaddress.example/',
    reason: 'Zqreason',
    'date-day': '1',
    'date-month': '6',
    'date-year': '2026',
  };
  assert.equal((await writer.post(`${address}/justify`, { ...hidden, ...source })).statusCode, 303);
  await publish(room, address);
  assert.equal((await writer.post(`${address}/correct`, { note: 'Zqcorrection' })).statusCode, 303);
  const release = await getRelease(room.db, idOf(address));
  const told = await applyReleasePolicy(release, { ...signedReturn, ...signed } as never);
  const listed = printedFields(release, sourcesOf(await checkReleaseText(release, told, '2026-09-24')))
    .map((field) => field.source)
    .join('\n')
    .toLowerCase();
  const page = await publish(room, address);
  assert.ok((await revisionOf(room, address)) > 2);

  const outputs = await Promise.all(
    [page, `${page}.md`, '/news', '/news/feed.atom', '/news/feed.rss', '/news/feed.json'].map(
      async (url) => (await app.inject(url)).body,
    ),
  );
  const shown = new Set(outputs.flatMap((output) => output.toLowerCase().match(/zq[a-z]+/g) ?? []));
  assert.ok(shown.size >= 12, [...shown].join());
  for (const word of shown) assert.ok(listed.includes(word), `${word} is printed, and no check reads it`);
  assert.equal(shown.has('zqreason'), false);
});
