import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, decoded, draft, formOf, openNewsroom } from '../../../test/fixtures/releases.ts';
import { isStale, listServices } from '../../public/signs/index.ts';

test('a partner sees what waits for its approval, whatever it wrote elsewhere', async (t) => {
  const room = await openNewsroom(t);
  const { signed, writer, partner } = room;
  const [theirs, ours] = [await draft(partner, signed.id), await draft(writer, signed.id)];
  await change(partner, theirs, { title: 'Written by the partner' });
  assert.equal((await writer.post(`${ours}/submit`, { revision: 1 })).statusCode, 303);
  assert.match((await partner.get('/staff')).body, />Approve a release</);
  assert.doesNotMatch((await writer.get('/staff')).body, />Approve a release</);
});

test('a number to call is held up unless it is that of a contact', async (t) => {
  const { signed, writer } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const { body = '' } = await formOf(writer, address);
  await change(writer, address, { body: `${body}\n\nCall 0300 123 4567, or the helpline on 08000 121 700.` });
  const page = (await writer.get(address)).body;
  assert.match(page, /Call <span class="sl-underlined">0300 123 4567<\/span>, or the helpline on 08000 121 700\./);
  assert.match(page, /not among the contacts[\s\S]*Say why it may stand/);
  assert.doesNotMatch(page, /Submit for approval/);
  const services = listServices('2026-09-24').filter((service) => !isStale(service, '2026-09-24'));
  const contacts = services.flatMap(({ channels }) => channels);
  const ways = contacts.filter(({ number, kind }) => number !== null || kind === 'web').map(({ printed }) => printed);
  await change(writer, address, { body: `${body}\n\n${ways.map((way) => `Call ${way}.`).join('\n\n')}` });
  assert.doesNotMatch((await writer.get(address)).body, /sl-underlined/);
  await change(writer, address, { body: `${body}\n\nIn an emergency, call 999. Childline is on 0800 1111.` });
  assert.match(
    (await writer.get(address)).body,
    /Childline was last checked on 28 August 2022\. Take it out[\s\S]*check it in Settings/,
  );
});

test('the form of the text shows figures as words in brackets, and the text as it reads', async (t) => {
  const { signed, writer } = await openNewsroom(t);
  const form = decoded((await writer.get(`${await draft(writer, signed.id)}/edit`)).body);
  assert.match(form, /Words in curly brackets are figures from the signed return\. Safelight keeps them up to date/);
  assert.match(form, /name="title"[^>]*value="\{Eight business addresses\} visited in Hertfordshire/);
  assert.match(
    form,
    /Premises visited<span[^>]*>Premises at which[\s\S]*?<span>\{eight business addresses were\}<\/span>/,
  );
  assert.match(form, /id="preview"[\s\S]*Eight business addresses were visited in Bishop's Stortford/);
});

test('a text or a quote that describes one person is held up', async (t) => {
  const { signed, writer } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const { body = '' } = await formOf(writer, address);
  const woman = 'A young woman who works there asked for help and left with advisers that night.';
  await change(writer, address, { body: `${body}\n\n${woman}` });
  const text = (await writer.get(address)).body;
  assert.match(text, /<span class="sl-underlined">A young woman<\/span> who works there/);
  assert.match(text, /This describes one person without a name/);
  assert.doesNotMatch(text, /Submit for approval/);
  const words = 'The manager kept her passport. She told us she wants to leave.';
  await change(writer, address, {
    body,
    rank1: 'Detective Inspector',
    name1: 'Ash Verity',
    unit1: 'Tropic',
    words1: words,
  });
  const quote = (await writer.get(address)).body;
  assert.match(quote, /<span class="sl-underlined">She<\/span> told us she wants to leave/);
  assert.doesNotMatch(quote, /Submit for approval/);
});

test('a text with very many marks or parts shows the form again with the input', async (t) => {
  const { signed, writer } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const form = await formOf(writer, address);
  for (const marks of [
    '>'.repeat(19_000),
    '> '.repeat(9_000),
    '1. '.repeat(6_000),
    '_a*'.repeat(6_000),
    '*a_ '.repeat(4_900),
    'a\n\n'.repeat(6_600),
    '> a\n\n'.repeat(4_000),
    '7 '.repeat(9_900),
    '[a](https://b.example) '.repeat(800),
    '{{premises.visited}} '.repeat(900),
    'x'.repeat(20_000),
  ]) {
    const answer = await writer.post(`${address}/edit`, { ...form, body: marks });
    assert.equal(answer.statusCode, 422, marks.slice(0, 6));
    assert.match(
      answer.body,
      /Use [\d,]+ [\w ,*[]+ or fewer|Keep each|Put lists and quotes at most/,
      marks.slice(0, 6),
    );
    assert.ok(answer.body.includes(marks.slice(0, 40).replaceAll('>', '&gt;')), 'what was typed stays');
  }
});

test('a text full of findings makes a page of limited size', async (t) => {
  const { signed, writer } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const form = await formOf(writer, address);
  const body = `${'7 unheard-of things and '.repeat(60)}\n\n`.repeat(3);
  assert.equal((await writer.post(`${address}/edit`, { ...form, body })).statusCode, 303);
  const page = (await writer.get(address)).body;
  assert.match(page, /The first 50 are shown\. Change these, and the next are shown\./);
  assert.ok(page.length < 1_000_000, `${page.length} bytes`);
});
