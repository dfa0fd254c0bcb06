/** Finds what is unlawful or a risk in a plan. Pure: the law comes from the catalogue of powers. There is no score. */

import { dayOf } from '../../platform/clock.ts';
import { addDays, dayRange, longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { canStillBegin, listOverlapping, startOf, type VisitInPlan } from '../plan/planned-visit.ts';
import { listLanguagesToInterpret, mayRefer, type Premises } from '../plan/premises.ts';
import type { VisitRecords } from '../plan/visit-outcome.ts';
import { type Decision, findGoDecision, listVisitsAfterGo } from '../policy-log/decision.ts';
import { calculateAccessEnd } from '../premises-restriction/briefing-time.ts';
import { formatBriefingTime } from '../premises-restriction/pages.ts';
import type { Team, TeamMember } from '../weeks/operation.ts';
import { isWithinWeek } from '../weeks/week.ts';
import { withAcknowledgements } from './acknowledgement.ts';
import {
  type Advice,
  type AdviceSubject,
  adviceKinds,
  entryAdvice,
  type Plan,
  pastUseAdvice,
  toPremisesSubject,
} from './entry-check.ts';
import { partnerAdvice } from './partner-advice.ts';
import { refusedConsentAdvice } from './refused-consent.ts';
import { seenAtOnceAdvice } from './seen-at-once.ts';
import { supportAdvice } from './support-advice.ts';
import { warrantEntriesAdvice } from './warrant-entries.ts';

/** All findings of a plan at this moment, unlawful ones first. Finished, past, postponed and cancelled visits are left out. */
export function checkPlan(plan: Plan, now: Date, made: VisitRecords): Advice[] {
  const coming = plan.visits.filter(
    (visit) => visit.state === 'planned' && canStillBegin(visit, now) && !hasLeft(made, visit.id),
  );
  const ahead = coming.filter(({ id }) => !made.has(id));
  const comingTo = Map.groupBy(coming, ({ premisesId }) => premisesId);
  const planned = new Set(plan.visits.map(({ premisesId }) => premisesId));
  const advice = [
    ...ahead.flatMap((visit) => [
      ...entryAdvice(plan, visit, now),
      ...warrantEntriesAdvice(plan, visit, { made, now }),
      ...refusedConsentAdvice(plan, visit, made),
    ]),
    ...plan.powers.flatMap((power) => pastUseAdvice(plan, power, made)),
    ...plan.premises.flatMap((premises) =>
      premisesAdvice(plan, premises, { coming: comingTo.get(premises.id) ?? [], planned: planned.has(premises.id) }),
    ),
    ...overlapAdvice(plan, coming),
    ...plan.teams.flatMap((team) => teamAdvice(plan, team)),
    ...datesAdvice(plan, ahead),
    ...seenAtOnceAdvice(plan, now),
    ...goDecisionAdvice(plan, coming, dayOf(now)),
    ...supportAdvice(plan, coming),
    ...partnerAdvice(plan, dayOf(now)),
  ];
  const perhapsHomes = new Set(advice.filter(({ rule }) => rule === 'perhaps a home').map(({ about }) => about.id));
  // A power that stops at a home already says that the home is not known.
  const told = advice.filter(({ rule, about }) => rule !== 'home not known' || !perhapsHomes.has(about.id));
  const sorted = adviceKinds.flatMap((kind) => told.filter((one) => one.kind === kind));
  return withAcknowledgements(sorted, plan.decisions);
}

/** A visit that the team has left, or that is finished, needs no plan any more. */
function hasLeft(made: VisitRecords, id: string): boolean {
  const visit = made.get(id);
  return visit !== undefined && (visit.leftAt !== null || visit.finishedAt !== null);
}

/** Rules about missing decisions. They are left out for members who cannot read the policy log: the checks would report every decision as missing. */
const decisionRules: ReadonlySet<string> = new Set(['immigration unrecorded', 'no go', 'visit added']);
export const withoutDecisions = (advice: readonly Advice[]): Advice[] =>
  advice.filter(({ rule }) => !decisionRules.has(rule));

const toTeamSubject = ({ id, name }: Pick<Team, 'id' | 'name'>): AdviceSubject => ({ of: 'team', id, name });
const toOperationSubject = ({ operation }: Plan): AdviceSubject => ({
  of: 'operation',
  id: operation.id,
  name: operation.codeName,
});

/** The visits to these premises that are still to come, and whether any was planned. */
type VisitsThere = { readonly coming: readonly VisitInPlan[]; readonly planned: boolean };

function premisesAdvice(plan: Plan, premises: Premises, { coming, planned }: VisitsThere): Advice[] {
  const about: AdviceSubject = { of: 'premises', id: premises.id, name: premises.name };
  const said = (kind: Decision['kind']) =>
    plan.decisions.some((decision) => decision.kind === kind && decision.about === premises.id);
  const languages = listLanguagesToInterpret(premises.languages);
  const advice: (Advice | false)[] = [
    languages.length > 0 &&
      premises.interpreter === null && {
        kind: 'unwise',
        rule: 'no interpreter',
        what: `Somebody there might speak ${listOf(languages)}, but no interpreter is named.`,
        about,
        why: 'Do not use a colleague, a child or a phone app to interpret. The person might not understand the words they agree to. You might not notice that the person is afraid.',
        cure: 'Name the interpreter, or the telephone service and its number. Do not use anybody from the premises to interpret.',
      },
    !said('no referrer') && referrerAdvice(plan, premises, about),
    !planned && {
      kind: 'note',
      rule: 'no visit',
      what: 'No visit is planned here.',
      about,
      why: 'Addresses are kept only for a visit.',
      cure: 'Plan a visit.',
    },
    premises.dwelling === 'not known' &&
      premises.business !== 'residential business' && {
        kind: 'unwise',
        rule: 'home not known',
        what: 'It is not known whether somebody lives or sleeps here.',
        about,
        why: 'Some powers stop at a home. Somebody who sleeps here may need another place to stay.',
        cure: 'Find out whether somebody lives or sleeps here, and record it.',
      },
    // Also before the first visit is planned: premises are in a plan for a visit.
    (coming.length > 0 || !planned) &&
      premises.risks === null && {
        kind: 'unwise',
        rule: 'risks not recorded',
        what: 'Risks not recorded.',
        about,
        why: 'Nobody has assessed the risks to the team and to the people there.',
        cure: 'Record the risks. If you know of none, record how you checked.',
      },
    ...immigrationAdvice(plan, premises, about, said('immigration entry'), coming),
  ];
  return advice.filter((one) => one !== false);
}

function referrerAdvice(plan: Plan, premises: Premises, about: AdviceSubject): Advice | false {
  const agency = plan.agencies.find(({ id }) => id === premises.referrerId);
  if (agency && mayRefer(agency) && premises.referrerOnCall) return false;
  return {
    kind: 'unwise',
    rule: 'no referrer',
    what:
      agency && !mayRefer(agency)
        ? `${agency.name} cannot arrange help here without telling police or immigration.`
        : 'Nobody here can arrange help without telling police or immigration.',
    about,
    why: 'People who fear police or immigration can be too afraid to ask for help while officers are there. An NRM referral always tells police and immigration.',
    cure: 'Name a council or a voluntary first responder, and the person on call there. Or record a decision to visit without a first responder.',
  };
}

function immigrationAdvice(
  plan: Plan,
  premises: Premises,
  about: AdviceSubject,
  decided: boolean,
  coming: readonly VisitInPlan[],
): Advice[] {
  const { immigrationEntry } = premises;
  const shared = { kind: 'unwise', about } as const;
  if (immigrationEntry === null || !decided) {
    return [
      {
        ...shared,
        rule: immigrationEntry === null ? 'immigration undecided' : 'immigration unrecorded',
        what:
          immigrationEntry === null
            ? 'Nobody has decided whether immigration officers enter the premises, or when.'
            : `Immigration: ${wordsOf(immigrationEntry)}. The decision is not in the policy log.`,
        why: 'People may say less when immigration officers are present. A named person must decide this for each place.',
        cure: 'Record the decision with its reason and the options considered.',
      },
    ];
  }
  const teams = new Set(coming.map(({ teamId }) => teamId as string));
  const present = plan.members.some(({ teamId, kind }) => teams.has(teamId) && kind === 'immigration');
  if (immigrationEntry !== 'not present' || !present) return [];
  return [
    {
      ...shared,
      rule: 'immigration on the team',
      what: 'Immigration officers are on the team. The recorded decision says that immigration officers will not be present.',
      why: 'If you send this team, you go against the recorded decision about immigration officers.',
      cure: 'Take them out of the team, send another team, or record a new decision about them.',
    },
  ];
}

/** People planned in two places at once, and teams planned at the same premises at once. */
function overlapAdvice(plan: Plan, coming: readonly VisitInPlan[]): Advice[] {
  const membersOf = Map.groupBy(plan.members, ({ teamId }) => teamId as string);
  const teamsOf = Map.groupBy(plan.members, ({ memberId }) => memberId as string);
  return listOverlapping(coming).flatMap(([one, other]) => {
    const when = () => `on ${longDay(one.day)} around ${[one.starts, other.starts].sort()[1]}`;
    if (one.teamId === other.teamId) {
      const later = startOf(one) > startOf(other) ? one : other;
      return [
        {
          kind: 'unwise',
          rule: 'one team in two places',
          what: `${one.teamName} is at ${listOf([one.premises.name, other.premises.name])} at once, ${when()}.`,
          about: { of: 'team', id: one.teamId, name: one.teamName },
          visitId: later.id,
          premisesId: later.premisesId,
          why: 'The second visit would be late, or short of people.',
          cure: 'Move one of them, or send another team.',
        } satisfies Advice,
      ];
    }
    const shared = (membersOf.get(one.teamId) ?? []).filter(({ memberId }) =>
      teamsOf.get(memberId)?.some(({ teamId }) => teamId === other.teamId),
    );
    return [...orderAdvice(one, other, when), ...sharedMembersAdvice(shared, one, other, when)];
  });
}

function orderAdvice(one: VisitInPlan, other: VisitInPlan, when: () => string): Advice[] {
  if (one.premisesId !== other.premisesId) return [];
  if (one.turn !== null && other.turn !== null && one.turn !== other.turn) return [];
  return [
    {
      kind: 'unwise',
      rule: 'no order',
      what: `${listOf([one.teamName, other.teamName])} are at this place together, ${when()}, and their sequence is not set.`,
      about: toPremisesSubject(one),
      why: 'People judge the visit by the team that comes in first.',
      cure: 'Give each visit its place in the sequence: 1 goes in first.',
    },
  ];
}

function sharedMembersAdvice(
  shared: readonly TeamMember[],
  one: VisitInPlan,
  other: VisitInPlan,
  when: () => string,
): Advice[] {
  return shared.map((member) => ({
    kind: 'unwise',
    rule: 'one person in two teams',
    what: `${member.title} ${member.name} is on ${listOf([one.teamName, other.teamName])}, which are both out ${when()}.`,
    about: { of: 'team', id: one.teamId, name: one.teamName },
    why: 'One of the teams would be without them.',
    cure: 'Take them off one team, or move one of the visits.',
  }));
}

/** Roles that open a briefing: without one of them a member of a team reads nothing. */
const briefingReaderRoles = ['field', 'enforcement', 'planner', 'commander'] as const;
export const mayReadBriefing = ({ roles }: Pick<TeamMember, 'roles'>): boolean =>
  briefingReaderRoles.some((role) => roles.includes(role));

function teamAdvice(plan: Plan, team: Team): Advice[] {
  const members = plan.members.filter(({ teamId }) => teamId === team.id);
  const shared = { kind: 'unwise', about: toTeamSubject(team) } as const;
  const named = (people: readonly TeamMember[]) => listOf(people.map(({ title, name }) => `${title} ${name}`));
  const blind = members.filter((member) => !mayReadBriefing(member));
  const gone = members.filter(({ partnerId }) => partnerId === null);
  const advice: (Advice | false)[] = [
    members.length === 0 && {
      ...shared,
      rule: 'nobody on the team',
      what: 'Nobody is on this team.',
      why: 'Nobody will see its visits or read its briefing.',
      cure: 'Add members, or give its visits to another team.',
    },
    members.length > 0 &&
      team.leadId === null && {
        ...shared,
        rule: 'no lead',
        what: 'This team has no leader.',
        why: 'At the premises one person must be able to stop the visit.',
        cure: 'Choose a team leader.',
      },
    blind.length > 0 && {
      ...shared,
      rule: 'cannot read the briefing',
      what: `Cannot open the briefing with their roles: ${named(blind)}.`,
      why: 'They would go to premises without a briefing.',
      cure: 'Ask their agency’s administrator for the field role, or brief them in person.',
    },
    gone.length > 0 && {
      ...shared,
      rule: 'no longer takes part',
      what: `No longer takes part in the operation: ${named(gone)}.`,
      why: 'Their access to the operation has ended.',
      cure: 'Take them off the team, or add them to the operation again.',
    },
  ];
  return advice.filter((one) => one !== false);
}

/** A team that goes before it is briefed goes blind: its targets are still sealed to it. */
function beforeBriefingAdvice({ briefed }: Plan, visit: VisitInPlan): Advice {
  const time = briefed.get(visit.teamId);
  return {
    kind: 'unwise',
    rule: 'before the briefing',
    what: `A visit on ${longDay(visit.day)} at ${visit.starts}, before ${visit.teamName} is briefed.`,
    about: toPremisesSubject(visit),
    visitId: visit.id,
    why: time
      ? `The briefing is at ${formatBriefingTime(time)}. Until then the team cannot see its premises.`
      : 'No briefing is known.',
    cure: 'Bring the briefing forward, or move the visit.',
  };
}

/** Local windows differ from the official ones: a note, no more. What its team could not see is unwise. */
function datesAdvice(plan: Plan, coming: readonly VisitInPlan[]): Advice[] {
  const { operation } = plan;
  const week = { startsOn: operation.weekStartsOn, endsOn: operation.weekEndsOn };
  const closes = calculateAccessEnd(operation);
  const advice = coming.flatMap((visit): Advice[] => {
    const at = startOf(visit);
    if (at < (plan.briefed.get(visit.teamId)?.opensAt ?? at)) return [beforeBriefingAdvice(plan, visit)];
    if (visit.day >= operation.startsOn && visit.day <= operation.endsOn) return [];
    const unseen = at >= closes;
    return [
      {
        kind: unseen ? 'unwise' : 'note',
        rule: unseen ? 'outside what the team sees' : 'outside the operation',
        what: `A visit on ${longDay(visit.day)}; the operation is ${dayRange(operation.startsOn, operation.endsOn)}.`,
        about: toPremisesSubject(visit),
        visitId: visit.id,
        why: unseen
          ? `The access of teams ends at ${formatMoment(closes)}.`
          : 'The return counts this visit. Nobody can sign the return while the dates leave the visit out.',
        cure: 'Move the visit, or change the dates of the operation.',
      },
    ];
  });
  if (isWithinWeek(week, operation)) return advice;
  return [
    ...advice,
    {
      kind: 'note',
      rule: 'outside the week',
      what: `The operation runs outside the official dates, ${dayRange(week.startsOn, week.endsOn)}.`,
      about: toOperationSubject(plan),
      why: 'Local windows often differ. A release must say which dates it means.',
      cure: 'If this is intended, change nothing. Otherwise change the dates of the operation.',
    },
  ];
}

function goDecisionAdvice(plan: Plan, coming: readonly VisitInPlan[], today: string): Advice[] {
  const advice: Advice[] = [];
  const stands = findGoDecision(plan.decisions);
  const first = coming.map(({ day }) => day).sort()[0];
  if (stands?.kind === 'no-go' && first) {
    advice.push({
      kind: 'unwise',
      rule: 'no-go stands',
      what: `${stands.decidedBy} decided no-go, and visits are still planned.`,
      about: toOperationSubject(plan),
      why: stands.reason,
      cure: 'Call the visits off, or record a new decision to proceed.',
    });
  }
  const unseen = listVisitsAfterGo(plan.decisions);
  for (const { id, premises, day } of coming)
    if (unseen.has(id))
      advice.push({
        kind: 'unwise',
        rule: 'visit added',
        visitId: id,
        what: `The visit to ${premises.name} on ${longDay(day)} is not part of the decision to go ahead.`,
        about: toOperationSubject(plan),
        why: 'It was planned or changed later, or left out because of a legal problem. Its team is told to wait.',
        cure: 'A commander of this operation records a new decision. If you are not a commander, ask one.',
      });
  if (!stands && first && first <= addDays(today, 1)) {
    advice.push({
      kind: 'unwise',
      rule: 'no go',
      what: `The first visit is on ${longDay(first)}, but nobody has recorded a decision to proceed.`,
      about: toOperationSubject(plan),
      why: 'A commander must approve the plan before the first visit.',
      cure: 'A commander of this operation records the decision, with its reason. If you are not a commander, ask one.',
    });
  }
  return advice;
}
