/** Who may read the name of a person encountered, after giving a reason, and who may record one. */
import { listMembers, memberNames } from '../../identity/agencies/index.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, listMemberIds, reasonMissing } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { EncounterId } from '../../vocabulary/ids.ts';
import { encounterPaths } from '../../vocabulary/paths/visits.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { findFullResult, readEncounterWithPlan } from '../audited-reads.ts';
import { EncounterPath, NameForm, NameReasonForm } from '../forms.ts';
import { mayWrite } from '../pages.ts';
import {
  createRecorded,
  lockEncounter,
  lookUpEncounter,
  lookUpName,
  lookUpNameReason,
  openEarlierName,
  saveName,
} from '../store.ts';
import { namePage, nameReasonPage, recordNamePage } from './name-pages.ts';
import { encounterErrors } from './pages.ts';

const familyName = (name: string): string => name.trim().toLocaleLowerCase('en').split(/\s+/).at(-1) ?? '';
/** Whether two surnames match: a reason to check who reads about whom, and no more. */
const hasSameFamilyName = (one: string, other: string): boolean =>
  familyName(one) !== '' && familyName(one) === familyName(other);

/** Not found if the member may not see the person or there is no such person, so the question itself reveals nothing. */
async function requireVisibleEncounter(request: Request, id: EncounterId): Promise<void> {
  const met = await request.under('encounter.read', (_db, look) =>
    lookUpEncounter(look('encounter.shown', id, { fields: ['number'] }), id, 'operation'),
  );
  if (met.sight !== 'full') throw notFound('record');
}

export async function nameRoutes(app: App, { keys }: AreaParts): Promise<void> {
  app.get(encounterPaths.name.route, may('name.read', EncounterPath), async (request, reply) => {
    const { id } = request.params;
    await requireVisibleEncounter(request, id);
    return reply.form(nameReasonPage(id));
  });

  // What is sent opens the name: the answer is a page, and nothing is changed.
  app.post(encounterPaths.name.route, may('name.read', EncounterPath), async (request, reply) => {
    const { id } = request.params;
    const form = readForm(NameReasonForm, request.body);
    if (!form.ok) {
      await requireVisibleEncounter(request, id);
      return reply.form(nameReasonPage(id), answersOf(request.body), form.errors);
    }
    const { why: reason } = form.values;
    const { db, met, planned } = await readEncounterWithPlan(request, id, ['name'], reason);
    const name = findFullResult(await lookUpName(db, keys, met, request.actor.side));
    if (!name) throw notFound('name');
    const colleagues = await listMembers(db, { agencyIds: [request.actor.agencyId] });
    if (colleagues.some((one) => hasSameFamilyName(one.name, name.name)))
      request.look('name.like own shown', met.id, { fields: ['name'], reason });
    const versions = await listEarlierVersions(db, 'encounter_names', met.id);
    const names = await memberNames(db, [name.recordedBy, ...listMemberIds(versions)]);
    const open = (record: Readonly<Record<string, unknown>>) => openEarlierName(keys, met.id, record);
    return reply.case(namePage(met, name, names, versions, open, mayWrite(request, planned)));
  });

  formRoute(app, encounterPaths.newName.route, {
    may: may('name.record', EncounterPath),
    load: async (request) => {
      const { db, met } = await readEncounterWithPlan(request, request.params.id, ['reason']);
      const known = findFullResult(await lookUpNameReason(db, met, request.actor.side));
      return { met, known, base: await getVersion(db, 'encounter_names', met.id) };
    },
    form: NameForm,
    check: ({ known }, { why }) => (known && !why ? reasonMissing : undefined),
    page: ({ met, known, base }) => recordNamePage(met, base, known),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Name',
    event: ({ known }) => (known ? 'name.corrected' : 'name.recorded'),
    subject: ({ met }) => met.id,
    details: ({ known }, { why, reason }) => ({
      fields: ['name', 'reason'],
      reason: why ?? reason,
      ...(!known && { kind: 'collection' }),
    }),
    change: async (tx, { met, known }, { base, name, reason }, request) => {
      await lockEncounter(tx, met.id);
      const added = !known && findFullResult(await lookUpNameReason(tx, met, request.actor.side)) !== undefined;
      if (added || (await getVersion(tx, 'encounter_names', met.id)) !== base) return refuse('changed meanwhile');
      await saveName(tx, keys, met.id, { name, reason, ...createRecorded(request) });
      return accept(true);
    },
    refusals: encounterErrors,
    next: (_, { met }) => encounterPaths.encounter(met.id),
  });
}
