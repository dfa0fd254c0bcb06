import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import {
  type Claims,
  clientId,
  clientSecret,
  openHostileProvider,
  openRealProvider,
  openSilentProvider,
  type Signing,
} from '../../../test/fixtures/openid-provider.ts';
import type { Agency } from '../agencies/member.ts';
import { findInvitationLink } from '../members/examples.ts';
import { returnAddress } from './routes.ts';
import { saveSettings, sealSecret } from './store.ts';

const origin = 'https://safelight.example';
const room = '/staff/single-sign-on';

async function openAgency(t: TestContext) {
  const application = await openApplication(t, { environment: { SAFELIGHT_ORIGIN: origin } });
  const force = await application.agency('council', { name: 'Leashire Council' });
  const admin = await application.signIn(await application.member(force, ['administrator'], 'Ada Admin'));
  return { application, force, admin, returnTo: returnAddress(origin, force.id) };
}

const set = (
  { db, keys, clock }: TestApplication,
  { id: agencyId }: Agency,
  issuer: string,
  by: string,
  demands = ['mfa'],
) =>
  saveSettings(
    db,
    { agencyId, issuer, clientId, demands, secretSealed: sealSecret(keys, agencyId, clientSecret) },
    { memberId: by, at: clock.now() },
  );

const link = (
  { db, clock }: TestApplication,
  { id: agencyId }: Agency,
  issuer: string,
  subject: string,
  memberId: string,
) => db.insertInto('linkedAccounts').values({ agencyId, issuer, subject, memberId, linkedAt: clock.now() }).execute();

type Began = { readonly to: URL; readonly cookies: Record<string, string> };

/** As a browser goes: the page sends on by itself, and a cookie stays. */
async function begin({ app }: TestApplication, address: string): Promise<Began> {
  const page = await app.inject(address);
  assert.equal(page.statusCode, 200, page.body);
  const cookie = page.cookies.find(({ name }) => name === 'safelight-sign-on');
  assert.ok(cookie?.httpOnly && cookie.sameSite === 'Lax' && cookie.path === room);
  return { to: new URL(String(page.headers.refresh).replace('0; url=', '')), cookies: { [cookie.name]: cookie.value } };
}

const come = ({ app }: TestApplication, back: URL, cookies: Record<string, string>) =>
  app.inject({ url: `${back.pathname}${back.search}`, cookies });

const sessionOf = (answer: Awaited<ReturnType<typeof come>>): string | undefined =>
  answer.cookies.find(({ name, value }) => name === 'safelight' && value !== '')?.value;

test('a person joins by an invitation with their agency’s account, and signs in with it from then on', async (t) => {
  const { application, force, admin, returnTo } = await openAgency(t);
  const provider = await openRealProvider(t, [returnTo]);
  const saved = await admin.post(`${room}/settings/edit`, {
    issuer: provider.issuer,
    clientId,
    secret: clientSecret,
    demands: 'mfa',
  });
  assert.equal(saved.statusCode, 303, saved.body);
  const [kept] = await application.db.selectFrom('singleSignOn').selectAll().execute();
  assert.ok(kept?.secretSealed && !kept.secretSealed.includes(clientSecret), 'the secret is sealed');
  const someone = { name: 'Sam New', title: 'Nurse', email: 'sam@example.org', roles: 'field' };
  const invitation = findInvitationLink(await admin.post('/staff/accounts/new', someone));
  const offered =
    /href="(\/staff\/single-sign-on\/[^"]+)"/.exec((await application.app.inject(invitation)).body)?.[1] ?? '';

  const { to, cookies } = await begin(application, offered.replaceAll('&amp;', '&'));
  assert.equal(to.searchParams.get('code_challenge_method'), 'S256');
  assert.equal(to.searchParams.get('acr_values'), 'mfa');
  const back = await provider.walk(to.href);
  const joined = await come(application, back, cookies);
  const session = sessionOf(joined);
  assert.ok(session, joined.body);
  assert.equal(joined.headers.refresh, '0; url=/staff', 'a strict cookie is sent from a page of ours alone');
  const home = await application.app.inject({ url: '/staff', cookies: { safelight: session } });
  assert.match(home.body, /Sam New/);
  assert.equal((await application.app.inject(invitation)).statusCode, 404, 'the link is used up');

  const again = await begin(application, `${room}/${force.id}`);
  assert.ok(sessionOf(await come(application, await provider.walk(again.to.href), again.cookies)));
  const methods = await application.db
    .selectFrom('sessions')
    .select('method')
    .where('method', '=', 'single sign-on')
    .execute();
  assert.equal(methods.length, 2);
  assert.match((await admin.get(`${room}/settings`)).body, /subject-1/);

  provider.person.subject = 'subject-2';
  const stranger = await begin(application, `${room}/${force.id}`);
  const refused = await come(application, await provider.walk(stranger.to.href), stranger.cookies);
  assert.equal(refused.statusCode, 403);
  assert.match(refused.body, /Nobody here is linked/);

  provider.person.subject = 'subject-1';
  provider.person.amr = ['pwd'];
  const weak = await begin(application, `${room}/${force.id}`);
  const one = await come(application, await provider.walk(weak.to.href), weak.cookies);
  assert.match(one.body, /did not say that you used a second factor/);
  assert.equal(sessionOf(one), undefined);
  const trail = await application.auditTrail();
  for (const event of [
    'single sign-on.set',
    'sign on begun',
    'sign on returned',
    'invitation.accepted',
    'session.opened by agency',
  ])
    assert.ok(trail.includes(event), event);
  const reasons = (await application.refusals()).map(({ reason }) => reason);
  assert.deepEqual(reasons, ['nobody here', 'one factor']);
});

test('an administrator links accounts by subject, but not their own; unlinking ends the sessions', async (t) => {
  const { application, force, admin } = await openAgency(t);
  await set(application, force, 'https://login.example', admin.member.id);
  const officer = await application.signIn(await application.member(force, ['field'], 'Asha Here'));
  const form = `${room}/settings/link`;
  const answers = { memberId: officer.member.id, subject: 's-1' };
  assert.match((await admin.post(form, { ...answers, memberId: admin.member.id })).body, /Nobody links their own/);
  assert.equal((await admin.post(form, answers)).statusCode, 303);
  assert.match((await admin.post(form, answers)).body, /linked already/);
  assert.equal((await officer.get('/staff')).statusCode, 200);
  assert.equal((await admin.post(`${room}/settings/unlink/${officer.member.id}`)).statusCode, 303);
  assert.equal((await officer.get('/staff')).statusCode, 303);
});

const lies: readonly (readonly [name: string, claims: Claims, signing?: Signing])[] = [
  ['another nonce', { nonce: 'another' }],
  ['no nonce', { nonce: undefined }],
  ['another client’s token', { aud: 'another client' }],
  ['a token for several, given to another', { aud: [clientId, 'another client'], azp: 'another client' }],
  ['another issuer', { iss: 'https://login.example' }],
  ['a token that is over', { exp: 1_000_000 }],
  ['no subject', { sub: undefined }],
  ['another subject', { sub: 'nobody that we know' }],
  ['no word of a second factor', { amr: ['pwd'], acr: '0' }],
  ['a key that is not the issuer’s', {}, 'with another key'],
  ['no signature', {}, 'not at all'],
  ['a signature by the client secret', {}, 'with the client secret'],
];

test('a forged token signs in no one', async (t) => {
  const { application, force, admin } = await openAgency(t);
  const provider = await openHostileProvider(t);
  await set(application, force, provider.issuer, admin.member.id);
  const officer = await application.member(force, ['field'], 'Asha Here');
  await link(application, force, provider.issuer, 's-1', officer.id);
  const attempt = async (claims: Claims, signing: Signing = 'well', query: Record<string, string> = {}) => {
    const { to, cookies } = await begin(application, `${room}/${force.id}`);
    const now = Math.floor(Date.now() / 1_000);
    const nonce = to.searchParams.get('nonce');
    const told = { iss: provider.issuer, sub: 's-1', aud: clientId, nonce, iat: now, exp: now + 60, amr: ['mfa'] };
    provider.next = { claims: { ...told, ...claims }, signing };
    const back = new URL(to.searchParams.get('redirect_uri') ?? '');
    const said = { code: 'c', state: to.searchParams.get('state') ?? '', iss: provider.issuer, ...query };
    back.search = new URLSearchParams(said).toString();
    return come(application, back, cookies);
  };
  assert.ok(sessionOf(await attempt({})), 'the truth lets her in');
  for (const [name, claims, signing] of lies) {
    const answer = await attempt(claims, signing);
    assert.equal(answer.statusCode, 403, name);
    assert.equal(sessionOf(answer), undefined, name);
    assert.doesNotMatch(answer.body, /nonce|token|claim|issuer/i, `${name}: told in a sentence for people`);
  }
  const asked = provider.asked();
  for (const iss of ['https://login.example', ''])
    assert.equal(sessionOf(await attempt({}, 'well', { iss })), undefined, 'an answer of another issuer (mix-up)');
  assert.equal(sessionOf(await attempt({}, 'well', { error: 'access_denied' })), undefined);
  assert.equal(provider.asked(), asked, 'and the code goes nowhere');
});

test('a state that is forged, stale, used, of another browser or of another agency is refused before the issuer is asked', async (t) => {
  const { application, force, admin } = await openAgency(t);
  const provider = await openHostileProvider(t);
  await set(application, force, provider.issuer, admin.member.id);
  const officer = await application.member(force, ['field'], 'Asha Here');
  await link(application, force, provider.issuer, 's-1', officer.id);
  const charity = await application.agency('voluntary', { name: 'Other' });
  await set(application, charity, provider.issuer, admin.member.id);
  await link(
    application,
    charity,
    provider.issuer,
    's-1',
    (await application.member(charity, ['field'], 'Vi Other')).id,
  );
  const prepare = async () => {
    const { to, cookies } = await begin(application, `${room}/${force.id}`);
    const now = Math.floor(Date.now() / 1_000);
    const nonce = to.searchParams.get('nonce');
    const claims = { iss: provider.issuer, sub: 's-1', aud: clientId, nonce, iat: now, exp: now + 60, amr: ['mfa'] };
    provider.next = { claims, signing: 'well' };
    const back = new URL(to.searchParams.get('redirect_uri') ?? '');
    back.search = new URLSearchParams({
      code: 'c',
      state: to.searchParams.get('state') ?? '',
      iss: provider.issuer,
    }).toString();
    return { back, cookies };
  };
  const refused = async (why: string, back: URL, cookies: Record<string, string>) => {
    const before = provider.asked();
    const answer = await come(application, back, cookies);
    assert.equal(answer.statusCode, 403, why);
    assert.match(answer.body, /not begun in this browser/, why);
    assert.equal(sessionOf(answer), undefined, why);
    assert.equal(provider.asked(), before, why);
  };
  const [one, two] = [await prepare(), await prepare()];
  const forged = new URL(one.back);
  forged.searchParams.set('state', 'forged');
  await refused('forged', forged, one.cookies);
  await refused('no browser', one.back, {});
  await refused('another browser', one.back, two.cookies);
  const elsewhere = new URL(one.back.href.replace(force.id, charity.id));
  await refused('another agency', elsewhere, one.cookies);
  const third = await prepare();
  assert.ok(sessionOf(await come(application, third.back, third.cookies)));
  await refused('used', third.back, third.cookies);
  const fourth = await prepare();
  await set(application, force, 'https://login.example', admin.member.id);
  await refused('set anew meanwhile', fourth.back, fourth.cookies);
  await set(application, force, provider.issuer, admin.member.id);
  const fifth = await prepare();
  application.clock.move(new Date(application.clock.now().getTime() + 10 * 60_000));
  await refused('stale', fifth.back, fifth.cookies);
  assert.equal((await application.db.selectFrom('signOnAttempts').select('nonce').execute()).length > 0, true);
  await begin(application, `${room}/${force.id}`);
  assert.equal(
    (await application.db.selectFrom('signOnAttempts').select('nonce').execute()).length,
    1,
    'the old are gone',
  );
});

test('an issuer that is down, silent or false is reported in a sentence, and other ways in stay open', async (t) => {
  const { application, force, admin } = await openAgency(t);
  const silent = await openSilentProvider(t);
  const false_ = await openHostileProvider(t);
  false_.metadata = { issuer: 'https://login.example' };
  for (const issuer of ['http://127.0.0.1:9', silent, false_.issuer]) {
    await set(application, force, issuer, admin.member.id);
    const page = await application.app.inject(`${room}/${force.id}`);
    assert.equal(page.statusCode, 503, issuer);
    assert.match(page.body, /does not answer[\s\S]*href="\/staff\/sign-in"/);
    assert.equal((await application.app.inject('/staff/sign-in')).statusCode, 200);
  }
  assert.equal((await application.app.inject(`${room}/${admin.member.id}`)).statusCode, 404, 'an agency that has none');
});

test('an issuer must be reached by HTTPS, and in live mode must report a second factor', async (t) => {
  const { application, force, admin } = await openAgency(t);
  const edit = `${room}/settings/edit`;
  const answers = { issuer: 'https://login.example', clientId, secret: 's', demands: '' };
  const attempts: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ issuer: 'login' }, /Enter an address, like/],
    [{ issuer: 'http://login.example' }, /must begin with https/],
    [{ issuer: 'https://a:b@login.example' }, /the address alone/],
    [{ issuer: 'http://127.0.0.1:9' }, /does not answer as an OpenID Connect provider/],
    [{ secret: '' }, /Enter the client secret/],
  ];
  for (const [wrong, says] of attempts) {
    const answer = await admin.post(edit, { ...answers, ...wrong });
    assert.equal(answer.statusCode, 422);
    assert.match(answer.body, says);
    assert.doesNotMatch(answer.body, /name="secret"[^>]*value="s"/, 'a secret is not sent back');
  }
  assert.equal((await application.db.selectFrom('singleSignOn').selectAll().execute()).length, 0);

  await set(application, force, 'https://login.example', admin.member.id);
  assert.equal((await admin.post(`${room}/settings/remove`)).statusCode, 303);
  assert.match((await application.app.inject(room)).body, /No agency of this partnership has set this up/);
});

test('signing out there is offered where the issuer has a way', async (t) => {
  const { application, force, admin } = await openAgency(t);
  const provider = await openHostileProvider(t);
  await set(application, force, provider.issuer, admin.member.id);
  assert.match((await application.app.inject(`${room}/${force.id}/end`)).body, /offers no way to sign out/);
  provider.metadata = { end_session_endpoint: `${provider.issuer}/end` };
  await set(application, force, provider.issuer, admin.member.id, []);
  const other = await openHostileProvider(t);
  other.metadata = { end_session_endpoint: `${other.issuer}/end` };
  await set(application, force, other.issuer, admin.member.id);
  const page = await application.app.inject(`${room}/${force.id}/end`);
  assert.match(String(page.headers.refresh), /\/end\?.*post_logout_redirect_uri=https%3A%2F%2Fsafelight\.example/);
});
