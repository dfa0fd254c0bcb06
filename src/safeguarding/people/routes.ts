/** Routes of people’s records: search and open, read, correct. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { type EarlierVersion, getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, editConflict } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { getReport, type ReportId } from '../../reports/index.ts';
import { determineAgeTreatment, isTreatedAsChild } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
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
import { hasOpenSubjectRequest } from '../referrals/open-subject-request.ts';
import { readNames } from '../referrals/routes.ts';
import { isReferralShown, listReferralsOfPerson } from '../referrals/store.ts';
import { CorrectForm, PersonPath, SearchForm, SearchQuery } from './forms.ts';
import { correctPage, personPage, personsPath, sourceLinks } from './pages.ts';
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
    await helpRoutes(app, keys, helpListener);
    await htcdsRoutes(app, keys, knownFields);
  };

async function findingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/safeguarding/people', may('person.read', undefined, SearchQuery), async (request, reply) => {
    const { from } = request.query;
    const source = await readSource(request, keys, from);
    return reply.page(
      'platform/form',
      searchPage({
        from,
        open: source && (await findExistingRecord(request, source)),
        opens: request.can('person.open'),
      }),
    );
  });
  // A POST without changes, so that no name gets into an address.
  app.post('/safeguarding/people', may('person.read'), async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(SearchForm, request.body);
    if (!form.ok)
      return reply.page('platform/form', searchPage({ from: parseSourceReference(typed) }, typed, form.errors));
    const { name, year, from } = form.values;
    const found = await search(request, keys, { name, yearOfBirth: year });
    return reply.page(
      'safeguarding/person-search/search-results',
      searchResultsPage({ ...found, opens: request.can('person.open'), typed: { name, year, from } }),
    );
  });
}

/** A report may be deleted before the record of the person. */
async function isReportShown(request: Request, { origin, originId }: Person): Promise<boolean> {
  if (origin !== 'told in a report' || !request.can('help report.read')) return false;
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

async function readingRoutes(app: App, keys: UnitKeys, sectionSources: readonly RecordSectionSource[]): Promise<void> {
  app.get('/safeguarding/people/:id', may('person.read', PersonPath), async (request, reply) => {
    const db = request.look('person.shown', request.params.id, {
      fields: [...knownFields, ...helpFields, 'referrals'],
    });
    const person = await getPerson(db, keys, request.params.id);
    const versions = (await listEarlierVersions(db, 'persons', person.id)).map(openVersion(keys));
    const { needs, offers } = deriveHelpStatus(await listContactNotes(db as never, keys, person.id));
    const met = person.origin === 'met at a visit' ? await listNotesOfPerson(db as never, String(person.originId)) : [];
    const referrals = request.can('referral.read')
      ? await listReferralsOfPerson(db as never, { personId: person.id, noteIds: met.map(({ id }) => id) })
      : [];
    const fromReferral =
      person.origin === 'a partner’s concern' && person.originId && (await isReferralShown(db, person.originId));
    const takenBack = withdrawnNotices(await findWithdrawnGrant(db as never, person.originId));
    const { agencies, names } = await readNames(request, [
      person.authorId,
      ...versions.map(({ replacedBy }) => replacedBy),
    ]);
    const child = isTreatedAsChild(determineAgeTreatment(person, request.today)) && request.can('referral.make');
    const councils = child ? await listReachableCouncils(request) : undefined;
    const report = await isReportShown(request, person);
    const beside = await readRecordSections(sectionSources, request, keys, person.id);
    const [corrects, takes] = [mayCorrect(request, person), mayExport(request, person)];
    const warns = request.can('custody safeguarding notice.send');
    const raises = request.can('nrm referral.raise');
    const keeps = request.can('kept person.read') && person.agencyId === request.actor.agencyId;
    return reply.page(
      'platform/page',
      personPage({
        ...{ person, today: request.today, agencies, names, versions, corrects, takes, needs, offers, referrals },
        now: floorToHour(request.now),
        beside,
        asks: request.can('consent.record'),
        refers: request.can('referral.make'),
        raises,
        keeps,
        papers: request.can('paper.read'),
        tasks: request.can('task.read'),
        writesNeeds: request.can('help.write'),
        councils,
        numbers: request.can('wristband.link'),
        warns,
        takenBack,
        came: [
          ...met.slice(0, 1).map(({ id }) => sourceLinks.note(id)),
          ...(fromReferral ? [sourceLinks.request(String(person.originId))] : []),
          ...(report ? [sourceLinks.report(String(person.originId))] : []),
        ],
      }),
    );
  });

  const own = async (request: Request, id: PersonId) => {
    const db = request.look('person.shown', id, { fields: knownFields });
    const person = await getPerson(db, keys, id);
    if (!mayCorrect(request, person)) throw notFound('person');
    return { person, now: await getVersion(db, 'persons', id) };
  };
  app.get('/safeguarding/people/:id/correct', may('person.correct', PersonPath), async (request, reply) => {
    const { person, now } = await own(request, request.params.id);
    return reply.page('platform/form', correctPage(person, now));
  });
  app.post('/safeguarding/people/:id/correct', may('person.correct', PersonPath), async (request, reply) => {
    const { person, now } = await own(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', correctPage(person, now, answersAfterConflict(request.body, now, errors), errors));
    const form = readForm(CorrectForm, request.body);
    if (!form.ok) return again(form.errors);
    const { base, why, ...said } = form.values;
    const wrong = findPersonErrors(said, request.today);
    if (wrong.length > 0) return again(mergeErrors(wrong));
    const saved = await request.change(
      'person.corrected',
      person.id,
      async (tx) => {
        const current = await lockPerson(tx, keys, person.id);
        if ((await getVersion(tx, 'persons', person.id)) !== base) return refuse('changed meanwhile');
        if (why === requestedByPerson && !(await hasOpenSubjectRequest(tx, person.id, 'that something is corrected')))
          return refuse('not asked');
        return accept(await savePerson(tx, keys, { ...current, ...said }));
      },
      { reason: why, fields: knownFields },
    );
    if (!saved.ok) return again(saved.refusal === 'not asked' ? noOpenRequestError : editConflict);
    return reply.redirect(`${personsPath}/${person.id}`, 303);
  });
}

const openVersion =
  (keys: UnitKeys) =>
  (version: EarlierVersion): EarlierVersion => ({
    ...version,
    record: openEarlierDetails(keys, version.record),
    became: openEarlierDetails(keys, version.became),
  });
