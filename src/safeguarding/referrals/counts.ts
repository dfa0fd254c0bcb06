/** What the analyst may count behind the wall: facts without a person, and how referrals ended. Read under the statistics role. */
import type { Reader } from '../../platform/database.ts';

/** One thing that holds for one person; the part says which kind of advice or need. `person` is a pseudonym: who is counted once, and not who she is. */
export type CountableFact = {
  readonly id: string;
  readonly person: string;
  readonly town: string;
  readonly indicator: string;
  readonly part: string | null;
};
export type CountableReferral = { readonly id: string; readonly toAgency: string; readonly state: string };

export type CountableHelp = {
  readonly facts: readonly CountableFact[];
  readonly referrals: readonly CountableReferral[];
};

export type CountableHelpTables = {
  facts: CountableFact & { operationId: string };
  referrals: CountableReferral & { operationId: string };
  /** What is left of a request for help when the person's record is let go. */
  referralsLetGo: CountableReferral & { operationId: string };
};

/** The facts and referrals of one operation, by two queries: a request for help counts for as long as anybody counts, whoever was let go. */
export async function readHelp(db: Reader<CountableHelpTables>, operationId: string): Promise<CountableHelp> {
  const facts = await db
    .selectFrom('facts')
    .select(['id', 'person', 'town', 'indicator', 'part'])
    .where('operationId', '=', operationId)
    .execute();
  const referrals = await db
    .selectFrom('referrals')
    .select(['id', 'toAgency', 'state'])
    .where('operationId', '=', operationId)
    .unionAll(
      db.selectFrom('referralsLetGo').select(['id', 'toAgency', 'state']).where('operationId', '=', operationId),
    )
    .execute();
  return { facts, referrals };
}
