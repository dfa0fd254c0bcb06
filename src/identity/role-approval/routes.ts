/** Lists members who wait for a second person, and takes the decision. Read, decide, change, answer. */
import { z } from 'zod';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { memberNames } from '../agencies/store.ts';
import { ConfirmForm } from './forms.ts';
import { confirmationPage, decidePage, describeConfirmation, roleApprovalErrors, roleApprovalsPage } from './pages.ts';
import { type Decision, mayConfirm } from './role-approval.ts';
import { addDecision, type ConfirmationDetails, getConfirmation, listConfirmations } from './store.ts';

const IdPath = z.object({ id: z.uuid() });

const findMemberNames = ({ db }: Request, { confirmation, decision }: ConfirmationDetails) =>
  memberNames(db, [...confirmation.askedBy, decision?.decidedBy ?? null]);

export async function roleApprovalRoutes(app: App): Promise<void> {
  app.get('/role-approvals', may('role approval.read'), async (request, reply) =>
    reply.page('platform/page', roleApprovalsPage(await listConfirmations(request.db))),
  );

  app.get('/role-approvals/:id', may('role approval.read', IdPath), async (request, reply) => {
    const details = await getConfirmation(request.db, request.params.id);
    const decides = request.can('role approval.decide') && mayConfirm(details, request.actor).ok;
    const own = details.confirmation.memberId === request.actor.memberId;
    return reply.page(
      'platform/page',
      confirmationPage(details, { names: await findMemberNames(request, details), own, decides }),
    );
  });

  app.get('/role-approvals/:id/decide', may('role approval.decide', IdPath), async (request, reply) => {
    const told = await getConfirmation(request.db, request.params.id);
    const allowed = mayConfirm(told, request.actor);
    const errors = allowed.ok ? {} : roleApprovalErrors[allowed.refusal];
    return reply.page('platform/form', {
      ...decidePage(told, await findMemberNames(request, told), {}, errors),
      closed: !allowed.ok,
    });
  });

  app.post('/role-approvals/:id/decide', may('role approval.decide', IdPath), async (request, reply) => {
    const told = await getConfirmation(request.db, request.params.id);
    const names = await findMemberNames(request, told);
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
    if (!decided.ok) return again(roleApprovalErrors[decided.refusal]);
    return reply.redirect(`/staff/role-approvals/${confirmation.id}`, 303);
  });
}

/** Listed until it is decided, for members who may decide and for the member who waits. */
export const roleApprovalHomeItems: HomeItems = {
  action: 'role approval.read',
  title: 'A second person',
  pressing: true,
  more: { href: '/staff/role-approvals', text: 'Who waits, and who was confirmed' },
  waiting: async (db, request) =>
    (await listConfirmations(db, { undecided: true })).flatMap((details) => {
      const { id, memberId } = details.confirmation;
      const own = memberId === request.actor.memberId;
      if (!own && !(request.can('role approval.decide') && mayConfirm(details, request.actor).ok)) return [];
      const sentence = own
        ? 'Your roles begin when a second person has confirmed that it is you'
        : describeConfirmation(details);
      return [{ text: sentence, href: `/staff/role-approvals/${id}`, count: 1 }];
    }),
};
