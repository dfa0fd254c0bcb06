/** Who may see and change the defaults of partners: planners, those of their own agency. */
import { getAgency, listMembers, memberNames } from '../../identity/agencies/index.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { NothingAsked } from '../../platform/forms/forms.ts';
import { answersAfterStale, isStale, staleForm, withChanges } from '../../platform/forms/stale-form.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { partnerDefaultPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { formatResources } from '../invitations/partners-section.ts';
import { PartnerDefaultForm } from './forms.ts';
import { getDefaultFields, partnerDefaultFormPage, partnerDefaultsPage, removePartnerDefaultPage } from './pages.ts';
import * as store from './store.ts';

async function readDefault(request: Request & { readonly params: { readonly id: string } }) {
  const one = await store.getPartnerDefault(request.db, request.params.id);
  const { kind } = await getAgency(request.db, one.partnerAgencyId);
  const colleagues = await listMembers(request.db, { agencyIds: [one.partnerAgencyId] });
  return { one, kind, colleagues, fields: getDefaultFields(colleagues, formatResources) };
}

export async function partnerDefaultRoutes(app: App): Promise<void> {
  app.get(partnerDefaultPaths.list.route, may('partner default.read'), async (request, reply) => {
    const { db, actor } = request;
    const defaults = await store.listPartnerDefaults(db, actor.agencyId);
    const ids = defaults.flatMap(({ people }) => people.map(({ memberId }) => memberId));
    const names = await memberNames(db, ids);
    const agencyIds = defaults.map(({ partnerAgencyId }) => partnerAgencyId);
    const members = agencyIds.length === 0 ? [] : await listMembers(db, { agencyIds });
    const present = new Set<string>(members.map(({ id }) => id));
    return reply.list(partnerDefaultsPage(defaults, { names, present }, formatResources));
  });

  formRoute(app, partnerDefaultPaths.change.route, {
    may: may('partner default.change', IdPath),
    load: readDefault,
    form: PartnerDefaultForm,
    check: ({ colleagues }, { people }) =>
      people.every(({ memberId }) => colleagues.some(({ id }) => id === memberId))
        ? undefined
        : { '': 'Somebody you chose has no account at this agency. Look at the list again.' },
    page: ({ one, colleagues, kind, fields }, _, errors, { body }) =>
      withChanges(partnerDefaultFormPage(one, colleagues, kind, fields), errors, body, one, fields),
    retype: (body, { one, fields }, errors) => answersAfterStale(body, one, fields, errors),
    saves: 'Partner',
    event: 'partner default.changed',
    subject: ({ one }) => one.id,
    details: ({ one }, values) => ({
      fields: Object.keys(values),
      recipient: one.partnerAgencyId,
      returned: values.people.map(({ memberId }) => memberId),
    }),
    change: async (tx, known, values, { body }) => {
      known.one = await store.lockPartnerDefault(tx, known.one.id);
      if (isStale(body, known.one, known.fields)) return refuse('stale');
      return accept(await store.savePartnerDefault(tx, { ...known.one, ...values }));
    },
    refusals: { stale: staleForm },
    next: () => partnerDefaultPaths.list(),
  });

  formRoute(app, partnerDefaultPaths.remove.route, {
    may: may('partner default.change', IdPath),
    load: readDefault,
    form: NothingAsked,
    page: ({ one }) => removePartnerDefaultPage(one),
    event: 'partner default.removed',
    subject: ({ one }) => one.id,
    details: () => ({ kind: 'erasure' }),
    change: async (tx, { one }) => {
      await store.removePartnerDefault(tx, one);
      return accept(true);
    },
    refusals: {},
    next: () => partnerDefaultPaths.list(),
  });
}
