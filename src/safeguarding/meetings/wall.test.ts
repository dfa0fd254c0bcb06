import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { addOperation, addToOperation } from '../../operations/weeks/examples.ts';
import type { Reader } from '../../platform/database/database.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { roles } from '../../vocabulary/people.ts';
import { referenceOf } from '../../vocabulary/reference.ts';
import { addTask } from '../actions/examples.ts';
import { addPerson } from '../people/examples.ts';
import { addCaseToMeeting, addMeeting } from './examples.ts';
import { getMeeting, getMeetingCase, listMeetings, type MeetingTables } from './store.ts';

const home = '/staff/safeguarding/meetings';
const tables = ['case_meetings', 'meeting_cases', 'person_actions'] as const;

/** A council's meeting to which a trust is invited, with a case of each on its list; each case with an action. */
async function aMeeting(t: TestContext) {
  const application = await openApplication(t);
  const { agency, member, safeguardingDb: db, keys, clock } = application;
  const council = await agency('council');
  const trust = await agency('health');
  const lead = await member(council, ['safeguarding lead']);
  const nurse = await member(trust, ['partner caseworker']);
  const meeting = await addMeeting(db, keys, lead, clock.now(), { invited: [trust.id] });
  const own = await addPerson(db, keys, lead, clock.now(), { called: 'Ola Own' });
  const hers = await addPerson(db, keys, nurse, clock.now(), { called: 'Hana Hers' });
  const listed = await addCaseToMeeting(db, keys, [meeting, own.id], lead, clock.now());
  await addCaseToMeeting(db, keys, [meeting, hers.id], nurse, clock.now());
  const agreed = { meetingId: meeting.id, what: 'Ring the school' };
  const task = await addTask(db, keys, own.id, lead, clock.now(), agreed);
  return { ...application, council, trust, lead, nurse, meeting, own, hers, listed, task };
}

const plain = ({ body }: { readonly body: string }, ...asked: readonly string[]) =>
  asked.reduce(
    (text, one) => text.replaceAll(one, 'ASKED'),
    body.replace(/name="_csrf" value="[^"]*"/g, '').replace(/name="id" value="[^"]*"/g, ''),
  );

test('refuses police, immigration, administrators and agencies that are not invited alike, with or without a meeting', async (t) => {
  const { agency, member, signIn, meeting, listed, safeguardingDb } = await aMeeting(t);
  const before = await safeguardingDb.selectFrom('caseMeetings').selectAll().execute();
  const outside = roles.filter((role) => !['field', 'safeguarding lead', 'partner caseworker'].includes(role));
  const paths = (one: string, its: string) => [
    ...['', '/edit', '/attendance', '/cases', '/close', '/correction', '/minutes'].map((path) => `/${one}${path}`),
    ...['/decision', '/action', '/remove'].map((path) => `/cases/${its}${path}`),
  ];
  for (const [kind, held, most] of [
    ['police force', roles, 1],
    ['immigration', roles, 1],
    ['council', outside, 1],
    ['voluntary', roles, 1],
  ] as const) {
    const visitor = await signIn(await member(await agency(kind), held));
    const answers = new Set<string>();
    for (const [one, its] of [
      [meeting.id, listed.id],
      [newTimelessId<'case meeting'>(), newTimelessId<'case on a meeting'>()],
    ] as const)
      for (const path of paths(one, its)) {
        answers.add(plain(await visitor.get(home + path), one, its));
        if (!path.endsWith('minutes') && path !== `/${one}`)
          answers.add(plain(await visitor.post(home + path), one, its));
      }
    assert.equal(answers.size, most, `${kind} is told one thing`);
    if (kind === 'voluntary') continue;
    assert.equal((await visitor.get(home)).statusCode, 403, kind);
    for (const page of ['/staff', '/staff/more']) await showsNo(visitor, page, /safeguarding\/meetings/);
  }
  const uninvited = await signIn(await member(await agency('voluntary'), roles));
  await shows(uninvited, home, /No meeting is coming[\s\S]*No earlier meeting/);
  assert.deepEqual(await safeguardingDb.selectFrom('caseMeetings').selectAll().execute(), before);
});

test('shows each agency its own cases alone, and not how many others are on the list', async (t) => {
  const world = await aMeeting(t);
  const { signIn, lead, nurse, trust, meeting, own, hers, safeguardingDb: db, keys, clock } = world;
  const [at, other] = [await signIn(lead), await signIn(nurse)];
  const url = `${home}/${meeting.id}`;
  for (const path of [url, `${url}/minutes`]) {
    await shows(at, path, new RegExp(referenceOf('case', own.id)));
    await showsNo(at, path, new RegExp(`${referenceOf('case', hers.id)}|Hana Hers`));
    await shows(other, path, new RegExp(referenceOf('case', hers.id)));
    await showsNo(other, path, new RegExp(`${referenceOf('case', own.id)}|Ola Own|Ring the school`));
  }
  assert.equal((await other.get(`/staff/safeguarding/people/${own.id}`)).statusCode, 404, 'no case is opened');
  // The same page, whether the council's list holds one case or many.
  const before = plain(await other.get(url));
  const more = await addPerson(db, keys, lead, clock.now());
  await addCaseToMeeting(db, keys, [meeting, more.id], lead, clock.now(), {
    decisions: [{ words: 'A bed', by: lead.id, at: clock.now(), later: false }],
  });
  await addTask(db, keys, more.id, lead, clock.now(), { meetingId: meeting.id });
  assert.equal(plain(await other.get(url)), before);
  const alike = [];
  for (const id of [more.id, newTimelessId()]) {
    const reference = referenceOf('case', id);
    const answer = await other.post(`${url}/cases`, { id: newTimelessId(), reference, knows: 'yes' });
    alike.push(plain(answer, reference));
  }
  assert.equal(alike[0], alike[1], 'a hidden case is answered like one that does not exist');
  for (const path of ['/edit', '/attendance', '/close', '/correction'])
    assert.equal((await other.get(url + path)).statusCode, 404, `an invited agency changes nothing: ${path}`);
  const field = await signIn(await world.member(trust, ['field']));
  await showsNo(field, url, /Hana Hers/);
});

test('shows an action that was added at a meeting to a lead who can read the case, and does not let them end it', async (t) => {
  const world = await aMeeting(t);
  const { agency, member, db, safeguardingDb, keys, lead, clock, signIn } = world;
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const advisers = await agency('sexual violence advisers');
  const other = await member(advisers, ['safeguarding lead']);
  await addToOperation(db, operation, other);
  const met = { origin: 'met at visit', originId: newTimelessId(), operationId: operation.id } as const;
  const person = await addPerson(safeguardingDb, keys, lead, clock.now(), met as never);
  const [invited, apart] = [
    await addMeeting(safeguardingDb, keys, lead, clock.now(), { invited: [advisers.id] }),
    await addMeeting(safeguardingDb, keys, lead, clock.now()),
  ];
  await addCaseToMeeting(safeguardingDb, keys, [invited, person.id], lead, clock.now());
  const agreed = await addTask(safeguardingDb, keys, person.id, lead, clock.now(), {
    what: 'Ask the landlord',
    meetingId: invited.id,
  });
  const hidden = [
    await addTask(safeguardingDb, keys, person.id, lead, clock.now(), { what: 'Hidden one' }),
    await addTask(safeguardingDb, keys, person.id, lead, clock.now(), { what: 'Hidden two', meetingId: apart.id }),
  ];
  const at = await signIn(other);
  await shows(at, `${home}/${invited.id}`, /Ask the landlord/);
  await showsNo(at, `${home}/${invited.id}`, /Hidden|Mark as done/);
  await shows(at, `/staff/safeguarding/actions/${agreed.id}`, /Ask the landlord/);
  await showsNo(at, `/staff/safeguarding/actions/${agreed.id}`, /It has ended|Take it/);
  for (const path of ['/staff/safeguarding/actions', `/staff/safeguarding/people/${person.id}/actions`, '/staff'])
    await showsNo(at, path, /Ask the landlord/);
  assert.equal((await at.get(`/staff/safeguarding/actions/${agreed.id}/finish`)).statusCode, 404);
  for (const path of ['take', 'finish'])
    assert.equal(
      (await at.post(`/staff/safeguarding/actions/${agreed.id}/${path}`, { ending: 'done' })).statusCode,
      404,
    );
  for (const { id } of hidden) assert.equal((await at.get(`/staff/safeguarding/actions/${id}`)).statusCode, 404);
});

test('the database refuses too: by side, by agency, by person, and under another member’s name', async (t) => {
  const world = await aMeeting(t);
  const { agency, member, council, lead, nurse, meeting, own, hers, listed } = world;
  const seen = (who: Member) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], async (tx) => {
      const counts = [];
      for (const table of tables) counts.push((await sql`select from ${sql.id(table)}`.execute(tx)).rows.length);
      return counts;
    });
  assert.deepEqual(await seen(lead), [1, 1, 1]);
  assert.deepEqual(await seen(nurse), [1, 1, 0]);
  assert.deepEqual(await seen(await member(council, ['field'])), [1, 0, 0], 'a meeting opens no case');
  assert.deepEqual(await seen(await member(council, ['volunteer', 'administrator', 'auditor'])), [0, 0, 0]);
  for (const kind of ['voluntary', 'police force', 'immigration'] as const)
    assert.deepEqual(await seen(await member(await agency(kind), roles)), [0, 0, 0], kind);
  const adds = (who: Member, personId: string, author: string, at: string) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], (tx) =>
      sql`insert into meeting_cases (id, meeting_id, person_id, agency_id, author_id, sealed_content, added_at, revision)
        values (${newTimelessId()}, ${meeting.id}, ${personId}, ${at}, ${author}, ${Buffer.of(1)},
          '2026-09-18T11:00:00Z', 1) on conflict do nothing`.execute(tx),
    );
  await adds(lead, own.id, lead.id, council.id);
  await assert.rejects(adds(lead, hers.id, lead.id, council.id), /row-level security/, 'a case that they cannot read');
  await assert.rejects(adds(lead, own.id, nurse.id, council.id), /row-level security/);
  const changes = (who: Member, change: string) =>
    asMember(world, who, ['safeguarding', 'safeguarding'], async (tx) => {
      const { numAffectedRows } = await sql`${sql.raw(change)}`.execute(tx);
      return Number(numAffectedRows);
    });
  const later = `update case_meetings set day = '2027-01-01', revision = revision + 1`;
  assert.deepEqual([await changes(lead, later), await changes(nurse, later)], [1, 0]);
  const close = (by: string) =>
    `update case_meetings set closed_at = '2026-09-18T11:00:00Z', closed_by = '${by}', revision = revision + 1`;
  await assert.rejects(changes(await member(council, ['safeguarding lead']), close(lead.id)), /the chair closes/);
  assert.equal(await changes(lead, close(lead.id)), 1);
  const remove = `delete from meeting_cases where id = '${listed.id}'`;
  assert.deepEqual([await changes(lead, remove), await changes(nurse, remove)], [1, 0]);
});

test('closed minutes stay closed, and a person’s part of a meeting is erased with the person', async (t) => {
  const { safeguardingDb: db, meeting, lead, own, hers } = await aMeeting(t);
  await sql`update case_meetings set closed_at = '2026-09-18T11:00:00Z', closed_by = ${lead.id}, revision = 2`.execute(
    db,
  );
  for (const change of [`day = '2027-01-01'`, 'closed_at = null, closed_by = null'])
    await assert.rejects(
      sql`${sql.raw(`update case_meetings set ${change}, revision = 3`)}`.execute(db),
      /stay closed/,
    );
  await assert.rejects(
    sql`insert into meeting_cases (id, meeting_id, person_id, agency_id, author_id, sealed_content, added_at, revision)
      select ${newTimelessId()}, meeting_id, person_id, agency_id, author_id, sealed_content, added_at, 1
        from meeting_cases`.execute(db),
    /before the minutes are closed/,
  );
  await db.deleteFrom('persons').where('id', '=', own.id).execute();
  const left = await db.selectFrom('meetingCases').select('personId').execute();
  assert.deepEqual(left, [{ personId: hers.id }]);
  assert.equal((await db.selectFrom('caseMeetings').select('id').execute())[0]?.id, meeting.id);
});

test('a meeting prolongs no record, and an erasure waits where something was recorded since it was decided', async (t) => {
  const { safeguardingDb: db, lead, keys, clock } = await aMeeting(t);
  const kept = async (id: string) => {
    const { rows } = await sql<{ helped: string[]; seen: number }>`
      select helped, seen from ctx.kept_people(null, ${id}, '00000000-0000-0000-0000-000000000000', 1)`.execute(db);
    return rows[0];
  };
  const person = await addPerson(db, keys, lead, clock.now());
  const before = await kept(person.id);
  const meeting = await addMeeting(db, keys, lead, clock.now());
  await addCaseToMeeting(db, keys, [meeting, person.id], lead, clock.now());
  const after = await kept(person.id);
  assert.deepEqual(after?.helped, before?.helped);
  assert.equal(after?.seen, (before?.seen ?? 0) + 1);
});

test('opens a case only with its person’s key; a read without a log entry does not compile', async (t) => {
  const { safeguardingDb: db, keys, listed, hers } = await aMeeting(t);
  await sql`alter table meeting_cases disable trigger keep_meeting_cases`.execute(db);
  await sql`delete from meeting_cases where person_id = ${hers.id}`.execute(db);
  await sql`update meeting_cases set person_id = ${hers.id} where id = ${listed.id}`.execute(db);
  await assert.rejects(getMeetingCase(db as never, keys, listed.id), /unable to authenticate/);
  const silent = {} as Reader<MeetingTables>;
  const looks = [
    // @ts-expect-error the read is not logged
    () => getMeeting(silent, keys, 'x' as never),
    // @ts-expect-error the read is not logged
    () => getMeetingCase(silent, keys, 'x' as never),
    // @ts-expect-error the read is not logged
    () => listMeetings(silent),
  ];
  assert.equal(looks.length, 3, 'the compiler is what tests this');
});
