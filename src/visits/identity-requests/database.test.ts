import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { sql } from 'kysely';
import { openApplication } from '../../../test/fixtures/application.ts';
import { staying } from '../../../test/fixtures/as-member.ts';
import type { Member } from '../../identity/agencies/index.ts';
import type { Transaction } from '../../platform/database/database.ts';
import { newId } from '../../vocabulary/ids.ts';
import { addSealedName } from './examples.ts';

const now = new Date('2026-09-18T11:00:00Z');
const hours = (count: number): Date => new Date(now.getTime() + count * 3_600_000);

/** By a row policy, a trigger or a check; nothing that is our own mistake. */
const isDatabaseRefusal = ({ code = '' }: { code?: string }): boolean => /^(42501|23\d{3})$/.test(code);

async function openApplicationWithSealedName(t: TestContext) {
  const application = await openApplication(t, { today: '2026-09-18', time: '12:00' });
  const made = await addSealedName(application);
  const { people, met, operation, force } = made;
  const asMember = <Value>(who: Member, act: (tx: Transaction) => Promise<Value>): Promise<Value> =>
    staying(application, who, act);
  const asks = (who: Member, more: Record<string, unknown> = {}) =>
    asMember(who, async (tx) => {
      const id = newId();
      await tx
        .insertInto('identityRequests')
        .values({
          id,
          encounterId: met.id,
          operationId: operation.id,
          ownerId: force.id,
          askedBy: who.id,
          agencyId: who.agencyId,
          purpose: 'crime prevention',
          reason: 'A reason that somebody else can judge',
          askedAt: now,
          until: hours(4),
          ...more,
        })
        .execute();
      return id;
    });
  const decides = (who: Member, id: string, more: Record<string, unknown> = {}) =>
    asMember(who, (tx) =>
      tx
        .insertInto('identityRequestDecisions')
        .values({
          id,
          granted: true,
          reasons: 'Reasons that somebody else can judge',
          decidedBy: who.id,
          decidedAt: application.clock.now(),
          ...more,
        })
        .execute(),
    );
  const names = async (who: Member) => {
    const { rows } = await asMember(who, (tx) => sql`select id from encounter_names`.execute(tx));
    return rows.length;
  };
  return { ...application, ...made, people, asMember, asks, decides, names };
}

test('the database itself refuses a request that a forged form would make', async (t) => {
  const { asks, people, unit, unnamed, db } = await openApplicationWithSealedName(t);
  const { planner, unitPlanner } = people;
  const forged: readonly (readonly [string, Member, Record<string, unknown>])[] = [
    ['in another’s name', planner, { askedBy: unitPlanner.id }],
    ['for another agency', planner, { agencyId: unit.id }],
    ['to be decided elsewhere', unitPlanner, { ownerId: unit.id }],
    ['for longer than a day', planner, { until: new Date(hours(24).getTime() + 1) }],
    ['for no time', planner, { until: now }],
    ['from later on', planner, { askedAt: hours(1) }],
    ['from earlier', planner, { askedAt: hours(-1) }],
    ['for a purpose of her own', planner, { purpose: 'because I want to' }],
    ['without a sentence', planner, { reason: 'Need it now' }],
    ['of somebody without a name', planner, { encounterId: unnamed.id }],
    ['of nobody', planner, { encounterId: newId() }],
    ['of an operation that is not', planner, { operationId: newId() }],
    ['by somebody who is not let in', people.outside, {}],
    ['by a helper who plans', people.helpPlanner, {}],
    ['by a helper of the team', people.helper, {}],
    ['by an officer of another team', people.otherTeam, {}],
    ['by a custodian', people.custodian, {}],
    ['by a data-protection lead', people.lead, {}],
  ];
  for (const [what, who, more] of forged) await assert.rejects(asks(who, more), isDatabaseRefusal, what);
  assert.equal((await db.selectFrom('identityRequests').selectAll().execute()).length, 0);
  await asks(planner, { until: hours(24) });
  await assert.rejects(asks(planner), /already/);
});

test('the database refuses a decision by the asker, another agency or another role, and a late one', async (t) => {
  const { asks, decides, people, clock, db, names } = await openApplicationWithSealedName(t);
  const { custodian, second, unitCustodian, planner, lead } = people;
  const own = await asks(second);
  const refused: readonly (readonly [string, Member, Record<string, unknown>])[] = [
    ['their own', second, {}],
    ['in another’s name', second, { decidedBy: custodian.id }],
    ['of another agency', unitCustodian, {}],
    ['by a planner', planner, {}],
    ['by a data-protection lead', lead, {}],
    ['from later on', custodian, { decidedAt: hours(1) }],
    ['without reasons', custodian, { reasons: 'Fine' }],
    ['of nothing', custodian, { id: newId() }],
  ];
  for (const [what, who, more] of refused) await assert.rejects(decides(who, own, more), isDatabaseRefusal, what);
  assert.equal((await db.selectFrom('identityRequestDecisions').selectAll().execute()).length, 0);
  assert.equal(await names(second), 0);
  await decides(custodian, own);
  assert.equal(await names(second), 1);
  const late = await asks(planner, { until: hours(1) });
  clock.move(hours(1));
  await assert.rejects(decides(custodian, late), /while the time lasts/);
  assert.equal(await names(planner), 0);
});

test('in SQL too, the team sees a name, and others only during a disclosure', async (t) => {
  const { asks, decides, names, people, clock } = await openApplicationWithSealedName(t);
  const { planner, officer, commander, custodian } = people;
  const id = await asks(planner);
  const seen = () => Promise.all([officer, planner, commander, custodian, people.helper].map(names));
  assert.deepEqual(await seen(), [1, 0, 0, 0, 0]);
  await decides(custodian, id);
  assert.deepEqual(await seen(), [1, 1, 0, 0, 0]);
  clock.move(new Date(hours(4).getTime() - 1));
  assert.deepEqual(await seen(), [1, 1, 0, 0, 0]);
  clock.move(hours(4));
  assert.deepEqual(await seen(), [1, 0, 0, 0, 0]);
});

test('the database refuses to end a disclosure for another agency or role, or one that is not open', async (t) => {
  const { asks, decides, asMember, names, people, clock, db } = await openApplicationWithSealedName(t);
  const { custodian, second, unitCustodian, planner, lead } = people;
  const ends = (who: Member, id: string, more: Record<string, unknown> = {}) =>
    asMember(who, (tx) =>
      tx
        .insertInto('identityRequestEnds')
        .values({ id, reasons: 'Reasons that somebody else can judge', endedBy: who.id, endedAt: clock.now(), ...more })
        .execute(),
    );
  const id = await asks(planner);
  await assert.rejects(ends(custodian, id), isDatabaseRefusal, 'undecided');
  await decides(custodian, id);
  const refused: readonly (readonly [string, Member, Record<string, unknown>])[] = [
    ['of another agency', unitCustodian, {}],
    ['by who asked', planner, {}],
    ['by a data-protection lead', lead, {}],
    ['in another’s name', second, { endedBy: custodian.id }],
    ['from later on', second, { endedAt: hours(1) }],
    ['without reasons', second, { reasons: 'Enough' }],
    ['of nothing', second, { id: newId() }],
  ];
  for (const [what, who, more] of refused) await assert.rejects(ends(who, id, more), isDatabaseRefusal, what);
  assert.equal(await names(planner), 1);
  await ends(second, id);
  assert.equal(await names(planner), 0);
  await assert.rejects(ends(custodian, id), isDatabaseRefusal, 'twice');
  await assert.rejects(sql`delete from identity_request_ends`.execute(db), /stays ended/);
  await asks(planner);
});
