/** Findings about partners that have not accepted, and about missing agreements. A demonstration needs no agreement. Pure: no clock, no database. */
import { agreementGapTexts, agreementKeepers, findAgreement } from '../../identity/agreements/index.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { getPartnerState, type Invitation } from '../invitations/invitation.ts';
import type { Partner, Team } from '../weeks/operation.ts';
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
        why: 'Nobody there has agreed to send its people and resources. They see nothing of the plan before it accepts.',
        cure: `${asked} They find the invitation on Home. If nobody there can, ask by telephone and record the answer.`,
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

/** They are left out of the team's briefing and papers. */
function absenceAdvice({ notComing }: Plan, team: Team): Advice[] {
  const missing = notComing.filter(({ teamId }) => teamId === team.id);
  if (missing.length === 0) return [];
  return [
    {
      kind: 'unwise',
      rule: 'member does not come',
      what: `Does not come, because their agency declined: ${listOf(
        missing.map((member) => `${member.title} ${member.name}${member.leads ? ', who leads the team' : ''}`.trim()),
      )}.`,
      about: { of: 'team', id: team.id, name: team.name },
      why: 'The team goes without them. The briefing and its papers leave them out.',
      cure: 'Take them off the team and send somebody else, or ask the agency again.',
    },
  ];
}

/** A risk where an agreement is needed to accept; elsewhere a note. */
function agreementAdvice({ operation, agreements, invitations }: Plan, partner: Partner, today: string): Advice[] {
  const found = findAgreement(agreements, [operation.agencyId, partner.agencyId], today);
  if (found.ok) return [];
  const live = invitations.some(({ needsAgreement }) => needsAgreement);
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
    ...plan.teams.flatMap((team) => absenceAdvice(plan, team)),
  ];
}
