/** How the later room that keeps records of people tells this one whom who asks knows, and what is known of her. */
import type { FindPerson } from '../consent/index.ts';
import type { UnitKeys } from '../platform/crypto.ts';
import type { AnyTables, Seen } from '../platform/database.ts';
import type { PersonId } from '../vocabulary/agreed.ts';
import type { Aged, Subject } from './subject.ts';

export type People = {
  readonly find: FindPerson;
  /** Not found where who asks knows nobody by that id. */
  readonly subjectOf: (db: Seen<AnyTables>, keys: UnitKeys, personId: PersonId, today: string) => Promise<Subject>;
  /** Of somebody met, by a record that who asks may read; nothing where there is none. */
  readonly agedOf: (
    db: Seen<AnyTables>,
    keys: UnitKeys,
    personId: PersonId,
    today: string,
  ) => Promise<{ readonly recordId: PersonId; readonly aged: Aged } | undefined>;
};
