/** Lists members who wait for a second person, and takes the decision. Read, decide, change, answer. */

import { formRoute } from '../../platform/forms/form-route.ts';
import type { HomeItem, HomeItems } from '../../platform/http/home.ts';
import { type App, IdPath, may, type Request } from '../../platform/http/server.ts';
import { closeWhereRefused } from '../../platform/rendering/pages.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { roleApprovalPaths } from '../../vocabulary/paths/identity.ts';
import { memberNames } from '../agencies/store.ts';
import { ConfirmForm, type decisions } from './forms.ts';
import { confirmationPage, decidePage, describeConfirmation, roleApprovalErrors, roleApprovalsPage } from './pages.ts';
import { mayConfirm } from './role-approval.ts';
import { addDecision, getConfirmation, listConfirmations } from './store.ts';

async function load({ db, params }: Request & { readonly params: { readonly id: string } }) {
  const details = await getConfirmation(db, params.id);
  const { confirmation, decision } = details;
  return { details, names: await memberNames(db, [...confirmation.askedBy, decision?.decidedBy ?? null]) };
}

export async function roleApprovalRoutes(app: App): Promise<void> {
  app.get(roleApprovalPaths.roleApprovals.route, may('role approval.read'), async (request, reply) =>
    reply.sections(roleApprovalsPage(await listConfirmations(request.db))),
  );

  app.get(roleApprovalPaths.roleApproval.route, may('role approval.read', IdPath), async (request, reply) => {
    const { details, names } = await load(request);
    const decides = request.can('role approval.decide') && mayConfirm(details, request.actor).ok;
    const own = details.confirmation.memberId === request.actor.memberId;
    return reply.sections(confirmationPage(details, { names, own, decides }));
  });

  formRoute(app, roleApprovalPaths.decide.route, {
    may: may('role approval.decide', IdPath),
    load,
    form: ConfirmForm,
    page: ({ details, names }, typed, _errors, { actor }) =>
      closeWhereRefused(decidePage(details, names), typed, mayConfirm(details, actor), roleApprovalErrors),
    event: (_, { decision }) => (isConfirmed(decision) ? 'member.confirmed' : 'member.not confirmed'),
    subject: ({ details }) => details.confirmation.memberId,
    details: ({ details: { confirmation } }) => ({
      fields: [confirmation.kind === 'account linked' ? 'subject' : 'roles'],
      owner: confirmation.agencyId,
    }),
    change: async (tx, { details: { confirmation } }, { decision, grounds }, { actor, now }) => {
      const { id } = confirmation;
      const allowed = mayConfirm(await getConfirmation(tx, id), actor);
      if (!allowed.ok) return allowed;
      const decidedBy = actor.memberId as MemberId;
      return addDecision(tx, { id, confirmed: isConfirmed(decision), grounds, decidedBy, decidedAt: now });
    },
    refusals: roleApprovalErrors,
    next: (_, { details }) => roleApprovalPaths.roleApproval(details.confirmation.id),
  });
}

const isConfirmed = (decision: (typeof decisions)[number]): boolean => decision === 'it is them';

/** Listed until it is decided, for members who may decide and for the member whose roles wait. */
export const roleApprovalHomeItems: HomeItems = {
  action: 'role approval.read',
  waiting: async (db, request) =>
    (await listConfirmations(db, { undecided: true })).flatMap((details): HomeItem[] => {
      const { id, memberId } = details.confirmation;
      const own = memberId === request.actor.memberId;
      if (!own && !(request.can('role approval.decide') && mayConfirm(details, request.actor).ok)) return [];
      const shared = { urgency: 'pressing', href: roleApprovalPaths.roleApproval(id), count: 1 } as const;
      return own
        ? [
            {
              ...shared,
              what: 'Your roles wait for approval',
              detail: 'They begin when a colleague has confirmed who you are.',
              status: 'waiting',
            },
          ]
        : [
            {
              ...shared,
              what: 'Confirm who a colleague is',
              detail: `${describeConfirmation(details)}.`,
              for: details.name,
              status: 'to do',
            },
          ];
    }),
};
