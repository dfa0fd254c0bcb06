import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { request as ask, type IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainJpeg } from '../../../test/fixtures/files.ts';
import { agrees, aWalkIn, consentTo } from '../../../test/fixtures/walk-in.ts';
import { withDelayedLog } from '../../../test/harness/log-waits.ts';
import { freePort } from '../../../test/harness/ports.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { runChore } from '../../platform/jobs/outbox.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { addWithdrawal } from '../consent/examples.ts';
import { getConsent } from '../consent/store.ts';
import { addDocument } from './examples.ts';
import { deleteOrphanedFiles } from './sweep.ts';

const megabytes = 6;
/** A photo too large for socket buffers, so that a slow reader makes the server wait. */
const large = async () => Buffer.concat([await plainJpeg(), randomBytes(megabytes * 1_048_576)]);

/** Two large documents, agreed and granted to a recipient outside Safelight; and the request for their file. */
async function aGrantWithPapers(t: TestContext) {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const application = await aWalkIn(t, { environment: { SAFELIGHT_ORIGIN: origin } });
  const { agency, safeguardingDb, keys, person, config, signIn, caseworker, app, clock } = application;
  const content = await large();
  const lying = { filesFolder: config.filesFolder, content };
  const papers = [
    await addDocument(safeguardingDb, keys, person, {}, lying),
    await addDocument(safeguardingDb, keys, person, { called: 'X-ray of the wrist' }, lying),
  ] as const;
  const at = await signIn(caseworker);
  const refuge = await agency('voluntary', { name: 'Quiet Refuge' });
  const asked = consentTo(refuge.id);
  const consent = await agrees(at, person.id, { ...asked, items: [...asked.items, 'papers about health'] });
  const chosen = {
    id: newTimelessId(),
    agreed: `consent:${consent}`,
    short: 'yes',
    needs: ['health'],
    words: 'A room',
  };
  const refers = `/staff/safeguarding/people/${person.id}/refer`;
  assert.equal(
    (await at.post(refers, { ...chosen, papers: papers.map(({ id }) => id), step: 'send' })).statusCode,
    303,
  );
  const shown = await at.get(`/staff/safeguarding/referrals/${chosen.id}`);
  const url = `${/href="([^"]+)\/letter"/.exec(shown.body)?.[1] ?? ''}/file`;
  const { Decrypter, generateIdentity, identityToRecipient } = await import('age-encryption');
  const identity = await generateIdentity();
  const form = {
    ...{ why: 'for a partner or the coordinator of the operation', words: 'Reference 7' },
    recipient: await identityToRecipient(identity),
  };
  const opened = async (sealed: Buffer): Promise<Buffer> => {
    const opener = new Decrypter();
    opener.addIdentity(identity);
    return Buffer.from(await opener.decrypt(sealed));
  };
  const events = async (event: string) =>
    (await safeguardingDb.selectFrom('accessLog').select('id').where('event', '=', event).execute()).length;
  const told = () =>
    safeguardingDb.selectFrom('withdrawnGrants').selectAll().where('ended', '=', 'taken back').execute();
  const takesBack = async () =>
    addWithdrawal(
      safeguardingDb,
      await getConsent(safeguardingDb as never, keys, consent as never),
      caseworker,
      clock.now(),
    );
  /** Starts the download and pauses the connection after the first bytes. */
  const begins = async () => {
    await app.listen({ port, host: 'localhost' });
    const session = `${sessionCookie}=${at.token}`;
    const page = await fetch(`${origin}${url}`, { headers: { cookie: session } });
    const cookie = [session, ...page.headers.getSetCookie().map((set) => set.split(';')[0])].join('; ');
    const [, csrf = ''] = /name="_csrf" value="([^"]*)"/.exec(await page.text()) ?? [];
    const body = new URLSearchParams({ ...form, _csrf: csrf }).toString();
    const headers = { cookie, origin, 'content-type': 'application/x-www-form-urlencoded' };
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      ask(`${origin}${url}`, { method: 'POST', headers }, resolve).on('error', reject).end(body);
    });
    assert.equal(answer.statusCode, 200);
    const pieces: Buffer[] = [];
    await new Promise<void>((resolve) => {
      answer.once('data', (piece: Buffer) => {
        answer.pause();
        pieces.push(piece);
        resolve();
      });
    });
    await sleep(300); // The connection buffers take some of it; the server holds the rest.
    const rest = async (): Promise<Buffer> => {
      for await (const piece of answer) pieces.push(piece as Buffer);
      return Buffer.concat(pieces);
    };
    return { answer, rest, pieces };
  };
  const whole = 2 * content.length;
  return { ...application, papers, at, url, form, opened, events, told, takesBack, begins, whole };
}

test('withdrawn between reading and sending: sends nothing, and tells the recipient', async (t) => {
  const world = await aGrantWithPapers(t);
  const { at, url, form, told, takesBack, events } = world;
  const answer = await withDelayedLog(world, () => at.post(url, form), takesBack);
  assert.equal(answer.statusCode, 404);
  assert.ok(!answer.rawPayload.includes('age-encryption.org'), 'not a byte of it');
  assert.equal((await told()).length, 1);
  assert.deepEqual([await events('letter.sealed'), await events('papers.sealed')], [1, 1], 'that it was made stays');
});

test('withdrawn while sending: sends the whole file, logs it, and tells the recipient', async (t) => {
  const { begins, opened, takesBack, told, events, whole, at, url, form } = await aGrantWithPapers(t);
  const { rest, pieces } = await begins();
  assert.ok(Buffer.concat(pieces).length < whole / 2, 'it is still leaving');
  assert.equal(await events('letter.sealed'), 1, 'written down before the first byte');
  await takesBack();
  assert.equal((await told()).length, 1);
  assert.ok((await opened(await rest())).length > whole);
  assert.equal((await at.post(url, form)).statusCode, 404, 'and not once more');
});

test('record and documents erased while sending: still sends the whole file', async (t) => {
  const { begins, opened, whole, safeguardingDb, databases, config, clock, events, papers } = await aGrantWithPapers(t);
  const { rest } = await begins();
  await safeguardingDb.deleteFrom('personDocuments').execute();
  clock.move(new Date(Date.now() + 5 * 3_600_000));
  const run = deleteOrphanedFiles(config.filesFolder);
  await runChore(databases, clock, { name: 'x', everySeconds: 1, store: 'safeguarding', run });
  const { FilesFolder } = await import('../../platform/files/index.ts');
  assert.ok(!(await new FilesFolder(config.filesFolder).holds('papers', papers[1].fileId)), 'gone from the disk');
  assert.ok((await opened(await rest())).length > whole);
  assert.deepEqual([await events('letter.sealed'), await events('papers.sealed')], [1, 1]);
});

test('a copy that does not open or is missing stops the whole file, and no disclosure is logged', async (t) => {
  const { at, url, form, papers, config, events } = await aGrantWithPapers(t);
  const path = join(config.filesFolder, 'papers', papers[1].fileId);
  await writeFile(path, randomBytes(100_000));
  const spoilt = await at.post(url, form);
  assert.ok([404, 500].includes(spoilt.statusCode), String(spoilt.statusCode));
  assert.ok(!spoilt.rawPayload.includes('age-encryption.org'));
  assert.deepEqual([await events('letter.sealed'), await events('papers.sealed')], [0, 0]);
});

test('the server stops while sending: the partial file cannot be opened, and the start is logged', async (t) => {
  const { begins, opened, app, events } = await aGrantWithPapers(t);
  const { rest, pieces } = await begins();
  const ended = rest();
  app.server.closeAllConnections();
  await assert.rejects(ended, /aborted|terminated|hang up/);
  await assert.rejects(opened(Buffer.concat(pieces)));
  assert.deepEqual([await events('letter.sealed'), await events('papers.sealed')], [1, 1]);
});

test('does not send the file of a record that is erased between reading and sending', async (t) => {
  const world = await aWalkIn(t);
  const { safeguardingDb, signIn, caseworker, person } = world;
  const at = await signIn(caseworker);
  const url = `/staff/safeguarding/people/${person.id}/export`;
  const form = { ground: 'the person takes it along', why: 'another reason', words: 'Reference 7' };
  assert.equal((await at.post(url, form)).statusCode, 200);
  const answer = await withDelayedLog(
    world,
    () => at.post(url, form),
    () => safeguardingDb.deleteFrom('persons').where('id', '=', person.id).execute(),
  );
  assert.equal(answer.statusCode, 404);
  assert.doesNotMatch(answer.body, /Olga|prs_FirstName/);
});
