import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countNow, signNow, staged } from '../../../test/fixtures/counted-return.ts';
import { generateLogKeys } from '../../audit/log/index.ts';
import { isCertificateOf, signCertificate, type ToCertify } from './certificate.ts';
import { certifyReturns } from './chore.ts';

const keys = generateLogKeys('safelight.example').main;

test('a signed return is certified once, and the certificate verifies for this return alone', async (t) => {
  const { application, operation, analyst } = await staged(t);
  const address = await countNow(analyst, operation.id);
  const certify = () => application.db.transaction().execute((tx) => certifyReturns(tx as never, keys));
  await certify();
  assert.equal(
    (await application.db.selectFrom('returnCertificates').selectAll().execute()).length,
    0,
    'not signed yet',
  );
  await signNow(analyst, address, 'open');
  assert.match((await analyst.get(address)).body, /Safelight signs the certificate within a minute/);
  await certify();
  await certify();
  const [row, ...others] = await application.db.selectFrom('returnCertificates').selectAll().execute();
  assert.deepEqual(others, []);
  const held = await application.db
    .selectFrom('returns as r')
    .innerJoin('returnSignatures as s', 's.returnId', 'r.id')
    .select(['r.id', 'r.version', 'r.protection', 's.digest'])
    .executeTakeFirstOrThrow();
  const signed = held as unknown as ToCertify;
  const text = String(row?.text);
  assert.ok(isCertificateOf(text, signed, keys.publicKeys));
  assert.equal(text, signCertificate(signed, keys), 'the same return gives the same bytes');
  assert.match(text, /"auditor":"2","base":5,"declaration":"[0-9a-f]{64}","findings":0/);
  assert.ok(!isCertificateOf(text, { ...signed, version: 2 }, keys.publicKeys));
  assert.ok(!isCertificateOf(text, { ...signed, digest: 'f'.repeat(64) }, keys.publicKeys));
  assert.ok(!isCertificateOf(text.replace('"findings":0', '"findings":1'), signed, keys.publicKeys));
  assert.ok(!isCertificateOf(text, signed, generateLogKeys('safelight.example').main.publicKeys));
  assert.match((await analyst.get(address)).body, /[Tt]he auditor found nothing/);

  const why = { why: 'for a meeting, or our own file', words: 'the county council', shape: 'json' };
  const data = JSON.parse((await analyst.post(`${address}/export`, why)).body) as { certificate: string };
  assert.equal(data.certificate, text, 'the export as data carries it');
});
