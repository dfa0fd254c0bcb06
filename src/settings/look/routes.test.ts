import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { requestInternally } from '../../public/private-journey/visitor.ts';
import { openSettings, versionIn } from '../examples.ts';
import { drawnLogo, pngLogo } from './examples.ts';

const logoPath = '/staff/settings/logo';
const plain = (body: string): string => body.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');
const svgFile = (text: string) => ({ name: 'logo.svg', content: Buffer.from(text) });
const shown = (alternative = '') => ({ show: 'file', alternative });

async function open(t: TestContext, environment: Record<string, string> = {}) {
  const application = await openSettings(t, environment, { today: '2026-11-25' });
  const { ada, sol } = application;
  const approve = async (location: unknown) => {
    const decided = await sol.post(`/staff/settings/versions/${versionIn(location)}/decide`, { decision: 'approve' });
    assert.equal(decided.statusCode, 303, plain(decided.body));
  };
  const setLogo = async (content: Buffer, alternative = '') => {
    const saved = await ada.upload(logoPath, shown(alternative), { name: 'logo', content });
    assert.equal(saved.statusCode, 303, plain(saved.body));
    await approve(saved.headers.location);
    return String(saved.headers.location);
  };
  const setColour = async (colour: string) => {
    const saved = await ada.post('/staff/settings/colour', { colour });
    assert.equal(saved.statusCode, 303, plain(saved.body));
    await approve(saved.headers.location);
    return String(saved.headers.location);
  };
  return { ...application, approve, setLogo, setColour };
}

test('a drawing is cleaned, waits for a second person, and then stands at the top of the named pages alone', async (t) => {
  const { app, ada, sol, approve, db, auditTrail } = await open(t);
  assert.equal((await app.inject('/logo')).statusCode, 404);
  const saved = await ada.upload(logoPath, shown('A white tick on blue'), svgFile(drawnLogo));
  assert.equal(saved.statusCode, 303, plain(saved.body));
  assert.equal((await app.inject('/logo')).statusCode, 404, 'the public sees no proposal');
  const version = String(saved.headers.location);
  assert.match((await ada.post(`${version}/decide`, { decision: 'approve' })).body, /You proposed this version/);
  const seen = (await sol.get(version)).body;
  assert.match(seen, /<img src="data:image\/svg\+xml;base64,[^"]+" alt="Proposed">/);
  assert.match(plain(seen), /SVG, \d+ B, 240 by 80, fingerprint [\da-f]{8}.*A white tick on blue/);
  assert.match((await sol.get('/staff')).body, /Decide on a change of the public site/);
  await approve(version);

  const logo = await app.inject('/logo');
  assert.deepEqual([logo.headers['content-type'], logo.headers['cache-control']], ['image/svg+xml', 'no-store']);
  assert.match(String(logo.headers['content-security-policy']), /^sandbox; default-src 'none'/);
  assert.match(
    logo.body,
    /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" viewBox="0 0 240 80" width="240" height="80">/,
  );
  for (const text of [logo.body, JSON.stringify(await db.selectFrom('publicSettings').selectAll().execute())])
    assert.doesNotMatch(text, /Ines Inventor|Drawing Program|inkscape|style/);
  for (const url of ['/', '/help', '/report', '/signs', '/signs/poster', '/news', '/about', '/no-such-page'])
    assert.match(
      (await app.inject(url)).body,
      /<img class="sl-logo" src="\/logo" alt="A white tick on blue" width="120" height="40" loading="lazy">Lea Vale Partnership/,
      url,
    );
  for (const url of ['/start', '/help', '/report', '/signs', '/signs/poster', '/signs/card', '/signs/sheet'])
    assert.doesNotMatch((await requestInternally(app, url)).body, /<img|sl-logo"|\/logo/, url);
  assert.doesNotMatch((await app.inject('/information')).body, /<img/);
  assert.deepEqual(
    (await auditTrail({ looks: false })).filter((event) => event.startsWith('public setting')),
    ['public setting.proposed', 'public setting.approved'],
  );
});

test('a PNG is written again from its pixels, and without words of its own the name stands for it', async (t) => {
  const { app, setLogo } = await open(t);
  const sent = await pngLogo();
  assert.ok(sent.includes('Ines Inventor'));
  await setLogo(sent);
  const { headers, rawPayload } = await app.inject('/logo');
  assert.equal(headers['content-type'], 'image/png');
  assert.deepEqual([rawPayload.readUInt32BE(16), rawPayload.readUInt32BE(20)], [240, 80]);
  assert.ok(!rawPayload.includes('Ines Inventor') && !rawPayload.includes('tEXt'));
  assert.match((await app.inject('/')).body, /alt="" width="120" height="40" loading="lazy">Lea Vale Partnership/);
});

test('the words about a logo change without its file; it can be taken away; the history keeps each version', async (t) => {
  const { app, ada, dee, approve, setLogo } = await open(t);
  const first = await setLogo(Buffer.from(drawnLogo));
  assert.match((await ada.upload(logoPath, { show: 'kept', alternative: '' }, undefined)).body, /You changed nothing/);
  const words = await ada.upload(logoPath, { show: 'kept', alternative: 'A tick' }, undefined);
  await approve(words.headers.location);
  assert.match((await app.inject('/')).body, /alt="A tick"/);
  const none = await ada.upload(logoPath, { show: 'none', alternative: 'A tick' }, undefined);
  assert.match(plain((await dee.get(String(none.headers.location))).body), /Logo .*fingerprint .* No logo Changed/);
  await approve(none.headers.location);
  assert.equal((await app.inject('/logo')).statusCode, 404);
  assert.doesNotMatch((await app.inject('/')).body, /<img/);
  const again = await dee.post(`${first}/again`, {});
  assert.equal(again.statusCode, 403, 'a data-protection lead proposes nothing');
  const proposed = await ada.post(`${first}/again`, {});
  await approve(proposed.headers.location);
  assert.equal((await app.inject('/logo')).statusCode, 200);
  const history = (await dee.get('/staff/settings/history')).body;
  assert.equal(history.match(/>Logo</g)?.length, 4);
});

test('a file that cannot be a logo is refused at its field, with what to do, and the text stays', async (t) => {
  const { ada, db } = await open(t);
  const wide = drawnLogo.replace('viewBox="0 0 240 80"', 'viewBox="0 0 240 8"');
  const long = `<svg viewBox="0 0 9 9"><path d="${'M0 0h9v9z'.repeat(2_000)}"/></svg>`;
  const cases: readonly (readonly [string, Buffer | string, RegExp])[] = [
    ['a script', drawnLogo.replace('</svg>', '<script/></svg>'), /contains “script”, which a logo cannot have/],
    ['a page', '<html><script>alert(1)</script></html>', /Choose an SVG or a PNG/],
    ['a picture of another kind', Buffer.from('GIF89a\0\0'), /Choose an SVG or a PNG/],
    ['half a PNG', (await pngLogo()).subarray(0, 300), /The PNG cannot be used: it is damaged/],
    ['a PNG of many dots', await pngLogo(3_000, 2_900), /The PNG cannot be used|too many dots/],
    ['a long drawing', long, /is 18 kB after cleaning\. It can have 16 kB\. Export a simpler drawing/],
    ['a very large file', Buffer.alloc(500_001, '<'), /larger than 500 kB\. Choose a smaller one/],
    ['a strip', wide, /at most 6 times as wide as high/],
    ['nothing', Buffer.alloc(0), /The file is empty/],
  ];
  for (const [what, content, words] of cases) {
    const file = { name: 'logo.svg', content: Buffer.from(content) };
    const refused = await ada.upload(logoPath, shown('A tick'), file);
    assert.equal(refused.statusCode, 422, what);
    assert.match(plain(refused.body), words, what);
    assert.match(refused.body, /value="A tick"/, what);
    assert.match(refused.body, /id="file-error"/, what);
  }
  assert.match(plain((await ada.upload(logoPath, shown(), undefined)).body), /Select a file/);
  const incomplete = await ada.upload(logoPath, shown('x'.repeat(121)), svgFile(drawnLogo));
  assert.match(plain(incomplete.body), /120 characters or fewer.*Choose the file again/);
  assert.deepEqual(await db.selectFrom('publicSettings').selectAll().execute(), []);
});

test('a colour with too little contrast is refused with its ratio and a darker one; an approved one colours the named pages', async (t) => {
  const { app, ada, sol, setColour, approve, clock } = await open(t);
  const colourOf = async (colour: string) => plain((await ada.post('/staff/settings/colour', { colour })).body);
  assert.match(
    await colourOf('#f47738'),
    /contrast of this colour with the page is 2\.66:1\. Text needs 4\.5:1 or more\. Choose a darker colour, such as #b55829/,
  );
  assert.match(await colourOf('orange'), /Enter a colour as # and six letters or digits/);
  assert.match(await colourOf('#747474;}body{display:none'), /Use 20 characters or fewer|Enter a colour/);
  const before = await app.inject('/');
  const version = await setColour('05A');
  assert.match(
    plain((await sol.get(version)).body),
    /Main colour .*#0055aa.*Lowest contrast on a light screen .*6\.\d\d:1/,
  );
  for (const url of ['/', '/help', '/report', '/signs', '/signs/leaflet', '/news', '/about', '/no-such-page']) {
    const { body, headers } = await app.inject(url);
    const [, style = ''] = /<style>(:root\{--bar:[^<]*)<\/style>/.exec(body) ?? [];
    assert.match(style, /^:root\{--bar:#0055aa;--bar-ink:#ffffff;--lamp:#0055aa;/, url);
    const hash = Buffer.from(await crypto.subtle.digest('SHA-256', Buffer.from(style))).toString('base64');
    assert.ok(String(headers['content-security-policy']).includes(`'sha256-${hash}'`), `${url}: the policy lets it in`);
  }
  for (const url of ['/start', '/help', '/report', '/signs', '/signs/leaflet'])
    assert.doesNotMatch((await requestInternally(app, url)).body, /0055aa|--bar:/, url);
  assert.doesNotMatch((await app.inject('/information')).body, /0055aa/);
  const none = await ada.post('/staff/settings/colour', { colour: '' });
  const compared = plain((await sol.get(String(none.headers.location))).body);
  assert.match(compared, /Main colour #0055aa The colours of Safelight Changed/);
  clock.move(new Date(clock.now().getTime() + 1_000));
  await approve(none.headers.location);
  assert.equal((await app.inject('/')).body, before.body);
  assert.equal((await app.inject('/')).headers['content-security-policy'], before.headers['content-security-policy']);
});

test('Help, Report and the papers stay below 14,000 bytes with a logo and a colour, and whole without the logo', async (t) => {
  const { app, setLogo, setColour } = await open(t);
  await setLogo(Buffer.from(drawnLogo), 'A white tick and two lines on blue');
  await setColour('#005ea5');
  for (const language of ['en', 'cy', 'sq', 'ar', 'zh', 'pl', 'pt', 'ro', 'es', 'ti', 'uk', 'vi'])
    for (const url of ['/', '/help', '/report', '/signs', '/signs/poster', '/signs/leaflet', '/signs/card']) {
      const { rawPayload } = await app.inject({
        url: `${url}?language=${language}`,
        headers: { 'accept-encoding': 'br' },
      });
      assert.ok(rawPayload.length > 1_000 && rawPayload.length <= 14_000, `${language} ${url}: ${rawPayload.length}`);
    }
});

test('only an administrator proposes the look, and the settings say where it stands', async (t) => {
  const { ada, dee, pat, setColour } = await open(t);
  for (const url of [logoPath, '/staff/settings/colour'])
    for (const who of [dee, pat]) assert.equal((await who.get(url)).statusCode, 403, url);
  assert.equal((await pat.upload(logoPath, shown(), svgFile(drawnLogo))).statusCode, 403);
  const overview = async () => plain((await ada.get('/staff/settings')).body);
  assert.match(await overview(), /Logo Optional The look of Safelight Main colour Optional The look of Safelight/);
  await setColour('#005ea5');
  await ada.upload(logoPath, shown(), svgFile(drawnLogo));
  assert.match(
    await overview(),
    /Logo Waits for approval : Logo The look of Safelight Main colour Done Approved 25 November/,
  );
});
