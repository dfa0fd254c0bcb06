import assert from 'node:assert/strict';
import { test } from 'node:test';
import { brotliDecompressSync } from 'node:zlib';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { renderQrCode } from '../../platform/rendering/qr-code.ts';
import { languages } from '../languages/load.ts';
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

test('the ten signs come first on both sites, in two groups, each with why it matters and what else it may be', async (t) => {
  const { app } = await openApplication(t, today);
  const indoors = (await requestInternally(app, '/signs')).body;
  const named = (await app.inject('/signs')).body;
  for (const body of [named, indoors]) {
    const [control = '', alone = ''] = body.split('Four signs that mean nothing alone');
    const [, six = ''] = control.split('Six signs that someone else may be in control');
    assert.equal(six.match(/<h4 /g)?.length, 6);
    assert.equal(alone.match(/<h4 /g)?.length, 4);
    assert.equal(six.match(/Why it matters:/g)?.length, 6);
    assert.equal(alone.match(/Why this is a weak sign:/g)?.length, 4);
    assert.equal(body.match(/Another explanation:/g)?.length, 10);
    assert.match(body, /Never report people because of where they come from/);
    assert.ok(body.indexOf('tel:999') < body.indexOf('Six signs'));
  }
  assert.match(indoors, /<title>Information<[\s\S]*id="exit"/);
  assert.doesNotMatch(indoors, /\.pdf|signs\/print/, 'no file is left on a watched phone');
  for (const { code } of languages)
    for (const url of ['/signs', '/signs/places', '/signs/check', '/signs/print']) {
      const at = `${url}?language=${code}`;
      const { rawPayload } = await app.inject({ url: at, headers: { 'accept-encoding': 'br' } });
      assert.ok(rawPayload.length <= 13_500, `${at}: ${rawPayload.length} bytes`);
    }
});

test('each kind of place has a short list, what else it may be, and where that comes from', async (t) => {
  const { app } = await openApplication(t, today);
  const { body } = await app.inject('/signs/places');
  for (const place of ['Car wash', 'Nail bar', 'Farm', 'Building site', 'Takeaway', 'Flat or house'])
    assert.match(
      body,
      new RegExp(`<h2[^>]*>${place}</h2>\\s*<ul[^>]*>(<li>[^<]+</li>){3,5}</ul>\\s*<p[^>]*><strong>Another`),
    );
  const forms = body.match(/<form method="post" action="\/signs">[\s\S]*?<\/form>/g) ?? [];
  assert.deepEqual(
    forms.map((form) => /value="(\w+)"[\s\S]*hidden">: ([^<]*)</.exec(form)?.slice(1)),
    [
      ['wash', 'Car wash'],
      ['nails', 'Nail bar'],
      ['farm', 'Farm'],
      ['site', 'Building site'],
      ['takeaway', 'Takeaway'],
      ['flat', 'Flat or house'],
    ],
    'each leads into the self-check with its place chosen',
  );
  assert.match(body, /The kind of place is never a sign by itself/);
  assert.match(body, /South Yorkshire Police/);
});

test('the steps of the self-check answer at one address, under one title, and leave nothing behind', async (t) => {
  const application = await openApplication(t, today);
  const start = await requestInternally(application.app, '/signs/check');
  const title = /<title>[^<]*/.exec(start.body)?.[0];
  const steps: [said: string, heading: string][] = [
    ['at=notice&reader=worried+person&kind=labour+exploitation', 'What did you notice?'],
    ['at=notice&reader=it+is+happening+to+me&kind=not+known', 'What happens to you?'],
    ['at=notice&reader=professional&kind=child+exploitation&sign=afraid', 'What did you notice?'],
    [`${worried}&sign=afraid&sign=tattoo`, 'What to do now'],
    [
      'at=who&reader=professional&kind=child+exploitation&sign=afraid',
      'Say what you noticed, and find out what to do now',
    ],
    ['', 'Say what you noticed, and find out what to do now'],
    ['at=elsewhere&reader=%00&kind=__proto__&sign=%F0%9F%92%A9', 'Say what you noticed, and find out what to do now'],
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

test('Help shows services for every kind first, then those for one kind in short, and weighs little', async (t) => {
  const { app } = await openApplication(t, today);
  for (const who of ['worried', 'me', 'professional', 'child']) {
    const url = `/help?who=${who}`;
    const { body } = await app.inject(url);
    const [general = '', forOne = ''] = body.split('For one kind of exploitation');
    assert.match(general, /Modern Slavery &amp; Exploitation Helpline/);
    if (who === 'child') {
      assert.equal(forOne, '');
      assert.match(general, /NSPCC helpline/);
    } else {
      assert.doesNotMatch(general, /Rape|Acas|Domestic Abuse/);
      for (const line of ['Rape and Sexual Abuse', 'Acas, helpline', 'National Domestic Abuse', 'Fair Work Agency'])
        assert.match(forOne, new RegExp(line));
      assert.match(forOne, /former authority told police and immigration enforcement/);
      for (const part of forOne.split('<section ').slice(1)) assert.match(part, /Traces that this leaves/);
    }
    const packed = await app.inject({ url, headers: { 'accept-encoding': 'br' } });
    assert.ok(packed.rawPayload.length <= 14_000, `${url}: ${packed.rawPayload.length} bytes`);
  }
});

test('the answer names the line for the kind after the national one, and no line for other kinds', async (t) => {
  const application = await openApplication(t, today);
  const lines = {
    'labour exploitation': 'Acas, helpline',
    'sexual exploitation': 'Rape and Sexual Abuse Support Line',
    'domestic servitude': 'National Domestic Abuse Helpline',
    'criminal exploitation': 'SafeCall',
  };
  for (const reader of ['worried person', 'professional', 'it is happening to me'])
    for (const [kind, line] of Object.entries(lines))
      for (const sign of ['', 'afraid']) {
        const { body } = await send(application, new URLSearchParams({ at: 'answer', reader, kind, sign }).toString());
        const named = [...body.matchAll(/<h3 class="govuk-heading-m[^>]*>([^<]+)/g)].map(([, name]) => name);
        assert.match(named[0] ?? '', /^Salvation Army/);
        assert.ok(named[1]?.startsWith(line), `${reader} ${kind}: ${named.join(', ')}`);
        if (kind === 'labour exploitation')
          assert.doesNotMatch(named.join(), /Rape|Assault|Domestic Abuse|Men's Advice/);
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

test('the kind of place goes from step to step, shows what can be noticed there, and changes no advice', async (t) => {
  const application = await openApplication(t, today);
  const kept = /<input type="hidden" name="place" value="nails">/;
  const notice = await send(application, 'at=notice&reader=worried+person&kind=labour+exploitation&place=nails');
  assert.match(notice.body, kept);
  assert.match(
    notice.body,
    /Nail bar<\/h2>[\s\S]*takes their pay or their tips[\s\S]*In many salons one person takes the payments/,
  );
  assert.equal((notice.body.match(/takes their pay/g) ?? []).length, 1, 'it is read there, and not ticked');
  const answer = await send(application, `${worried}&sign=afraid&place=nails`);
  assert.match(answer.body, kept);
  const toReport = /<form[^>]*>(?:(?!<\/form>)[\s\S])*value="short"/.exec(answer.body)?.[0] ?? '';
  assert.match(toReport, kept, 'it goes along into a report');
  assert.equal(advised(answer.body), advised((await send(application, `${worried}&sign=afraid`)).body));
  const again = await send(application, 'at=who&reader=worried+person&kind=not+known&place=nails');
  assert.match(again.body, /name="place" type="radio" value="nails" checked/);
  const own = await send(application, 'at=notice&reader=it+is+happening+to+me&kind=not+known&place=nails');
  assert.doesNotMatch(own.body, /Nail bar/);
  for (const place of ['', 'elsewhere', '__proto__', '%22%3E%3Cscript%3E'])
    assert.doesNotMatch(
      (await send(application, `${worried}&place=${place}`)).body,
      /name="place"|elsewhere|"><script>/,
    );
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
  // British Sign Language, a text and the relay to 999 stand openly too, each with its own traces.
  const emergency = shown.match(/<ul class="govuk-list govuk-body-s">[\s\S]*?<\/ul>/)?.[0] ?? '';
  const ways = (shown.match(/sl-route__number/g)?.length ?? 0) + (emergency.match(/<li>/g)?.length ?? 0);
  assert.match(emergency, /999 BSL[\s\S]*Traces that this leaves:/);
  assert.ok(ways >= 8);
  assert.equal(shown.match(/Traces that this leaves:/g)?.length, ways);
  assert.match(shown, /cough or tap[\s\S]*press 55[\s\S]*silent call alone brings nobody/);
});

test('where a page lists Crimestoppers in short, it says that they give no help or advice', async (t) => {
  const application = await openApplication(t, { ...today, time: '03:00' });
  for (const url of ['/', '/help']) {
    const { body } = await application.app.inject(url);
    const list = body.match(/<ul class="govuk-list sl-first">[\s\S]*?<\/ul>/)?.[0] ?? '';
    assert.match(list, /Crimestoppers[^\n]*They do not give help or advice to people who are being exploited\./, url);
    assert.equal(list.match(/They do not give help/g)?.length, 1);
  }
});

test('the poster’s picture leads to the services page at the application’s own address; paper says how old it is', async (t) => {
  const application = await openApplication(t, { ...today, environment: { SAFELIGHT_ORIGIN: 'https://tell.example' } });
  const poster = await application.app.inject('/signs/poster');
  const picture = await renderQrCode(
    'https://tell.example/information',
    'This picture opens the private entrance, tell.example/information. Choose a language there to see who can help.',
  );
  assert.ok(poster.body.includes(picture));
  for (const name of ['poster', 'sheet', 'leaflet', 'card']) {
    const { body } = await application.app.inject(`/signs/${name}`);
    assert.match(body, /(As known|Made) on Wednesday,? 25 November 2026/, name);
    assert.match(body, /Check or replace this paper by Wednesday,? 21 April 2027/, name);
    assert.match(body, /tell\.example\/information/, name);
    assert.match(body, /999/, name);
    assert.doesNotMatch(words(body), /withheld|stopexploitationherts/, name);
  }
});

test('nothing is chosen about danger before the reader says it', async (t) => {
  const application = await openApplication(t, today);
  const chosen = (body: string) =>
    [...body.matchAll(/name="danger" type="radio" value="(\w+)" checked/g)].map(([, one]) => one);
  assert.deepEqual(chosen((await requestInternally(application.app, '/help?who=me')).body), []);
  assert.deepEqual(chosen((await application.app.inject('/help')).body), []);
  assert.deepEqual(chosen((await send(application, 'danger=no&who=me', '/help')).body), ['no']);
  assert.deepEqual(chosen((await send(application, 'danger=yes&who=me', '/help')).body), ['yes']);
});

test('paper in the private journey has the exit and leads back into the journey; each language has its own', async (t) => {
  const { app } = await openApplication(t, today);
  for (const name of ['sheet', 'poster', 'leaflet', 'card']) {
    const inside = (await requestInternally(app, `/signs/${name}`)).body;
    assert.match(inside, /<title>Information<[\s\S]*id="exit"/, name);
    const named = (await app.inject(`/signs/${name}?language=pl`)).body;
    assert.match(named, /<html lang="pl"[\s\S]*href="\/signs\?language=pl"/, name);
    assert.match(named, /href="\/information"/, 'and leads to the private entrance');
  }
});

test('on the named site each step has its own title and no exit, sets no cookie, and keeps answers out of addresses', async (t) => {
  const { app } = await openApplication(t, today);
  const ask = async (method: 'GET' | 'POST', url: string, payload?: string) =>
    app.inject({
      method,
      url,
      payload: payload ?? '',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
    });
  for (const url of [
    '/',
    '/signs',
    '/signs/places',
    '/signs/check',
    '/signs/print',
    '/signs/control',
    '/signs/kinds',
    '/help',
  ]) {
    const { body, statusCode, headers } = await app.inject(url);
    assert.equal(statusCode, 200, url);
    assert.match(body, /<title>(?!Information)[^<]+ - /, url);
    assert.doesNotMatch(body, /id="exit"/, url);
    assert.equal(headers['set-cookie'], undefined);
  }
  assert.match((await ask('POST', '/signs', 'step=notice&reader=bystander')).body, /<title>(?!Information)/);
  assert.match((await ask('POST', '/help', 'who=me')).body, /<title>(?!Information)/);
  for (const url of ['/signs/sheet', '/signs/poster', '/signs/leaflet', '/signs/card'])
    assert.match((await app.inject(url)).body, /sl-paper/, url);
});
