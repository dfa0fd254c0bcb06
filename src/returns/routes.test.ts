import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openApplication } from '../../test/fixtures/application.ts';
import { countersignNow, countNow, signNow, staged } from '../../test/fixtures/counted-return.ts';
import { openStage, type Stage, soundRecords } from '../../test/fixtures/recorded-operation.ts';
import { readWorkbook } from '../../test/harness/workbook.ts';
import { setContext } from '../platform/database/database.ts';
import type { SignedReturn } from '../vocabulary/figures.ts';
import { newId } from '../vocabulary/ids.ts';
import { calculateDigest } from './return.ts';

test('an analyst counts, qualifies a figure and signs, and the return stays as signed', async (t) => {
  const { application, stage, operation, records, analyst } = await staged(t);
  assert.match((await analyst.get('/staff/returns')).body, /not counted/);
  const address = await countNow(analyst, operation.id);

  const draft = await analyst.get(address);
  assert.match(draft.body, /Neither press nor coordinators can see them/);
  assert.match((await analyst.get('/staff')).body, />Sign a return</);

  const say = `${address}/figures/arrests.made/qualify`;
  const exact = String(records.arrests.length);
  const floor = {
    how: 'at least',
    value: String(records.arrests.length + 1),
    words: '',
    reason: 'One more may follow',
  };
  const refused = await analyst.post(say, floor);
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, new RegExp(`The records say ${exact}, so “at least” must be ${exact} or less`));
  assert.match(refused.body, /One more may follow/, 'answers are kept');
  assert.equal((await analyst.post(say, { ...floor, value: exact })).statusCode, 303);
  assert.match((await analyst.get(address)).body, /at least<\/span>/);

  assert.equal((await signNow(analyst, address, 'open')).statusCode, 303);
  const page = await analyst.get(address);
  assert.match(page.body, /Digest of the signed return/);
  assert.match(page.body, /Return 1, provisional/);
  assert.equal(
    (await analyst.post(say, { ...floor, value: exact })).statusCode,
    422,
    'nothing is said otherwise any more',
  );
  assert.equal((await signNow(analyst, address, 'open')).statusCode, 422, 'nor signed twice');

  const press = await application.member(stage.council, ['press']);
  assert.equal(
    (await (await application.signIn(press)).get(address)).statusCode,
    403,
    'press reads releases, not returns',
  );
  const trail = await application.auditTrail();
  assert.deepEqual(
    trail.filter((event) => !event.endsWith('read')),
    ['count asked', 'return counted', 'figure qualified', 'return signed'],
  );
});

test('a failing check blocks the signature, says what is wrong and opens the record', async (t) => {
  const { application, operation, records, analyst } = await staged(t);
  const [visit] = records.visits;
  await application.db.transaction().execute(async (tx) => {
    await setContext(tx, { now: application.clock.now() });
    const calledOff = { state: 'called off', reason: 'Nobody was free' };
    await tx.updateTable('plannedVisits').set(calledOff).where('id', '=', visit?.id).execute();
  });
  const address = await countNow(analyst, operation.id);
  const page = await analyst.get(address);
  assert.match(page.body, /This return cannot be signed yet/);
  assert.doesNotMatch(page.body, /Sign this return/);
  const asked = await analyst.get(`${address}/sign`);
  assert.doesNotMatch(asked.body, /name="seen"/, 'nothing to sign with');
  const { figures, facts, ...drawn } = await application.db.selectFrom('returns').selectAll().executeTakeFirstOrThrow();
  const seen = calculateDigest({ ...drawn, figures, facts } as never);
  const refused = await analyst.post(`${address}/sign`, { seen, stage: 'open' });
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /A check fails, so this return cannot be signed/);

  const check = /href="([^"]+\/checks\/\d+)"/.exec(page.body)?.[1] ?? '';
  const opened = await analyst.get(check);
  assert.match(opened.body, /No visit was both made and called off/);
  const place = records.premises.find(({ id }) => id === visit?.premisesId);
  assert.match(opened.body, new RegExp(`16 September 2026, ${place?.business} in ${place?.town.replace(/'.*/, '')}`));
  assert.doesNotMatch(opened.body, new RegExp(`>[^<]*${visit?.id}`), 'named, and not by an id');
});

test('a new version starts afresh, shows what changed, and a final one is reopened with a reason alone', async (t) => {
  const { application, stage, operation, records, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  const first = await countNow(analyst, operation.id);
  await signNow(analyst, first, 'open');
  await application.db
    .insertInto('seizures')
    .values({
      id: newId(),
      visitId: records.visits[0]?.id,
      kind: 'vehicle',
      description: 'A van',
      recordedBy: stage.planner.id,
      recordedAt: application.clock.now(),
    })
    .execute();
  const second = await countNow(analyst, operation.id);
  assert.notEqual(second, first);
  const page = await analyst.get(second);
  assert.match(page.body, /Return 2, revised/);
  assert.match(page.body, /What changed against version 1/);
  assert.match(page.body, /Seizures: vehicle/);
  assert.equal((await signNow(analyst, second, 'final')).statusCode, 303);
  const commander = await application.signIn(await application.member(stage.force, ['commander']));
  assert.equal((await countersignNow(commander, second)).statusCode, 303);
  assert.match((await analyst.get(second)).body, /Return 2, final/);
  assert.match((await analyst.get(first)).body, /There is a later version/);

  const unasked = await analyst.post(`/staff/returns/operations/${operation.id}/count`, { note: ' ' });
  assert.equal(unasked.statusCode, 422);
  assert.match(unasked.body, /Enter why you are reopening the final return/);
  const third = await countNow(analyst, operation.id, 'A late report of an arrest');
  assert.match((await analyst.get(third)).body, /A late report of an arrest/);
});

test('unfinished records block a final return, not a provisional one', async (t) => {
  const { application, operation, records, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  await application.db
    .insertInto('plannedVisits')
    .columns(['id', 'operationId', 'premisesId', 'teamId', 'day', 'starts', 'minutes', 'state'])
    .expression((from) =>
      from
        .selectFrom('teams')
        .where('operationId', '=', operation.id)
        .select(({ val, ref }) => [
          val(newId()).$castTo<string>().as('id'),
          ref('operationId').as('operationId'),
          val(records.premises[0]?.id).as('premisesId'),
          ref('id').as('teamId'),
          val('2026-09-20').as('day'),
          val('10:00').as('starts'),
          val(30).as('minutes'),
          val('planned').as('state'),
        ]),
    )
    .execute();
  const address = await countNow(analyst, operation.id);
  const refused = await signNow(analyst, address, 'final');
  assert.equal(refused.statusCode, 422);
  assert.match(refused.body, /cannot be final yet/);
  assert.match(refused.body, /1 visit neither made nor called off/);
  assert.equal((await signNow(analyst, address, 'open')).statusCode, 303);
});

test('members with access open the records of each figure; others learn that there are some', async (t) => {
  const { application, stage, operation, records, analyst } = await staged(t);
  const address = await countNow(analyst, operation.id);
  const [arrest] = records.arrests;

  const counted = await analyst.get(`${address}/figures/arrests.made`);
  assert.match(counted.body, /Each person arrested at a visit/, 'the definition');
  assert.match(counted.body, /Arrest<\/th><td[^>]*>V-\w{3}-\w{3}, 16 September 2026, /, 'by reference, day and place');
  assert.doesNotMatch(counted.body, new RegExp(arrest?.id ?? 'none'));
  assert.doesNotMatch(counted.body, /href="\/staff\/arrests\//);
  assert.match(counted.body, /Enforcement members of this operation can open the arrests/);

  const commander = await application.member(stage.force, ['commander']);
  const member = await application.signIn(commander);
  assert.doesNotMatch(
    (await member.get(`${address}/figures/arrests.made`)).body,
    /href="\/staff\/arrests\//,
    'not in the operation',
  );
  const given = { operationId: operation.id, givenBy: stage.planner.id, since: new Date('2020-01-01'), until: null };
  await application.db
    .insertInto('grants')
    .values({
      id: newId(),
      relation: 'member',
      subject: operation.id,
      memberId: commander.id,
      agencyId: null,
      ...given,
    })
    .execute();
  const opened = await member.get(`${address}/figures/arrests.made`);
  assert.match(opened.body, new RegExp(`href="/staff/arrests/${arrest?.id}"`));
  assert.doesNotMatch(opened.body, /Say it otherwise/, 'a commander counts nothing');

  const help = await member.get(`${address}/figures/people.advised`);
  assert.match(help.body, /The records stay in the safeguarding database/);
  assert.doesNotMatch(help.body, /href="\/staff\/(notes|safeguarding)/);

  const cell = `byTown ["${records.premises[0]?.town}"]`;
  const part = await analyst.get(`${address}/figures/premises.planned?cell=${encodeURIComponent(cell)}`);
  const inTown = records.premises.filter(({ town }) => town === records.premises[0]?.town).length;
  assert.equal(part.body.match(/<th scope="row"[^>]*>Premises<\/th>/g)?.length, inTown);
  assert.equal((await application.auditTrail()).filter((event) => event === 'records behind a figure read').length, 5);
});

test('a coordinator sees signed returns, and no records', async (t) => {
  const { application, operation, records, analyst } = await staged(t);
  const coordinators = await application.agency('coordinator');
  const coordinator = await application.signIn(await application.member(coordinators, ['coordinator']));
  await application.db
    .insertInto('grants')
    .values({
      id: newId(),
      relation: 'partner',
      subject: operation.id,
      operationId: operation.id,
      memberId: null,
      agencyId: coordinators.id,
      since: new Date('2020-01-01'),
      until: null,
      givenBy: analyst.member.id,
    })
    .execute();
  const address = await countNow(analyst, operation.id);
  const count = { how: 'at least', value: '1', words: '', reason: 'Reason of the partnership' };
  await analyst.post(`${address}/figures/arrests.made/qualify`, count);
  assert.equal((await coordinator.get(address)).statusCode, 404, 'a draft is not there');
  assert.doesNotMatch((await coordinator.get('/staff/returns')).body, /Operation Lantern/);
  await signNow(analyst, address, 'open');

  assert.match((await coordinator.get('/staff/returns')).body, /Operation Lantern/);
  const page = await coordinator.get(address);
  assert.equal(page.statusCode, 200);
  assert.doesNotMatch(page.body, /The records say|Checks/);
  assert.match(page.body, /This count is provisional\. Another version can follow when the operation is over\./);
  const figure = await coordinator.get(`${address}/figures/arrests.made`);
  assert.doesNotMatch(figure.body, /Reason of the partnership|The records say/);
  for (const { id } of records.arrests) assert.doesNotMatch(figure.body, new RegExp(id));
  assert.match(figure.body, /The records stay with the partnership/);
  // People by sex, age and home are left out: a digest of the whole would let a reader try what they are.
  assert.doesNotMatch(page.body, /[0-9a-f]{64}|Digest/);
  const reason = { why: 'for a partner or the coordinator of the operation', words: 'the week' };
  for (const shape of ['json', 'csv', 'xlsx']) {
    const file = await coordinator.post(`${address}/export`, { ...reason, shape });
    assert.equal(file.statusCode, 200, shape);
    const text = shape === 'xlsx' ? JSON.stringify(readWorkbook(file.rawPayload).sheets) : file.body;
    assert.doesNotMatch(text, /"digest"|Digest|safelight certificate|"residence"/, shape);
  }
  assert.equal((await coordinator.get(`${address}/checks/0`)).statusCode, 403);
  assert.equal((await coordinator.get(`/staff/returns/operations/${operation.id}`)).statusCode, 200);
  assert.equal((await coordinator.post(`/staff/returns/operations/${operation.id}/count`)).statusCode, 403);
});

test('a signed return is taken along as a table and a workbook that no spreadsheet runs, and as data that verifies', async (t) => {
  const application = await openApplication(t);
  const stage = await openStage(application);
  const operation = await stage.operation({ codeName: '=HYPERLINK("http://evil.example","Lantern")' });
  await stage.record(operation, soundRecords(5));
  const analyst = await application.signIn('return.count', stage.force);
  const address = await countNow(analyst, operation.id);
  const why = { why: 'for a meeting, or our own file', words: 'the county council' };
  const take = (shape: string) => analyst.post(`${address}/export`, { ...why, shape });
  assert.equal((await analyst.get(`${address}/export`)).statusCode, 404, 'a draft is not exported');
  assert.equal((await take('csv')).statusCode, 404);
  await signNow(analyst, address, 'open');

  const unasked = await analyst.post(`${address}/export`, { shape: 'csv', words: 'the county council' });
  assert.equal(unasked.statusCode, 422);
  assert.match(unasked.body, /Select why you are exporting it[\s\S]*value="the county council"/);
  assert.equal(unasked.headers['content-disposition'], undefined);
  const table = await take('csv');
  const row = await application.db
    .selectFrom('accessLog')
    .selectAll()
    .where('event', '=', 'return exported')
    .executeTakeFirstOrThrow();
  assert.deepEqual(
    [row.kind, row.recipient, row.reason],
    ['disclosure', stage.force.id, 'for a meeting, or our own file: the county council'],
  );
  assert.match(String(table.headers['content-type']), /^text\/csv/);
  assert.match(
    String(table.headers['content-disposition']),
    /filename="return-hyperlink-http-evil-example-lantern-1\.official-sensitive-operational\.csv"/,
  );
  const lines = table.body.trimEnd().split('\r\n');
  assert.ok(lines.length > 25);
  for (const line of lines) assert.doesNotMatch(line, /(^|,)"?[=+\-@]/, line);
  // On its own the table says how it is marked, whose it is and of which days.
  assert.match(lines[0] ?? '', /^"marking","led by","week","first day","last day","operation","version"/);
  assert.match(
    lines[1] ?? '',
    /^"OFFICIAL-SENSITIVE: OPERATIONAL","Leashire Constabulary","[^"]+","\d{4}-\d\d-\d\d","\d{4}-\d\d-\d\d","'=HYPERLINK\(""http/,
  );

  const workbook = await take('xlsx');
  assert.equal(workbook.headers['content-type'], 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  assert.match(String(workbook.headers['content-disposition']), /lantern-1\.official-sensitive-operational\.xlsx"/);
  const { sheets, formulas } = readWorkbook(workbook.rawPayload);
  assert.equal(formulas, 0);
  assert.equal(sheets[0]?.rows.length, lines.length, 'the same rows as the table');
  assert.equal(sheets[0]?.rows[1]?.[5], '=HYPERLINK("http://evil.example","Lantern")');
  assert.deepEqual(sheets[1]?.rows[1], ['Marking', 'OFFICIAL-SENSITIVE: OPERATIONAL']);

  const data = JSON.parse((await take('json')).body) as SignedReturn & { digest: string };
  assert.equal(data.stage, 'provisional');
  assert.equal(Object.keys(data.figures).length, 27, 'all but the needs of too few people');
  assert.match(data.digest, /^[0-9a-f]{64}$/);
  assert.equal(data.facts.leadAgency, 'Leashire Constabulary');
});

test('gives the same answer for another partnership’s return, a missing one and an invalid id', async (t) => {
  const { application, stage, operation, analyst } = await staged(t);
  const address = await countNow(analyst, operation.id);
  const strangers = await application.agency('police force', { name: 'Farshire' });
  const stranger = await application.signIn(await application.member(strangers, ['analyst']));
  const shown = ({ body }: { body: string }) => body.replaceAll(/value="[\w-]+"/g, '');
  for (const path of ['', '/sign', '/figures/arrests.made', '/figures/arrests.made/qualify', '/checks/0', '/export']) {
    const hidden = await stranger.get(`${address}${path}`);
    const nowhere = await stranger.get(`/staff/returns/${newId()}${path}`);
    assert.deepEqual([hidden.statusCode, nowhere.statusCode], [404, 404], path);
    assert.equal(shown(hidden), shown(nowhere), path);
  }
  assert.equal((await stranger.post(`${address}/sign`, { seen: 'a'.repeat(64), stage: 'open' })).statusCode, 404);
  assert.equal((await stranger.post(`/staff/returns/operations/${operation.id}/count`)).statusCode, 404);
  assert.equal((await stranger.get(`/staff/returns/operations/${operation.id}`)).statusCode, 404);
  assert.equal((await analyst.get('/staff/returns/17')).statusCode, 404);
  assert.equal((await analyst.get(`${address}/figures/arrests.invented`)).statusCode, 404);
  assert.equal((await analyst.get(`${address}/checks/998`)).statusCode, 404);
  assert.equal((await analyst.get('/staff/returns/definitions/1999-01')).statusCode, 404);
  assert.equal((await analyst.get('/staff/returns/definitions/2026-01')).statusCode, 200);
  assert.doesNotMatch((await stranger.get('/staff/returns')).body, new RegExp(stage.force.name));
});

test('invalid answers show the form again with the input', async (t) => {
  const { operation, analyst } = await staged(t);
  const address = await countNow(analyst, operation.id);
  const say = `${address}/figures/visits.made/qualify`;
  const cases: readonly (readonly [answers: Record<string, string>, says: RegExp])[] = [
    [{}, /Select how the figure is said/],
    [{ how: 'at least', value: '', words: '', reason: 'Kept reason' }, /Enter a number/],
    [{ how: 'about', value: 'many', words: '', reason: 'Kept reason' }, /Enter a number/],
    [{ how: 'in words', value: '', words: '', reason: 'Kept reason' }, /Select the words/],
    [{ how: 'in words', value: '', words: 'oodles', reason: 'Kept reason' }, /Select the words/],
    [{ how: 'about', value: '1', words: '', reason: '' }, /Say why the exact number is not given/],
  ];
  for (const [answers, says] of cases) {
    const again = await analyst.post(say, answers);
    assert.equal(again.statusCode, 422, JSON.stringify(answers));
    assert.match(again.body, says);
    if (answers['reason']) assert.match(again.body, /Kept reason/);
  }
  assert.equal((await analyst.post(`${address}/sign`, { stage: 'open', seen: 'x' })).statusCode, 422);
  assert.equal((await analyst.post(`${address}/sign`, { seen: 'a'.repeat(64) })).statusCode, 422);
  const stale = await analyst.post(`${address}/sign`, { stage: 'open', seen: 'a'.repeat(64) });
  assert.match(stale.body, /figures have changed since you opened this page/);
});

/** So many operations, each with the rows of as many invented ones; gives the last. */
async function fill(stage: Stage, many: number): Promise<string> {
  let last = '';
  for (let index = 0; index < many; index += 1) {
    const operation = await stage.operation();
    const records = Array.from({ length: many }, (_, each) => soundRecords(index * many + each));
    for (const [time, one] of records.entries()) await stage.record(operation, one, time);
    last = operation.id;
  }
  return last;
}

test('no page asks more with more rows', async (t) => {
  const asked: number[][] = [];
  for (const many of [1, 6]) {
    const application = await openApplication(t);
    const stage = await openStage(application);
    const operationId = await fill(stage, many);
    const analyst = await application.signIn('return.count', stage.force);
    const address = await countNow(analyst, operationId);
    const counts: number[] = [];
    for (const path of [
      '/staff',
      '/staff/returns',
      `/staff/returns/operations/${operationId}`,
      address,
      `${address}/figures/visits.made`,
      `${address}/sign`,
      `${address}/checks`,
      `${address}/checks/0`,
    ]) {
      application.countQueries();
      assert.equal((await analyst.get(path)).statusCode, 200, path);
      counts.push(application.countQueries());
    }
    application.countQueries();
    await analyst.post(`/staff/returns/operations/${operationId}/count`);
    // Its page would ask, too, as often as it looks again.
    const ofOperation = application.db.selectFrom('countRequests').where('operationId', '=', operationId);
    const going = ofOperation.where('state', '=', 'counting').select('id');
    while (await going.executeTakeFirst());
    counts.push(application.countQueries());
    asked.push(counts);
  }
  assert.deepEqual(asked[0], asked[1]);
  assert.ok(
    asked[0]?.every((count) => count <= 50),
    JSON.stringify(asked[0]),
  );
});
