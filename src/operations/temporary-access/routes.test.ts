import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { openApplication, type TestApplication } from '../../../test/fixtures/application.ts';
import { openSession } from '../../identity/agencies/index.ts';
import { findCsrfToken, findSessionCookie, submitForm } from '../../identity/members/examples.ts';
import { newId } from '../../vocabulary/ids.ts';

async function openShift(t: TestContext) {
  const application = await openApplication(t);
  const force = await application.agency('police force', { name: 'Leashire Constabulary' });
  const planner = await application.signIn(await application.member(force, ['planner'], 'Pat Planner'));
  const [week, operation] = [newId(), newId()];
  const dates = { startsOn: '2026-09-15', endsOn: '2026-09-21', agencyId: force.id };
  await application.db
    .insertInto('weeks')
    .values({ id: week, name: 'A week', lead: 'x', focus: ['x'], ...dates })
    .execute();
  const named = { codeName: 'Operation Lantern', unit: 'x', area: 'x', plannedBy: planner.member.id };
  await application.db
    .insertInto('operations')
    .values({ id: operation, weekId: week, ...named, ...dates })
    .execute();
  return { ...application, application, force, planner, operation };
}

const shiftOf = (operationId: string, more = {}) => ({
  operationId,
  'day-day': '18',
  'day-month': '9',
  'day-year': '2026',
  from: '13:00',
  until: '21:00',
  names: 'Vi One\nWin Two\n\nVi One',
  ...more,
});

const cardsIn = ({ body }: { readonly body: string }) =>
  new Map(
    [...body.matchAll(/<strong>([^<]+)<\/strong>, volunteer<\/p>\s*<p class="sl-figure[^>]*>([^<]+)</g)].map(
      ([, name = '', code = '']) => [name, code] as const,
    ),
  );

const signInWith = ({ app }: TestApplication, code: string) =>
  submitForm(app, '/staff/temporary-access/sign-in', { code });

test('a planner makes cards with a name, the hours and a code; a code opens the volunteer’s pages for the shift, on one screen', async (t) => {
  const { application, app, db, clock, planner, operation } = await openShift(t);
  const made = await planner.post('/staff/temporary-access/new', shiftOf(operation));
  const cards = cardsIn(made);
  assert.deepEqual([...cards.keys()], ['Vi One', 'Win Two']);
  assert.doesNotMatch(made.body, /Lantern/, 'a lost card tells nothing of the operation');
  const code = cards.get('Vi One') ?? '';
  const kept = await db.selectFrom('temporaryAccess').selectAll().execute();
  assert.ok(kept.every(({ codeHash }) => codeHash.length === 32 && !codeHash.includes(code.replaceAll('-', ''))));

  const early = await signInWith(application, code);
  assert.equal(early.statusCode, 422, 'an hour before');
  clock.move(new Date('2026-09-18T11:30:00Z'));
  const signedIn = await signInWith(application, code.toLowerCase().replaceAll('-', ' '));
  assert.equal(signedIn.headers.location, '/staff/temporary-access/shift');
  const cookies = { safelight: findSessionCookie(signedIn) };
  const shift = await app.inject({ url: '/staff/temporary-access/shift', cookies });
  assert.match(shift.body, /Your shift, Vi One[\s\S]*13:00 to 21:00/);
  for (const hidden of [
    '/staff/visits',
    '/staff/safeguarding',
    '/staff/accounts',
    '/staff/temporary-access',
    '/staff/returns',
  ])
    assert.equal((await app.inject({ url: hidden, cookies })).statusCode, 403, hidden);
  assert.doesNotMatch((await app.inject({ url: '/staff/operations', cookies })).body, /Lantern/);
  const { roles } = await db
    .selectFrom('members')
    .select('roles')
    .where('name', '=', 'Vi One')
    .executeTakeFirstOrThrow();
  assert.deepEqual(roles, ['volunteer']);

  const again = { safelight: findSessionCookie(await signInWith(application, code)) };
  assert.equal(
    (await app.inject({ url: '/staff/temporary-access/shift', cookies })).statusCode,
    303,
    'the screen before is signed out',
  );
  assert.equal((await app.inject({ url: '/staff/temporary-access/shift', cookies: again })).statusCode, 200);
  clock.move(new Date('2026-09-18T19:55:00Z'));
  const last = { safelight: findSessionCookie(await signInWith(application, code)) };
  clock.move(new Date('2026-09-18T19:59:59Z'));
  assert.equal((await app.inject({ url: '/staff/temporary-access/shift', cookies: last })).statusCode, 200);
  clock.move(new Date('2026-09-18T20:00:00Z'));
  assert.equal(
    (await app.inject({ url: '/staff/temporary-access/shift', cookies: last })).statusCode,
    303,
    'the shift is over',
  );
  assert.equal((await signInWith(application, code)).statusCode, 422);
});

test('a volunteer sees no other way to sign in and is refused each; a member with an account sees them', async (t) => {
  const { application, app, db, clock, force, planner, operation } = await openShift(t);
  const cards = cardsIn(await planner.post('/staff/temporary-access/new', shiftOf(operation)));
  clock.move(new Date('2026-09-18T12:00:00Z'));
  const cookies = { safelight: findSessionCookie(await signInWith(application, cards.get('Vi One') ?? '')) };
  for (const page of ['/staff', '/staff/temporary-access/shift', '/staff/sessions'])
    assert.doesNotMatch((await app.inject({ url: page, cookies })).body, /credentials/, page);
  for (const page of ['', '/passkeys/new', '/code/new', '/recovery-codes', '/password']) {
    const answer = await app.inject({ url: `/staff/credentials${page}`, cookies });
    assert.equal(answer.statusCode, 403, page);
    assert.match(answer.body, /Your card is how you sign in[\s\S]*href="\/staff\/temporary-access\/shift"/);
  }
  const token = /name="_csrf" value="([^"]+)"/;
  const form = await app.inject({ url: '/staff/temporary-access/shift', cookies });
  const both = { ...cookies, ...Object.fromEntries(form.cookies.map(({ name, value }) => [name, value])) };
  const sent = await app.inject({
    method: 'POST',
    url: '/staff/credentials/recovery-codes',
    cookies: both,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload: new URLSearchParams({ _csrf: token.exec(form.body)?.[1] ?? '' }).toString(),
  });
  assert.equal(sent.statusCode, 403);
  assert.match(sent.body, /Your card is how you sign in/);
  assert.deepEqual(await db.selectFrom('recoveryCodes').selectAll().execute(), []);
  assert.equal((await application.refusals()).length, 6, 'each is written down');

  const account = await application.member(force, ['volunteer'], 'Bo Account');
  const shared = { method: 'password', sharedWorkstation: true } as const;
  const own = { safelight: await openSession(db, account.id, clock.now(), shared) };
  assert.match((await app.inject({ url: '/staff', cookies: own })).body, /href="\/staff\/sessions"/);
  assert.match((await app.inject({ url: '/staff/sessions', cookies: own })).body, /href="\/staff\/credentials"/);
  assert.equal((await app.inject({ url: '/staff/credentials', cookies: own })).statusCode, 200);
});

test('a code that never was, is not open yet, is over or was ended is answered alike', async (t) => {
  const { application, app, clock, planner, operation } = await openShift(t);
  const cards = cardsIn(await planner.post('/staff/temporary-access/new', shiftOf(operation)));
  const shown = async (code: string) => (await signInWith(application, code)).body.replaceAll(/value="[^"]*"/g, '');
  const unknown = await shown('0000-0000-0000');
  assert.equal(await shown(cards.get('Vi One') ?? ''), unknown, 'not open yet');
  clock.move(new Date('2026-09-18T12:00:00Z'));
  const anew = await application.signIn(planner.member);
  const list = await anew.get('/staff/temporary-access');
  const end = /href="(\/staff\/temporary-access\/[^"]+\/end)"/.exec(list.body)?.[1] ?? '';
  const live = { safelight: findSessionCookie(await signInWith(application, cards.get('Vi One') ?? '')) };
  assert.equal((await anew.post(end)).statusCode, 303);
  assert.equal(
    (await app.inject({ url: '/staff/temporary-access/shift', cookies: live })).statusCode,
    303,
    'signed out at once',
  );
  assert.equal((await anew.post(end)).statusCode, 404);
  assert.match((await anew.get('/staff/temporary-access')).body, /ended/);
  assert.equal(await shown(cards.get('Vi One') ?? ''), unknown, 'ended');
  assert.equal(await shown('nonsense'), unknown);
});

const cookiesOf = async ({ app }: TestApplication) => {
  const page = await app.inject('/staff/temporary-access/sign-in');
  const cookies = Object.fromEntries(page.cookies.map(({ name, value }) => [name, value]));
  return { cookies, token: findCsrfToken(page.body) };
};

test('lets twelve volunteers of one place in within five minutes, and their right codes after many wrong ones', async (t) => {
  const { application, clock, planner, operation } = await openShift(t);
  const names = Array.from({ length: 12 }, (_, one) => `Vi ${one}`).join('\n');
  const cards = [...cardsIn(await planner.post('/staff/temporary-access/new', shiftOf(operation, { names }))).values()];
  clock.move(new Date('2026-09-18T12:00:00Z'));
  const together = await Promise.all(cards.map((code) => signInWith(application, code)));
  assert.deepEqual(
    together.map(({ statusCode }) => statusCode),
    Array(12).fill(303),
  );
  for (let wrong = 0; wrong < 30; wrong += 1) await signInWith(application, `00${10 + wrong}-0000-0000`);
  for (let empty = 0; empty < 150; empty += 1) await signInWith(application, empty % 2 ? '' : 'not a code');
  assert.equal((await signInWith(application, cards[0] ?? '')).statusCode, 303);
});

test('slows down guessing of codes, also many at once, and logs it without the code', async (t) => {
  const { application, app, clock } = await openShift(t);
  clock.move(new Date('2026-09-18T12:00:00Z'));
  const { cookies, token } = await cookiesOf(application);
  const codes = await Promise.all(
    Array.from({ length: 130 }, (_, guess) =>
      app
        .inject({
          method: 'POST',
          url: '/staff/temporary-access/sign-in',
          cookies,
          payload: new URLSearchParams({ code: `0000-0000-0${100 + guess}`, _csrf: token }).toString(),
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
        })
        .then(({ statusCode, headers }) => [statusCode, headers['retry-after']].join(' ').trim()),
    ),
  );
  assert.equal(codes.filter((code) => code === '422').length, 100);
  assert.equal(codes.filter((code) => code === '429 1').length, 30);
  const rows = await application.refusals();
  assert.deepEqual(
    [...new Set(rows.map(({ event, reason, subject }) => [event, reason, subject].join()))],
    ['sign-in.refused,temporary access,', 'tries refused,temporary access,'],
  );
  assert.equal(rows.length, 60, 'thirty of each within a minute');
});

test('the day of a shift is today by default', async (t) => {
  const { planner } = await openShift(t);
  const { body } = await planner.get('/staff/temporary-access/new');
  const shown = ['day', 'month', 'year'].map(
    (part) => new RegExp(`name="day-${part}"[^>]*value="([^"]*)"`).exec(body)?.[1],
  );
  assert.deepEqual(shown, ['18', '9', '2026']);
});

test('errors of a shift appear next to their fields', async (t) => {
  const { planner, operation } = await openShift(t);
  const attempts: readonly (readonly [Record<string, string>, RegExp])[] = [
    [{ until: '05:01' }, /at most 16 hours/],
    [{ from: '08:00', until: '10:00' }, /over already/],
    [{ names: ' \n ' }, /at least one name/],
    [{ names: Array.from({ length: 31 }, (_, one) => `V ${one}`).join('\n') }, /30 names or fewer/],
    [{ operationId: newId() }, /an operation that is there/],
    [{ 'day-month': '12' }, /60 days ahead/],
  ];
  for (const [wrong, says] of attempts) {
    const answer = await planner.post('/staff/temporary-access/new', shiftOf(operation, wrong));
    assert.equal(answer.statusCode, 422, says.source);
    assert.match(answer.body, says);
    assert.match(answer.body, /value="13:00"|value="08:00"/, 'keeps what was typed');
  }
  assert.equal(
    (await planner.post('/staff/temporary-access/new', shiftOf(operation, { until: '05:00' }))).statusCode,
    200,
    'a night',
  );
});

test('planners and administrators see their own agency’s temporary access; an administrator does not see the operation', async (t) => {
  const { application, db, force, planner, operation } = await openShift(t);
  await planner.post('/staff/temporary-access/new', shiftOf(operation));
  assert.match((await planner.get('/staff/temporary-access')).body, /Vi One[\s\S]*Lantern/);
  const admin = await application.signIn(await application.member(force, ['administrator']));
  const shown = await admin.get('/staff/temporary-access');
  assert.match(shown.body, /Vi One/);
  assert.doesNotMatch(shown.body, /Lantern/);
  assert.equal((await admin.get('/staff/temporary-access/new')).statusCode, 403);
  const stranger = await application.signIn(await application.member(await application.agency('council'), ['planner']));
  assert.match((await stranger.get('/staff/temporary-access')).body, /No passes yet/);
  const { id } = await db.selectFrom('temporaryAccess').select('id').executeTakeFirstOrThrow();
  assert.equal((await stranger.get(`/staff/temporary-access/${id}/end`)).statusCode, 404);
  assert.equal(
    (await stranger.post('/staff/temporary-access/new', shiftOf(operation))).statusCode,
    422,
    'an operation not hers to see',
  );
  assert.doesNotMatch(
    (await admin.get('/staff/accounts')).body,
    /Vi One/,
    'who came for a shift is not among the staff',
  );
});
