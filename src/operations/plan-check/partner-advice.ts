/** Findings about partners that have not accepted, and about missing agreements. A demonstration goes on without either. Pure: no clock, no database. */
import { agreementGapTexts, agreementKeepers, findAgreement } from '../../identity/agreements/index.ts';
import { getPartnerState, type Invitation } from '../invitations/invitation.ts';
import type { Partner } from '../weeks/operation.ts';
import type { Advice, Plan } from './entry-check.ts';

const asked = 'Somebody who answers for the agency must accept: a planner, commander or safeguarding lead.';

function answerAdvice({ operation }: Plan, partner: Partner, invitation: Invitation): Advice[] {
  const state = getPartnerState(invitation);
  const shared = {
    kind: 'unwise',
    about: { of: 'operation', id: operation.id, name: operation.codeName },
  } as const;
  if (state === 'invited')
    return [
      {
        ...shared,
        rule: 'partner not accepted',
        what: `${partner.printedName} has not accepted its invitation.`,
        why: invitation.accessWaits
          ? 'Its people see nothing of the plan before it accepts.'
          : 'Nobody there has agreed to send the people and resources of this plan.',
        cure: `${asked} They find the invitation on Home.`,
      },
    ];
  if (state !== 'declined') return [];
  return [
    {
      ...shared,
      rule: 'partner declined',
      what: `${partner.printedName} declined its invitation: ${invitation.reason ?? ''}`,
      why: 'Its people see nothing of the plan, and its resources are missing.',
      cure: 'Plan without this partner and end its part, or ask the agency again. It can still accept.',
    },
  ];
}

/** A risk where access waits for the agreement; elsewhere a note. */
function agreementAdvice({ operation, agreements, invitations }: Plan, partner: Partner, today: string): Advice[] {
  const found = findAgreement(agreements, [operation.agencyId, partner.agencyId], today);
  if (found.ok) return [];
  const live = invitations.some(({ accessWaits }) => accessWaits);
  return [
    {
      kind: live ? 'unwise' : 'note',
      rule: 'no agreement on file',
      what: `${partner.printedName}: ${agreementGapTexts[found.refusal]}`,
      about: { of: 'operation', id: operation.id, name: operation.codeName },
      why: 'Agencies may share information about people only by an agreement between them.',
      cure: agreementKeepers,
    },
  ];
}

/** The leading agency's own units need neither. */
export function partnerAdvice(plan: Plan, today: string): Advice[] {
  const partners = plan.partners.filter(({ ownUnit }) => !ownUnit);
  const agencies = new Map(partners.map((partner) => [partner.agencyId, partner]));
  return [
    ...partners.flatMap((partner) => {
      const invitation = plan.invitations.find(({ id }) => id === partner.id);
      return invitation ? answerAdvice(plan, partner, invitation) : [];
    }),
    ...[...agencies.values()].flatMap((partner) => agreementAdvice(plan, partner, today)),
  ];
}
