import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { staying } from '../../test/fixtures/as-member.ts';
import { composePartnership, inventedPartnership } from '../platform/partnership.ts';
import { openSettings, versionIn } from './examples.ts';

const named = { name: 'Dale & Fell Partnership', shortName: 'Dale', area: 'Dale and Fell' };
const about = { about: 'We work together.\n\nDale Constabulary answers.', members: 'Dale Constabulary\nFell Advisers' };
const contact = {
  email: 'hello@dale.example',
  pressEmail: 'press@dale.example',
  securityEmail: 'security@dale.example',
  'securityExpires-day': '30',
  'securityExpires-month': '6',
  'securityExpires-year': '2027',
  social: 'Mastodon https://social.example/@dale',
};
const privacy = {
  controller: 'Dale Constabulary',
  officer: 'dpo@dale.example',
  registration: 'Z1234567',
  'changed-day': '1',
  'changed-month': '9',
  'changed-year': '2026',
};
const accessibility = {
  email: 'access@dale.example',
  'tested-day': '2',
  'tested-month': '9',
  'tested-year': '2026',
  testedBy: 'Fell Council',
  faults: '',
};
const parts = { name: named, about, contact, privacy, accessibility } as const;

test('an approved change is public without a restart, and nobody approves their own', async (t) => {
  const { app, ada, sol, auditTrail } = await openSettings(t);
  assert.match((await app.inject('/')).body, / - Lea Vale Partnership<\/title>/);

  const empty = await ada.post('/staff/settings/name', { ...named, name: '' });
  assert.equal(empty.statusCode, 422);
  assert.match(empty.body, /Enter the name of the partnership/);
  assert.match(empty.body, /value="Dale and Fell"/, 'the other answers are kept');

  const saved = await ada.post('/staff/settings/name', named);
  assert.equal(saved.statusCode, 303);
  const version = `/staff/settings/versions/${versionIn(saved.headers.location)}`;
  const own = (await ada.get(version)).body;
  assert.match(own, /Saved as a proposal/);
  assert.doesNotMatch(own, /Approve or refuse/);
  assert.match((await ada.post(`${version}/decide`, { decision: 'approve' })).body, /You proposed this version/);
  assert.match((await app.inject('/')).body, /Lea Vale Partnership/, 'the public sees no proposal');
  assert.match(
    (await ada.get('/staff/settings/name')).body,
    /A proposal waits[\s\S]*value="Dale &amp; Fell Partnership"/,
  );

  assert.match((await sol.get('/staff')).body, /Decide on a change of the public site/);
  const seen = (await sol.get(version)).body;
  assert.match(seen, /Lea Vale Partnership[\s\S]*Dale &amp; Fell Partnership[\s\S]*Changed/);
  assert.equal((await sol.post(`${version}/decide`, { decision: 'refuse', reason: '' })).statusCode, 422);
  assert.equal((await sol.post(`${version}/decide`, { decision: 'approve' })).statusCode, 303);
  assert.match((await sol.post(`${version}/decide`, { decision: 'approve' })).body, /decided on this version already/);

  assert.match((await app.inject('/')).body, / - Dale &amp; Fell Partnership<\/title>/);
  assert.match((await app.inject('/about')).body, /It works in Dale and Fell/);
  assert.doesNotMatch((await sol.get('/staff')).body, /Decide on a change/);
  assert.deepEqual(
    (await auditTrail({ looks: false })).filter((event) => event.startsWith('public setting')),
    ['public setting.proposed', 'public setting.approved'],
  );
});

test('a process that approved nothing reads the approved version within a minute', async (t) => {
  const { app, ada, sol, db, clock } = await openSettings(t);
  await app.inject('/');
  const saved = await ada.post('/staff/settings/name', named);
  // As another process does it: this one hears nothing.
  const id = versionIn(saved.headers.location);
  await sql`insert into public_setting_decisions (id, approved, decided_by, decided_at)
    values (${id}, true, ${sol.member.id}, ${clock.now()})`.execute(db);
  assert.match((await app.inject('/')).body, /Lea Vale Partnership/);
  clock.move(new Date(clock.now().getTime() + 30_000));
  assert.match((await app.inject('/')).body, /Dale &amp; Fell Partnership/);
});

test('a live site without a file gets its words from the settings alone', async (t) => {
  const { app, ada, dee } = await openSettings(t, { SAFELIGHT_MODE: 'live' });
  for (const [part, answers] of Object.entries(parts)) {
    assert.match((await ada.get('/staff/settings')).body, /To do/);
    const saved = await ada.post(`/staff/settings/${part}`, answers);
    assert.equal(saved.statusCode, 303, part);
    const approved = await dee.post(`${saved.headers.location}/decide`, { decision: 'approve' });
    assert.equal(approved.statusCode, 303, part);
  }
  assert.doesNotMatch((await ada.get('/staff/settings')).body, /To do/);
  for (const [url, says] of [
    ['/about', /<p[^>]*>We work together\.<\/p>[\s\S]*<li>Fell Advisers<\/li>/],
    ['/contact', /hello@dale\.example[\s\S]*https:\/\/social\.example\/@dale/],
    ['/privacy', /Dale Constabulary[\s\S]*Z1234567/],
    ['/accessibility', /2 September 2026 by Fell Council/],
  ] as const)
    assert.match((await app.inject(url)).body, says);
  assert.match((await app.inject('/.well-known/security.txt')).body, /security@dale\.example\nExpires: 2027-06-30/);
});

test('the history keeps every version, and an earlier one can be proposed again', async (t) => {
  const { app, ada, sol, dee } = await openSettings(t);
  const propose = async (name: string) => {
    const saved = await ada.post('/staff/settings/name', { ...named, name });
    return String(saved.headers.location);
  };
  const first = await propose('First Name');
  await sol.post(`${first}/decide`, { decision: 'approve' });
  const second = await propose('Second Name');
  const short = await dee.post(`${second}/decide`, { decision: 'refuse', reason: 'no good' });
  assert.match(short.body, /Enter a reason of 10 characters or more/);
  await dee.post(`${second}/decide`, { decision: 'refuse', reason: 'The board has not agreed to it' });
  assert.match((await ada.get(second)).body, /Refused[\s\S]*The board has not agreed to it/);
  const third = await propose('Third Name');
  const fourth = await propose('Fourth Name');
  assert.match((await sol.post(`${third}/decide`, { decision: 'approve' })).body, /A newer version was proposed/);
  await sol.post(`${fourth}/decide`, { decision: 'approve' });
  assert.match((await app.inject('/')).body, /Fourth Name/);

  const again = await sol.post(`${first}/again`, {});
  assert.equal(again.statusCode, 303);
  const fifth = String(again.headers.location);
  assert.match((await dee.get(fifth)).body, /Fourth Name[\s\S]*First Name/);
  await dee.post(`${fifth}/decide`, { decision: 'approve' });
  assert.match((await app.inject('/')).body, /First Name/);
  const history = (await dee.get('/staff/settings/history')).body;
  assert.deepEqual(
    [...history.matchAll(/govuk-tag--\w+">([^<]+)</g)].map(([, state]) => state),
    ['Public now', 'Approved earlier', 'Replaced', 'Refused', 'Approved earlier'],
  );
});

test('saving without a change, and mistakes in a list, are refused at their field', async (t) => {
  const { ada } = await openSettings(t);
  const form = await ada.post('/staff/settings/contact', { ...contact, email: 'nobody', social: 'ours' });
  assert.equal(form.statusCode, 422);
  assert.match(form.body, /Enter an e-mail address in the correct format/);
  assert.match(form.body, /Write each account on a line of its own/);
  for (const field of ['name', 'shortName', 'area']) {
    const marked = await ada.post('/staff/settings/name', { ...named, [field]: '</title><script>' });
    assert.equal(marked.statusCode, 422, field);
    assert.match(marked.body, /Enter this without &lt; and &gt;/, field);
  }
  const members = await ada.post('/staff/settings/about', { ...about, members: 'Dale <b>' });
  assert.match(members.body, /Enter the names without &lt; and &gt;/);
  await ada.post('/staff/settings/name', named);
  assert.match((await ada.post('/staff/settings/name', named)).body, /You changed nothing/);
});

test('other members open none of it, and the database refuses a decision on one’s own proposal', async (t) => {
  const application = await openSettings(t);
  const { ada, pat, people, clock } = application;
  const saved = await ada.post('/staff/settings/name', named);
  const id = versionIn(saved.headers.location);
  for (const url of ['', '/history', '/name', `/versions/${id}`, `/versions/${id}/decide`])
    assert.equal((await pat.get(`/staff/settings${url}`)).statusCode, 403, url);
  const decide = (who: { readonly id: string }) =>
    staying(application, who, (tx) =>
      sql`insert into public_setting_decisions (id, approved, decided_by, decided_at)
        values (${id}, true, ${who.id}, ${clock.now()})`.execute(tx),
    );
  await assert.rejects(decide(people.ada), { code: '42501' });
  await assert.rejects(decide(people.pat), { code: '42501' });
  await decide(people.dee);
});

test('refuses an account whose name says another site, and ignores one that was approved earlier', async (t) => {
  const { ada } = await openSettings(t);
  for (const social of ['Help at gov.uk https://evil.example/', 'Home Office https://gov.uk@evil.example/']) {
    const { statusCode, body } = await ada.post('/staff/settings/contact', { ...contact, social });
    assert.equal(statusCode, 422, social);
    assert.match(body, /Each address must open the site that its name says/, social);
  }
  const told = composePartnership(
    inventedPartnership,
    new Map([
      [
        'contact',
        {
          ...inventedPartnership,
          social: [
            { name: 'Home Office', url: 'https://gov.uk@evil.example/' },
            { name: 'Mastodon', url: 'https://social.example/@dale' },
          ],
        },
      ],
    ]),
  );
  assert.deepEqual(told?.social, [{ name: 'Mastodon', url: 'https://social.example/@dale' }]);
});

test('when the database ends during a save, the page does not say that nothing was changed', async (t) => {
  const { ada, db } = await openSettings(t);
  await sql`create function end_at_commit() returns trigger language plpgsql as
    $$ begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$`.execute(db);
  await sql`create constraint trigger end_at_commit after insert on public_settings deferrable initially deferred
    for each row execute function end_at_commit()`.execute(db);
  const { statusCode, body } = await ada.post('/staff/settings/name', named);
  assert.equal(statusCode, 503);
  assert.match(body, /We do not know whether this was saved[\s\S]*Check before you send it again\./);
  assert.match(body, /name="_check"[\s\S]*Check whether it was saved/);
  assert.doesNotMatch(body, /[Nn]othing was changed/);
});

test('the settings say where the private entrance is, with a host of its own and without', async (t) => {
  const own = await openSettings(t, { SAFELIGHT_PRIVATE_ORIGIN: 'https://information.example' });
  assert.match(
    (await own.ada.get('/staff/settings')).body,
    /https:\/\/information\.example\s*<[\s\S]*A host of its own/,
  );
  const { ada } = await openSettings(t);
  assert.match(
    (await ada.get('/staff/settings')).body,
    /http:\/\/localhost:3000\/information[\s\S]*This address names the partnership/,
  );
});

test('the jurisdiction is part of the name and area: a second person approves it, and the check of releases uses it', async (t) => {
  const { ada, sol, app } = await openSettings(t);
  const form = (await ada.get('/staff/settings/name')).body;
  assert.match(form, /value="England and Wales"[^>]*checked/, 'until somebody sets another');
  const wrong = await ada.post('/staff/settings/name', { ...named, jurisdiction: 'Atlantis' });
  assert.equal(wrong.statusCode, 422);
  assert.match(wrong.body, /Select the jurisdiction/);
  assert.match(wrong.body, /value="Dale and Fell"/, 'the other answers are kept');
  const saved = await ada.post('/staff/settings/name', { ...named, jurisdiction: 'Scotland' });
  const id = String(saved.headers.location).split('/').at(-1);
  assert.match((await sol.get(`/staff/settings/versions/${id}`)).body, /Jurisdiction[\s\S]*Scotland/);
  assert.match((await ada.get('/staff/settings/name')).body, /value="Scotland"[^>]*checked/);
  assert.equal((await app.inject('/')).statusCode, 200);
});
