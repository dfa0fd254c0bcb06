/** Lists members who wait for a second person, and takes the decision. Read, decide, change, answer. */
import { z } from 'zod';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { memberNames } from '../agencies/store.ts';
import { ConfirmForm } from './forms.ts';
import { confirmationPage, confirmationsPage, confirmErrors, decidePage, sentenceOf } from './pages.ts';
import { type Decision, mayConfirm } from './role-approval.ts';
import { addDecision, getConfirmation, listConfirmations, type Told } from './store.ts';

const IdPath = z.object({ id: z.uuid() });

const namesOf = ({ db }: Request, { confirmation, decision }: Told) =>
  memberNames(db, [...confirmation.askedBy, decision?.decidedBy ?? null]);

export async function confirmationRoutes(app: App): Promise<void> {
  app.get('/role-approvals', may('confirmation.read'), async (request, reply) =>
    reply.page('platform/page', confirmationsPage(await listConfirmations(request.db))),
  );

  app.get('/role-approvals/:id', may('confirmation.read', IdPath), async (request, reply) => {
    const told = await getConfirmation(request.db, request.params.id);
    const decides = request.can('confirmation.decide') && mayConfirm(told, request.actor).ok;
    const own = told.confirmation.memberId === request.actor.memberId;
    return reply.page('platform/page', confirmationPage(told, { names: await namesOf(request, told), own, decides }));
  });

  app.get('/role-approvals/:id/decide', may('confirmation.decide', IdPath), async (request, reply) => {
    const told = await getConfirmation(request.db, request.params.id);
    const allowed = mayConfirm(told, request.actor);
    const errors = allowed.ok ? {} : confirmErrors[allowed.refusal];
    return reply.page('platform/form', {
      ...decidePage(told, await namesOf(request, told), {}, errors),
      closed: !allowed.ok,
    });
  });

  app.post('/role-approvals/:id/decide', may('confirmation.decide', IdPath), async (request, reply) => {
    const told = await getConfirmation(request.db, request.params.id);
    const names = await namesOf(request, told);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', decidePage(told, names, answersOf(request.body), errors));
    const form = readForm(ConfirmForm, request.body);
    if (!form.ok) return again(form.errors);
    const { confirmation } = told;
    const confirmed = form.values.decision === 'it is them';
    const decision: Decision = {
      id: confirmation.id,
      confirmed,
      grounds: form.values.grounds,
      decidedBy: request.actor.memberId as MemberId,
      decidedAt: request.now,
    };
    const what = confirmation.kind === 'account linked' ? 'subject' : 'roles';
    const decided = await request.change(
      confirmed ? 'member.confirmed' : 'member.not confirmed',
      confirmation.memberId,
      async (tx) => {
        const allowed = mayConfirm(await getConfirmation(tx, confirmation.id), request.actor);
        return allowed.ok ? addDecision(tx, decision) : allowed;
      },
      { fields: [what], owner: confirmation.agencyId },
    );
    if (!decided.ok) return again(confirmErrors[decided.refusal]);
    return reply.redirect(`/staff/role-approvals/${confirmation.id}`, 303);
  });
}

/** Listed until it is decided, for members who may decide and for the member who waits. */
export const confirmationsDesk: HomeItems = {
  action: 'confirmation.read',
  title: 'A second person',
  pressing: true,
  more: { href: '/staff/role-approvals', text: 'Who waits, and who was confirmed' },
  waiting: async (db, request) =>
    (await listConfirmations(db, { undecided: true })).flatMap((told) => {
      const { id, memberId } = told.confirmation;
      const own = memberId === request.actor.memberId;
      if (!own && !(request.can('confirmation.decide') && mayConfirm(told, request.actor).ok)) return [];
      const says = own ? 'Your roles begin when a second person has confirmed that it is you' : sentenceOf(told);
      return [{ text: says, href: `/staff/role-approvals/${id}`, count: 1 }];
    }),
};
