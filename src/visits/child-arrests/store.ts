/** Stores who was told about the arrest of a child. Row policies limit it to enforcement. */
import type { AuditedReader, Mutable, Reader, Writer } from '../../platform/database/database.ts';
import type { Arrest } from '../visit.ts';
import type { ChildNotification } from './child-notification.ts';

export type ChildArrestTables = {
  childNotifications: Mutable<ChildNotification>;
  arrests: Pick<Arrest, 'id' | 'visitId' | 'age' | 'ageBasis' | 'arrestedAt'>;
};

/** In a change, lock the arrest first: its lock covers the notification. */
export const findChildNotification = (
  db: AuditedReader<ChildArrestTables> | Writer<ChildArrestTables>,
  arrestId: string,
): Promise<ChildNotification | undefined> =>
  db.selectFrom('childNotifications').selectAll().where('id', '=', arrestId).executeTakeFirst();

/** Adds or corrects the notification. The first author stays its author; versions keep the later ones. */
export async function saveChildNotification(
  tx: Writer<ChildArrestTables>,
  notification: ChildNotification,
): Promise<void> {
  const { id: _i, recordedBy: _b, recordedAt: _a, ...said } = notification;
  await tx
    .insertInto('childNotifications')
    .values(notification)
    .onConflict((on) => on.column('id').doUpdateSet(said))
    .execute();
}

export type UntoldArrest = Pick<Arrest, 'id' | 'visitId' | 'age'>;

/** Arrests of children for which nobody recorded who was told. */
export const listUntoldArrests = (db: Reader<ChildArrestTables>): Promise<UntoldArrest[]> =>
  db
    .selectFrom('arrests as a')
    .leftJoin('childNotifications as n', 'n.id', 'a.id')
    .select(['a.id', 'a.visitId', 'a.age'])
    .where('n.id', 'is', null)
    .where(({ or, eb }) =>
      or([
        eb('a.age', 'is', null),
        eb('a.age', '<', 18),
        eb('a.ageBasis', 'in', ['the person says so', 'how the person looks, and nothing else']),
      ]),
    )
    .orderBy('a.arrestedAt')
    .orderBy('a.id')
    .execute();
