/** Reads what the pages of a case show, each part by the rules of its own module, with its row in the log. */

import { listAgencies, listMembers, memberNames } from '../../identity/agencies/index.ts';
import { instantAt } from '../../platform/clock.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type EarlierVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Request } from '../../platform/http/server.ts';
import { getReport, type ReportId } from '../../reports/index.ts';
import { determineAgeTreatment, isTreatedAsChild } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { notePaths } from '../../vocabulary/paths/safeguarding/notes.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { referralPaths } from '../../vocabulary/paths/safeguarding/referrals.ts';
import { withdrawnNotices } from '../consent/end-pages.ts';
import { findWithdrawnGrant } from '../consent/store.ts';
import { deriveHelpStatus } from '../help/help.ts';
import { describeContactNote } from '../help/pages.ts';
import { helpFields } from '../help/routes.ts';
import { listContactNotes } from '../help/store.ts';
import { mayExport } from '../htcds/routes.ts';
import { listNoteOutcomes, listNotesOfPerson } from '../notes/store.ts';
import { listPersonIds } from '../people/known-facts.ts';
import type { Person } from '../people/person.ts';
import { type RecordSectionSource, readRecordSections } from '../people/record-sections.ts';
import { sourceLinks } from '../people/source-links.ts';
import { getPerson, openEarlierDetails } from '../people/store.ts';
import { knownFields } from '../person-search/routes.ts';
import { filterOutsideRecipients, filterRecipients } from '../referrals/referral.ts';
import { isReferralShown, listReferralsOfPerson, type PersonReferral } from '../referrals/store.ts';
import { type CaseEvent, membersOf } from './timeline.ts';

/** The person, with the referrals that the reader may see. */
export async function readPersonWithReferrals(
  request: Request,
  keys: UnitKeys,
  id: PersonId,
  fields: readonly string[],
) {
  const db = request.look('person.shown', id, { fields: [...fields, 'referrals'] });
  const person = await getPerson(db, keys, id);
  const met = person.origin === 'met at visit' ? await listNotesOfPerson(db, String(person.originId)) : [];
  const referrals = request.can('referral.read')
    ? await listReferralsOfPerson(db, { personId: person.id, noteIds: met.map((note) => note.id) })
    : [];
  return { db, person, met, referrals };
}

/** A report may be deleted before the record of the person. */
async function isReportShown(request: Request, { origin, originId }: Person): Promise<boolean> {
  if (origin !== 'named in report' || !request.can('help report.read')) return false;
  try {
    await request.under('help report.read', (_db, look) =>
      getReport(look('report.shown', String(originId), { fields: ['id'] }), originId as ReportId),
    );
    return true;
  } catch (error) {
    if (error instanceof Problem && error.kind === 'not found') return false;
    throw error;
  }
}

/** What the safeguarding store says of the person, with its row in the log. */
async function readPerson(request: Request, keys: UnitKeys, id: PersonId) {
  const fields = [...knownFields, ...helpFields, 'outcomes', 'authorPhone'];
  const { db, person, met, referrals } = await readPersonWithReferrals(request, keys, id, fields);
  const versions = (await listEarlierVersions(db, 'persons', person.id)).map(openVersion(keys));
  const contactNotes = await listContactNotes(db, keys, person.id);
  const notes = met.length > 0 ? await listNoteOutcomes(db, [String(person.originId)]) : [];
  const fromReferral =
    person.origin === 'a partner’s concern' && person.originId && (await isReferralShown(db, person.originId));
  const takenBack = withdrawnNotices(await findWithdrawnGrant(db, person.originId));
  const sources = [
    ...met.slice(0, 1).map((note) => sourceLinks.note(note.id)),
    ...(fromReferral ? [sourceLinks.request(String(person.originId))] : []),
  ];
  return { person, versions, contactNotes, notes, referrals, takenBack, sources };
}
type Known = Omit<Awaited<ReturnType<typeof readPerson>>, 'sources'>;

/** Names of agencies and members, and the agencies that can be asked. From the main store, after the safeguarding store. */
const readAgencies = (request: Request, ids: readonly (string | null)[]) =>
  request.under('agency.read', async (db) => {
    const all = await listAgencies(db);
    const members = await listMembers(db);
    return {
      agencies: new Map(all.map((agency) => [agency.id as string, agency])),
      reachable: [...filterRecipients(all, members), ...filterOutsideRecipients(all, members)].filter(
        ({ endedAt }) => !endedAt,
      ),
      names: await memberNames(db, ids),
    };
  });

/** Which actions the pages offer, by who reads them. */
const listRights = (request: Request, person: Person) => {
  const own = person.agencyId === request.actor.agencyId;
  return {
    corrects: request.can('person.correct') && own,
    takes: mayExport(request, person),
    asks: request.can('consent.record'),
    refers: request.can('referral.make'),
    raises: request.can('nrm referral.raise'),
    changesNrm: request.can('nrm referral.change'),
    keeps: request.can('kept person.read') && own,
    tasks: request.can('task.read'),
    writesNeeds: request.can('help.write'),
    numbers: request.can('wristband.link'),
    warns: request.can('custody safeguarding notice.send'),
  };
};

/** Everything of a case that the reader may see. */
export async function readCase(
  request: Request,
  keys: UnitKeys,
  id: PersonId,
  sectionSources: readonly RecordSectionSource[],
) {
  const { sources, ...known } = await readPerson(request, keys, id);
  const { person, versions, contactNotes } = known;
  const report = await isReportShown(request, person);
  const ids = listPersonIds(person);
  const sections = await readRecordSections(sectionSources, request, keys, person.id, ids);
  const events = [...eventsOf(known), ...sections.events];
  const { agencies, names, reachable } = await readAgencies(request, [
    ...[person.authorId, ...versions.map(({ replacedBy }) => replacedBy)],
    ...membersOf(events),
  ]);
  const child = isTreatedAsChild(determineAgeTreatment(person, request.today)) && request.can('referral.make');
  return {
    ...known,
    ...deriveHelpStatus(contactNotes),
    ...listRights(request, person),
    ...{ agencies, names, reachable, events, sections },
    ...{ today: request.today, now: floorToHour(request.now), own: request.actor.agencyId },
    councils: child ? reachable.filter(({ kind }) => kind === 'council') : undefined,
    can: (action: string) => request.can(action),
    came: [...sources, ...(report ? [sourceLinks.report(String(person.originId))] : [])],
  };
}
export type CaseData = Awaited<ReturnType<typeof readCase>>;

const openVersion =
  (keys: UnitKeys) =>
  (version: EarlierVersion): EarlierVersion => ({
    ...version,
    record: openEarlierDetails(keys, version.record),
    became: openEarlierDetails(keys, version.became),
  });

/** What happened by the record itself, its notes and its referrals. */
const eventsOf = ({ person, versions, contactNotes, notes, referrals }: Known): CaseEvent[] => [
  { at: person.openedAt, title: 'Record opened', by: person.authorId, href: recordPaths.record(person.id) },
  ...versions.map(
    ({ replacedAt, replacedBy }): CaseEvent => ({
      at: replacedAt,
      title: 'Record corrected',
      by: replacedBy,
      href: `${peoplePaths.history(person.id)}#earlier`,
    }),
  ),
  ...contactNotes.map(
    ({ at, authorId, done }): CaseEvent => ({
      at,
      title: describeContactNote(done),
      by: authorId,
      href: peoplePaths.help(person.id),
    }),
  ),
  ...notes.map(
    ({ id, authorId, writtenAt }): CaseEvent => ({
      at: writtenAt,
      title: 'Safeguarding note written',
      by: authorId,
      href: notePaths.note(id),
    }),
  ),
  ...referrals.flatMap(referralEvents),
];

function referralEvents(referral: PersonReferral): CaseEvent[] {
  const { id, day, toAgency, authorId, sentAt, state, decidedAt, decidedBy, ended, endedAt, outcome } = referral;
  const href = referralPaths.referral(id);
  const of = (at: Date, what: string, by?: string | null): CaseEvent => ({
    at,
    title: (agencyName) => `Referral ${what}: ${agencyName(toAgency)}`,
    by,
    href,
  });
  return [
    { ...of(sentAt ?? instantAt(day, '12:00'), 'sent', authorId), dayOnly: sentAt === null },
    ...(decidedAt ? [of(decidedAt, state, decidedBy)] : []),
    ...(endedAt ? [of(endedAt, ended === 'taken back' ? 'withdrawn' : `finished, ${outcome ?? 'closed'}`)] : []),
  ];
}
