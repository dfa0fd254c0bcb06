/** What the analyst may count in the safeguarding database: facts without a person, and how referrals ended. Read under the statistics role. */
import type { Reader } from '../../platform/database/database.ts';

/** One fact about one person; `part` is the kind of advice or need. `person` is a pseudonym, so each person counts once and stays unnamed. */
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
  noteFacts: CountableFact & { operationId: string };
  referrals: CountableReferral & { operationId: string };
  /** What remains of a referral after the person’s record was erased. */
  disposedReferrals: CountableReferral & { operationId: string };
};

/** Reads the facts and referrals of one operation in two queries. Referrals of erased records still count. */
export async function readHelp(db: Reader<CountableHelpTables>, operationId: string): Promise<CountableHelp> {
  const facts = await db
    .selectFrom('noteFacts')
    .select(['id', 'person', 'town', 'indicator', 'part'])
    .where('operationId', '=', operationId)
    .execute();
  const referrals = await db
    .selectFrom('referrals')
    .select(['id', 'toAgency', 'state'])
    .where('operationId', '=', operationId)
    .unionAll(
      db.selectFrom('disposedReferrals').select(['id', 'toAgency', 'state']).where('operationId', '=', operationId),
    )
    .execute();
  return { facts, referrals };
}
