import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openAttended } from '../../../test/fixtures/attended-reports.ts';
import type { Actor } from '../../platform/access-policy/access.ts';
import type { Writer } from '../../platform/database/database.ts';
import { setContext } from '../../platform/database/database.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import type { EntityContent, EntityId, OpenEntity } from '../entities/entity.ts';
import type { EntityTables } from '../entities/store.ts';
import { addExampleItem } from '../items/examples.ts';
import type { ItemId } from '../items/item.ts';
import { addEntity, removeEntity } from './linking.ts';
import { findPossibleLinks, mostSharing } from './possible-links.ts';

/** Small and seeded, so that a failure can be repeated. */
function createRandom(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fffffff;
    return (state >>> 8) % most;
  };
}

const first = ['Odette', 'Odete', 'Ivana', 'Івана', 'Marek', 'Marik'];
const last = ['Quarrington', 'Quarington', 'Petrova', 'Петрова', 'Zelenko'];

test('what is offered on arrival and removal is what a run over everything offers', async (t) => {
  const { db, keys, readers } = await openAttended(t);
  const by = readers.police;
  const random = createRandom(24);
  const one = <Of>(of: readonly Of[]): Of => of[random(of.length)] as Of;
  const common = (): EntityContent => ({ kind: 'phone', number: '+447700900123' });
  const contents: readonly (() => EntityContent)[] = [
    () => ({
      kind: 'person',
      name: `${one(first)} ${one(last)}`,
      aliases: [],
      born: one([null, '1984', '1984-03-09']),
    }),
    () => ({ kind: 'phone', number: one(['+447700900124', '+447700900125']) }),
    ...[common, common, common],
    () => ({ kind: 'vehicle', registration: one(['AB12 CDE', 'A812 CDE', 'XY99 ZZZ']), description: null }),
    () => ({ kind: 'premises', address: `${one([2, 3])} Mill Lane`, postcode: one([null, 'WD17 1AA']) }),
  ];
  const actor: Actor = {
    ...{
      memberId: by.id,
      memberName: '',
      agencyId: by.agencyId,
      agencyName: '',
      side: 'enforcement',
      roles: ['triage'],
    },
    ...{ operations: [], partnerOperations: [], teams: [] },
  };
  const items: ItemId[] = [];
  for (let count = 0; count < 6; count += 1) items.push(await addExampleItem(db, keys, by));
  const there = new Map<string, OpenEntity>();
  const carryOut = (change: (tx: Writer<EntityTables>) => Promise<void>) =>
    db.transaction().execute(async (tx) => {
      await setContext(tx, { now: new Date(), actor });
      await change(tx);
    });
  const offered = async () =>
    (await db.selectFrom('intelligencePossibleLinks').select(['one', 'other', 'weight']).execute())
      .map(({ one: a, other: b, weight }) => `${a} ${b} ${weight}`)
      .sort();
  const batch = () =>
    findPossibleLinks([...there.values()])
      .map(({ one: a, other: b, total }) => `${a} ${b} ${Math.round(total * 10)}`)
      .sort();

  let [most, least] = [0, Number.POSITIVE_INFINITY];
  for (let step = 0; step < 280; step += 1) {
    // It grows past what may share a value, and shrinks again.
    const grows = step < 190 ? random(6) > 0 : random(6) === 0;
    const ids = [...there.keys()] as EntityId[];
    if (grows || ids.length === 0) {
      const content = one(contents)();
      const entity: OpenEntity = {
        ...{ id: newId<'intelligence entity'>(), itemId: one(items), kind: content.kind, content },
        ...{ addedBy: by.id as MemberId, addedAt: new Date() },
      };
      await carryOut((tx) => addEntity(tx, keys, entity, by.agencyId as AgencyId));
      there.set(entity.id, entity);
    } else {
      const id = one(ids);
      await carryOut((tx) => removeEntity(tx, keys, id, by.agencyId as AgencyId));
      there.delete(id);
    }
    const sharing = [...there.values()].filter(
      ({ content }) => 'number' in content && content.number === '+447700900123',
    );
    most = Math.max(most, sharing.length);
    least = most > mostSharing ? Math.min(least, sharing.length) : least;
    if (step % 10 === 9) assert.deepEqual(await offered(), batch(), `after step ${step}`);
  }
  assert.ok(most > mostSharing && least < mostSharing, `a value became too common (${most}) and rare again (${least})`);
});
