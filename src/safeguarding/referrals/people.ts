/** How the later room that keeps records of people tells this one whom who asks knows, and what is known of her. */

import type { UnitKeys } from '../../platform/crypto.ts';
import type { AnyTables, Seen } from '../../platform/database.ts';
import type { RoomParts } from '../../platform/doors.ts';
import type { Request } from '../../platform/http.ts';
import type { PersonId } from '../../vocabulary/agreed.ts';
import type { FindOpened, FindPerson, FrozenDraft } from '../consent/index.ts';
import type { Aged, Subject } from './subject.ts';

/** One file of a package for whoever is not on Safelight. */
export type PackedPart = { readonly name: string; readonly content: Uint8Array };

export type People = {
  readonly find: FindPerson;
  readonly opened: FindOpened;
  /** The record that was opened of a person met, where who asks may read one. */
  readonly recordOf: (db: Seen<AnyTables>, encounterId: string) => Promise<string | undefined>;
  /** Not found where who asks knows nobody by that id. */
  readonly subjectOf: (db: Seen<AnyTables>, keys: UnitKeys, personId: PersonId, today: string) => Promise<Subject>;
  /** Of somebody met, by a record that who asks may read; nothing where there is none. */
  readonly agedOf: (
    db: Seen<AnyTables>,
    keys: UnitKeys,
    personId: PersonId,
    today: string,
  ) => Promise<{ readonly recordId: PersonId; readonly aged: Aged } | undefined>;
  /** The drafts of a referral among these papers of a record, as they were frozen; none whose digest is another than it was. */
  readonly draftsOf: (
    request: Request,
    keys: UnitKeys,
    personId: PersonId,
    paperIds: readonly string[],
  ) => Promise<readonly FrozenDraft[]>;
  /** Papers as whoever tells may hand them out, held when the first is asked for, and opened one after the other as they go. Not found where one is not hers to read, or does not open. */
  readonly handOut: (
    db: Seen<AnyTables>,
    parts: Pick<RoomParts, 'keys' | 'filesFolder'>,
    ids: readonly string[],
  ) => Promise<() => AsyncGenerator<PackedPart>>;
};
