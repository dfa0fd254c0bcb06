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

/** An NRM referral or notification that a support agency sent. `person` is a pseudonym; `responder` is the kind of first responder. */
export type SubmittedNrmReferral = {
  readonly id: string;
  readonly person: string;
  readonly responder: string;
  readonly outcome: 'referral' | 'notification';
};

export type CountableHelp = {
  readonly facts: readonly CountableFact[];
  readonly referrals: readonly CountableReferral[];
  readonly submittedReferrals: readonly SubmittedNrmReferral[];
};

export type CountableHelpTables = {
  noteFacts: CountableFact & { operationId: string };
  referrals: CountableReferral & { operationId: string };
  /** What remains of a referral after the person’s record was erased. */
  disposedReferrals: CountableReferral & { operationId: string };
  submittedNrmReferrals: SubmittedNrmReferral & { operationId: string };
};

/** Reads the facts and referrals of one operation in three queries. Referrals of erased records still count. */
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
  const submittedReferrals = await db
    .selectFrom('submittedNrmReferrals')
    .select(['id', 'person', 'responder', 'outcome'])
    .where('operationId', '=', operationId)
    .execute();
  return { facts, referrals, submittedReferrals };
}
