/** Acts in somebody’s name by the store’s own login role, as a page would; each in a transaction of its own. */

import type { Member } from '../../../../src/identity/agencies/index.ts';
import type { Actor } from '../../../../src/platform/access-policy/access.ts';
import {
  beginReading,
  beginWriting,
  setContext,
  type Transaction,
} from '../../../../src/platform/database/database.ts';
import { Problem } from '../../../../src/platform/http/problem.ts';
import { floorToHour } from '../../../../src/vocabulary/calendar/moments.ts';
import type { TestApplication } from '../../../fixtures/application.ts';
import { actorOf } from '../../../fixtures/as-member.ts';
import { query } from '../../../harness/sql.ts';

export class Acting {
  readonly #house: TestApplication;
  readonly #actors = new Map<string, Actor>();

  constructor(application: TestApplication) {
    this.#house = application;
  }

  /** The member's roles and agency do not change within a part. */
  async know(who: Member): Promise<void> {
    this.#actors.set(who.id, await actorOf(this.#house, who));
  }

  /** Whether it went well; refused by the database, by a rule or because there is nothing is no. */
  async does(who: Member, act: (tx: Transaction) => Promise<boolean>): Promise<boolean> {
    const tx = await beginWriting(this.#house.databases.for('safeguarding', 'safeguarding'));
    try {
      await this.#stand(tx, who);
      const done = await act(tx);
      await (done ? tx.commit() : tx.rollback()).execute();
      return done;
    } catch (error) {
      await tx.rollback().execute();
      if (error instanceof Problem || /^(42501|23\d{3})$/.test(String((error as { code?: string }).code))) return false;
      throw error;
    }
  }

  /** Which of these the member sees, of each table, in one snapshot. */
  async sees(who: Member, grants: readonly string[], referrals: readonly string[]): Promise<Seen> {
    const tx = await beginReading(this.#house.databases.for('safeguarding', 'safeguarding'));
    try {
      await this.#stand(tx, who);
      const rows = await query<{ among: keyof Seen; id: string }>(tx)`
        select 'grants' as among, id from person_grants where id = any (${[...grants]}::uuid[])
        union select 'referrals', id from referrals where id = any (${[...referrals]}::uuid[])
        union select 'earlier', id from referrals_versions where id = any (${[...referrals]}::uuid[])
        union select 'messages', referral_id from referral_messages where referral_id = any (${[...referrals]}::uuid[])`;
      const among = (name: keyof Seen) => rows.flatMap((row) => (row.among === name ? [row.id] : []));
      return {
        grants: among('grants'),
        referrals: among('referrals'),
        earlier: among('earlier'),
        messages: among('messages'),
      };
    } finally {
      await tx.rollback().execute();
    }
  }

  async #stand(tx: Transaction, who: Member): Promise<void> {
    const actor = this.#actors.get(who.id);
    if (!actor) throw new Error(`${who.name} is not known here`);
    await setContext(tx, { now: floorToHour(this.#house.clock.now()), actor });
  }
}

export type Seen = {
  readonly grants: readonly string[];
  readonly referrals: readonly string[];
  readonly earlier: readonly string[];
  readonly messages: readonly string[];
};
