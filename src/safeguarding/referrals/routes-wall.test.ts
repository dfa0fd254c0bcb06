import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type Visitor } from '../../../test/fixtures/application.ts';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { shows, showsNo } from '../../../test/harness/browsing.ts';
import { tablesThatHold } from '../../../test/harness/traces.ts';
import type { Member } from '../../identity/agencies/index.ts';
import { addOperation, addPlannedVisit, addPremises, addTeam, letIn } from '../../operations/plan/examples.ts';
import { type Reader, setContext } from '../../platform/database/database.ts';
import { addPersonMet, addVisit } from '../../visits/examples.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newId, newTimelessId } from '../../vocabulary/ids.ts';
import { type AgencyKind, type Role, roles } from '../../vocabulary/people.ts';
import { getNote, listNotes, type NoteTables } from '../notes/store.ts';
import { addNote, addReferral, decideReferral } from './examples.ts';
import { getReferral, listReferrals, type ReferralTables } from './store.ts';

/** Each word is in one record only: the notes of an adviser, a nurse and a police officer, and the referral to the council. */
const words = { adviser: 'lighthouse', nurse: 'orchard', officer: 'harbour', referral: 'windmill' };
const tables = ['notes', 'notes_versions', 'referrals', 'referrals_versions', 'note_facts'];

async function aPartnership(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:10' });
  const { agency, member, db, safeguardingDb, keys, clock } = application;
  const force = await agency('police force');
  const operation = await addOperation(db, force, await member(force, ['planner']));
  const team = await addTeam(db, operation);
  const join = async (kind: AgencyKind, held: readonly Role[], onTeam = true): Promise<Member> => {
    const one = await member(await agency(kind), held, `${kind} ${held.join(' ')}`);
    await letIn(db, operation, one, onTeam ? { team } : {});
    return one;
  };
  const adviser = await join('sexual violence advisers', ['field']);
  const nurse = await join('health', ['field']);
  const officer = await join('police force', ['field']);
  const lead = await join('council', ['safeguarding lead'], false);
  const council = await agency('council', { name: 'Asked Council' });
  const caseworker = await member(council, ['partner caseworker'], 'Asked Caseworker');
  const stranger = await join('voluntary', ['partner caseworker']);
  const elsewhere = await agency('council', { name: 'Other Council' });
  const foreignLead = await member(elsewhere, ['safeguarding lead'], 'Foreign Lead');
  await letIn(db, await addOperation(db, force, await member(force, ['planner'])), foreignLead);

  const visit = await addVisit(db, await addPlannedVisit(db, await addPremises(db, operation), team), officer);
  const metAt = async () => {
    const { id } = await addPersonMet(db, visit, officer);
    return { encounterId: id, visitId: visit.id, operationId: operation.id, at: clock.now() };
  };
  const write = async () => {
    const written = {
      adviser: await addNote(safeguardingDb, keys, await metAt(), adviser, { wants: words.adviser }),
      nurse: await addNote(safeguardingDb, keys, await metAt(), nurse, { wants: words.nurse }),
      officer: await addNote(safeguardingDb, keys, await metAt(), officer, { wants: words.officer }),
    };
    const referral = await addReferral(safeguardingDb, keys, written.adviser, council, { words: words.referral });
    await safeguardingDb.transaction().execute(async (tx) => {
      await setContext(tx, { now: new Date('2026-09-18T11:00:00Z') });
      await decideReferral(tx, keys, referral, 'accepted', caseworker, clock.now());
      await sql`update notes set understood = 'in part'`.execute(tx);
    });
    return { ...written, referral };
  };
  return {
    ...application,
    force,
    operation,
    team,
    join,
    adviser,
    nurse,
    officer,
    lead,
    caseworker,
    stranger,
    foreignLead,
    visit,
    metAt,
    write,
  };
}

const shown = ({ body }: { body: string }) => body.replaceAll(/name="(_csrf|id)" value="[^"]*"/g, '');
const answers = () => ({
  id: newTimelessId(),
  advice: ['health'],
  understood: 'yes',
  outcomes: ['took a card'],
  base: '2',
  why: 'written down wrongly',
  to: newId(),
  needs: ['shelter'],
  words: 'x',
  agreed: 'agreed',
  step: 'send',
  decision: 'accepted',
  reason: 'x',
});
const addressesOf = (note: string, referral: string, encounter: string): string[] => [
  '/staff/safeguarding',
  '/staff/safeguarding/referrals',
  `/staff/safeguarding/encounters/${encounter}/note`,
  ...['', '/correct', '/refer'].map((path) => `/staff/safeguarding/notes/${note}${path}`),
  ...['', '/decide'].map((path) => `/staff/safeguarding/referrals/${referral}${path}`),
];

test('enforcement and every role outside support gets no page, and no sealed word in an error', async (t) => {
  const { join, signIn, write, safeguardingDb } = await aPartnership(t);
  const { adviser, referral } = await write();
  const before = await safeguardingDb.selectFrom('notes').selectAll().orderBy('id').execute();
  const helpers: readonly Role[] = ['field', 'safeguarding lead', 'partner caseworker'];
  const outsiders = roles.filter((role) => !helpers.includes(role));
  for (const [kind, held] of [
    ...outsiders.map((role) => ['police force', [role]] as const),
    ['immigration', ['enforcement']] as const,
    ['regional crime unit', ['enforcement', 'commander']] as const,
    ...outsiders.map((role) => ['council', [role]] as const),
  ]) {
    const visitor = await signIn(await join(kind, held));
    const refusals = new Set<string>();
    for (const url of addressesOf(adviser.id, referral.id, adviser.encounterId)) {
      for (const answer of [await visitor.get(url), await visitor.post(url, answers())]) {
        assert.ok([403, 404].includes(answer.statusCode), `${held} at ${url}: ${answer.statusCode}`);
        for (const word of Object.values(words)) assert.ok(!answer.body.includes(word), url);
      }
      refusals.add(shown(await visitor.get(url)));
    }
    assert.equal(refusals.size, 1, 'one refusal for all');
    for (const page of ['/staff', '/staff/more'])
      await showsNo(visitor, page, /Contact notes|Referrals|request for help/);
  }
  assert.deepEqual(await safeguardingDb.selectFrom('notes').selectAll().orderBy('id').execute(), before);
});

test('in one team, adviser, nurse and police officer read only their own notes', async (t) => {
  const world = await aPartnership(t);
  const { signIn, write } = world;
  const written = await write();
  const nothing = addressesOf(newTimelessId(), newTimelessId(), newId());
  for (const who of ['adviser', 'nurse', 'officer'] as const) {
    const visitor = await signIn(world[who]);
    const own = await visitor.get(`/staff/safeguarding/notes/${written[who].id}`);
    assert.match(own.body, new RegExp(words[who]));
    const list = await visitor.get('/staff/safeguarding');
    assert.match(list.body, new RegExp(written[who].id));
    for (const other of (['adviser', 'nurse', 'officer'] as const).filter((one) => one !== who)) {
      const urls = addressesOf(written[other].id, written.referral.id, written[other].encounterId);
      assert.ok(!list.body.includes(written[other].id) && !list.body.includes(words[other]));
      for (const [index, url] of urls.entries()) {
        if (!url.includes('/notes/')) continue;
        for (const method of ['get', 'post'] as const) {
          const [hidden, absent] = [
            await visitor[method](url, answers()),
            await visitor[method](nothing[index] ?? '', answers()),
          ];
          assert.equal(hidden.statusCode, absent.statusCode, url);
          assert.ok([403, 404].includes(hidden.statusCode), url);
          assert.equal(shown(hidden), shown(absent), `${who} is told of ${url} what she is told of nothing`);
        }
      }
    }
  }
  const officer = await signIn(world.officer);
  for (const url of [
    '/staff/safeguarding/referrals',
    `/staff/safeguarding/referrals/${written.referral.id}`,
    `/staff/safeguarding/notes/${written.officer.id}/refer`,
  ])
    assert.equal((await officer.get(url)).statusCode, 403, 'police make and see no referral');
});

test('refuses a note about a person whom another team met, with the same answer as for an unknown id', async (t) => {
  const { signIn, operation, metAt, agency, member, db, safeguardingDb } = await aPartnership(t);
  const other = await member(await agency('health'), ['field'], 'Other Team');
  await letIn(db, operation, other, { team: await addTeam(db, operation, { name: 'Team 2' }) });
  const visitor = await signIn(other);
  const { encounterId } = await metAt();
  for (const method of ['get', 'post'] as const) {
    const [hidden, absent] = await Promise.all(
      [encounterId, newId()].map((id) => visitor[method](`/staff/safeguarding/encounters/${id}/note`, answers())),
    );
    assert.equal(hidden?.statusCode, 404);
    assert.equal(shown(hidden as { body: string }), shown(absent as { body: string }));
  }
  assert.deepEqual(await safeguardingDb.selectFrom('notes').select('id').execute(), []);
});

test('a lead reads the notes of their operation; leads and caseworkers from elsewhere read none', async (t) => {
  const { signIn, write, lead, foreignLead, stranger, caseworker } = await aPartnership(t);
  const written = await write();
  const reads = async (visitor: Visitor, url: string) => (await visitor.get(url)).statusCode;
  const here = await signIn(lead);
  for (const note of [written.adviser, written.nurse, written.officer])
    assert.equal(await reads(here, `/staff/safeguarding/notes/${note.id}`), 200);
  for (const one of [foreignLead, stranger, caseworker]) {
    const visitor = await signIn(one);
    for (const note of [written.adviser, written.nurse, written.officer])
      assert.equal(await reads(visitor, `/staff/safeguarding/notes/${note.id}`), 404);
    await shows(visitor, '/staff/safeguarding', /No notes yet/);
  }
  const url = `/staff/safeguarding/referrals/${written.referral.id}`;
  assert.equal(await reads(await signIn(caseworker), url), 200);
  for (const one of [foreignLead, stranger]) {
    const visitor = await signIn(one);
    const [hidden, absent] = [
      await visitor.get(url),
      await visitor.get(`/staff/safeguarding/referrals/${newTimelessId()}`),
    ];
    assert.equal(hidden.statusCode, 404);
    assert.equal(shown(hidden), shown(absent));
  }
});

test('a lead with a caseworker role elsewhere reads a referral but cannot decide it for the recipient', async (t) => {
  const { signIn, write, join } = await aPartnership(t);
  const { referral } = await write();
  const both = await signIn(await join('voluntary', ['safeguarding lead', 'partner caseworker'], false));
  const page = await both.get(`/staff/safeguarding/referrals/${referral.id}`);
  assert.equal(page.statusCode, 200);
  assert.doesNotMatch(page.body, /Accept or decline/);
  assert.equal((await both.get(`/staff/safeguarding/referrals/${referral.id}/decide`)).statusCode, 404);
  assert.equal((await both.post(`/staff/safeguarding/referrals/${referral.id}/decide`, answers())).statusCode, 404);
});

test('the database itself limits who reads how many rows, and who writes for whom', async (t) => {
  const world = await aPartnership(t);
  const { join, lead, caseworker, stranger, foreignLead, adviser, nurse, officer, operation, visit, write } = world;
  const { safeguardingDb, clock } = world;
  const written = await write();
  const door = ['safeguarding', 'safeguarding'] as const;
  const counts = (who: Member) =>
    asMember(world, who, door, async (tx) => {
      const seen: number[] = [];
      for (const table of tables) {
        const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.id(table)}`.execute(tx);
        seen.push(rows[0]?.count ?? -1);
      }
      return seen;
    });
  const factsOf = 4;
  assert.deepEqual(await counts(adviser), [1, 1, 1, 1, factsOf]);
  assert.deepEqual(await counts(nurse), [1, 1, 0, 0, factsOf]);
  assert.deepEqual(await counts(officer), [1, 1, 0, 0, factsOf]);
  assert.deepEqual(await counts(lead), [3, 3, 1, 1, 0]);
  assert.deepEqual(await counts(caseworker), [0, 0, 1, 1, 0]);
  await safeguardingDb.transaction().execute(async (tx) => {
    await setContext(tx, { now: floorToHour(clock.now()) });
    await sql`update referrals set ended = 'finished', ended_at = ${floorToHour(clock.now())}, outcome = 'passed on'`.execute(
      tx,
    );
  });
  assert.deepEqual(await counts(caseworker), [0, 0, 0, 0, 0], 'what is over is gone, with what it was before');
  for (const one of [stranger, foreignLead]) assert.deepEqual(await counts(one), [0, 0, 0, 0, 0]);
  const officers: Member[] = [];
  for (const [kind, held] of [
    ['police force', ['enforcement']],
    ['immigration', ['enforcement']],
    ['police force', ['planner', 'commander', 'triage']],
    ['police force', ['analyst', 'press', 'custodian', 'auditor', 'data-protection lead']],
    ['police force', ['safeguarding lead', 'partner caseworker']],
    ['council', ['planner', 'enforcement', 'administrator', 'volunteer']],
  ] as const)
    officers.push(await join(kind, held));
  for (const one of officers) assert.deepEqual(await counts(one), [0, 0, 0, 0, 0], one.roles.join(' '));

  const noteBy = (author: Member, agency = author.agencyId) => sql`
    insert into notes values (${newTimelessId()}, ${newId()}, ${visit.id}, ${operation.id}, 'Tring', '2026-09-18', ${agency},
      ${author.id}, '{}', null, '{}', '{took a card}', null, 'x', '2026-09-18T10:00:00Z')`;
  const referralBy = (author: Member, note: string, to: string) => sql`
    insert into referrals (id, note_id, operation_id, day, from_agency, author_id, to_agency, needs, ground, sealed_words, wrapped_key, state)
    values (${newTimelessId()}, ${note}, ${operation.id}, '2026-09-18', ${author.agencyId}, ${author.id}, ${to}, '{shelter}', 'agreed', 'x', 'x', 'sent')`;
  const attempts: [string, Member, ReturnType<typeof sql>][] = [
    ['in another’s name', adviser, noteBy(nurse)],
    ['for another agency', adviser, noteBy(adviser, nurse.agencyId)],
    ['by an enforcement role', officers[0] as Member, noteBy(officers[0] as Member)],
    [
      'a fact of another’s note',
      nurse,
      sql`insert into note_facts values (${newTimelessId()}, ${written.adviser.id}, ${newId()}, ${operation.id}, '2026-09-18', 'x', 'people.advised', 'safety')`,
    ],
    ['a referral of a note she cannot read', nurse, referralBy(nurse, written.adviser.id, caseworker.agencyId)],
    ['a referral by police', officer, referralBy(officer, written.officer.id, caseworker.agencyId)],
    [
      'a referral to herself by whoever decides',
      caseworker,
      referralBy(caseworker, written.adviser.id, caseworker.agencyId),
    ],
  ];
  for (const [what, who, attempt] of attempts)
    await assert.rejects(
      asMember(world, who, door, (tx) => attempt.execute(tx)),
      /row-level security/,
      what,
    );

  const changes: [string, Member, ReturnType<typeof sql>][] = [
    ['another’s note', nurse, sql`update notes set needs = '{}' where id = ${written.adviser.id}`],
    ['a note, by a lead', lead, sql`update notes set needs = '{}'`],
    ['facts, by a lead', lead, sql`delete from note_facts`],
    ['a referral, by whoever made it', adviser, sql`update referrals set needs = '{money}'`],
  ];
  for (const [what, who, change] of changes)
    assert.equal((await asMember(world, who, door, (tx) => change.execute(tx))).numAffectedRows, 0n, what);
  for (const table of ['notes', 'referrals', 'notes_versions', 'referrals_versions'])
    await assert.rejects(
      asMember(world, adviser, door, (tx) => sql`delete from ${sql.id(table)}`.execute(tx)),
      /permission denied/,
    );
});

test('roles of the main store cannot connect, the counting role sees only counts, and the auditor sees only the log', async (t) => {
  const world = await aPartnership(t);
  const { join, databases, write } = world;
  await write();
  for (const role of ['staff', 'field', 'publisher'] as const)
    assert.throws(() => databases.for('safeguarding', role), /no address/);
  // The public role may submit what people report about themselves, through functions only.
  for (const table of tables)
    await assert.rejects(
      sql.raw(`select * from ${table}`).execute(databases.for('safeguarding', 'public')),
      /permission denied/,
      `public ${table}`,
    );
  const analyst = await join('police force', ['analyst']);
  const asked = (who: Member, role: 'statistics' | 'auditor' | 'leader', query: string) =>
    asMember(world, who, ['safeguarding', role], async (tx) => (await sql.raw(query).execute(tx)).rows.length);
  assert.equal(await asked(analyst, 'statistics', 'select id, person, town, indicator, part from note_facts'), 12);
  assert.equal(await asked(analyst, 'statistics', 'select id, to_agency, state from referrals'), 1);
  for (const query of [
    'select note_id from note_facts',
    'select * from notes',
    'select * from notes_versions',
    'select sealed_words from referrals',
    'select note_id, author_id from referrals',
    'select * from referrals_versions',
  ])
    await assert.rejects(asked(analyst, 'statistics', query), /permission denied/, query);
  const auditor = await join('council', ['auditor']);
  for (const table of tables) {
    await assert.rejects(asked(auditor, 'leader', `select * from ${table}`), /permission denied/, `leader ${table}`);
    const seen = await asked(auditor, 'auditor', `select * from ${table}`).catch(() => 0);
    assert.equal(seen, 0, `nobody asked what is held on her, so nobody opens ${table}`);
  }
});

test('writing to the safeguarding database leaves no trace in the main store: no row, no id, no changed page', async (t) => {
  const world = await aPartnership(t);
  const { signIn, officer, adviser, join, db, visit, metAt } = world;
  const met = await metAt();
  const watchers = await Promise.all(
    [officer, await join('immigration', ['enforcement']), await join('police force', ['commander', 'planner'])].map(
      (one) => signIn(one),
    ),
  );
  const urls = ['/staff', '/staff/visits', `/staff/visits/${visit.id}`, `/staff/encounters/${met.encounterId}`];
  const look = () => Promise.all(watchers.flatMap((visitor) => urls.map(async (url) => shown(await visitor.get(url)))));
  await look(); // From then on their home pages name what they opened themselves.
  const before = await look();

  const helper = await signIn(adviser);
  const note = { ...answers(), wants: words.adviser };
  assert.equal((await helper.post(`/staff/safeguarding/encounters/${met.encounterId}/note`, note)).statusCode, 303);
  await helper.get(`/staff/safeguarding/notes/${note.id}`);
  assert.deepEqual(await look(), before);

  assert.deepEqual(await tablesThatHold(db, note.id, words.adviser), [], 'the main store knows of a note');
});

test('unlogged reads do not compile: reading notes requires the object that a logged read returns', () => {
  const silent = {} as Reader<NoteTables & ReferralTables>;
  const looks = [
    // @ts-expect-error this read is not logged
    () => getNote(silent, {} as never, 'x' as never),
    // @ts-expect-error this read is not logged
    () => listNotes(silent, { page: 1 }),
    // @ts-expect-error this read is not logged
    () => getReferral(silent, {} as never, 'x' as never),
    // @ts-expect-error this read is not logged
    () => listReferrals(silent, 1),
  ];
  assert.equal(looks.length, 4, 'the compiler is what tests this');
});
