/** Reads for a referral who it is about and whom it can go to: from a note, or from a record. Each read has its row in the log. */

import { listAgencies, listMembers } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { Request } from '../../platform/http/server.ts';
import { type EncounterSummary, lookUpEncounterSummary } from '../../visits/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { draftGroup } from '../../vocabulary/information-shared.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { frameOf } from '../case/read-frame.ts';
import { deriveConsentStatus, listStandingRefusals } from '../consent/consent.ts';
import { type ConsentTables, listConsentRefusals, listConsents } from '../consent/store.ts';
import { mayApprove } from '../disclosures/disclosure.ts';
import { filterSecondPersons } from '../disclosures/without-consent.ts';
import { findEncounterSummaries } from '../notes/encounters.ts';
import type { NoteId } from '../notes/note.ts';
import { type Agencies, describeEncounter } from '../notes/pages.ts';
import { findLastAuthorPhone, getNote, type NoteTables } from '../notes/store.ts';
import type { ReferralFormData } from './form-pages.ts';
import type { PersonReader } from './people.ts';
import { filterOutsideRecipients, filterRecipients, withoutOwnAgency } from './referral.ts';
import { listOpenReferrals, type ReferralTables } from './store.ts';
import { type AgeRead, listSourceIds, type Subject, subjectFromNote } from './subject.ts';

const subjectFields = [
  ...['needs', 'outcomes', 'town', 'day', 'advice', 'wants', 'age', 'language', 'interpreter', 'papers'],
];
const reachFields = ['contactWay', 'contactAt', 'contactWhen', 'contactNever', 'language', 'interpreter', 'aids'];

export type SubjectReader = {
  readonly ofNote: (request: Request, id: NoteId) => Promise<ReferralFormData>;
  readonly ofPerson: (request: Request, id: PersonId) => Promise<ReferralFormData>;
};

export const subjectReader = (keys: UnitKeys, people: PersonReader): SubjectReader => ({
  ofNote: async (request, id) => {
    const db = request.look('note.shown', id, { fields: subjectFields });
    const note = await getNote(db, keys, id);
    const subject = subjectFromNote(note);
    const record = await people.agedOf(db, keys, subject.personId, request.today);
    if (record) request.returned([record.recordId]);
    const aged = { ...subject, age: record?.aged ?? subject.age, unconfirmedAdult: record?.unconfirmedAdult };
    const found = await readFormData(request, db, { keys, people }, aged);
    const met = (await findEncounterSummaries(request, [note.encounterId])).get(note.encounterId);
    const { age } = found.subject;
    const known = {
      called: describeEncounter(met, note),
      // A note that says “adult” may be older than a correction at the visit, so it rules out no child.
      age: age === 'not read' && note.age && note.age !== 'adult' ? note.age : age,
      ...(age === 'not read' && note.age === 'adult' && { unconfirmedAdult: 'note' as const }),
    };
    return { ...found, subject: { ...found.subject, ...known } };
  },
  ofPerson: async (request, id) => {
    const db = request.look('person.asked for', null, { fields: ['called', ...subjectFields, ...reachFields] });
    return readFormData(request, db, { keys, people }, await people.subjectOf(db, keys, id, request.today));
  },
});

type Sources = { readonly keys: UnitKeys; readonly people: PersonReader };

/** The consents and requests of the person, and the agencies that can be asked. */
async function readFormData(
  request: Request,
  db: AuditedReader<ConsentTables & ReferralTables & NoteTables>,
  { keys, people }: Sources,
  known: Subject,
): Promise<ReferralFormData> {
  const given = await listConsents(db, keys, known.ids);
  const refusals = listStandingRefusals(await listConsentRefusals(db, keys, known.ids), given);
  request.returned([...listSourceIds(known), ...given.map(({ id }) => id), ...refusals.map(({ id }) => id)]);
  const now = floorToHour(request.now);
  const consents = given.filter((one) => one.act === 'refer' && deriveConsentStatus(one, now) === 'in force');
  const asked = await listOpenReferrals(db, known.ids, now);
  const ownPhone = await findLastAuthorPhone(db, request.actor.memberId);
  const drafts = await readChosenDrafts(request, { keys, people }, known);
  const subject = known.age === 'not read' ? { ...known, age: await readAge(request, known.personId) } : known;
  const recipients = await readRecipients(request);
  const { record } = subject;
  return {
    ...{ subject, consents, refusals, asked, drafts, ownPhone },
    ...recipients,
    frame: record && frameOf(request, record, recipients.agencies, 'referrals'),
    keepsWords: request.can('consent.record'),
    approves: mayApprove(request.actor.roles),
  };
}

/** The age recorded at the visit, for members who may still see the visit. */
async function readAge(request: Request, id: PersonId): Promise<AgeRead> {
  if (!request.can('encounter.read')) return 'not read';
  const seen = await request.under('encounter.read', (main) => lookUpEncounterSummary(main, id));
  return matchLookup<EncounterSummary, unknown, AgeRead>(seen, {
    full: ({ age }) => age,
    restricted: () => 'not read',
    nothing: () => 'not read',
  });
}

/** Read while the safeguarding store is open, because a second person must read the chosen drafts. */
async function readChosenDrafts(request: Request, { keys, people }: Sources, { recordId, documents }: Subject) {
  const chosen = [answersOf(request.body).papers].flat();
  const drafts = documents.filter(({ id, item }) => item === draftGroup && chosen.includes(id));
  const ids = drafts.map(({ id }) => id);
  return recordId ? people.draftsOf(request, keys, recordId, ids) : [];
}

const readRecipients = (request: Request) =>
  request.under('agency.read', async (main) => {
    const all = await listAgencies(main);
    const members = await listMembers(main);
    const agencies: Agencies = new Map(all.map((agency) => [agency.id as string, agency]));
    const outside = filterOutsideRecipients(all, members);
    const recipients = withoutOwnAgency([...filterRecipients(all, members), ...outside], request.actor.agencyId);
    return { agencies, outside, recipients, seconds: filterSecondPersons(members, request.actor) };
  });
