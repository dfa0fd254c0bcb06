import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import {
  change,
  draft,
  formOf,
  idOf,
  openNewsroom,
  publish,
  revisionOf,
  taking,
} from '../../../test/fixtures/releases.ts';
import { exactly, type SignedReturn } from '../../vocabulary/figures.ts';
import { signedReturn } from '../drafting/examples.ts';
import { written } from '../imported-releases/examples.ts';
import { addAct } from './store.ts';

/** Without a warrant: the week of the model as its body told it, and not as its key point did. */
const withoutWarrants: SignedReturn = {
  ...signedReturn,
  figures: {
    ...signedReturn.figures,
    'warrants.executed': { indicator: 'warrants.executed', total: exactly(0), breakdowns: {} },
  },
};

test('a text that says "warrants were served" is stopped when none was executed', async (t) => {
  const room = await openNewsroom(t, { counted: withoutWarrants });
  const { writer, partner, signed } = room;
  const address = await draft(writer, signed.id);
  const { keyPoints } = await formOf(writer, address);
  await change(writer, address, { keyPoints: `${keyPoints}\nWarrants were served at businesses in Watford` });

  const page = await writer.get(address);
  assert.match(page.body, /No warrant was executed: the addresses were visited/);
  assert.match(page.body, /<span class="sl-underlined">Warrants<\/span> were served/);
  assert.doesNotMatch(page.body, /Submit for approval/);
  const revision = await revisionOf(room, address);
  assert.match((await writer.post(`${address}/submit`, { revision })).body, /Some words must be corrected first/);
  // Not even where somebody found another way to have it approved.
  const { now } = room.clock;
  await sql`alter table releases disable trigger keep_earlier_version`.execute(room.db);
  await sql`update releases set state = 'approved'`.execute(room.db);
  await addAct(
    room.db,
    { id: idOf(address), revision },
    'approved',
    { memberId: partner.member.id, agencyId: room.council.id },
    now(),
  );
  const published = await partner.post(`${address}/publish`, { revision });
  assert.equal(published.statusCode, 422);
  assert.match(published.body, /Some words must be corrected first/);
  assert.doesNotMatch((await room.app.inject('/news')).body, /Warrants/);
});

test('a person who is quoted agrees to the words before they are approved, and the approval keeps that', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed } = room;
  const address = await draft(writer, signed.id);
  const words = 'We go to people who may need us.';
  await change(writer, address, { rank1: 'Detective Inspector', name1: 'Dana Hale', unit1: 'Tropic', words1: words });
  const revision = await revisionOf(room, address);
  assert.equal((await writer.post(`${address}/submit`, { revision })).statusCode, 303);
  const form = (await partner.get(`${address}/approve`)).body;
  assert.match(form, /name="agreed"[^>]*value="0"/);
  assert.match(form, /Detective Inspector Dana Hale agreed to these words/);
  assert.doesNotMatch(form, /was visited\. A small detail|were visited\. A small detail/);
  const broken = await partner.post(`${address}/approve`, {});
  assert.equal(broken.statusCode, 422);
  assert.match(broken.body, /The form did not arrive whole\. Read the release, then send the form again/);
  assert.doesNotMatch(broken.body, /Invalid input|\bNaN\b/);
  const refused = await partner.post(`${address}/approve`, { revision, note: 'Fine' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /Confirm that Detective Inspector Dana Hale agreed to these words/);
  assert.match(refused.body, /value="Fine"/, 'the note is kept');
  assert.equal((await partner.post(`${address}/approve`, { revision, agreed: '0', note: 'Fine' })).statusCode, 303);
  assert.match((await writer.get(address)).body, /Detective Inspector Dana Hale agreed to the words quoted\. Fine/);
});

test('an approver reads that few addresses were visited', async (t) => {
  const visited = { indicator: 'premises.visited', total: exactly(1), breakdowns: {} } as const;
  const counted = { ...signedReturn, figures: { ...signedReturn.figures, 'premises.visited': visited } };
  const room = await openNewsroom(t, { counted });
  const address = await draft(room.writer, room.signed.id);
  const page = (await room.writer.get(address)).body;
  assert.doesNotMatch(page, /interpreter helped|advice was given|address(?:es)? (?:was|were) on the plan\./i);
  assert.equal((await room.writer.post(`${address}/submit`, { revision: 1 })).statusCode, 303);
  assert.match(
    (await room.partner.get(`${address}/approve`)).body,
    /Few addresses were visited\. A small detail can show/,
  );
});

test('an edit after approval needs a new approval, and only the approved revision is published', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed } = room;
  const address = await draft(writer, signed.id);
  await writer.post(`${address}/submit`, { revision: 1 });
  await partner.post(`${address}/approve`, { revision: 1 });
  assert.match((await writer.get(`${address}/edit`)).body, /must be approved again/);
  await change(writer, address, { title: 'Teams went out in Hertfordshire' });
  for (const revision of [1, 2]) {
    const refused = await writer.post(`${address}/publish`, { revision });
    assert.equal(refused.statusCode, 422);
    assert.match(refused.body, /has not been approved/);
  }
  const stale = await writer.post(`${address}/submit`, { revision: 1 });
  assert.match(stale.body, /Somebody changed this release after you opened it/);
  await publish(room, address);
  assert.match(
    (await writer.get(`${address}/edit`)).headers.location as string,
    /releases/,
    'what is out is corrected, not edited',
  );
});

test('the approver reads the text on the page of the approval, and what changed since it was judged', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed } = room;
  const address = await draft(writer, signed.id);
  await writer.post(`${address}/submit`, { revision: 1 });
  const first = (await partner.get(`${address}/approve`)).body;
  const { title } = await formOf(writer, address);
  assert.match(first, /Text that the public will read/);
  assert.doesNotMatch(first, /Changes since/);
  await partner.post(`${address}/send-back`, { revision: 1, note: 'Say where' });
  await change(writer, address, { title: 'Teams went out in Hertfordshire' });
  const revision = await revisionOf(room, address);
  await writer.post(`${address}/submit`, { revision });
  const again = (await partner.get(`${address}/approve`)).body;
  assert.match(again, /Changes since revision 1/);
  assert.match(again, /<del>Title: [^<]+<\/del>/);
  assert.match(again, /<ins>Title: Teams went out in Hertfordshire<\/ins>/);
  assert.match(again, /id="preview-title">Teams went out in Hertfordshire/);
  assert.ok(title, 'the draft had a title of its own');
});

test('a release that was sent back is a draft with the reason, and the reason is required', async (t) => {
  const { writer, partner, signed } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  await writer.post(`${address}/submit`, { revision: 1 });
  const empty = await partner.post(`${address}/send-back`, { revision: 1, note: '' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter what should be changed/);
  assert.equal(
    (await partner.post(`${address}/send-back`, { revision: 1, note: 'Name the nurses first' })).statusCode,
    303,
  );
  assert.match((await writer.get(address)).body, /Sent back by Officer Pat Partner[\s\S]*Name the nurses first/);
});

test('a correction is written by one and approved like the first, with its date and note on the page', async (t) => {
  const room = await openNewsroom(t);
  const { writer, colleague, partner, signed, app } = room;
  const address = await draft(writer, signed.id);
  const news = await publish(room, address);
  await room.moveTo('2026-09-26T09:00:00Z');
  assert.equal((await partner.post(`${address}/correct`, { note: '' })).statusCode, 422);
  assert.equal((await partner.post(`${address}/correct`, { note: 'We named a partner wrongly.' })).statusCode, 303);
  await change(partner, address, { title: 'Another title altogether' });
  assert.doesNotMatch((await app.inject(news)).body, /Another title/, 'the public reads the first until then');
  const revision = await revisionOf(room, address);
  await partner.post(`${address}/submit`, { revision });
  assert.match((await partner.post(`${address}/approve`, { revision })).body, /You wrote part of this/);
  const asked = (await colleague.get(`${address}/approve`)).body;
  assert.match(asked, /Approve this correction/);
  assert.match(asked, /Changes since the text that is public, revision 1[\s\S]*<ins>Title: Another title altogether/);
  assert.match(asked, /\/send-back">Send this release back/);
  assert.equal((await colleague.post(`${address}/approve`, { revision })).statusCode, 303);
  assert.equal((await writer.post(`${address}/publish`, { revision })).statusCode, 303);

  const corrected = await app.inject(news);
  assert.equal(corrected.statusCode, 200, 'the address stays');
  assert.match(corrected.body, /Another title altogether/);
  assert.match(
    corrected.body,
    /Corrected on <time datetime="2026-09-26">26 September 2026<\/time>:<\/strong> We named a partner wrongly\./,
  );
  assert.match((await app.inject('/news')).body, /Corrected/);
  assert.match(
    (await writer.get(`${address}/revisions/1`)).body,
    /Eight business addresses/i,
    'the earlier text stays readable',
  );
  const versions = await room.db.selectFrom('publicationsVersions').select('record').execute();
  assert.match(JSON.stringify(versions), /Eight business addresses|eight business addresses/);

  await writer.post(`${address}/correct`, { note: 'A second thought' });
  await change(writer, address, { title: 'Never to be seen' });
  const begun = await revisionOf(room, address);
  const giving = await writer.get(`${address}/give-up`);
  assert.match(giving.body, /The published text stays public[\s\S]*<button[^>]*>\s*Give up the correction/);
  assert.match((await writer.get(address)).body, /A correction is being written/, 'to be asked changes nothing');
  await change(partner, address, { title: 'Never to be seen either' });
  assert.match((await writer.post(`${address}/give-up`, { revision: begun })).body, /Somebody changed this release/);
  const revision2 = await revisionOf(room, address);
  assert.equal((await writer.post(`${address}/give-up`, { revision: revision2 })).statusCode, 303);
  const back = await writer.get(address);
  assert.match(back.body, /The correction was given up/);
  assert.equal((await writer.get(`${address}/give-up`)).statusCode, 303, 'there is nothing to give up any more');
  assert.match(back.body, /Another title altogether/);
  assert.match(back.body, />Published</);
});

test('a correction holds its note to the figures too', async (t) => {
  const room = await openNewsroom(t);
  const address = await draft(room.writer, room.signed.id);
  await publish(room, address);
  await room.writer.post(`${address}/correct`, {
    note: 'We wrote that 17 people were arrested; there were {{arrests.made}}.',
  });
  const page = await room.writer.get(address);
  assert.match(page.body, /What was corrected: <span class="sl-underlined">17</);
  assert.match(page.body, /there were four\./);
});

test('anyone of the press concerned withdraws alone, and nothing of it is left but that it was', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, signed, app, databases } = room;
  const address = await draft(writer, signed.id);
  const news = await publish(room, address);
  assert.equal((await app.inject(news)).statusCode, 200);
  assert.match((await app.inject('/news/feed.atom')).body, /eight business addresses/);
  assert.equal((await partner.post(`${address}/withdraw`, { why: '' })).statusCode, 422);
  assert.equal(
    (await partner.post(`${address}/withdraw`, { why: 'Somebody could be recognised by Acacia House' })).statusCode,
    303,
  );

  const gone = await app.inject(news);
  assert.equal(gone.statusCode, 410);
  assert.match(gone.body, /It was withdrawn at 10:00 on 24 September 2026/);
  const said = /<main[\s\S]*<\/main>/.exec(gone.body)?.[0] ?? assert.fail('a page');
  assert.doesNotMatch(said, /business|Hertfordshire|Acacia|recognised|Partner/);
  assert.equal((await app.inject(`${news}.md`)).statusCode, 410);
  for (const url of ['/news', '/news?q=addresses', '/news/feed.atom', '/news/feed.rss', '/news/feed.json'])
    assert.doesNotMatch((await app.inject(url)).body, /business addresses/i, url);
  const everybody = databases.for('main', 'public');
  const left = await everybody.transaction().execute(async (tx) => {
    await sql`select set_config('safelight.now', ${room.clock.now().toISOString()}, true)`.execute(tx);
    return tx.selectFrom('publications').select(['title', 'body']).execute();
  });
  assert.deepEqual(left, [], 'the public’s own role cannot read it either');

  const page = await writer.get(address);
  assert.match(page.body, /Officer Pat Partner: Somebody could be recognised/);
  assert.doesNotMatch(page.body, />Publish<|>Edit<|>Correct</);
  assert.equal((await writer.post(`${address}/withdraw`, { why: 'again' })).statusCode, 422);
});

test('two releases with one title have two addresses', async (t) => {
  const room = await openNewsroom(t);
  const first = await draft(room.writer, room.signed.id);
  const second = await draft(room.writer, room.signed.id);
  const [one, other] = [await publish(room, first), await publish(room, second)];
  assert.equal(other, `${one}-2`);
});

test('an imported release is published unchanged and marked, by another agency, and exports the original bytes', async (t) => {
  const room = await openNewsroom(t);
  const { writer, partner, db, app } = room;
  const body =
    '* ### Three women aged 30, 32 and 37 were arrested in Northam\n\nWarrants were served at {{one}} address in Northam and two in Easton.';
  const text = written({ body });
  const imported = await writer.post('/staff/imported-releases/import', { text, fileName: 'theirs.md' });
  assert.equal(imported.statusCode, 303, imported.body);
  const cutting = String(imported.headers.location).split('/').at(-1);
  assert.equal(
    (await partner.post(`/staff/newsroom/history/${cutting}`)).statusCode,
    404,
    'private to the agency that read it in',
  );

  const history = `/staff/newsroom/history/${cutting}`;
  const both = await Promise.all([writer.post(history), writer.post(history)]);
  const [address = '', ...others] = [...both, await writer.post(history)].map((one) => String(one.headers.location));
  assert.deepEqual(others, [address, address], 'one release of one file, even when asked for twice at once');
  const page = await writer.get(address);
  assert.match(page.body, /What would not pass today[\s\S]*People arrested, by sex/);
  assert.equal((await writer.post(`${address}/export`, taking)).body, text);

  const form = await formOf(writer, address);
  assert.deepEqual(
    Object.keys(form).filter((name) => ['title', 'body', 'keyPoints'].includes(name)),
    [],
    'its words are not ours to change',
  );
  assert.equal((await writer.post(`${address}/renew`, {})).statusCode, 422, 'nothing of ours is new to it');
  await change(writer, address, { cautions: `${form.cautions}\nNobody knows where the numbers came from.` });
  const news = await publish(room, address, partner);
  const shown = await app.inject(news);
  assert.match(shown.body, /Published by others[\s\S]*11 June 2024[\s\S]*Nobody knows where the numbers came from/);
  assert.match(
    shown.body,
    /<ul class="sl-key-points"><li>Three women aged 30, 32 and 37 were arrested in Northam<\/li>/,
  );
  assert.match(shown.body, /served at \{\{one\}\} address/, 'nothing is filled in in the text of others');
  assert.doesNotMatch((await app.inject('/news/feed.rss')).body, /Leashire Police/, 'the feeds are ours');
  assert.equal((await writer.post(`${address}/export`, taking)).body, text);
  const note = 'Their text has “{one}”, as they published it.';
  assert.equal((await writer.post(`${address}/correct`, { note })).statusCode, 303);
  assert.equal((await formOf(writer, address)).correction, note, 'no figure of ours can be in it');
  const trail = await db
    .selectFrom('accessLog')
    .select('event')
    .where('subject', '=', cutting ?? '')
    .execute();
  assert.ok(trail.some(({ event }) => event === 'imported release read'));
});
