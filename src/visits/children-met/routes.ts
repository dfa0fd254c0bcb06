/** Who may record who at children's services was told of a person met: members who record people at the visit. */
import { z } from 'zod';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, reasonMissing } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { OptionalText, RequiredText } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may } from '../../platform/http/server.ts';
import { encounterPaths } from '../../vocabulary/paths/visits.ts';
import { refuse } from '../../vocabulary/result.ts';
import { readEncounter } from '../audited-reads.ts';
import { correctionFields, EncounterPath, timeFields, toInstant } from '../forms.ts';
import { announceChangedRecords, lockEncounter, lockVisit, saveEncounter } from '../store.ts';
import { checkTelling } from './children-met.ts';
import { childrenServicesPage, tellingErrors } from './pages.ts';

const toldFields = ['age', 'servicesTold', 'servicesToldAt'];

const ToldForm = z
  .object({
    ...timeFields,
    services: RequiredText('Enter who at children’s services was told', 200),
    base: correctionFields.base,
    why: OptionalText(500),
  })
  .transform(({ time, day, ...form }) => ({ ...form, toldAt: toInstant({ time, day }) }));

export async function childrenMetRoutes(app: App): Promise<void> {
  formRoute(app, encounterPaths.childrenServices.route, {
    may: may('encounter.record', EncounterPath),
    load: async (request) => {
      const { db, met } = await readEncounter(request, request.params.id, toldFields);
      if (met.disposedOn) throw notFound('record');
      return { met, base: await getVersion(db, 'encounters', met.id) };
    },
    form: ToldForm,
    check: ({ met }, { why }) => (met.servicesTold && !why ? reasonMissing : undefined),
    page: ({ met, base }, _typed, _errors, { now }) => childrenServicesPage(met, base, now),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Record',
    event: ({ met }) => (met.servicesTold ? 'children’s services.corrected' : 'children’s services.recorded'),
    subject: ({ met }) => met.id,
    details: (_, { why }) => ({ fields: toldFields, ...(why && { reason: why }) }),
    change: async (tx, { met }, { base, services, toldAt }, { now }) => {
      const visit = await lockVisit(tx, met.visitId);
      const current = await lockEncounter(tx, met.id);
      if ((await getVersion(tx, 'encounters', met.id)) !== base) return refuse('changed meanwhile');
      const told = checkTelling(current, toldAt, now);
      if (!told.ok) return told;
      await saveEncounter(tx, { ...current, servicesTold: services, servicesToldAt: toldAt });
      await announceChangedRecords(tx, visit.operationId, 'encounter');
      return told;
    },
    refusals: tellingErrors,
    next: (_, { met }) => encounterPaths.encounter(met.id),
  });
}
