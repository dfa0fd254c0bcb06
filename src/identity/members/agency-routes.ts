/** The agencies of the partnership: adding one, and leaving it. Read, decide, change, answer. */

import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { newId } from '../../vocabulary/ids.ts';
import { agencyPaths } from '../../vocabulary/paths/identity.ts';
import { sideOf } from '../../vocabulary/people.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { AgencyForm, foldAgencyName } from '../agencies/forms.ts';
import type { Agency } from '../agencies/member.ts';
import { addAgency, getAgency, listAgencies } from '../agencies/store.ts';
import { agenciesPage, agencyEndedPage, agencyEndPage, agencyErrors, newAgencyPage } from './agency-pages.ts';
import { AgencyEndForm } from './forms.ts';
import { stateOfPerson } from './person.ts';
import { recordsEndedWithMember } from './routes.ts';
import { endAgency, listPeople, refuseLastLead } from './store.ts';

export async function agencyRoutes(app: App): Promise<void> {
  app.get(agencyPaths.agencies.route, may('agency.add'), async (request, reply) => {
    const rights = { add: request.can('agency.add'), end: request.can('agency.end') };
    return reply.sections(agenciesPage(await listAgencies(request.db), request.actor.agencyId, rights));
  });

  formRoute(app, agencyPaths.newAgency.route, {
    may: may('agency.add'),
    load: async () => newId<'agency'>(),
    form: AgencyForm,
    page: newAgencyPage,
    event: 'agency.added',
    subject: (id) => id,
    details: (_, entered) => ({ kind: 'collection', fields: Object.keys(entered) }),
    change: async (tx, id, entered) => {
      const agency: Agency = { id, side: sideOf[entered.kind], ...entered };
      const folded = foldAgencyName(agency.name);
      const same = (await listAgencies(tx)).some(({ name }) => foldAgencyName(name) === folded);
      return same ? refuse('name taken') : accept(await addAgency(tx, agency));
    },
    refusals: agencyErrors,
    next: () => agencyPaths.agencies(),
  });

  app.get(agencyPaths.end.route, may('agency.end'), async (request, reply) =>
    reply.form(agencyEndPage(request.actor.agencyName, await countPresentMembers(request))),
  );

  // Answers with a page: a member who ends their own agency is signed out, and has no page left to go on to.
  app.post(agencyPaths.end.route, may('agency.end'), async (request, reply) => {
    const { actor, body, db, now } = request;
    const agency = await getAgency(db, actor.agencyId);
    const count = await countPresentMembers(request);
    const again = (errors: FormErrors) => reply.form(agencyEndPage(agency.name, count), answersOf(body), errors);
    const form = readForm(AgencyEndForm, body);
    if (!form.ok) return again(form.errors);
    if (form.values.name !== agency.name) return again(agencyErrors['not the name']);
    const ended = await request.change(
      'agency.ended',
      agency.id,
      (tx) =>
        refuseLastLead(async () => {
          if (!(await endAgency(tx, agency.id, now))) throw notFound('agency');
        }),
      { kind: 'erasure', fields: ['members', ...recordsEndedWithMember], reason: form.values.reason },
    );
    if (!ended.ok) return again(agencyErrors[ended.refusal]);
    reply.clearCookie(sessionCookie);
    request.work.actor = undefined;
    return reply.sections(agencyEndedPage(agency.name));
  });
}

/** Those of the agency who have not left. */
const countPresentMembers = async ({ db, actor, now }: Request): Promise<number> =>
  (await listPeople(db, actor.agencyId)).filter((one) => stateOfPerson(one, now) !== 'left').length;
