import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { renderQrCode } from '../../platform/rendering/qr-code.ts';
import { requestInternally } from '../private-journey/visitor.ts';

const today = { today: '2026-11-25', time: '15:00' };

async function send({ app }: TestApplication, said: string, url = '/signs', headers: Record<string, string> = {}) {
  const answer = await requestInternally(app, {
    method: 'POST',
    url,
    payload: said,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  });
  assert.equal(answer.statusCode, 200, said);
  return answer;
}

/** Without its style sheet, whose names are no words. */
const words = (html: string): string => html.replace(/<style>[\s\S]*?<\/style>/, '');
const heading = (html: string): string => /<h1[^>]*>([^<]+)/.exec(html)?.[1] ?? '';
/** What the page advises, without what it says of each tick. */
const advised = (html: string): string =>
  html.slice(html.indexOf('What to do now</h1>')).split(/<h2 class="govuk-heading-l">What you ticked|<form /)[0] ?? '';
const worried = 'at=answer&reader=worried+person&kind=sexual+exploitation';

test('the steps of the self-check answer at one address, under one title, and leave nothing behind', async (t) => {
  const application = await openApplication(t, today);
  const start = await requestInternally(application.app, '/signs');
  const title = /<title>[^<]*/.exec(start.body)?.[0];
  const steps: [said: string, heading: string][] = [
    ['at=notice&reader=worried+person&kind=labour+exploitation', 'What did you notice?'],
    ['at=notice&reader=it+is+happening+to+me&kind=not+known', 'What happens to you?'],
    ['at=notice&reader=professional&kind=child+exploitation&sign=afraid', 'What did you notice?'],
    [`${worried}&sign=afraid&sign=tattoo`, 'What to do now'],
    ['at=who&reader=professional&kind=child+exploitation&sign=afraid', 'Spot the signs'],
    ['', 'Spot the signs'],
    ['at=elsewhere&reader=%00&kind=__proto__&sign=%F0%9F%92%A9', 'Spot the signs'],
  ];
  for (const [said, expected] of steps) {
    const answer = await send(application, said);
    assert.equal(heading(answer.body), expected, said);
    assert.equal(/<title>[^<]*/.exec(answer.body)?.[0], title, said);
    assert.equal(answer.headers['cache-control'], 'no-store');
    assert.equal(answer.headers['set-cookie'], undefined);
    assert.equal(answer.headers.location, undefined);
    assert.match(String(answer.headers['content-security-policy']), /default-src 'none'/);
    assert.doesNotMatch(answer.body, /(href|action)="[^"]*[?&]/, 'no address carries an answer');
    assert.match(answer.body, /tel:999/);
  }
});

test('an answer that depends on ticks bears no digest of them, and is packed as the browser asks', async (t) => {
  const application = await openApplication(t, today);
  const packed = await send(application, `${worried}&sign=afraid`, '/signs', { 'accept-encoding': 'br' });
  assert.equal(packed.headers.etag, undefined);
  const plain = await send(application, `${worried}&sign=afraid`);
  assert.equal(brotliDecompressSync(packed.rawPayload).toString(), plain.body);
  assert.equal(packed.headers['content-encoding'], 'br');
});

test('the advice is the same with and without a sign that means nothing alone, and says why it is', async (t) => {
  const application = await openApplication(t, today);
  const none = await send(application, worried);
  const tattoo = await send(application, `${worried}&sign=tattoo&sign=callers+day+and+night`);
  assert.equal(advised(tattoo.body), advised(none.body));
  assert.match(tattoo.body, /Tattoos are common/);
  assert.doesNotMatch(tattoo.body, /Crimestoppers|tel:101/);
  const one = await send(application, `${worried}&sign=earnings+taken`);
  const many = await send(application, `${worried}&sign=earnings+taken&sign=afraid&sign=injured&sign=debt&sign=tattoo`);
  assert.equal(advised(one.body), advised(many.body));
  assert.match(one.body, /Crimestoppers/);
  for (const { body } of [none, tattoo, one, many])
    assert.doesNotMatch(words(body), /\b(score|points|likely|probab|risk level|\d+ signs?\b)/i);
});

test('danger comes first, with every reader and kind, by day and by night; another service is open or the page says none is', async (t) => {
  const application = await openApplication(t, today);
  for (const time of ['15:00', '03:30']) {
    application.clock.move(new Date(`2026-11-25T${time}:00Z`));
    for (const reader of ['worried person', 'professional', 'it is happening to me'])
      for (const kind of ['sexual exploitation', 'child exploitation', 'not known'])
        for (const sign of ['', 'afraid']) {
          const { body } = await send(
            application,
            new URLSearchParams({ at: 'answer', reader, kind, sign }).toString(),
          );
          const danger = body.indexOf('In danger now') + body.indexOf('If someone is in danger now');
          assert.ok(danger > 0 && danger < body.indexOf('>Do</h2>'), `${reader} ${kind}`);
          assert.match(body, /sl-route--open|no service outside the police is sure to be open/);
        }
  }
});

test('for people who ask about themselves it neither shows what they ticked nor makes help depend on it', async (t) => {
  const application = await openApplication(t, today);
  const said = 'at=answer&reader=it+is+happening+to+me&kind=sexual+exploitation';
  const [none, some] = [await send(application, said), await send(application, `${said}&sign=afraid&sign=injured`)];
  assert.equal(advised(none.body), advised(some.body));
  assert.doesNotMatch(some.body.replace(/<input[^>]*>/g, ''), /afraid of someone|hurts you|What you ticked/);
  assert.match(some.body, /Help does not depend on talking to police/);
});

test('ticks go back and forth with the page’s own buttons, from kind to kind, and nothing foreign comes along', async (t) => {
  const application = await openApplication(t, today);
  const checked = (html: string) =>
    [...html.matchAll(/<input[^>]*name="sign"[^>]*value="([^"]+)"([^>]*)>/g)].flatMap(([tag, id, rest]) =>
      tag.includes('type="hidden"') || rest?.includes('checked') ? [id] : [],
    );
  const notice = 'at=notice&reader=worried+person&kind=';
  const ticked = '&sign=moved+about&sign=afraid&sign=%22%3E%3Cscript%3E&sign=nobody+knows';
  for (const said of [
    `${notice}sexual+exploitation`,
    `${notice}domestic+servitude`,
    'at=who&reader=worried+person&kind=not+known',
    worried,
  ]) {
    const { body } = await send(application, said + ticked);
    assert.deepEqual(new Set(checked(body)), new Set(['afraid', 'moved about']), said);
    assert.doesNotMatch(body, /nobody knows|"><script>/);
  }
});

test('the form that asks who can help answers in place, as its address does', async (t) => {
  const application = await openApplication(t, today);
  const posted = await send(application, 'danger=yes&who=me', '/help');
  const got = await requestInternally(application.app, '/help?danger=yes&who=me');
  assert.equal(posted.body, got.body);
  assert.match(posted.body, /Call now/);
  assert.match(posted.body, /<form class="sl-choice" method="post"/);
  assert.equal((await send(application, '', '/help')).body, (await requestInternally(application.app, '/help')).body);
});

test('every way to help shows what it leaves behind before anything is opened', async (t) => {
  const application = await openApplication(t, today);
  const { body } = await requestInternally(application.app, '/help');
  const shown = words(body).replace(/<details[\s\S]*?<\/details>/g, '');
  const ways = shown.match(/sl-route__number/g)?.length ?? 0;
  assert.ok(ways >= 5);
  assert.equal(shown.match(/Leaves behind:/g)?.length, ways);
  assert.match(shown, /cough or tap[\s\S]*press 55[\s\S]*silent call alone brings nobody/);
});

test('the poster’s picture leads to the services page at the application’s own address; paper says how old it is', async (t) => {
  const application = await openApplication(t, { ...today, environment: { SAFELIGHT_ORIGIN: 'https://tell.example' } });
  const poster = await application.app.inject('/signs/poster');
  const picture = await renderQrCode(
    'https://tell.example/help',
    'Picture to scan, which opens who can help at this minute',
  );
  assert.ok(poster.body.includes(picture));
  for (const name of ['poster', 'sheet', 'card']) {
    const { body } = await application.app.inject(`/signs/${name}`);
    assert.match(body, /As known on 25 November 2026/, name);
    assert.match(body, /tell\.example\/help/, name);
    assert.match(body, /999/, name);
    assert.doesNotMatch(words(body), /withheld|stopexploitationherts/, name);
  }
});

test('from outside, every step is answered by the entrance of the journey, and paper versions by themselves', async (t) => {
  const { app } = await openApplication(t, today);
  const from = async (method: 'GET' | 'POST', url: string) => (await app.inject({ method, url })).body;
  for (const url of ['/signs', '/signs/control', '/signs/kinds', '/signs/alone', '/help'])
    assert.doesNotMatch(await from('GET', url), /Spot the signs|signs of control|tattoo|0800/i, url);
  for (const url of ['/signs', '/help']) assert.doesNotMatch(await from('POST', url), /tattoo|0800/, url);
  for (const url of ['/signs/sheet', '/signs/poster', '/signs/card'])
    assert.match(await from('GET', url), /sl-paper/, url);
});
