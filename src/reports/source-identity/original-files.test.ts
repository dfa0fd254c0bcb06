import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import { bech32 } from '@scure/base';
import { generateHybridIdentity, identityToRecipient } from 'age-encryption';
import { sql } from 'kysely';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { inWords } from '../../../test/fixtures/attended-reports.ts';
import { exifOf, plainJpeg, withParts } from '../../../test/fixtures/files.ts';
import { keyPair, openWithFiles, why } from '../../../test/fixtures/report-originals.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { openMailbox } from '../visitor.ts';

const secret = 'Kiln Row 44';
const photo = async (): Promise<Buffer> =>
  withParts(await plainJpeg(), exifOf({ make: secret, place: [51.75, 0.34], at: '2026:09:17 22:10:00' }));
const sound = Buffer.concat([Buffer.from('ID3'), randomBytes(200_000), Buffer.from(secret)]);
const wholePhoto = async () => ({ content: await photo(), name: 'IMG_20260917_221000.jpg' });
const voice = { content: sound, name: 'voice of Ira.M4A' };

for (const line of ['police', 'help'] as const)
  test(`on the ${line} line a file as it came leaves for one key, once a custodian has opened it, byte for byte, and is written down before`, async (t) => {
    const given = [await wholePhoto(), voice, { content: Buffer.from('They sleep above the shop'), name: 'note.txt' }];
    const room = await openWithFiles(t, line, given);
    const { application, reader, custodian, ids, at } = room;
    const shown = (await reader.get(room.reportAt)).body;
    assert.match(shown, /Export the original file<span[^>]*> IMG_20260917/);
    assert.match(shown, /Export the file, sealed<span[^>]*> voice of Ira/);
    const names = ['file-1.jpg', 'file-2.m4a', 'file-3.txt'];
    for (const [index, id] of ids.entries()) {
      const before = (await reader.get(at(id, '/export'))).body;
      assert.match(
        before,
        [/place to a few metres/, /People can recognise a voice/, /How somebody writes/][index] as RegExp,
      );
      assert.match(before, /Ask a custodian/);
      const { recipient, open } = await keyPair();
      const form = { ...why, recipient };
      assert.equal((await reader.post(at(id, '/export'), form)).statusCode, 422, 'not before it is asked for');
      const request = await room.askFor(id);
      assert.match((await reader.get(at(id, '/export'))).body, /has not decided yet/);
      assert.equal((await reader.post(at(id, '/export'), form)).statusCode, 422, 'not before it is decided');
      assert.match((await custodian.get('/staff')).body, /Decide a request for an original file/);
      assert.doesNotMatch((await custodian.get(request)).body, /IMG_2026|voice of|note\.txt/);
      await room.decide(request);
      assert.match((await reader.get('/staff')).body, /Your request for an original file was approved/);

      const page = (await reader.get(at(id, '/export'))).body;
      assert.match(page, /Public key of the recipient/);
      assert.match(page, /is marked OFFICIAL-SENSITIVE: PERSONAL DATA/);
      const taken = await reader.post(at(id, '/export'), { ...form, recipient: `  ${recipient}\n` });
      assert.equal(taken.statusCode, 200, taken.body);
      assert.equal(taken.headers['content-type'], 'application/octet-stream');
      assert.equal(taken.headers['content-encoding'], undefined);
      assert.equal(taken.headers['x-safelight-marking'], 'OFFICIAL-SENSITIVE: PERSONAL DATA');
      const [name = ''] = /report-[^"]+/.exec(String(taken.headers['content-disposition'])) ?? [];
      assert.equal(
        name,
        `report-${referenceOf('report', room.told.id)}-${names[index]}.official-sensitive-personal-data.age`,
      );
      assert.ok((await open(taken.rawPayload)).equals(given[index]?.content ?? Buffer.alloc(0)), 'byte for byte');
      assert.match(taken.rawPayload.toString('latin1', 0, 40), /^age-encryption\.org\/v1\n-> X25519 /);
      // Long enough that chance does not write them among sealed bytes.
      for (const word of [
        secret,
        'sleep above',
        'IMG_2026',
        'voice of Ira',
        given[index]?.content.subarray(0, 12) ?? '',
      ])
        assert.equal(taken.rawPayload.includes(Buffer.from(word as string)), false, String(word));
      await assert.rejects((await keyPair()).open(taken.rawPayload), 'no other key opens it');

      const rows = (await room.logOf(id)).filter(({ event }) => event !== 'file.shown');
      assert.deepEqual(
        rows.map(({ kind, event, recipient: to }) => [kind, event, to]),
        [
          ['collection', 'original file.requested', null],
          ['disclosure', 'original file.disclosed', reader.member.id],
          ['disclosure', 'file.exported', room.agency.id],
        ],
      );
      const last = rows.at(-1);
      assert.deepEqual(last?.fields, ['content']);
      assert.equal(last?.ownerId, room.agency.id);
      assert.match(String(last?.reason), /Forensic unit, reference F-12; sealed to age1\w{8}…\w{8}$/);
    }
    for (const folder of await readdir(application.config.filesFolder))
      for (const file of await readdir(join(application.config.filesFolder, folder)))
        assert.equal((await readFile(join(application.config.filesFolder, folder, file))).includes(secret), false);
  });

test('without the reporter’s yes there is nothing to take, to ask for or to see, whether or not it was cleaned', async (t) => {
  const room = await openWithFiles(t, 'police', [{ ...(await wholePhoto()), originals: 'no' }]);
  const [id = ''] = room.ids;
  const { recipient } = await keyPair();
  for (const state of ['waiting', 'ready']) {
    assert.match((await room.reader.get(room.reportAt)).body, /Original not kept/);
    assert.doesNotMatch((await room.reader.get(room.at(id))).body, /Export the/);
    assert.match(
      (await room.reader.get(room.at(id, '/export'))).body,
      /The reporter did not agree that the original is kept/,
    );
    assert.equal((await room.reader.post(room.at(id, '/export'), { ...why, recipient })).statusCode, 422, state);
    assert.equal((await room.reader.get(room.at(id, '/ask'))).statusCode, 404);
    await assert.rejects(room.askFor(id), /404/);
    if (state === 'waiting') assert.equal((await room.reader.post(room.at(id, '/clean'))).statusCode, 303);
  }
  assert.deepEqual(
    (await room.logOf(id)).filter(({ event }) => event === 'file.exported'),
    [],
  );
});

test('one file is opened, to one reader, for a time; this opens no source identity, nor the other way round', async (t) => {
  const told = { answers: { who: 'worried', what: 'Words', reach: 'yes', name: 'Ira Invented' } };
  const room = await openWithFiles(t, 'police', [await wholePhoto(), voice], { told });
  const [first = '', second = ''] = room.ids;
  const { application, reader, at } = room;
  const { recipient } = await keyPair();
  const form = { ...why, recipient };
  const colleague = await application.signIn(await application.member(room.agency, ['triage'], 'Coll Colleague'));
  await room.decide(await room.askFor(first));
  assert.equal((await reader.post(at(first, '/ask'), { ...why })).statusCode, 422);
  await assert.rejects(room.askFor(first), /You have asked already/);
  for (const [visitor, id] of [
    [reader, second],
    [colleague, first],
  ] as const)
    assert.equal((await visitor.post(at(id, '/export'), form)).statusCode, 422);
  const contacts = `/staff/reports/source-identity/${room.told.id}`;
  assert.equal((await reader.get(contacts)).statusCode, 404, 'who told it stays shut');
  assert.equal((await reader.post(contacts, { why: 'I want to know who told it now' })).statusCode, 404);
  assert.match((await reader.get(room.reportAt)).body, /Ask for source identity/);
  await asMember(application, reader.member, ['main', 'staff'], async (tx) => {
    assert.deepEqual(await tx.selectFrom('reportContacts').selectAll().execute(), []);
  });
  const contact = await reader.post(`/staff/reports/source-identity/ask/${room.told.id}`, {
    purpose: 'crime prevention',
    reason: 'The van was seen again and only the reporter can say',
    hours: '2',
  });
  assert.equal(contact.statusCode, 303, contact.body);
  await room.decide(String(contact.headers.location));
  assert.equal((await reader.get(contacts)).statusCode, 200);
  assert.equal((await reader.post(at(second, '/export'), form)).statusCode, 422, 'who told it opens no file');

  await room.decide(await room.askFor(second), 'refuse');
  assert.match((await reader.get(at(second, '/export'))).body, /A custodian refused[\s\S]*Ask anew/);
  assert.equal((await reader.post(at(second, '/export'), form)).statusCode, 422);
  room.later(4);
  const again = await application.signIn(application.readers.police);
  assert.equal((await again.post(at(first, '/export'), form)).statusCode, 422, 'it closes by itself');
  assert.match(
    (await again.get(at(first, '/export'))).body,
    /A custodian of your agency opens it to you for a limited time/,
  );
  assert.match(await room.askFor(first, {}, again), /requests/);
});

test('a hostile, mistaken or missing recipient is refused in place, nothing leaves and no row says so', async (t) => {
  const room = await openWithFiles(t, 'police', [voice]);
  const [id = ''] = room.ids;
  await room.decide(await room.askFor(id));
  const { recipient, secret: identity } = await keyPair();
  const low = (first: number): string => bech32.encodeFromBytes('age', Uint8Array.of(first, ...Buffer.alloc(31)));
  const hostile: readonly (readonly [string, RegExp])[] = [
    ['', /Enter the public key/],
    ['   ', /Enter the public key/],
    [low(0), /This is not a public key of the kind that the program “age” makes/],
    [low(1), /This is not a public key of the kind that the program “age” makes/],
    [recipient.slice(0, -1), /This is not a public key of the kind that the program “age” makes/],
    [recipient.toUpperCase(), /This is not a public key of the kind that the program “age” makes/],
    [
      `${recipient.slice(0, -1)}${recipient.endsWith('q') ? 'p' : 'q'}`,
      /This is not a public key of the kind that the program “age” makes/,
    ],
    [
      bech32.encodeFromBytes('age', Buffer.alloc(31)),
      /This is not a public key of the kind that the program “age” makes/,
    ],
    [
      bech32.encodeFromBytes('ago', Buffer.alloc(32, 9)),
      /This is not a public key of the kind that the program “age” makes/,
    ],
    [
      bech32.encode('age1pq', bech32.toWords(Buffer.alloc(1_216)), false),
      /This is not a public key of the kind that the program “age” makes/,
    ],
    [
      bech32.encode('age1tag', bech32.toWords(Buffer.alloc(33)), false),
      /This is not a public key of the kind that the program “age” makes/,
    ],
    ['age1plugin1qqqq', /This is not a public key of the kind that the program “age” makes/],
    ['age1', /This is not a public key of the kind that the program “age” makes/],
    [`age1${'q'.repeat(3_500)}`, /This is not a public key of the kind that the program “age” makes/],
    [`age1${'q'.repeat(50_000)}`, /characters or fewer/],
    [`${recipient}\n${recipient}`, /Enter one key/],
    [`${recipient}, ${recipient}`, /Enter one key/],
    ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ', /a key of another program/],
    ['-----BEGIN PGP PUBLIC KEY BLOCK-----', /a key of another program/],
    ['-i /etc/passwd', /Enter one key/],
    ['../../etc/passwd', /This is not a public key of the kind that the program “age” makes/],
    ['<script>alert(1)</script>', /This is not a public key of the kind that the program “age” makes/],
    ['age1‮qqqq', /This is not a public key of the kind that the program “age” makes/],
  ];
  for (const [typed, words] of hostile) {
    const answer = await room.reader.post(room.at(id, '/export'), { ...why, recipient: typed });
    assert.equal(answer.statusCode, 422, typed.slice(0, 60));
    assert.match(answer.body, words, typed.slice(0, 60));
    assert.doesNotMatch(answer.body, /<script>alert/);
  }
  for (const form of [
    { ...why, recipient: identity },
    { ...why, recipient: `${recipient} ${identity.toLowerCase()}` },
    { ...why, words: `The key is ${identity}`, recipient },
    { recipient: identity, words: identity },
  ]) {
    const answer = await room.reader.post(room.at(id, '/export'), form);
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, /That was a secret key/);
    assert.equal(answer.body.toUpperCase().includes(identity), false, 'it is not shown again');
  }
  for (const form of [
    { recipient, words: 'F-12' },
    { ...why, recipient, why: 'because' },
    { ...why, recipient, words: '' },
    { ...why, recipient, why: 'to publish it, or to send it to the press' },
  ])
    assert.equal((await room.reader.post(room.at(id, '/export'), form)).statusCode, 422);
  const all = await room.reader.post(room.at(id, '/export'), { recipient: 'age1nonsense' });
  assert.match(
    all.body,
    /This is not a public key of the kind that the program “age” makes[\s\S]*Select why[\s\S]*Enter the recipient/,
    'all at once',
  );
  const rows = await room.db.selectFrom('accessLog').select(['event', 'reason']).execute();
  assert.equal(
    rows.some(({ event }) => event === 'file.exported'),
    false,
  );
  assert.equal(JSON.stringify(rows).includes(identity), false);

  const hybrid = await identityToRecipient(await generateHybridIdentity());
  const taken = await room.reader.post(room.at(id, '/export'), { ...why, recipient: hybrid });
  assert.equal(taken.statusCode, 200, 'a key made for what quantum computers may do is one too');
  assert.match(taken.rawPayload.toString('latin1', 0, 60), /-> mlkem768x25519/);
});

test('nobody but who reads the report takes a file of it out, and enforcement none of the support side’s', async (t) => {
  const room = await openWithFiles(t, 'help', [voice]);
  const [id = ''] = room.ids;
  const { application } = room;
  const { recipient } = await keyPair();
  await room.decide(await room.askFor(id));
  const own = `/staff/report-files/${id}`;
  for (const at of [application.agencies.police, await application.agency('sexual violence advisers')])
    for (const role of roles) {
      const visitor = await application.signIn(await application.member(at, [role]));
      for (const address of [room.at(id), own])
        for (const what of ['', '/export', '/ask']) {
          const answers = [await visitor.get(`${address}${what}`)];
          if (what !== '') answers.push(await visitor.post(`${address}${what}`, { ...why, recipient }));
          for (const answer of answers) {
            assert.ok([403, 404].includes(answer.statusCode), `${role} ${what}: ${answer.statusCode}`);
            assert.doesNotMatch(answer.body, /voice of Ira|Export the/);
          }
        }
    }
  for (const role of ['custodian', 'data-protection lead'] as const) {
    const visitor = await application.signIn(await application.member(room.agency, [role]));
    assert.equal((await visitor.post(room.at(id, '/export'), { ...why, recipient })).statusCode, 403, role);
  }
  assert.equal((await room.reader.post(room.at(id, '/export'), { ...why, recipient })).statusCode, 200);
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from access_log where subject = ${id}`.execute(
    application.db,
  );
  assert.ok((rows[0]?.n ?? 1) <= 200, 'what police tried is refused, and names nothing more');
});

test('a report that was taken back takes its yes along: only what a court or a law requires is left', async (t) => {
  const room = await openWithFiles(t, 'police', [voice]);
  const [id = ''] = room.ids;
  const { recipient, open } = await keyPair();
  const form = { ...why, recipient };
  await room.decide(await room.askFor(id));
  await (await openMailbox(room.application.app, inWords(room.told.receipt))).press('withdraw');
  assert.equal((await room.reader.post(room.at(id, '/export'), form)).statusCode, 422);
  assert.match((await room.reader.get(room.at(id, '/export'))).body, /took the report back/);
  await assert.rejects(room.askFor(id), /The reporter took the report back\. The only purpose left/);
  const byCourt = { purpose: 'legal requirement' };
  await assert.rejects(room.askFor(id, byCourt), /You have asked already/, 'the request before stands until its time');
  room.later(4);
  const again = await room.application.signIn(room.application.readers.police);
  await room.decide(await room.askFor(id, byCourt, again));
  const taken = await again.post(room.at(id, '/export'), form);
  assert.equal(taken.statusCode, 200, taken.body);
  assert.ok((await open(taken.rawPayload)).equals(sound));
});

test('what was changed, cut off or is not where it should lie leaves in no part, and so does what cannot be written down', async (t) => {
  const room = await openWithFiles(t, 'police', [voice, await wholePhoto()]);
  const [id = '', other = ''] = room.ids;
  const { recipient } = await keyPair();
  for (const one of room.ids) await room.decide(await room.askFor(one));
  const path = join(room.application.config.filesFolder, 'waiting', id);
  const whole = await readFile(path);
  const changed = Buffer.from(whole);
  changed.writeUInt8(changed.readUInt8(changed.length - 9) ^ 1, changed.length - 9);
  const take = () => room.reader.post(room.at(id, '/export'), { ...why, recipient });
  for (const bytes of [changed, whole.subarray(0, -1), whole.subarray(0, 65_536 + 42), Buffer.alloc(0)]) {
    await writeFile(path, bytes);
    const answer = await take();
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, /stored file was changed and does not open\. Nothing was sent/);
  }
  await rm(path);
  assert.match((await take()).body, /not in the folder of this server\. Nothing was sent/);
  const before = (await room.logOf(id)).filter(({ event }) => event === 'file.exported');
  assert.deepEqual(before, []);

  await sql`revoke insert on access_log from safelight_staff`.execute(room.application.db);
  const unwritten = await room.reader.post(room.at(other, '/export'), { ...why, recipient });
  assert.equal(unwritten.statusCode, 503);
  assert.equal(unwritten.rawPayload.includes(Buffer.from('age-encryption.org')), false);
});

test('the database itself lets nobody ask for a file that may not be kept, that is another report’s, or at another time', async (t) => {
  const room = await openWithFiles(t, 'police', [voice, { ...(await wholePhoto()), originals: 'no' }]);
  const [kept = '', unkept = ''] = room.ids;
  const { application, reader } = room;
  const elsewhere = await application.told('police');
  const now = application.clock.now();
  const ask = (fileId: string | null, more: { reportId?: string; purpose?: string; askedAt?: Date } = {}) =>
    asMember(application, reader.member, ['main', 'staff'], (tx) => {
      const { reportId = room.told.id, purpose = 'forensic examination', askedAt = now } = more;
      const until = new Date(askedAt.getTime() + 3_600_000);
      const opening = { id: newTimelessId(), reportId, fileId, purpose, askedAt, until, agencyId: room.agency.id };
      return tx
        .insertInto('sourceIdentityRequests')
        .values({ ...opening, askedBy: reader.member.id, reason: 'A reason that is long enough to stand' })
        .execute();
    });
  await ask(kept);
  const check = /check|kept|foreign key/;
  await assert.rejects(ask(unkept), check);
  await assert.rejects(ask(kept, { reportId: elsewhere.id }), check);
  await assert.rejects(ask(newTimelessId()), check);
  await assert.rejects(ask(kept, { askedAt: new Date(now.getTime() + 60_000) }), check);
  await assert.rejects(ask(kept, { purpose: 'reporter contact' }), check);
  await assert.rejects(ask(null), check, 'who told it is asked for by its own purposes');
  await sql`update reports set state = 'withdrawn', look_up = null, receipt_key = null where id = ${room.told.id}`.execute(
    application.db,
  );
  await assert.rejects(ask(kept), check);
  await ask(kept, { purpose: 'legal requirement' });
  for (const store of ['main', 'safeguarding'] as const)
    for (const role of ['public', store === 'main' ? 'staff' : 'safeguarding'] as const)
      await assert.rejects(
        sql`select ctx.original_held(${kept}, ${room.told.id}, 'x')`.execute(application.databases.for(store, role)),
        /permission denied/,
      );
});
