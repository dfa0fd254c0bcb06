import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, draft, formOf, openNewsroom } from '../../../test/fixtures/releases.ts';

const hidden = (body: string, name: string): string =>
  new RegExp(`name="${name}" value="([^"]*)"`).exec(body)?.[1]?.replaceAll('&quot;', '"') ?? '';

test('the preview of what is typed is made for writers alone, and changes nothing', async (t) => {
  const room = await openNewsroom(t);
  const { writer, db } = room;
  const address = await draft(writer, room.signed.id);
  const form = (await writer.get(`${address}/edit`)).body;
  const typed = {
    base: hidden(form, 'base'),
    figures: hidden(form, 'figures'),
    title: 'A week in {in Bishop',
    area: '',
    description: 'Teams made {eight visits}.',
    keyPoints: '- {Four people were} arrested\n\n* 17 people spoke',
    body: 'They found <script>nothing</script> & **more**.',
  };
  const part = await writer.post(`${address}/preview`, { ...typed, part: 'yes' });
  assert.equal(part.statusCode, 200);
  assert.match(part.body, /^\s*<div data-live>/, 'the part alone');
  assert.match(part.body, /Teams made eight visits\./);
  assert.match(part.body, /Four people were arrested/);
  assert.match(part.body, /To correct: \d/);
  assert.match(part.body, /Text: <span class="sl-underlined">&lt;script&gt;<[\s\S]*Code and HTML are not shown/);
  assert.doesNotMatch(part.body, /<script|\{\{/);

  const long = await writer.post(`${address}/preview`, { ...typed, body: 'word '.repeat(9_000), part: 'yes' });
  assert.equal(long.statusCode, 200);
  assert.doesNotMatch(long.body, /sl-preview/, 'too long to be checked at every pause');
  assert.match(long.body, /sl-state--unwise/);

  const whole = await writer.post(`${address}/preview`, typed);
  assert.match(whole.body, /This is what you typed\. It is not saved yet\./);
  assert.equal(hidden(whole.body, 'base'), typed.base);
  const before = await db.selectFrom('releases').selectAll().execute();
  assert.equal(before.length, 1);
  assert.equal(before[0]?.revision, Number(typed.base));

  const older = await writer.post(`${address}/edit`, { ...typed, title: 'One', area: 'Here' });
  assert.equal(older.statusCode, 303, older.body);
  const late = await writer.post(`${address}/preview`, typed);
  assert.equal(hidden(late.body, 'base'), typed.base, 'a save from here still meets what was saved meanwhile');

  const analyst = await room.signIn('return.count', room.force);
  assert.equal((await analyst.post(`${address}/preview`, { ...typed, part: 'yes' })).statusCode, 403);
  await writer.post(`${address}/withdraw`, { why: 'Not needed' });
  assert.equal((await writer.post(`${address}/preview`, { ...typed, part: 'yes' })).statusCode, 303);
});

test('the preview groups what it finds as the page does, and says that an embargo cannot be read', async (t) => {
  const { writer, signed } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const form = (await writer.get(`${address}/edit`)).body;
  const typed = { base: hidden(form, 'base'), figures: hidden(form, 'figures'), title: 'A week', area: 'Here' };
  const body = 'Call 01632 960123. Or call 01632 960124. Officers met a Moldovan woman aged 34 from Watford.';
  const { body: shown } = await writer.post(`${address}/preview`, { ...typed, description: 'x', body, part: 'yes' });
  const headings = [...shown.matchAll(/<h4[^>]*>([^<]*)</g)].map(([, heading]) => heading);
  assert.deepEqual(headings, [...new Set(headings)], 'each heading once');
  assert.ok(headings.includes('A contact to put right') && headings.includes('An exact age'), `${headings}`);
  const listed = shown.slice(shown.indexOf('What to correct')).match(/<li>/g)?.length ?? 0;
  const top = shown.match(/<li>Text: /g)?.length ?? 0;
  assert.ok(listed > top && top > 0, `${listed} reasons, ${top} places`);
  assert.ok(Number(/To correct: (\d+)/.exec(shown)?.[1]) >= listed, 'every danger counts');
  const date = { 'embargo-day': '31', 'embargo-month': '11', 'embargo-year': '2026', embargoTime: '25:00' };
  const whole = await writer.post(`${address}/preview`, { ...typed, description: 'x', body: 'Text.', ...date });
  assert.match(whole.body, /Enter a real date/);
});

test('a save that is refused shows and checks what is in the form, not the saved text', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague } = room;
  const address = await draft(writer, room.signed.id);
  const form = await formOf(writer, address);
  const { base = '' } = form;
  const body = 'Officers helped Linh Tran, a woman aged 32, of Kingfisher Close.';
  const refusals: readonly Record<string, string>[] = [
    { rank1: 'Sergeant' },
    { description: 'They made {ninety visits}.' },
    { 'embargo-day': '31', 'embargo-month': '11', 'embargo-year': '2026', embargoTime: '09:00' },
  ];
  const preview = (page: string): string => page.slice(page.indexOf('id="preview"'), page.indexOf('id="panel"'));
  for (const wrong of refusals) {
    const refused = await writer.post(`${address}/edit`, { ...form, body, ...wrong });
    assert.equal(refused.statusCode, 422);
    assert.match(preview(refused.body), /This is what you typed\. It is not saved yet/);
    assert.match(preview(refused.body), /Kingfisher Close/, JSON.stringify(wrong));
    assert.doesNotMatch(preview(refused.body), /finds nothing to correct/);
    assert.match(preview(refused.body), /What to correct[\s\S]*32/);
  }
  await change(colleague, address, { title: 'A week in Leashire' });
  const late = await writer.post(`${address}/edit`, { ...form, body, rank1: 'Sergeant' });
  assert.equal(hidden(late.body, 'base'), base, 'a save from here still meets what was saved meanwhile');
  const both = await writer.post(`${address}/edit`, { ...form, body });
  assert.match(preview(both.body), /A week in Leashire[\s\S]*Kingfisher Close/, 'both texts, as the form has them');
  assert.doesNotMatch(preview(both.body), /finds nothing to correct/);
  assert.notEqual(hidden(both.body, 'base'), base);
});
