import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { access, application } from '../../../test/harness/application.ts';
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { migrate } from '../../platform/database/migrate.ts';
import { roles } from '../../vocabulary/people.ts';
import { formatAccessRules } from './document.ts';
import { groups, isKnownKind } from './kinds.ts';

const page = '/staff/access-rules';
const visit = access.policy.visit ?? assert.fail();
/** A version in which commanders may read no visit. */
const narrower: AreaPolicy = {
  ...access.policy,
  visit: {
    ...visit,
    rules: visit.rules.map((rule) => ({
      ...rule,
      ...(Array.isArray(rule.roles) && { roles: rule.roles.filter((role) => role !== 'commander') }),
    })),
  },
};

test('the page says what the document says, to everybody who is signed in; who is not is sent to sign in', async (t) => {
  const { app, agency, member, signIn } = await openApplication(t);
  const at = await agency();
  for (const role of roles) {
    const visitor = await signIn(await member(at, [role]));
    const answer = await visitor.get(page);
    assert.equal(answer.statusCode, 200, role);
    assert.match(answer.body, /<h1[^>]*>Access rules<\/h1>/);
    assert.match(answer.body, /<strong>Never see:<\/strong>/);
    assert.match(answer.body, /This is the first version/);
    assert.doesNotMatch(answer.body, /\*\*|undefined|\[object/);
    assert.match((await visitor.get('/staff')).body, /<footer[\s\S]*href="\/staff\/access-rules"/, role);
  }
  assert.equal((await app.inject(page)).statusCode, 303);
});

test('the contents lead to every kind of record under its work, by the name that people have for it, and each is folded', async (t) => {
  const { signIn } = await openApplication(t);
  const { body } = await (await signIn('policy.read')).get(page);
  const kinds = Object.keys(access.policy);
  assert.deepEqual(
    kinds.filter((kind) => !isKnownKind(kind)),
    [],
    'named for people',
  );
  const [, contents = ''] = /<nav aria-label="On this page">([\s\S]*?)<\/nav>/.exec(body) ?? [];
  for (const [, id = ''] of contents.matchAll(/href="#([^"]+)"/g)) assert.ok(body.includes(`id="${id}"`), id);
  for (const group of groups) assert.ok(contents.includes(group), group);
  const folded = [...body.matchAll(/<details class="govuk-details sl-fold">/g)];
  assert.ok(folded.length > kinds.length + roles.length, 'kinds, roles and purposes');
  assert.doesNotMatch(body, /they may see the (encounter|target|note) that it belongs to/);
  assert.match(body, /hey can see the main record under “People encountered, without names”/);
  assert.doesNotMatch(body, /<summary[^>]*>\s*<span[^>]*>(encounter|target|term|fact|seal)</, 'a name of the table');
});

test('the download is the document to the byte, and bears its marking', async (t) => {
  const { signIn } = await openApplication(t);
  const answer = await (await signIn('policy.read')).get(`${page}/who-can-see-what.md`);
  assert.equal(answer.body, formatAccessRules(access.policy));
  assert.equal(answer.headers['content-disposition'], 'attachment; filename="who-can-see-what.official.md"');
  assert.equal(answer.headers['x-safelight-marking'], 'OFFICIAL');
});

test('a version that comes into force is kept once, and the page says what it opened and closed', async (t) => {
  const { db, signIn } = await openApplication(t);
  const versions = async () => {
    const { rows } = await sql<{ text: string }>`select text from policy_versions order by id`.execute(db);
    return rows.map(({ text }) => text);
  };
  assert.deepEqual(await versions(), [formatAccessRules(access.policy)]);
  await migrate(db, 'main', application);
  assert.equal((await versions()).length, 1, 'the same again is no version');

  await migrate(db, 'main', { ...application, policy: narrower });
  await migrate(db, 'main', application);
  assert.deepEqual(await versions(), [access.policy, narrower, access.policy].map(formatAccessRules));

  const lead = await signIn('policy.read');
  const { body } = await lead.get(page);
  assert.match(body, /<h3[^>]*>Opened<\/h3>\s*<ul[^>]*><li>Commanders and supervisors .*may now read “Visits”/);
  assert.doesNotMatch(body, /<h3[^>]*>Closed<\/h3>/);
  const [, earlier] = /href="(\/staff\/access-rules\/versions\/2)"/.exec(body) ?? assert.fail('no earlier version');
  const version = await lead.get(earlier ?? '');
  assert.match(version.body, /Commanders and supervisors .*may now read “Visits”/);
  assert.equal((await lead.get(`${earlier}/who-can-see-what.md`)).body, formatAccessRules(narrower));
  assert.equal((await lead.get(`${page}/versions/99`)).statusCode, 404);
});

test('a change of wording alone makes a version too: the text that people read is part of what is in force', async (t) => {
  const { db } = await openApplication(t);
  const renamed = { ...access.policy, visit: { ...visit, means: 'What happened there' } };
  await migrate(db, 'main', { ...application, policy: renamed });
  const { rows } = await sql`select 1 from policy_versions`.execute(db);
  assert.equal(rows.length, 2);
});

test('nobody changes an earlier version: no process can write it, and the owner is refused', async (t) => {
  const { db, databases } = await openApplication(t);
  await assert.rejects(sql`update policy_versions set text = 'otherwise'`.execute(db), /is not changed/);
  await assert.rejects(sql`delete from policy_versions`.execute(db), /is not changed/);
  await assert.rejects(
    sql`insert into policy_versions (digest, text) values (${'0'.repeat(64)}, 'mine')`.execute(
      databases.for('main', 'auditor'),
    ),
    /permission denied/,
  );
});
