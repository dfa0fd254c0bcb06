/** Speaks with a database directly as a member would through a door: its login role and her context, without a page in between. */
import { openSession, resolveActor } from '../../src/identity/agencies/index.ts';
import type { Actor, StoreName } from '../../src/platform/access.ts';
import type { DatabaseRole } from '../../src/platform/config.ts';
import { beginReading, beginWriting, setContext, type Transaction } from '../../src/platform/database.ts';
import type { TestHouse } from './house.ts';

/** Who she is to the database: what was granted to her, resolved by the database itself. */
export async function actorOf({ db, databases, clock }: TestHouse, member: { readonly id: string }): Promise<Actor> {
  const token = await openSession(db, member.id, clock.now(), { method: 'password', sharedWorkstation: false });
  const tx = await beginReading(databases.for('main', 'staff'));
  const actor = await resolveActor(tx, token, clock.now());
  await tx.commit().execute();
  if (!actor) throw new Error('nobody by this session');
  return actor;
}

/** Runs in a transaction that is rolled back. */
export async function asMember<Value>(
  house: TestHouse,
  member: { readonly id: string },
  [store, role]: readonly [StoreName, DatabaseRole],
  ask: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  const actor = await actorOf(house, member);
  const tx = await beginWriting(house.databases.for(store, role));
  try {
    await setContext(tx, { now: house.clock.now(), actor });
    return await ask(tx);
  } finally {
    await tx.rollback().execute();
  }
}

/** The same by the staff door’s own role; what goes well stays. */
export async function staying<Value>(
  house: TestHouse,
  member: { readonly id: string },
  act: (tx: Transaction) => Promise<Value>,
): Promise<Value> {
  const actor = await actorOf(house, member);
  const tx = await beginWriting(house.databases.for('main', 'staff'));
  try {
    await setContext(tx, { now: house.clock.now(), actor });
    const done = await act(tx);
    await tx.commit().execute();
    return done;
  } catch (error) {
    await tx.rollback().execute();
    throw error;
  }
}
