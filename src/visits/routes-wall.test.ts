import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication, type TestApplication } from '../../test/fixtures/application.ts';
import { asMember } from '../../test/fixtures/as-member.ts';
import { addOperation, addPlannedVisit, addPower, addPremises, addTeam, letIn } from '../operations/plan/examples.ts';
import { type Db, type Reader, setContext } from '../platform/database/database.ts';
import { newId } from '../vocabulary/ids.ts';
import { type ArrestTables, findScreening, lookUpArrest } from './arrests/store.ts';
import {
  addArrest,
  addChildNotification,
  addObservation,
  addPersonMet,
  addSearch,
  addSeizure,
  addVisit,
} from './examples.ts';
import { listEncounters, listObservations, lookUpName, saveName, type VisitTables } from './store.ts';

/** Records of officers alone. Each contains a word that is used nowhere else. */
const secrets = [
  'glimpsed',
  'plausibly',
  'Aylmer',
  'RT/77',
  'wardrobe',
  'sledgehammer',
  'doorframe',
  'Ilinca',
  'Noor',
  'Quillan',
];
const enforcementTables = [
  'observations',
  'arrests',
  'screenings',
  'child_notifications',
  'seizures',
  'searches',
  'encounter_names',
  ...['observations', 'arrests', 'screenings', 'child_notifications', 'seizures', 'searches', 'encounter_names'].map(
    (t) => `${t}_versions`,
  ),
];

/** The all-powerful database changes records too, and says when. */
const atThisMoment = (application: TestApplication, change: (tx: Db) => Promise<unknown>): Promise<unknown> =>
  application.db.transaction().execute(async (tx) => {
    await setContext(tx, { now: application.clock.now() });
    await change(tx);
  });

/** So that each has an earlier version. */
const correctEach = (application: TestApplication) =>
  atThisMoment(application, async (tx) => {
    for (const table of ['observations', 'arrests', 'child_notifications', 'seizures', 'searches', 'encounter_names'])
      await sql`update ${sql.id(table)} set recorded_at = recorded_at + interval '1 minute'`.execute(tx);
  });

const leave = (application: TestApplication) =>
  atThisMoment(application, (tx) => sql`update visits set left_at = arrived_at`.execute(tx));

async function addExampleVisit(t: TestContext, { helpers = false } = {}) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:00' });
  const { agency, member, db, keys } = application;
  const force = await agency('police force', { name: 'Leashire Police' });
  const planner = await member(force, ['planner']);
  const operation = await addOperation(db, force, planner);
  const team = await addTeam(db, operation);
  const officer = await member(force, ['field', 'enforcement'], 'Olu Officer');
  if (!helpers) await letIn(db, operation, officer, { team });
  const helping = [];
  for (const [kind, roles] of [
    ['sexual violence advisers', ['field']],
    ['health', ['field']],
    ['council', ['field', 'safeguarding lead']],
    ['voluntary', ['field', 'partner caseworker']],
    ['council', ['field', 'planner', 'commander']],
  ] as const) {
    const helper = await member(await agency(kind), roles, `Kit ${kind}`);
    await letIn(db, operation, helper, { team });
    helping.push(helper);
  }
  const premises = await addPremises(db, operation);
  const power = await addPower(db, premises);
  const planned = await addPlannedVisit(db, premises, team, { powerId: power.id });
  const visit = await addVisit(db, planned, officer, { basisGround: 'glimpsed through the glass' });
  const met = await addPersonMet(db, visit, officer);
  const fill = async () => {
    const sign = await addObservation(db, visit, officer, {
      encounterId: met.id,
      context: 'glimpsed',
      explanation: 'plausibly',
    });
    const arrest = await addArrest(db, visit, officer, { residence: 'Aylmer', encounterId: met.id });
    await addChildNotification(db, arrest, officer, { services: 'Quillan' });
    const seizure = await addSeizure(db, visit, officer, { description: 'wardrobe', exhibitRef: 'RT/77' });
    await addSearch(db, visit, officer, { forceUsed: 'sledgehammer', damage: 'doorframe' });
    const why = { name: 'Ilinca', reason: 'A witness', recordedBy: officer.id, recordedAt: visit.arrivedAt };
    await saveName(db, keys, met.id, why);
    await correctEach(application);
    return { sign, arrest, seizure };
  };
  return { ...application, operation, team, planner, officer, helping, planned, visit, met, fill };
}

const main = (html: string): string => /<main[\s\S]*<\/main>/.exec(html)?.[0] ?? html;
const shown = ({ body }: { body: string }) => body.replaceAll(/name="_csrf" value="[^"]*"/g, '');

test('a helper’s pages have no field, link, count or word of indicators, arrests or seizures', async (t) => {
  const { signIn, helping, visit, met, fill } = await addExampleVisit(t);
  const urls = [
    '/staff',
    '/staff/visits',
    `/staff/visits/${visit.id}`,
    `/staff/visits/${visit.id}/correct`,
    `/staff/visits/${visit.id}/encounters/new`,
    `/staff/visits/${visit.id}/finish`,
    `/staff/encounters/${met.id}`,
    `/staff/encounters/${met.id}/correct`,
  ];
  for (const helper of helping) {
    const at = await signIn(helper);
    const before = await Promise.all(urls.map((url) => at.get(url)));
    for (const [index, page] of before.entries()) {
      assert.equal(page.statusCode, 200, urls[index]);
      // A form's token is letters at random, and spells what it likes.
      const text = shown({ body: main(page.body) })
        .replaceAll(/Search (warrant \(PACE section 8\)|by consent)/g, '')
        // What happened at the door, as anybody there could see it.
        .replaceAll(
          /Entered by force (after no reply|after a refusal|without notice)|entered by force [a-z ]+(?=")/g,
          '',
        )
        .replaceAll('you went in without force', '');
      assert.doesNotMatch(
        text,
        /\bsigns?\b|indicator|arrest|seiz|\bsearch|\bforce\b|damage|screen|under seal/i,
        urls[index],
      );
      assert.doesNotMatch(text, /\/(signs|arrests|seizures|search|observations|name)\b/);
    }
    assert.match(before[2]?.body ?? '', /Person 1/, 'the meeting is hers to see');
    assert.match(before[2]?.body ?? '', new RegExp(`/staff/safeguarding/encounters/${met.id}/note`));
  }
  const at = await signIn(helping[0] as never);
  const before = await Promise.all(urls.map((url) => at.get(url)));
  await fill();
  const after = await Promise.all(urls.map((url) => at.get(url)));
  const still = (page: { body: string }) => shown(page).replaceAll(/name="id" value="[^"]*"/g, '');
  for (const [index, page] of after.entries()) {
    for (const secret of secrets) assert.ok(!page.body.includes(secret), `${urls[index]} says ${secret}`);
    assert.equal(
      still(page),
      still(before[index] as { body: string }),
      `${urls[index]} changed with what officers wrote`,
    );
  }
});

test('an immigration officer on the team reaches no visit where they are not present, unless they attended', async (t) => {
  const world = await addExampleVisit(t);
  const { db, agency, member, signIn, operation, team, officer, visit, met, fill } = world;
  await fill();
  const border = await member(await agency('immigration'), ['field', 'enforcement'], 'Lena Border');
  await letIn(db, operation, border, { team });
  const decide = (immigrationEntry: 'with the team' | 'not present') =>
    atThisMoment(world, (tx) =>
      tx.updateTable('premises').set({ immigrationEntry }).where('id', '=', visit.premisesId).execute(),
    );
  const [at, police] = [await signIn(border), await signIn(officer)];
  const urls = (of: string, person: string, place: string) => [
    `/staff/visits/${of}`,
    `/staff/visits/${of}/arrive`,
    `/staff/visits/${of}/correct`,
    `/staff/visits/${of}/signs/new`,
    `/staff/encounters/${person}`,
    `/staff/encounters/${person}/correct`,
    `/staff/encounters/${person}/name`,
    `/staff/premises/${place}`,
  ];
  const here = urls(visit.id, met.id, visit.premisesId);
  const codes = async (reader: typeof at) => Promise.all(here.map(async (url) => (await reader.get(url)).statusCode));
  const open = await codes(police);
  await decide('with the team');
  assert.deepEqual(await codes(at), open, 'on the team like anybody');

  await decide('not present');
  assert.deepEqual(await codes(police), open, 'police are on the team');
  const absent = urls(newId(), newId(), newId());
  for (const [index, url] of here.entries()) {
    const [hidden, none] = [await at.get(url), await at.get(absent[index] ?? '')];
    assert.equal(hidden.statusCode, none.statusCode, url);
    if (!url.endsWith('/name')) assert.equal(hidden.statusCode, 404, url);
  }
  for (const url of ['/staff', '/staff/visits', '/staff/visits?stage=underway', '/staff/search?q=Blue+Door'])
    assert.doesNotMatch((await at.get(url)).body, /Blue Door|14 Mill Lane/, url);
  const change = await at.post(`/staff/encounters/${met.id}/correct`, {
    language: 'Albanian',
    base: '0',
    why: 'Guess',
  });
  assert.equal(change.statusCode, 404);

  const attendees = [officer.id, border.id];
  await atThisMoment(world, (tx) => tx.updateTable('visits').set({ attendees }).where('id', '=', visit.id).execute());
  assert.deepEqual(await codes(at), open, 'who attended reads and writes');
});

test('a helper gets the same answer on finishing, whatever officers left open', async (t) => {
  const world = await addExampleVisit(t);
  const { signIn, helping, visit, fill } = world;
  await leave(world);
  const at = await signIn(helping[0] as never);
  const before = await at.post(`/staff/visits/${visit.id}/finish`);
  await fill();
  const after = await at.post(`/staff/visits/${visit.id}/finish`);
  assert.deepEqual([before.statusCode, after.statusCode], [422, 422]);
  assert.equal(shown(before), shown(after));
  assert.match(after.body, /An officer of the team finishes this visit/);
});

test('helpers alone finish their own visit', async (t) => {
  const world = await addExampleVisit(t, { helpers: true });
  const { signIn, helping, visit } = world;
  await leave(world);
  const at = await signIn(helping[0] as never);
  assert.equal((await at.post(`/staff/visits/${visit.id}/finish`)).statusCode, 303);
});

test('every enforcement address refuses every helper in the same words', async (t) => {
  const { signIn, helping, visit, met, fill } = await addExampleVisit(t);
  const { sign, arrest, seizure } = await fill();
  const urls = [
    ...['signs', 'arrests/new', 'seizures/new', 'search'].map((path) => `/staff/visits/${visit.id}/${path}`),
    ...['name', 'name/record', 'signs', 'signs?sign=guarded'].map((path) => `/staff/encounters/${met.id}/${path}`),
    ...['', '/correct', '/status', '/close', '/screening', '/child'].map(
      (path) => `/staff/arrests/${arrest.id}${path}`,
    ),
    ...['', '/correct'].map((path) => `/staff/indicators/${sign.id}${path}`),
    ...['', '/correct'].map((path) => `/staff/seizures/${seizure.id}${path}`),
  ];
  const record = { id: newId(), kind: 'cash', description: 'x', context: 'x', explanation: 'x', base: '1', why: 'x' };
  for (const helper of helping) {
    const at = await signIn(helper);
    const refusals = new Set<string>();
    for (const url of urls) {
      const page = await at.get(url);
      assert.equal(page.statusCode, 403, url);
      refusals.add(shown(page).replace(/ aria-current="\w+"/g, ''));
      const sent = await at.post(url, record);
      assert.ok([403, 404].includes(sent.statusCode), url);
      for (const secret of secrets) assert.ok(!sent.body.includes(secret));
    }
    assert.equal(refusals.size, 1);
  }
});

test('helpers cannot read, count, add or change enforcement records through SQL either', async (t) => {
  const world = await addExampleVisit(t);
  const { helping, officer, visit, met, fill } = world;
  const { arrest } = await fill();
  const count = async (who: { id: string }, table: string) =>
    asMember(world, who, ['main', 'staff'], async (tx) => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from ${sql.id(table)}`.execute(tx);
      return rows[0]?.count;
    });
  for (const table of enforcementTables.filter((one) => !one.startsWith('screenings')))
    assert.ok(((await count(officer, table)) ?? 0) > 0, `an officer reads ${table}`);
  for (const helper of helping) {
    assert.equal(await count(helper, 'encounters'), 1, 'the meeting is hers to see');
    for (const table of enforcementTables) assert.equal(await count(helper, table), 0, table);
    const attempts: [string, ReturnType<typeof sql>][] = [
      [
        'sign',
        sql`insert into observations values (${newId()}, ${visit.id}, null, 'x', true, 'x', 'x', ${helper.id}, now())`,
      ],
      [
        'seizure',
        sql`insert into seizures values (${newId()}, ${visit.id}, 'cash', 'x', 1, null, ${helper.id}, now())`,
      ],
      ['name', sql`insert into encounter_names values (${met.id}, 'x', 'x', 'x', ${helper.id}, now())`],
      [
        'screening',
        sql`insert into screenings values (${arrest.id}, 'not done', 'x', null, null, null, ${helper.id}, now())`,
      ],
    ];
    for (const [what, attempt] of attempts) {
      const refused = asMember(world, helper, ['main', 'staff'], (tx) => attempt.execute(tx));
      await assert.rejects(refused, /row-level security/, what);
    }
    for (const table of ['observations', 'arrests', 'seizures', 'searches', 'encounter_names']) {
      const changed = await asMember(world, helper, ['main', 'staff'], (tx) =>
        sql`update ${sql.id(table)} set recorded_at = recorded_at + interval '1 minute'`.execute(tx),
      );
      assert.equal(changed.numAffectedRows, 0n, table);
    }
  }
});

test('a member who sees no arrests cannot finish a visit with an unscreened arrest, not even by SQL', async (t) => {
  const world = await addExampleVisit(t);
  const { helping, visit, fill, db } = world;
  await fill();
  await leave(world);
  await sql`delete from screenings`.execute(db);
  const finish = (who: { id: string }) =>
    asMember(world, who, ['main', 'staff'], (tx) =>
      sql`update visits set finished_at = ${world.clock.now()} where id = ${visit.id}`.execute(tx),
    );
  let tried = 0;
  for (const helper of helping) {
    const changes = await asMember(world, helper, ['main', 'staff'], (tx) =>
      sql`select from visits where id = ${visit.id}`.execute(tx),
    );
    if (changes.rows.length === 0) continue;
    await assert.rejects(finish(helper), /whether those arrested were screened/);
    tried += 1;
  }
  assert.ok(tried > 0, 'a helper records visits');
});

test('an access that cannot be logged is refused and shows nothing', async (t) => {
  const { signIn, officer, visit, met, fill, db } = await addExampleVisit(t);
  const { arrest, sign, seizure } = await fill();
  const at = await signIn(officer);
  await sql`revoke insert on access_log from safelight_staff`.execute(db);
  for (const url of [
    `/staff/visits/${visit.id}`,
    `/staff/encounters/${met.id}`,
    `/staff/encounters/${met.id}/name`,
    `/staff/arrests/${arrest.id}`,
    `/staff/indicators/${sign.id}`,
    `/staff/seizures/${seizure.id}`,
    `/staff/visits/${visit.id}/search`,
  ]) {
    const page = await at.get(url);
    assert.equal(page.statusCode, 503, url);
    assert.match(page.body, /Nothing was shown/);
    for (const secret of [...secrets, 'Person 1', 'Romanian'])
      assert.ok(!page.body.includes(secret), `${url} ${secret}`);
  }
});

test('reading people without a logged access does not compile', () => {
  const silent = {} as Reader<VisitTables & ArrestTables>;
  const looks = [
    // @ts-expect-error nobody has written down that somebody looks
    () => listEncounters(silent, 'x' as never),
    // @ts-expect-error nobody has written down that somebody looks
    () => lookUpName(silent, {} as never, {} as never, 'enforcement'),
    // @ts-expect-error nobody has written down that somebody looks
    () => listObservations(silent, { visitId: 'x' as never }),
    // @ts-expect-error nobody has written down that somebody looks
    () => lookUpArrest(silent, 'x', 'operation'),
    // @ts-expect-error nobody has written down that somebody looks
    () => findScreening(silent, 'x'),
  ];
  assert.equal(looks.length, 5, 'the compiler is what tests this');
});
