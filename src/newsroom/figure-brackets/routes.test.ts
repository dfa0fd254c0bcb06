import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  change,
  decoded,
  draft,
  formOf,
  idOf,
  type Newsroom,
  openNewsroom,
  publish,
} from '../../../test/fixtures/releases.ts';
import { setContext } from '../../platform/database/database.ts';
import { exactly, type SignedReturn } from '../../vocabulary/figures.ts';
import { signedReturn } from '../drafting/examples.ts';
import { addSignedReturn } from '../releases/examples.ts';
import { getRelease, saveRelease } from '../releases/store.ts';

const storedOf = ({ db }: Newsroom, address: string) => getRelease(db, idOf(address));

/** Signs a later return with these totals. */
async function revise(
  { db, signed, force, analyst }: Newsroom,
  totals: Readonly<Record<string, number>>,
): Promise<void> {
  const figures: Record<string, unknown> = { ...signedReturn.figures };
  for (const [key, value] of Object.entries(totals))
    figures[key] = { ...(figures[key] as object), total: exactly(value) };
  const revised = { ...signedReturn, version: 2, stage: 'revised', figures } as SignedReturn;
  const { operationId } = signed;
  await addSignedReturn(db, revised, {
    agency: force,
    member: analyst,
    operationId,
    at: new Date('2026-09-24T08:00:00Z'),
  });
}

test('a text that is opened and saved keeps its figures bound to the return', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed } = room;
  const address = await draft(writer, signed.id);
  const before = await storedOf(room, address);
  const form = await formOf(writer, address);
  for (const name of ['title', 'description', 'keyPoints', 'body']) {
    assert.doesNotMatch(form[name] ?? '', /\{\{|\|/, name);
    assert.match(form[name] ?? '', /\{[^{}]+\}/, name);
  }
  await change(writer, address, {});
  const after = await storedOf(room, address);
  for (const name of ['title', 'description', 'keyPoints', 'body'] as const)
    assert.deepEqual(after[name], before[name], name);
});

test('a bracket of the list is stored as a figure in every field, whatever the hidden field says', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed } = room;
  const address = await draft(writer, signed.id);
  const { body } = await formOf(writer, address);
  for (const figures of [
    '',
    'not JSON',
    '[]',
    '[["x"]]',
    '[["eight visits","oops"],["",""]]',
    '{"a":1}',
    'x'.repeat(9_000),
  ]) {
    await change(writer, address, {
      title: 'Teams made {eight visits}',
      description: 'Teams made {Eight visits}.',
      keyPoints: '{two seizures were} made\n{eight visits were} made',
      body: `${body}\n\nTeams made {eight visits}.`,
      name1: 'Robin Hale',
      words1: 'We made {eight visits}.',
      figures,
    });
    const { title, description, keyPoints, body: text, quotes } = await storedOf(room, address);
    const visits = '{{visits.made|visit|visits}}';
    assert.equal(title, `Teams made ${visits}`);
    assert.equal(description, `Teams made ${visits}.`);
    assert.deepEqual(keyPoints, [
      '{{seizures.made|seizure was|seizures were}} made',
      '{{visits.made|visit was|visits were}} made',
    ]);
    assert.ok(text.endsWith(`Teams made ${visits}.`));
    assert.equal(quotes[0]?.words, `We made ${visits}.`);
  }
});

test('a figure that prints many towns fits into a field, and a long text does not', async (t) => {
  const visited = signedReturn.figures['premises.visited'];
  assert.ok(visited);
  const towns = Array.from({ length: 30 }, (_, index) => ({
    of: { town: `Little Brickhill on the Moor ${String.fromCharCode(65 + (index % 26))}${index < 26 ? '' : 'a'}` },
    quantity: exactly(2),
  }));
  const figures = {
    ...signedReturn.figures,
    'premises.visited': { ...visited, total: exactly(60), breakdowns: { byTown: towns } },
  };
  const room = await openNewsroom(t, { counted: { ...signedReturn, figures } });
  const address = await draft(room.writer, room.signed.id);
  const opened = await formOf(room.writer, address);
  assert.ok((opened['keyPoints'] ?? '').split('\n').some((line) => line.length > 600));
  const before = await storedOf(room, address);
  await change(room.writer, address, {});
  assert.deepEqual((await storedOf(room, address)).keyPoints, before.keyPoints);
  for (const [name, value, message] of [
    ['keyPoints', 'a'.repeat(301), 'Keep each line to 300 characters'],
    ['title', 'a'.repeat(301), 'Use 300 characters or fewer'],
    ['description', 'a'.repeat(501), 'Use 500 characters or fewer'],
  ] as const) {
    const sent = await room.writer.post(`${address}/edit`, { ...opened, [name]: value });
    assert.equal(sent.statusCode, 422, name);
    assert.ok(sent.body.includes(message), message);
  }
});

test('a hidden field can name no figure that could not be typed', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed } = room;
  const address = await draft(writer, signed.id);
  const opened = await formOf(writer, address);
  for (const inside of ['oops', 'premises.visited}} {{x', '', '{', 'toString.call', '<b>']) {
    const figures = JSON.stringify([['secret', inside]]);
    const sent = await writer.post(`${address}/edit`, { ...opened, description: 'We say {secret}.', figures });
    assert.equal(sent.statusCode, 422, inside);
    assert.match(sent.body, /\{secret\} is not a figure that Safelight knows/);
  }
  const kept = JSON.stringify([['secret', 'visits.made|visit|visits']]);
  await change(writer, address, { description: 'We say {secret}.', figures: kept });
  assert.equal((await storedOf(room, address)).description, 'We say {{visits.made|visit|visits}}.');
});

test('a bracket that was changed is refused in place, with its sentence, and what was typed is kept', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed } = room;
  const address = await draft(writer, signed.id);
  const opened = await formOf(writer, address);
  const sent = await writer.post(`${address}/edit`, {
    ...opened,
    description: 'The week is over. Teams visited {nine business addresses} in all.',
    keyPoints: '{two seizures were} made\nA { alone',
  });
  assert.equal(sent.statusCode, 422);
  const html = decoded(sent.body);
  assert.match(
    html,
    /href="#description">\{nine business addresses\} is not a figure that Safelight knows\. It stands in “Teams visited \{nine business addresses\} in all\.” Leave the words in brackets as they are, take the whole bracket out, or take a figure from the list\./,
  );
  assert.match(html, /href="#keyPoints">A curly bracket without a figure stands in “A \{ alone”/);
  assert.match(html, /<textarea[^>]*name="description"[^>]*>The week is over\. Teams visited \{nine business/);
  assert.match(html, /name="title"[^>]*value="\{Eight business addresses\} visited/);
  assert.equal((await storedOf(room, address)).revision, 1);
});

test('a return revised between opening and saving loses nothing, and the page shows the new figures', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, signed } = room;
  const address = await draft(writer, signed.id);
  const before = await storedOf(room, address);
  const opened = await formOf(writer, address);
  await revise(room, { 'premises.visited': 7, 'visits.made': 9 });
  assert.equal((await colleague.post(`${address}/renew`, {})).statusCode, 303);
  // The form is older than the text: the first answer shows both, and the second saves.
  const sent = await writer.post(`${address}/edit`, { ...opened, area: 'Leashire' });
  assert.equal(sent.statusCode, 422);
  assert.doesNotMatch(sent.body, /\{\{/);
  assert.doesNotMatch(sent.body, /-theirs"/, 'a revised figure is no change of the text');
  assert.match(sent.body, /value="\{Seven business addresses\} visited/);
  const sentAgain = await writer.post(`${address}/edit`, { ...opened, base: '2', area: 'Leashire' });
  assert.equal(sentAgain.statusCode, 303, 'the brackets of the old form are still understood');
  const after = await storedOf(room, address);
  for (const name of ['title', 'description', 'keyPoints', 'body'] as const)
    assert.deepEqual(after[name], before[name], name);
  assert.match((await formOf(writer, address))['body'] ?? '', /partners visited \{seven business addresses\}/);
});

test('of two who write at once both texts are shown in words', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, signed } = room;
  const address = await draft(writer, signed.id);
  const opened = await formOf(colleague, address);
  await change(writer, address, { description: 'Wren’s {eight visits}.', keyPoints: '{three warrants were} executed' });
  const late = await colleague.post(`${address}/edit`, { ...opened, description: 'Cole’s {four people} and {oops}.' });
  assert.equal(late.statusCode, 422);
  const refused = decoded(late.body);
  assert.match(refused, /\{oops\} is not a figure/, 'what cannot be read is said first');
  const conflict = await colleague.post(`${address}/edit`, { ...opened, description: 'Cole’s {four people}.' });
  assert.equal(conflict.statusCode, 422);
  const html = decoded(conflict.body);
  assert.doesNotMatch(conflict.body, /\{\{/);
  assert.match(html, /id="description-theirs"[\s\S]*?Wren’s \{eight visits\}\./);
  assert.match(html, /<textarea[^>]*name="description"[^>]*>Cole’s \{four people\}\.</);
  assert.match(html, /<textarea[^>]*name="keyPoints"[^>]*>\{Three warrants were\} executed</);
});

test('a figure that cannot be printed is a bracket too, with the reason at its field', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed, db, clock } = room;
  const address = await draft(writer, signed.id);
  const release = await storedOf(room, address);
  const description = 'We say {{arrests.made.byMatter}}, {{oops.figure}} and { alone.';
  await db.transaction().execute(async (tx) => {
    await setContext(tx, { now: clock.now() });
    await saveRelease(tx, { ...release, description });
  });
  const page = decoded((await writer.get(`${address}/edit`)).body);
  const shown = 'We say {people arrested, by matter: withheld}, {unknown figure} and {curly bracket} alone.';
  assert.ok(page.includes(shown), page);
  assert.match(
    page,
    /Description: \{people arrested, by matter: withheld\}<\/strong><\/p><p[^>]*>Not told, by the rule/,
  );
  assert.match(page, /Description: \{unknown figure\}<\/strong><\/p><p[^>]*>There is no figure called "oops\.figure"/);
  await change(writer, address, { area: 'Leashire' });
  assert.equal((await storedOf(room, address)).description, description);
  await change(writer, address, { description: 'We say nothing.' });
  assert.match((await writer.get(address)).body, /Submit for approval/);
});

test('figures typed as placeholders are shown in words after saving', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed } = room;
  const address = await draft(writer, signed.id);
  await change(writer, address, { description: 'Teams made {{visits.made|visit|visits}}.' });
  assert.equal((await formOf(writer, address))['description'], 'Teams made {eight visits}.');
});

test('the approver reads the text as the public will, its figures marked and named, and changes in words', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed } = room;
  const address = await draft(writer, signed.id);
  await writer.post(`${address}/submit`, { revision: 1 });
  const first = await partner.get(`${address}/approve`);
  assert.doesNotMatch(first.body, /\{\{|[\u{E000}-\u{E003}]/u);
  assert.match(first.body, /<li><span class="sl-printed-figure">Eight<\/span> business addresses were visited/);
  assert.match(first.body, /<span class="sl-printed-figure">14 to 20 September 2026<\/span>/);
  assert.match(
    first.body,
    /<span class="sl-printed-figure">Four<\/span><\/th><td[^>]*>People arrested<div>Words of the writer: “people were”<\/div><\/td>/,
  );
  assert.match(
    first.body,
    /<td[^>]*>Premises visited: premises at which a team arrived at least once<div>Words of the writer: “business addresses/,
  );
  await partner.post(`${address}/send-back`, { revision: 1, note: 'Say how many visits' });
  await change(writer, address, { description: 'Teams made {eight visits}.' });
  await writer.post(`${address}/submit`, { revision: 2 });
  const second = await partner.get(`${address}/approve`);
  assert.match(second.body, /<ins>Description: Teams made eight visits\.<\/ins>/);
  assert.match(second.body, /<del>Description: [^<]*eight business addresses/);
  assert.doesNotMatch((await partner.get(address)).body, /sl-printed-figure/);
});

test('a correction takes figures in brackets, and its page refuses others', async (t) => {
  const room = await openNewsroom(t);
  const { writer, signed } = room;
  const address = await draft(writer, signed.id);
  await publish(room, address);
  const refused = await writer.post(`${address}/correct`, { note: 'There were {nine visits}.' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /\{nine visits\} is not a figure/);
  assert.equal((await writer.post(`${address}/correct`, { note: 'There were {eight visits}.' })).statusCode, 303);
  assert.equal((await storedOf(room, address)).correction, 'There were {{visits.made|visit|visits}}.');
  assert.equal((await formOf(writer, address))['correction'], 'There were {eight visits}.');
  assert.match((await writer.get(address)).body, /There were eight visits\./);
});

test('no page of a release shows how a figure is stored', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed } = room;
  const address = await draft(writer, signed.id);
  const { body } = await formOf(writer, address);
  const seen = new Set<string>();
  const look = async (visitor: typeof writer, paths: readonly string[]): Promise<void> => {
    for (const path of paths) {
      const page = await visitor.get(path);
      assert.equal(page.statusCode, 200, path);
      const stored = /.{0,200}(?:\{\{|\}\}).{0,80}/.exec(page.body)?.[0];
      assert.equal(stored, undefined, path);
      seen.add(path.replace(/[0-9a-f-]{36}/, ':id').replace(/\?.*/, ''));
    }
  };
  await change(writer, address, {
    body: `${body}\n\nWe drove 400 miles to {eight visits}. We went to 8 addresses. See [it](https://a.example/{{visits.made}}).\n\n{{visits.made}} \`{{visits.made}}\``,
    name1: 'Robin Hale',
    words1: 'At {{visits.made}} address, on 3 March 2020, we met 90 people and {two seizures}',
    description: '{{arrests.made.byMatter}} and {{visits.made|visit}}',
  });
  const justify = decoded(/href="([^"]*\/justify\?[^"]*)"/.exec((await writer.get(address)).body)?.[1] ?? '');
  await look(writer, ['/staff/newsroom', address, `${address}/edit`, justify, `${address}/revisions/1`, '/staff']);
  const linked = await writer.post(`${address}/link-figure`, {
    typed: '8',
    sentence: 'We went to 8 addresses.',
    figure: 'premises.visited',
  });
  assert.equal(linked.statusCode, 303);
  await look(writer, [address, `${address}/edit`, `${address}/revisions/2`]);
  assert.match((await writer.get(address)).body, /Linked “8” to the figure “premises visited”/);
  await change(writer, address, { body: body ?? '', words1: 'Thank you', description: 'We say {eight visits}.' });
  await writer.post(`${address}/submit`, { revision: 4 });
  await look(partner, [address, `${address}/approve`, `${address}/send-back`, '/staff/newsroom?state=submitted']);
  await partner.post(`${address}/approve`, { revision: 4, agreed: ['0'] });
  await look(writer, [`${address}/publish`, `${address}/export`, `${address}/withdraw`]);
  await writer.post(`${address}/publish`, { revision: 4 });
  await look(writer, [address, `${address}/correct`]);
  await writer.post(`${address}/correct`, { note: 'There were {{visits.made|visit|visits}}.' });
  await look(writer, [address, `${address}/edit`, `${address}/give-up`, `${address}/revisions/4`]);
  assert.ok(seen.size >= 14, [...seen].join(' '));
});
