import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, type TestContext, test } from 'node:test';
import { change, draft, openNewsroom, publish } from '../../../../test/fixtures/releases.ts';
import { typed } from '../../../../test/fixtures/terminal.ts';
import { setContext } from '../../../platform/database/database.ts';
import { digestOf, listAudited, loadCertificateKey, signPublished, verifyPublished } from '../../../returns/index.ts';
import { signedReturn } from '../../drafting/examples.ts';
import { certifyPublications } from './chore.ts';

const keysFolder = mkdtempSync(join(tmpdir(), 'safelight-keys-'));
after(() => rmSync(keysFolder, { recursive: true, force: true }));
const keyOf = (host: string) => loadCertificateKey({ logKeysFile: join(keysFolder, host), origin: `https://${host}` });
const log = keyOf('safelight.example');
const [tables, declaration] = ['b'.repeat(64), 'c'.repeat(64)];
const advised = {
  population: 'people advised',
  state: 'protected',
  why: null,
  release: 0,
  countedOn: '2026-09-22',
  certified: { declaration, tables, base: 5, method: 'rounded', solver: 'highs 1', auditor: '1', findings: 0 },
} as const;

/** A newsroom whose return was protected, and the background work that certifies what is published. */
async function openCertified(t: TestContext, protection: readonly object[] = [advised]) {
  const room = await openNewsroom(t, { counted: { ...signedReturn, protection } as typeof signedReturn });
  const certify = () =>
    room.databases
      .for('main', 'leader')
      .transaction()
      .execute(async (tx) => {
        await setContext(tx as never, { now: room.clock.now() });
        return certifyPublications(tx as never, { log, origin: room.config.origin, now: room.clock.now() });
      });
  const read = async (news: string) => JSON.parse((await room.app.inject(`${news}/figures.json`)).body);
  return { ...room, certify, read };
}

test('the public release carries a certificate over the numbers that it prints, and no other', async (t) => {
  const room = await openCertified(t);
  const address = await draft(room.writer, room.signed.id);
  const news = await publish(room, address);
  assert.equal((await room.read(news)).certificate, null, 'the background work has not signed yet');
  await room.certify();
  await room.certify();
  room.clock.move(new Date(room.clock.now().getTime() + 2_000));
  const file = await room.read(news);
  const { text, key } = file.certificate;
  const { url, version } = file.release;
  const printed = { url, version, figures: file.figures };
  const found = verifyPublished(text, printed, key);
  assert.ok(found.holds, 'why' in found ? found.why : '');
  assert.deepEqual(found.audited, [
    { auditor: '1', base: 5, figures: ['people.advised'], findings: 0, population: 'people advised' },
  ]);
  assert.ok(text.includes(digestOf(file.figures)));
  for (const hidden of [tables, declaration, room.signed.digest, room.signed.id])
    assert.ok(!text.includes(hidden), 'a reader could try numbers that are not printed');
  const [first, ...rest] = file.figures;
  assert.ok(!verifyPublished(text, { ...printed, figures: [{ ...first, published: '9' }, ...rest] }, key).holds);
  assert.ok(!verifyPublished(text, { ...printed, version: 2 }, key).holds);
  assert.ok(!verifyPublished(text, printed, keyOf('other.example').publicKeys[0] ?? '').holds);
  assert.ok(!verifyPublished(text.replace('"base":5', '"base":1'), printed, key).holds);
  assert.match(
    (await room.app.inject(news)).body,
    /signed certificate<\/a> shows which of these figures were tested, and that none was changed/,
  );

  await room.writer.post(`${address}/correct`, { note: 'The advice is left out.' });
  await change(room.writer, address, { body: 'The teams met people.', keyPoints: '' });
  await publish(room, address);
  assert.equal((await room.read(news)).certificate, null, 'another text has other figures');
  await room.certify();
  room.clock.move(new Date(room.clock.now().getTime() + 2_000));
  const corrected = await room.read(news);
  const again = verifyPublished(
    corrected.certificate.text,
    { url, version: 2, figures: corrected.figures },
    corrected.certificate.key,
  );
  assert.ok(again.holds);

  assert.equal((await room.writer.post(`${address}/withdraw`, { why: 'A number was wrong' })).statusCode, 303);
  const gone = await room.app.inject(`${news}/figures.json`);
  assert.equal(gone.statusCode, 410);
  assert.doesNotMatch(gone.body, /certificate/);
  const left = await room.databases
    .for('main', 'public')
    .selectFrom('publicationCertificates' as never)
    .select('text' as never)
    .execute();
  assert.deepEqual(left, [], 'everybody reads none of a withdrawn release');
});

test('figures of people helped that no auditor passed get no certificate', async (t) => {
  assert.equal(listAudited([], ['people.advised']), undefined);
  assert.deepEqual(listAudited([], ['premises.visited', 'arrests.made.byMatter']), []);
  assert.equal(
    listAudited([{ ...advised, state: 'refused', why: 'not safe', certified: null }], ['people.advised']),
    undefined,
  );
  const room = await openCertified(t, []);
  const news = await publish(room, await draft(room.writer, room.signed.id));
  await room.certify();
  room.clock.move(new Date(room.clock.now().getTime() + 2_000));
  assert.equal((await room.read(news)).certificate, null);
  assert.doesNotMatch((await room.app.inject(news)).body, /certificate/);
});

test('one command says whether a certificate holds', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-certificate-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const release = { url: 'https://safelight.example/news/a-week', version: 1 };
  const figures = [{ figure: 'premises.visited', published: '8' }];
  const certificate = signPublished({ ...release, figures }, [], log);
  const check = (file: object, ...more: readonly string[]) => {
    writeFileSync(join(folder, 'figures.json'), JSON.stringify(file));
    return typed(['certificate', 'verify', 'figures.json', ...more], { folder });
  };
  const good = await check({ release, figures, certificate });
  assert.equal(good.code, 0, good.told.join());
  assert.match(
    good.said.join('\n'),
    /holds: 1 figures of https:\/\/safelight\.example\/news\/a-week, version 1\.\nSigned by/,
  );
  assert.match(good.told.join(), /No --key was given/);
  const key = log.publicKeys[0] ?? '';
  assert.deepEqual((await check({ release, figures, certificate }, '--key', key)).told, []);
  const other = keyOf('other.example').publicKeys[0] ?? '';
  assert.equal((await check({ release, figures, certificate }, '--key', other)).code, 4);
  const changed = await check({ release, figures: [{ figure: 'premises.visited', published: '9' }], certificate });
  assert.equal(changed.code, 4);
  assert.match(changed.told.join(), /does not hold: it is not of these figures/);
  assert.equal((await check({ release, figures, certificate: null })).code, 4);
  assert.equal((await check([])).code, 1);
});
