/** Where the search of the header looks for cases, referrals, NRM referrals and victim information requests. */
import type { AnyTables, AuditedReader, Reader } from '../platform/database/database.ts';
import {
  hasReference,
  isFoundByReference,
  mayBeReference,
  mostResults,
  referenceSource,
  type SearchResult,
  type SearchSource,
  type Sought,
} from '../platform/search/search-store.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import type { PersonId } from '../vocabulary/ids.ts';
import { informationRequestPaths } from '../vocabulary/paths/safeguarding/information-requests.ts';
import { notePaths } from '../vocabulary/paths/safeguarding/notes.ts';
import { nrmPaths } from '../vocabulary/paths/safeguarding/nrm.ts';
import { recordPaths } from '../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../vocabulary/paths/safeguarding/referrals.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import type { RequestTables } from './information-requests/store.ts';
import type { NoteTables } from './notes/store.ts';
import type { NrmReferralTables } from './nrm-drafts/store.ts';
import { listPeople, type PersonTables, searchPeople } from './people/store.ts';
import { foundFields } from './person-search/routes.ts';
import type { ReferralTables } from './referrals/store.ts';

export const caseSearch: SearchSource = {
  title: 'Cases',
  action: 'person.read',
  event: 'people.searched',
  fields: foundFields,
  find: async (db: AuditedReader<AnyTables>, sought, { keys }) => {
    const named = sought.words.length > 0 ? await searchPeople(db, keys, { name: sought.text, yearOfBirth: null }) : [];
    const ids = await findCases(db, sought);
    const referred = ids.length > 0 ? [...(await listPeople(db, keys, ids)).values()] : [];
    const found = [...new Map([...referred, ...named].map((person) => [person.id, person])).values()];
    return found.slice(0, mostResults).map(
      ({ id, called, yearOfBirth }): SearchResult => ({
        id,
        text: called,
        href: recordPaths.record(id),
        reference: referenceOf('case', id),
        ...(yearOfBirth && { detail: `born ${yearOfBirth}` }),
      }),
    );
  },
};

async function findCases(db: Reader<PersonTables>, sought: Sought): Promise<PersonId[]> {
  if (!mayBeReference('case', sought)) return [];
  const rows = await db
    .selectFrom('persons')
    .select('id')
    .where(isFoundByReference('id', 'case', 'persons_ending', sought))
    .limit(mostResults)
    .execute();
  return rows.map(({ id }) => id);
}

/** By the reference of the encounter, as the list of contact notes prints it. A member finds the notes that they may read. */
export const noteSearch: SearchSource = {
  title: 'Contact notes',
  action: 'note.read',
  event: 'notes.searched',
  fields: ['encounterId', 'town', 'day'],
  find: async (db: AuditedReader<AnyTables>, sought) => {
    if (!mayBeReference('encounter', sought)) return [];
    const found = await findNotes(db, sought);
    return found.map(
      ({ id, encounterId, metNumber, town, day }): SearchResult => ({
        id,
        text: metNumber ? `Contact note about person ${metNumber}` : 'Contact note',
        href: notePaths.note(id),
        reference: referenceOf('encounter', encounterId),
        detail: `${town}, ${longDay(day)}`,
      }),
    );
  },
};

const findNotes = (db: Reader<NoteTables>, sought: Sought) =>
  db
    .selectFrom('notes')
    .select(['id', 'encounterId', 'metNumber', 'town', 'day'])
    .where(hasReference('encounterId', 'encounter', sought))
    .orderBy('number')
    .limit(mostResults)
    .execute();

export const referralSearch = referenceSource(
  'referral',
  { title: 'Referrals', action: 'referral.read', event: 'referrals.searched', fields: ['day'] },
  async (db: Reader<ReferralTables>, sought) => {
    const found = await db
      .selectFrom('referrals')
      .select(['id', 'day'])
      .where(hasReference('id', 'referral', sought))
      .limit(mostResults)
      .execute();
    return found.map(({ id, day }) => ({ id, detail: longDay(day) }));
  },
  { text: 'Referral', href: referralPaths.referral },
);

export const nrmReferralSearch = referenceSource(
  'NRM referral',
  { title: 'NRM referrals', action: 'nrm referral.read', event: 'nrm referrals.searched', fields: ['id'] },
  (db: Reader<NrmReferralTables>, sought) =>
    db
      .selectFrom('nrmDrafts')
      .select('id')
      .where(hasReference('id', 'NRM referral', sought))
      .limit(mostResults)
      .execute(),
  { text: 'NRM referral', href: nrmPaths.referral },
);

const readInformationRequests = (db: Reader<RequestTables>, sought: Sought) =>
  db
    .selectFrom('informationRequests')
    .select('id')
    .where(hasReference('id', 'request', sought))
    .limit(mostResults)
    .execute();

export const informationRequestSearch = referenceSource(
  'request',
  {
    title: 'Requests',
    action: 'information request.read',
    event: 'information requests.searched',
    fields: ['id'],
  },
  readInformationRequests,
  { text: 'Victim information request', href: informationRequestPaths.request },
);
