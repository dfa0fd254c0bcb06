/** Interface through which the people module tells referrals which persons a member may read, and what their records say. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import type { FindKnownPerson, ListOpenedRecords } from '../consent/asking/question.ts';
import type { FrozenDraft } from '../disclosures/disclosure.ts';
import type { DocumentTables } from '../documents/store.ts';
import type { HelpTables } from '../help/store.ts';
import type { NoteTables } from '../notes/store.ts';
import type { PersonTables } from '../people/store.ts';
import type { AgeRead, Subject } from './subject.ts';

/** One file of a package for a recipient outside Safelight. */
export type PackageFile = { readonly name: string; readonly content: Uint8Array };

/** What tells who a referral is about. */
export type SubjectTables = HelpTables & NoteTables & DocumentTables;

export type PersonReader = {
  readonly find: FindKnownPerson;
  readonly opened: ListOpenedRecords;
  /** The record of a person met, if the member may read one. */
  readonly recordOf: (db: AuditedReader<PersonTables>, encounterId: string) => Promise<string | undefined>;
  /** Throws “not found” if the member may not read such a person. */
  readonly subjectOf: (
    db: AuditedReader<SubjectTables>,
    keys: UnitKeys,
    personId: PersonId,
    today: string,
  ) => Promise<Subject>;
  /** The age of a person met, from a record that the member may read; undefined if there is none. */
  readonly agedOf: (
    db: AuditedReader<PersonTables>,
    keys: UnitKeys,
    personId: PersonId,
    today: string,
  ) => Promise<
    ({ readonly recordId: PersonId; readonly aged: AgeRead } & Pick<Subject, 'unconfirmedAdult'>) | undefined
  >;
  /** Drafts of a referral among these documents, as they were frozen. Leaves out drafts whose digest has changed. */
  readonly draftsOf: (
    request: Request,
    keys: UnitKeys,
    personId: PersonId,
    paperIds: readonly string[],
  ) => Promise<readonly FrozenDraft[]>;
  /** Documents to send: all locked when the first is requested, then opened one by one. Throws “not found” if the member may not read one, or it does not open. */
  readonly handOut: (
    db: AuditedReader<DocumentTables>,
    parts: Pick<AreaParts, 'keys' | 'filesFolder'>,
    ids: readonly string[],
  ) => Promise<() => AsyncGenerator<PackageFile>>;
};
