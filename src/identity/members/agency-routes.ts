/** The agencies of the partnership: adding one, and leaving it. Read, decide, change, answer. */

import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, readForm } from '../../platform/http/server.ts';
import { sessionCookie } from '../../platform/http/sites.ts';
import { newId } from '../../vocabulary/ids.ts';
import { sideOf } from '../../vocabulary/people.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { AgencyForm } from '../agencies/forms.ts';
import type { Agency } from '../agencies/member.ts';
import { addAgency, getAgency, listAgencies } from '../agencies/store.ts';
import { agenciesPage, agencyEndedPage, agencyEndPage, agencyErrors, newAgencyPage } from './agency-pages.ts';
import { AgencyEndForm } from './forms.ts';
import { stateOfPerson } from './person.ts';
import { recordsEndedWithMember } from './routes.ts';
import { endAgency, listPeople, refuseLastLead } from './store.ts';

export async function agencyRoutes(app: App): Promise<void> {
  app.get('/accounts/agencies', may('agency.add'), async (request, reply) => {
    const rights = { add: request.can('agency.add'), end: request.can('agency.end') };
    return reply.page('platform/page', agenciesPage(await listAgencies(request.db), request.actor.agencyId, rights));
  });

  app.get('/accounts/agencies/new', may('agency.add'), async (_request, reply) =>
    reply.page('platform/form', newAgencyPage()),
  );

  app.post('/accounts/agencies/new', may('agency.add'), async (request, reply) => {
    const again = (errors: FormErrors) => reply.page('platform/form', newAgencyPage(answersOf(request.body), errors));
    const form = readForm(AgencyForm, request.body);
    if (!form.ok) return again(form.errors);
    const agency: Agency = { id: newId(), side: sideOf[form.values.kind], ...form.values };
    const added = await request.change(
      'agency.added',
      agency.id,
      async (tx) => {
        const same = (await listAgencies(tx)).some(({ name }) => name.toLowerCase() === agency.name.toLowerCase());
        return same ? refuse('name taken') : accept(await addAgency(tx, agency));
      },
      { kind: 'collection', fields: Object.keys(form.values) },
    );
    if (!added.ok) return again(agencyErrors[added.refusal]);
    return reply.redirect('/staff/accounts/agencies', 303);
  });

  app.get('/accounts/agencies/end', may('agency.end'), async (request, reply) => {
    const { actor, db, now } = request;
    const currentMembers = (await listPeople(db, actor.agencyId)).filter((one) => stateOfPerson(one, now) !== 'left');
    return reply.page('platform/form', agencyEndPage(actor.agencyName, currentMembers.length));
  });

  app.post('/accounts/agencies/end', may('agency.end'), async (request, reply) => {
    const { actor, body, db, now } = request;
    const agency = await getAgency(db, actor.agencyId);
    const here = (await listPeople(db, agency.id)).filter((one) => stateOfPerson(one, now) !== 'left');
    const again = (errors: FormErrors) =>
      reply.page('platform/form', agencyEndPage(agency.name, here.length, answersOf(body), errors));
    const form = readForm(AgencyEndForm, body);
    if (!form.ok) return again(form.errors);
    if (form.values.name !== agency.name) return again(agencyErrors['not the name']);
    const ended = await refuseLastLead(() =>
      request.change(
        'agency.ended',
        agency.id,
        async (tx) => ((await endAgency(tx, agency.id, now)) ? accept(true) : refuse('not there')),
        { kind: 'erasure', fields: ['members', ...recordsEndedWithMember], reason: form.values.reason },
      ),
    );
    if (ended === 'last lead') return again(agencyErrors['last lead']);
    if (!ended.ok) throw notFound('agency');
    reply.clearCookie(sessionCookie);
    request.work.actor = undefined;
    return reply.page('platform/page', agencyEndedPage(agency.name));
  });
}
