import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { asMember } from '../../../test/fixtures/as-member.ts';
import { countersignNow, countNow, signNow, staged } from '../../../test/fixtures/counted-return.ts';
import { dueRows } from '../../../test/fixtures/home.ts';
import { codeOf } from '../../platform/database/violations.ts';
import { deliverEvents } from '../../platform/jobs/outbox.ts';
import { announcementListeners } from '../../platform/notifications/announce.ts';
import { newId } from '../../vocabulary/ids.ts';
import { calculateDigest } from '../return.ts';
import { getReturn } from '../store.ts';

const reason = 'The van of Thursday is missing';
const textOf = (html: string): string => html.replaceAll(/<[^>]+>/g, ' ').replaceAll(/\s+/g, ' ');

/** A return that an analyst signed as final, and those who may sign second. */
async function signedFirst(t: Parameters<typeof staged>[0]) {
  const room = await staged(t, ['signing', 'final'], '2026-09-21');
  const { application, stage, operation, analyst } = room;
  const address = await countNow(analyst, operation.id);
  assert.equal((await signNow(analyst, address, 'final')).statusCode, 303);
  const signIn = async (agency: typeof stage.force, ...roles: Parameters<typeof application.member>[1]) =>
    application.signIn(await application.member(agency, roles));
  return { ...room, address, signIn, commander: await signIn(stage.force, 'commander') };
}

test('a return that an analyst signed as final is final when a commander of the agency that leads countersigns', async (t) => {
  const { application, operation, analyst, address, commander } = await signedFirst(t);
  const waiting = textOf((await analyst.get(address)).body);
  assert.match(waiting, /Return 1, waits for a second signature/);
  assert.doesNotMatch(waiting, /Not signed|are a draft/);
  assert.match(waiting, /Waits for a second signature/);
  assert.match(waiting, /Neither press nor coordinators can see it yet/);
  assert.doesNotMatch(waiting, /Sign this return|Countersign/);
  assert.equal((await application.db.selectFrom('returnSignatures').selectAll().execute()).length, 0);
  assert.match((await analyst.get(`${address}/sign`)).body, /This return is signed and waits for a second signature/);

  const [task] = await dueRows(commander);
  assert.deepEqual(
    { ...task, due: '' },
    { what: task?.what, for: operation.codeName, due: '', status: 'To do', href: `${address}/countersign` },
  );
  assert.match(task?.what ?? '', /^Countersign a final return/);
  const shown = textOf((await commander.get(`${address}/countersign`)).body);
  for (const says of [/signed these figures as final/, /Arrests/, /All \d+ checks passed|Checks that did not pass/])
    assert.match(shown, says);
  assert.match(shown, /first version that is signed/);
  assert.ok(shown.indexOf('Arrests') < shown.indexOf('Countersign as final'), 'the button stands below the figures');

  const answers = [await countersignNow(commander, address), await countersignNow(commander, address)];
  assert.deepEqual(
    answers.map(({ statusCode, headers }) => [statusCode, headers.location]),
    [
      [303, address],
      [303, address],
    ],
    'pressed twice it is done once',
  );
  const final = textOf((await analyst.get(address)).body);
  assert.match(final, /Return 1, final/);
  assert.match(final, /Countersigned 21 September 2026/);
  assert.deepEqual(await dueRows(commander), []);
  const trail = (await application.auditTrail()).filter((event) => /sign/.test(event));
  assert.deepEqual(trail, ['return signed for a second signature', 'return countersigned']);
});

test('neither the analyst who signed, nor a partner, nor a second decision is accepted', async (t) => {
  const { application, stage, operation, analyst, address, commander, signIn } = await signedFirst(t);
  const own = await countersignNow(analyst, address);
  assert.equal(own.statusCode, 422);
  assert.match((await analyst.get(`${address}/countersign`)).body, /You signed this return first/);
  assert.deepEqual(
    (await dueRows(analyst)).filter(({ what }) => /Countersign|Sign/.test(what)),
    [],
  );
  const partner = await signIn(stage.council, 'analyst');
  assert.match((await partner.get(`${address}/countersign`)).body, /Only a member of the agency that leads/);
  assert.equal((await countersignNow(partner, address)).statusCode, 422);
  const press = await signIn(stage.force, 'press');
  assert.equal((await press.get(`${address}/countersign`)).statusCode, 403);

  const colleague = await signIn(stage.force, 'analyst');
  const seen = /name="seen" value="([^"]+)"/.exec((await colleague.get(`${address}/countersign`)).body)?.[1] ?? '';
  assert.equal((await countersignNow(commander, address)).statusCode, 303);
  const late = await colleague.post(`${address}/countersign`, { seen, answer: 'countersign', reason: '' });
  assert.equal(late.statusCode, 422);
  assert.match(late.body, /countersigned this return or sent it back already/);
  const rows = await application.db.selectFrom('returnSignatures').selectAll().execute();
  assert.deepEqual(
    rows.map(({ operationId, signedBy, countersignedBy }) => [operationId, signedBy, countersignedBy]),
    [[operation.id, analyst.member.id, commander.member.id]],
  );
});

test('a decision without a first signature leads to the return, whatever was sent', async (t) => {
  const { application, stage, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  const address = await countNow(analyst, operation.id);
  const commander = await application.signIn(await application.member(stage.force, ['commander']));
  for (const typed of [{}, { answer: 'countersign' }, { seen: newId(), answer: 'send back', reason: 'No.' }]) {
    const sent = await commander.post(`${address}/countersign`, typed);
    assert.deepEqual([sent.statusCode, sent.headers.location], [303, address]);
  }
});

test('a final signature notifies those who can countersign alone', async (t) => {
  const { application, stage, operation, analyst } = await staged(t, ['signing', 'final'], '2026-09-21');
  const { db, databases, clock } = application;
  const told = async () => {
    await deliverEvents(databases, clock, announcementListeners.main, 'main');
    const rows = await db.selectFrom('notices').select(['kind', 'toMember']).execute();
    await db.deleteFrom('notices').execute();
    return rows.map(({ kind, toMember }) => `${kind} ${toMember}`).toSorted();
  };
  const colleague = await application.member(stage.force, ['analyst']);
  const commander = await application.member(stage.force, ['commander']);
  await application.member(stage.council, ['analyst', 'commander']);
  const address = await countNow(analyst, operation.id);
  await told();
  await signNow(analyst, address, 'final');
  assert.deepEqual(await told(), [colleague, commander].map(({ id }) => `return to sign ${id}`).toSorted());
  assert.equal((await (await application.signIn(commander)).get('/staff/returns')).statusCode, 200, 'where it leads');
});

test('a return that changed since the first signature is not countersigned', async (t) => {
  const { application, operation, records, analyst, address, commander } = await signedFirst(t);
  const seen = /name="seen" value="([^"]+)"/.exec((await commander.get(`${address}/countersign`)).body)?.[1] ?? '';
  const sent = { seen, answer: 'countersign', reason: '' };
  const floor = { how: 'at least', value: String(records.seizures.length), words: '', reason: 'One more may follow' };
  assert.equal((await analyst.post(`${address}/figures/seizures.made/qualify`, floor)).statusCode, 303);
  const changed = await commander.post(`${address}/countersign`, sent);
  assert.equal(changed.statusCode, 422);
  assert.match(changed.body, /changed since it was signed/);
  assert.match((await analyst.get(address)).body, /Sign this return/, 'the analyst can sign again');
  assert.deepEqual(await dueRows(commander), []);

  await signNow(analyst, address, 'final');
  assert.equal((await commander.post(`${address}/countersign`, sent)).statusCode, 422, 'what was shown before');
  await application.db
    .insertInto('returnChanges')
    .values({ id: newId(), operationId: operation.id, what: 'visit', at: new Date('2026-09-21T23:00:00Z') })
    .execute();
  const overtaken = await countersignNow(commander, address);
  assert.equal(overtaken.statusCode, 422);
  assert.match(overtaken.body, /Records were changed after this was counted\. Send it back/);
});

test('a return is sent back with a reason, which the analyst reads', async (t) => {
  const { application, analyst, address, commander } = await signedFirst(t);
  const silent = await countersignNow(commander, address, { answer: 'send back' });
  assert.equal(silent.statusCode, 422);
  assert.match(silent.body, /Enter what the analyst has to correct/);
  assert.equal((await countersignNow(commander, address, { answer: 'send back', reason })).statusCode, 303);
  const [task] = await dueRows(analyst);
  assert.match(task?.what ?? '', /^Correct a return that was sent back/);
  assert.equal(task?.href, address);
  const page = textOf((await analyst.get(address)).body);
  assert.match(page, /Sent back by the second person/);
  assert.match(page, new RegExp(reason));
  assert.match(page, /Sign this return/);
  assert.equal((await signNow(analyst, address, 'final')).statusCode, 303);
  assert.doesNotMatch((await analyst.get(address)).body, new RegExp(reason));
  assert.equal((await countersignNow(commander, address)).statusCode, 303);
  const trail = (await application.auditTrail()).filter((event) => /sign|sent back/.test(event));
  assert.equal(trail.filter((event) => event === 'return sent back').length, 1);
});

test('of two who decide at the same moment the later is told in place, and keeps the typed reason', async (t) => {
  const { address, commander, signIn, stage } = await signedFirst(t);
  const other = await signIn(stage.force, 'commander');
  const page = `${address}/countersign`;
  const seenBy = async (who: typeof commander) =>
    /name="seen" value="([^"]+)"/.exec((await who.get(page)).body)?.[1] ?? '';
  const [seen, also] = [await seenBy(commander), await seenBy(other)];
  const answers = await Promise.all([
    commander.post(page, { seen, answer: 'send back', reason }),
    other.post(page, { seen: also, answer: 'send back', reason }),
  ]);
  assert.deepEqual(answers.map(({ statusCode }) => statusCode).sort(), [303, 422]);
  const later = answers.find(({ statusCode }) => statusCode === 422)?.body ?? '';
  assert.match(later, /Somebody has countersigned this return or sent it back already/);
  assert.match(later, new RegExp(reason));
});

test('the database makes no return final by one member, whatever the program asks', async (t) => {
  const { application, operation, analyst, address, commander, signIn, stage } = await signedFirst(t);
  const id = address.split('/').at(-1);
  const { id: first } = await application.db.selectFrom('returnFirstSignatures').select('id').executeTakeFirstOrThrow();
  const colleague = await signIn(stage.force, 'analyst');
  const attempt = (who: typeof analyst, ...statements: string[]) =>
    asMember(application, who.member, ['main', 'statistics'], async (tx) => {
      for (const statement of statements) await sql.raw(statement).execute(tx);
      return 'done';
    }).catch(codeOf);
  const second = (by: string, approved = true) =>
    `insert into return_second_signatures values ('${first}', '${operation.id}', '${by}', now(), ${approved}, ${approved ? 'null' : "'No'"})`;
  const signature = (more: string) =>
    `insert into return_signatures values ('${id}', '${operation.id}', '${analyst.member.id}', now(), repeat('0', 64)${more})`;
  const makeFinal = `update returns set stage = 'final' where id = '${id}'`;
  assert.equal(await attempt(analyst, makeFinal, signature('')), '23514');
  assert.equal(await attempt(analyst, signature(`, '${commander.member.id}', now()`)), '23514', 'in another’s name');
  assert.equal(await attempt(analyst, second(analyst.member.id)), '42501', 'their own');
  assert.equal(await attempt(analyst, second(commander.member.id)), '42501', 'in another’s name');
  assert.equal(await attempt(commander, makeFinal), 'done', 'without a row that they may change');
  assert.equal(
    await attempt(
      colleague,
      `update returns set figures = figures - 'seizures.made' where id = '${id}'`,
      second(colleague.member.id),
    ),
    '23514',
    'what was changed after the first signature',
  );
  assert.equal(await attempt(colleague, second(colleague.member.id)), 'done');
  assert.equal(await attempt(commander, second(commander.member.id, false)), 'done');
});

test('a revision of a final return counts only when a second person countersigns it', async (t) => {
  const { application, operation, analyst, address, commander } = await signedFirst(t);
  assert.equal((await countersignNow(commander, address)).statusCode, 303);
  const revised = await countNow(analyst, operation.id, 'A late report came in');
  assert.match(textOf((await analyst.get(`${revised}/sign`)).body), /An earlier version is final\. Another analyst/);
  assert.equal((await signNow(analyst, revised, 'open')).statusCode, 303);
  const signatures = () => application.db.selectFrom('returnSignatures').selectAll().orderBy('signedAt').execute();
  assert.equal((await signatures()).length, 1, 'one person signed, so it waits');
  assert.match(
    textOf((await analyst.get(revised)).body),
    /Return 2, waits for a second signature.* signed this as revised/,
  );
  assert.equal((await countersignNow(analyst, revised)).statusCode, 422, 'their own');

  const id = revised.split('/').at(-1);
  const alone = `insert into return_signatures values ('${id}', '${operation.id}', '${analyst.member.id}', now(), repeat('0', 64))`;
  const tried = asMember(application, analyst.member, ['main', 'statistics'], (tx) => sql.raw(alone).execute(tx));
  assert.equal(await tried.catch(codeOf), '23514', 'the database asks for the second, too');

  const [task] = await dueRows(commander);
  assert.match(task?.what ?? '', /^Countersign a return\b/);
  assert.equal(task?.href, `${revised}/countersign`);
  const shown = textOf((await commander.get(`${revised}/countersign`)).body);
  assert.match(shown, /signed these figures as revised on .* a revision of a final return when you countersign/);
  assert.match(shown, /Countersign as revised/);
  assert.equal((await countersignNow(commander, revised)).statusCode, 303);
  const signed = textOf((await analyst.get(revised)).body);
  assert.match(signed, /Return 2, revised/);
  assert.match(signed, /Countersigned 21 September 2026/);
  const both = await signatures();
  assert.deepEqual(
    both.map(({ countersignedBy }) => countersignedBy),
    [commander.member.id, commander.member.id],
  );
  const held = await getReturn(application.db, id ?? '');
  assert.equal(both[1]?.digest, calculateDigest(held), 'the digest is that of the return as it was signed');

  const third = await countNow(analyst, operation.id);
  assert.equal((await signNow(analyst, third, 'open')).statusCode, 303);
  assert.match(
    textOf((await analyst.get(third)).body),
    /Return 3, waits for a second signature/,
    'and so do all after it',
  );
});
