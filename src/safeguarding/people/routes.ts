/** Routes of people’s records: search and open, read, correct. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type EarlierVersion, getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, editConflict } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { getReport, type ReportId } from '../../reports/index.ts';
import { determineAgeTreatment, isTreatedAsChild } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { withdrawnNotices } from '../consent/end-pages.ts';
import { findWithdrawnGrant } from '../consent/store.ts';
import { deriveHelpStatus } from '../help/help.ts';
import { type HelpListener, helpFields, helpRoutes } from '../help/routes.ts';
import { listContactNotes } from '../help/store.ts';
import { htcdsRoutes, mayExport } from '../htcds/routes.ts';
import { listReachableCouncils } from '../notes/children-services.ts';
import { requestedByPerson } from '../notes/note.ts';
import { noOpenRequestError } from '../notes/pages.ts';
import { listNotesOfPerson } from '../notes/store.ts';
import { searchPage, searchResultsPage } from '../person-search/pages.ts';
import {
  findExistingRecord,
  knownFields,
  mergeErrors,
  newRecordRoutes,
  parseSourceReference,
  readSource,
  search,
} from '../person-search/routes.ts';
import { readNames } from '../referrals/routes.ts';
import { hasOpenSubjectRequest, isReferralShown, listReferralsOfPerson } from '../referrals/store.ts';
import { CorrectForm, PersonPath, SearchForm, SearchQuery } from './forms.ts';
import { correctPage, type PersonPageData, personPage, sourceLinks } from './pages.ts';
import { findPersonErrors, type Person } from './person.ts';
import { type RecordSectionSource, readRecordSections } from './record-sections.ts';
import { getPerson, lockPerson, openEarlierDetails, savePerson } from './store.ts';

/** `besides`: what later modules show on the page of a record. */
export const personRoutes =
  (helpListener: HelpListener, sectionSources: readonly RecordSectionSource[]) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    await findingRoutes(app, keys);
    await newRecordRoutes(app, keys);
    await readingRoutes(app, keys, sectionSources);
    await correctionRoutes(app, keys);
    await helpRoutes(app, keys, helpListener);
    await htcdsRoutes(app, keys, knownFields);
  };

async function findingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(peoplePaths.search.route, may('person.read', undefined, SearchQuery), async (request, reply) => {
    const { from } = request.query;
    const source = await readSource(request, keys, from);
    return reply.form(searchPage({ from, open: source && (await findExistingRecord(request, source)) }));
  });
  // A POST without changes, so that no name gets into an address.
  app.post(peoplePaths.search.route, may('person.read'), async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(SearchForm, request.body);
    if (!form.ok) return reply.form(searchPage({ from: parseSourceReference(typed) }), typed, form.errors);
    const { name, year, from } = form.values;
    const found = await search(request, keys, { name, yearOfBirth: year });
    return reply.page(
      'safeguarding/person-search/search-results',
      fillForm(searchResultsPage({ ...found, opens: request.can('person.open'), typed: { name, year, from } })),
    );
  });
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

/** Hides the correction from readers of other agencies. */
const mayCorrect = (request: Request, { agencyId }: Person): boolean =>
  request.can('person.correct') && agencyId === request.actor.agencyId;

/** Which actions the page offers, by who reads it. */
const listRights = (request: Request, person: Person) => ({
  corrects: mayCorrect(request, person),
  takes: mayExport(request, person),
  asks: request.can('consent.record'),
  refers: request.can('referral.make'),
  raises: request.can('nrm referral.raise'),
  keeps: request.can('kept person.read') && person.agencyId === request.actor.agencyId,
  papers: request.can('paper.read'),
  tasks: request.can('task.read'),
  writesNeeds: request.can('help.write'),
  numbers: request.can('wristband.link'),
  warns: request.can('custody safeguarding notice.send'),
});

/** What the safeguarding store says of the person, with its row in the log. */
async function readPerson(request: Request, keys: UnitKeys, id: PersonId) {
  const db = request.look('person.shown', id, { fields: [...knownFields, ...helpFields, 'referrals'] });
  const person = await getPerson(db, keys, id);
  const versions = (await listEarlierVersions(db, 'persons', person.id)).map(openVersion(keys));
  const { needs, offers } = deriveHelpStatus(await listContactNotes(db, keys, person.id));
  const met = person.origin === 'met at visit' ? await listNotesOfPerson(db, String(person.originId)) : [];
  const referrals = request.can('referral.read')
    ? await listReferralsOfPerson(db, { personId: person.id, noteIds: met.map((note) => note.id) })
    : [];
  const fromReferral =
    person.origin === 'a partner’s concern' && person.originId && (await isReferralShown(db, person.originId));
  const takenBack = withdrawnNotices(await findWithdrawnGrant(db, person.originId));
  const sources = [
    ...met.slice(0, 1).map((note) => sourceLinks.note(note.id)),
    ...(fromReferral ? [sourceLinks.request(String(person.originId))] : []),
  ];
  return { person, versions, needs, offers, referrals, takenBack, sources };
}

/** Adds what other stores and later modules say. */
async function readPersonPage(
  request: Request,
  keys: UnitKeys,
  id: PersonId,
  sectionSources: readonly RecordSectionSource[],
): Promise<PersonPageData> {
  const { sources, ...known } = await readPerson(request, keys, id);
  const { person, versions } = known;
  const { agencies, names } = await readNames(request, [
    person.authorId,
    ...versions.map(({ replacedBy }) => replacedBy),
  ]);
  const child = isTreatedAsChild(determineAgeTreatment(person, request.today)) && request.can('referral.make');
  const councils = child ? await listReachableCouncils(request) : undefined;
  const report = await isReportShown(request, person);
  return {
    ...known,
    ...listRights(request, person),
    ...{ agencies, names, councils, today: request.today, now: floorToHour(request.now) },
    beside: await readRecordSections(sectionSources, request, keys, person.id),
    came: [...sources, ...(report ? [sourceLinks.report(String(person.originId))] : [])],
  };
}

async function readingRoutes(app: App, keys: UnitKeys, sectionSources: readonly RecordSectionSource[]): Promise<void> {
  app.get(recordPaths.record.route, may('person.read', PersonPath), async (request, reply) =>
    reply.case(personPage(await readPersonPage(request, keys, request.params.id, sectionSources))),
  );
}

async function correctionRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, peoplePaths.correction.route, {
    may: may('person.correct', PersonPath),
    load: async (request) => {
      const { id } = request.params;
      const db = request.look('person.shown', id, { fields: knownFields });
      const person = await getPerson(db, keys, id);
      if (!mayCorrect(request, person)) throw notFound('person');
      return { person, version: await getVersion(db, 'persons', id) };
    },
    form: CorrectForm,
    check: (_, said, { today }) => {
      const wrong = findPersonErrors(said, today);
      return wrong.length > 0 ? mergeErrors(wrong) : undefined;
    },
    page: ({ person, version }) => correctPage(person, version),
    retype: (body, { version }, errors) => answersAfterConflict(body, version, errors),
    event: 'person.corrected',
    subject: ({ person }) => person.id,
    details: (_, { why }) => ({ reason: why, fields: knownFields }),
    change: async (tx, { person }, { base, why, ...said }) => {
      const current = await lockPerson(tx, keys, person.id);
      if ((await getVersion(tx, 'persons', person.id)) !== base) return refuse('changed meanwhile');
      if (why === requestedByPerson && !(await hasOpenSubjectRequest(tx, person.id, 'correction')))
        return refuse('not asked');
      return accept(await savePerson(tx, keys, { ...current, ...said }));
    },
    refusals: { 'not asked': noOpenRequestError, 'changed meanwhile': editConflict },
    next: (_, { person }) => recordPaths.record(person.id),
  });
}

const openVersion =
  (keys: UnitKeys) =>
  (version: EarlierVersion): EarlierVersion => ({
    ...version,
    record: openEarlierDetails(keys, version.record),
    became: openEarlierDetails(keys, version.became),
  });
