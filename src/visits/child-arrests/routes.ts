/** Who may record who was told about the arrest of a child: the enforcement officers of the team. */
import { z } from 'zod';
import { getVersion } from '../../platform/database/earlier-versions.ts';
import { answersAfterConflict, reasonMissing } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { OptionalText, RequiredText } from '../../platform/forms/forms.ts';
import { type App, may } from '../../platform/http/server.ts';
import { arrestPaths } from '../../vocabulary/paths/visits.ts';
import { refuse } from '../../vocabulary/result.ts';
import { readArrest } from '../arrests/routes.ts';
import { lockArrest } from '../arrests/store.ts';
import { correctionFields, RecordPath, timeFields, toInstant } from '../forms.ts';
import { announceChangedRecords, createRecorded, lockVisit } from '../store.ts';
import { checkNotification, waysOfTelling } from './child-notification.ts';
import { childNotificationPage, notificationErrors } from './pages.ts';
import { findChildNotification, saveChildNotification } from './store.ts';

export const childNotificationFields = ['services', 'adult', 'how', 'toldAt'];

const ChildNotificationForm = z
  .object({
    ...timeFields,
    services: RequiredText('Enter who at children’s services was told', 200),
    adult: RequiredText('Enter who was told as appropriate adult, or who finds one', 200),
    how: z.enum(waysOfTelling, 'Select how they were told'),
    base: correctionFields.base,
    why: OptionalText(500),
  })
  .transform(({ time, day, ...form }) => ({ ...form, toldAt: toInstant({ time, day }) }));

export async function childArrestRoutes(app: App): Promise<void> {
  formRoute(app, arrestPaths.childNotification.route, {
    may: may('child notification.record', RecordPath),
    load: async (request) => {
      const { db, arrest } = await readArrest(request, request.params.id, ['age', ...childNotificationFields]);
      const known = await findChildNotification(db, arrest.id);
      return { arrest, known, base: await getVersion(db, 'child_notifications', arrest.id) };
    },
    form: ChildNotificationForm,
    check: ({ known }, { why }) => (known && !why ? reasonMissing : undefined),
    page: ({ arrest, known, base }, _typed, _errors, { now }) => childNotificationPage(arrest, known, base, now),
    retype: (body, { base }, errors) => answersAfterConflict(body, base, errors),
    saves: 'Record',
    event: ({ known }) => (known ? 'child notification.corrected' : 'child notification.recorded'),
    subject: ({ arrest }) => arrest.id,
    details: ({ known }, { why }) => ({
      fields: childNotificationFields,
      ...(why && { reason: why }),
      ...(!known && { kind: 'collection' }),
    }),
    change: async (tx, { arrest, known }, { base, why: _why, ...said }, request) => {
      const visit = await lockVisit(tx, arrest.visitId);
      const current = await lockArrest(tx, arrest.id);
      const first = (await findChildNotification(tx, arrest.id)) === undefined;
      if (first === Boolean(known) || (await getVersion(tx, 'child_notifications', arrest.id)) !== base)
        return refuse('changed meanwhile');
      const told = checkNotification(current, said, request.now);
      if (!told.ok) return told;
      await saveChildNotification(tx, { id: arrest.id, ...said, ...createRecorded(request) });
      await announceChangedRecords(tx, visit.operationId, 'arrest');
      return told;
    },
    refusals: notificationErrors,
    next: (_, { arrest }) => `${arrestPaths.arrest(arrest.id)}#child`,
  });
}
