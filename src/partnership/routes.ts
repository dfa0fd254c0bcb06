/** An agency's own accounts: read, decide, change, answer. */
import { z } from 'zod';
import { type App, type FormErrors, may, readForm } from '../platform/http.ts';
import { notFound } from '../platform/problem.ts';
import { type MemberId, newId } from '../vocabulary/ids.ts';
import { sideOf } from '../vocabulary/people.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { agencyErrors, agencyPage } from './agency-pages.ts';
import { AgencyForm, MemberForm } from './forms.ts';
import { type Agency, type Member, mayHold } from './member.ts';
import { accountsPage, endPage, memberPage, refusalErrors } from './pages.ts';
import { hashPassword } from './password.ts';
import { addAgency, addMember, endMember, listAccounts, listAgencies } from './store.ts';

const MemberPath = z.object({ id: z.uuid().transform((id) => id as MemberId) });

export async function accountRoutes(app: App): Promise<void> {
  app.get('/accounts', may('account.read'), async (request, reply) => {
    const accounts = await listAccounts(request.db);
    const agencies = await listAgencies(request.db);
    const rights = { addAgency: request.can('agency.add') };
    return reply.page('platform/page', accountsPage(accounts, agencies, request.actor.agencyName, rights));
  });

  app.get('/accounts/new', may('account.add'), async (_request, reply) => reply.page('platform/form', memberPage()));

  app.post('/accounts/new', may('account.add'), async (request, reply) => {
    const again = (errors: FormErrors) =>
      reply.page('platform/form', memberPage(request.body as Record<string, unknown>, errors));
    const form = readForm(MemberForm, request.body);
    if (!form.ok) return again(form.errors);
    const { email, password, ...person } = form.values;
    const held = mayHold(request.actor.side, person.roles);
    if (!held.ok) return again(refusalErrors[held.refusal]);
    const member = {
      ...person,
      id: newId<'member'>(),
      agencyId: request.actor.agencyId as Member['agencyId'],
      endedAt: null,
    };
    await request.work.endReading();
    const passwordHash = await hashPassword(password);
    const added = await request.change(
      'account.added',
      member.id,
      async (tx) => addOrRefuse(() => addMember(tx, member, { email, passwordHash })),
      {
        kind: 'collection',
        fields: ['name', 'title', 'email', 'roles'],
      },
    );
    if (!added.ok) return again(refusalErrors[added.refusal]);
    return reply.redirect('/staff/accounts', 303);
  });

  app.get('/accounts/agencies/new', may('agency.add'), async (_request, reply) =>
    reply.page('platform/form', agencyPage()),
  );

  app.post('/accounts/agencies/new', may('agency.add'), async (request, reply) => {
    const again = (errors: FormErrors) =>
      reply.page('platform/form', agencyPage(request.body as Record<string, unknown>, errors));
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
    return reply.redirect('/staff/accounts', 303);
  });

  app.get('/accounts/:id/end', may('account.end', MemberPath), async (request, reply) => {
    const account = (await listAccounts(request.db)).find(({ id }) => id === request.params.id);
    if (!account) throw notFound('account');
    return reply.page('platform/form', endPage(account));
  });

  app.post('/accounts/:id/end', may('account.end', MemberPath), async (request, reply) => {
    const ended = await request.change('account.ended', request.params.id, async (tx) =>
      (await endMember(tx, request.params.id, request.now)) ? accept(true) : refuse('not there'),
    );
    if (!ended.ok) throw notFound('account');
    return reply.redirect('/staff/accounts', 303);
  });
}

const uniqueViolation = '23505';

async function addOrRefuse(add: () => Promise<void>) {
  try {
    return accept(await add());
  } catch (error) {
    if ((error as { code?: string }).code === uniqueViolation) return refuse('email taken');
    throw error;
  }
}
