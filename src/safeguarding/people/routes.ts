/** Routes of people’s records: search and open, read, correct. Read, decide, change, answer. */

import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, editConflict } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { fillForm } from '../../platform/rendering/pages.ts';
import { peoplePaths } from '../../vocabulary/paths/safeguarding/people.ts';
import { recordPaths } from '../../vocabulary/paths/safeguarding/record.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { readCaseFrame } from '../case/read-frame.ts';
import { caseRoutes } from '../case/routes.ts';
import { type HelpListener, helpRoutes } from '../help/routes.ts';
import { htcdsRoutes } from '../htcds/routes.ts';
import { requestedByPerson } from '../notes/note.ts';
import { noOpenRequestError } from '../notes/pages.ts';
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
import { hasOpenSubjectRequest } from '../referrals/store.ts';
import { CorrectForm, PersonPath, SearchForm, SearchQuery } from './forms.ts';
import { correctPage } from './pages.ts';
import { findPersonErrors, type Person } from './person.ts';
import type { RecordSectionSource } from './record-sections.ts';
import { getPerson, lockPerson, savePerson } from './store.ts';

/** `besides`: what later modules show on the page of a record. */
export const personRoutes =
  (helpListener: HelpListener, sectionSources: readonly RecordSectionSource[]) =>
  async (app: App, { keys }: AreaParts): Promise<void> => {
    await findingRoutes(app, keys);
    await newRecordRoutes(app, keys);
    await caseRoutes(app, keys, sectionSources);
    await correctionRoutes(app, keys);
    await helpRoutes(app, keys, helpListener);
    await htcdsRoutes(app, keys, knownFields);
  };

async function findingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(peoplePaths.search.route, may('person.read', undefined, SearchQuery), async (request, reply) => {
    const { from } = request.query;
    const source = await readSource(request, keys, from);
    const open = source && (await findExistingRecord(request, source));
    return reply.form(searchPage({ from, open, opens: request.can('person.open') }));
  });
  // A POST without changes, so that no name gets into an address.
  app.post(peoplePaths.search.route, may('person.read'), async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(SearchForm, request.body);
    const again = { from: parseSourceReference(typed), opens: request.can('person.open') };
    if (!form.ok) return reply.form(searchPage(again), typed, form.errors);
    const { name, year, from } = form.values;
    const found = await search(request, keys, { name, yearOfBirth: year });
    return reply.page(
      'safeguarding/person-search/search-results',
      fillForm(searchResultsPage({ ...found, opens: request.can('person.open'), typed: { name, year, from } })),
    );
  });
}

/** Hides the correction from readers of other agencies. */
const mayCorrect = (request: Request, { agencyId }: Person): boolean =>
  request.can('person.correct') && agencyId === request.actor.agencyId;

async function correctionRoutes(app: App, keys: UnitKeys): Promise<void> {
  formRoute(app, peoplePaths.correction.route, {
    may: may('person.correct', PersonPath),
    load: async (request) => {
      const { id } = request.params;
      const db = request.look('person.shown', id, { fields: knownFields });
      const person = await getPerson(db, keys, id);
      if (!mayCorrect(request, person)) throw notFound('person');
      const version = await getVersion(db, 'persons', id);
      return { person, version, ...(await readCaseFrame(request, person, 'overview')) };
    },
    form: CorrectForm,
    check: (_, said, { today }) => {
      const unnamed = said.called === '' && !said.noName;
      const wrong = [...findPersonErrors(said, today), ...(unnamed ? (['name missing'] as const) : [])];
      return wrong.length > 0 ? mergeErrors(wrong) : undefined;
    },
    page: ({ person, version, frame }) => ({ ...frame, ...correctPage(person, version) }),
    retype: (body, { version }, errors) => answersAfterConflict(body, version, errors),
    saves: 'Record',
    event: 'person.corrected',
    subject: ({ person }) => person.id,
    details: (_, { why }) => ({ reason: why, fields: knownFields }),
    change: async (tx, { person }, { base, why, noName: _, ...said }) => {
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
