/** Example data for tests, seeds and the gallery. Uses a database without restrictions; people are invented. */

import { adult } from '../../nrm/examples.ts';
import type { Facts, FactValue } from '../../nrm/index.ts';
import type { Actor } from '../../platform/access-policy/access.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type Db, setContext } from '../../platform/database/database.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import type { Person } from '../people/person.ts';
import {
  type Attribution,
  emptyContent,
  type NrmReferral,
  type NrmReferralContent,
  type NrmReferralId,
} from './nrm-referral.ts';
import { addNrmReferral as insertConcern, saveNrmReferral } from './store.ts';

/** Facts that come from the application and the person’s record. */
const recordFacts = new Set<string>([
  ...['own reference', 'organisation', 'under 18 now', 'agrees', 'first name', 'last name', 'name used'],
  ...['your first name', 'your last name', 'needs interpreter', 'language', 'telephone', 'telephone allowed'],
  ...['needs communication aid', 'date of birth', 'email', 'safe to e-mail', 'how to write', 'whom to write to'],
]);

/** Everything that a worker would type for an adult, as the form of the day asks it. */
export const typedFacts: Readonly<Record<string, FactValue>> = Object.fromEntries(
  Object.entries(adult as Facts).filter(([name]) => !recordFacts.has(name)),
) as Readonly<Record<string, FactValue>>;

export const answersBy = (
  facts: Readonly<Record<string, FactValue>>,
  noted: Attribution,
): NrmReferralContent['answers'] =>
  Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, { value, ...noted }]));

type More = {
  readonly id?: NrmReferralId;
  readonly words?: string;
  /** Saved twice, so that an earlier version is kept. */
  readonly again?: boolean;
  readonly said?: Partial<NrmReferralContent>;
};

/** Adds a concern raised by the author of the person’s record. */
export async function seedNrmReferral(
  db: Db,
  keys: UnitKeys,
  person: Pick<Person, 'id' | 'agencyId' | 'authorId'>,
  at: Date,
  { id = newTimelessId<'concern'>(), words, again = false, said = {} }: More = {},
): Promise<NrmReferral> {
  const noted: Attribution = { by: person.authorId, on: '2026-09-18' };
  const concern: NrmReferral = {
    ...emptyContent,
    answers: words === undefined ? {} : answersBy({ 'how treated': words }, noted),
    ...said,
    id,
    personId: person.id,
    agencyId: person.agencyId,
    authorId: person.authorId,
    raisedAt: floorToHour(at),
    revision: 1,
  };
  await db.transaction().execute(async (tx) => {
    const actor: Actor = {
      ...{ memberId: person.authorId, memberName: '', agencyId: person.agencyId, agencyName: '', side: 'help' },
      ...{ roles: [], operations: [], partnerOperations: [], teams: [] },
    };
    await setContext(tx, { now: floorToHour(at), actor });
    await insertConcern(tx, keys, concern);
    if (again) await saveNrmReferral(tx, keys, concern);
  });
  return again ? { ...concern, revision: 2 } : concern;
}
