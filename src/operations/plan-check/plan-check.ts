/** Finds what is unlawful or a risk in a plan. Pure: the law comes from the catalogue of powers. There is no score. */

import { instantAt } from '../../platform/clock.ts';
import { addDays, dayRange, longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { isOverlapping, type VisitInPlan } from '../plan/planned-visit.ts';
import { listLanguagesToInterpret, mayRefer, type Premises } from '../plan/premises.ts';
import { type Decision, findGoDecision } from '../policy-log/decision.ts';
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
  lateExecutionAdvice,
  type Plan,
  toPremisesSubject,
} from './entry-check.ts';

/** All findings of a plan as of today, unlawful ones first. Past, postponed and cancelled visits are left out. */
export function checkPlan(plan: Plan, today: string): Advice[] {
  const coming = plan.visits.filter(({ state, day }) => state === 'planned' && day >= today);
  const advice = [
    ...coming.flatMap((visit) => entryAdvice(plan, visit)),
    ...plan.powers.flatMap((power) => lateExecutionAdvice(plan, power)),
    ...plan.premises.flatMap((premises) => premisesAdvice(plan, premises, coming)),
    ...overlapAdvice(plan, coming),
    ...plan.teams.flatMap((team) => teamAdvice(plan, team)),
    ...datesAdvice(plan, coming),
    ...goDecisionAdvice(plan, coming, today),
    ...supportAdvice(plan, coming),
  ];
  const sorted = adviceKinds.flatMap((kind) => advice.filter((one) => one.kind === kind));
  return withAcknowledgements(sorted, plan.decisions);
}

/** Rules about missing decisions. They are left out for members who cannot read the policy log: the checks would report every decision as missing. */
const decisionRules: ReadonlySet<string> = new Set(['immigration unrecorded', 'no go']);
export const withoutDecisions = (advice: readonly Advice[]): Advice[] =>
  advice.filter(({ rule }) => !decisionRules.has(rule));

const toTeamSubject = ({ id, name }: Pick<Team, 'id' | 'name'>): AdviceSubject => ({ of: 'team', id, name });
const toOperationSubject = ({ operation }: Plan): AdviceSubject => ({
  of: 'operation',
  id: operation.id,
  name: operation.codeName,
});

function premisesAdvice(plan: Plan, premises: Premises, coming: readonly VisitInPlan[]): Advice[] {
  const about: AdviceSubject = { of: 'premises', id: premises.id, name: premises.name };
  const said = (kind: Decision['kind']) =>
    plan.decisions.some((decision) => decision.kind === kind && decision.about === premises.id);
  const languages = listLanguagesToInterpret(premises.languages);
  const advice: (Advice | false)[] = [
    languages.length > 0 &&
      premises.interpreter === null && {
        kind: 'unwise',
        rule: 'no interpreter',
        what: `No interpreter, though somebody may speak ${listOf(languages)}.`,
        about,
        why: 'Do not use a colleague, a child or a phone app to interpret. The person may not understand the words they agree to, and you may miss that they are afraid.',
        cure: 'Name the interpreter, or the telephone service and its number. Not anybody from the premises.',
      },
    !said('no referrer') && referrerAdvice(plan, premises, about),
    !plan.visits.some(({ premisesId }) => premisesId === premises.id) && {
      kind: 'note',
      rule: 'no visit',
      what: 'No visit is planned here.',
      about,
      why: 'Addresses are kept only for a visit.',
      cure: 'Plan a visit.',
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
    why: 'People who fear police or immigration may not ask for help in front of them. An NRM referral always tells them.',
    cure: 'Name a council or a voluntary first responder and its person on call. Or record a decision to go without.',
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
            ? 'Nobody has decided whether and when immigration officers come in.'
            : `Immigration: ${wordsOf(immigrationEntry)}. The decision is not in the policy log.`,
        why: 'People may say less when immigration officers are present. A named person must decide this for each place.',
        cure: 'Record the decision with its reason and the options considered.',
      },
    ];
  }
  const teams = new Set(
    coming.filter(({ premisesId }) => premisesId === premises.id).map(({ teamId }) => teamId as string),
  );
  const present = plan.members.some(({ teamId, kind }) => teams.has(teamId) && kind === 'immigration');
  if (immigrationEntry !== 'not present' || !present) return [];
  return [
    {
      ...shared,
      rule: 'immigration on the team',
      what: 'Immigration officers are on the team. The recorded decision says that they will not be present.',
      why: 'Sending this team would go against the recorded decision.',
      cure: 'Send a team without immigration officers, or record a new decision.',
    },
  ];
}

const startOf = ({ day, starts }: VisitInPlan): string => `${day} ${starts}`;

/** People planned in two places at once, and teams planned at the same premises at once. */
function overlapAdvice(plan: Plan, coming: readonly VisitInPlan[]): Advice[] {
  const teamsOf = new Map<string, Set<string>>();
  for (const { memberId, teamId } of plan.members)
    teamsOf.set(memberId, (teamsOf.get(memberId) ?? new Set()).add(teamId));
  const pairs = coming.flatMap((one, index) =>
    coming.slice(index + 1).flatMap((other) => (isOverlapping(one, other) ? [[one, other] as const] : [])),
  );
  return pairs.flatMap(([one, other]) => {
    const when = `on ${longDay(one.day)} around ${[one.starts, other.starts].sort()[1]}`;
    if (one.teamId === other.teamId) {
      const later = startOf(one) > startOf(other) ? one : other;
      return [
        {
          kind: 'unwise',
          rule: 'one team in two places',
          what: `${one.teamName} is at ${listOf([one.premises.name, other.premises.name])} at once, ${when}.`,
          about: { of: 'team', id: one.teamId, name: one.teamName },
          visitId: later.id,
          premisesId: later.premisesId,
          why: 'The second visit would be late, or short of people.',
          cure: 'Move one of them, or send another team.',
        } satisfies Advice,
      ];
    }
    return [...orderAdvice(one, other, when), ...sharedMembersAdvice(plan, teamsOf, one, other, when)];
  });
}

function orderAdvice(one: VisitInPlan, other: VisitInPlan, when: string): Advice[] {
  if (one.premisesId !== other.premisesId) return [];
  if (one.turn !== null && other.turn !== null && one.turn !== other.turn) return [];
  return [
    {
      kind: 'unwise',
      rule: 'no order',
      what: `${listOf([one.teamName, other.teamName])} are at this place together, ${when}, and their sequence is not set.`,
      about: toPremisesSubject(one),
      why: 'People judge the visit by the team that comes in first.',
      cure: 'Give each visit its place in the sequence: 1 goes in first.',
    },
  ];
}

function sharedMembersAdvice(
  plan: Plan,
  teamsOf: ReadonlyMap<string, ReadonlySet<string>>,
  one: VisitInPlan,
  other: VisitInPlan,
  when: string,
): Advice[] {
  const shared = plan.members.filter(
    ({ memberId, teamId }) => teamId === one.teamId && teamsOf.get(memberId)?.has(other.teamId),
  );
  return shared.map((member) => ({
    kind: 'unwise',
    rule: 'one person in two teams',
    what: `${member.title} ${member.name} is on ${listOf([one.teamName, other.teamName])}, which are both out ${when}.`,
    about: { of: 'team', id: one.teamId, name: one.teamName },
    why: 'One of the teams would be without them.',
    cure: 'Take them off one team, or move one of the visits.',
  }));
}

/** Roles that open a briefing: without one of them a member of a team reads nothing. */
const briefingReaderRoles = ['field', 'enforcement', 'planner', 'commander'] as const;

function teamAdvice(plan: Plan, team: Team): Advice[] {
  const members = plan.members.filter(({ teamId }) => teamId === team.id);
  const shared = { kind: 'unwise', about: toTeamSubject(team) } as const;
  const named = (people: readonly TeamMember[]) => listOf(people.map(({ title, name }) => `${title} ${name}`));
  const blind = members.filter(({ roles }) => !briefingReaderRoles.some((role) => roles.includes(role)));
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
    const at = instantAt(visit.day, visit.starts);
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
          : 'The return of the operation still counts it.',
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
  if (!stands && first && first <= addDays(today, 1)) {
    advice.push({
      kind: 'unwise',
      rule: 'no go',
      what: `The first visit is on ${longDay(first)}, and there is no decision to proceed.`,
      about: toOperationSubject(plan),
      why: 'A commander must approve the plan before the first visit.',
      cure: 'Record the decision to proceed, with its reason.',
    });
  }
  return advice;
}

/** Checks that someone reads requests for help, and that there is a private place to talk. */
function supportAdvice(plan: Plan, coming: readonly VisitInPlan[]): Advice[] {
  if (coming.length === 0) return [];
  const advice: (Advice | false)[] = [
    !plan.participants.some(({ roles }) => roles.includes('safeguarding lead')) && {
      kind: 'unwise',
      rule: 'nobody reads notes',
      what: 'No safeguarding lead takes part in this operation.',
      about: toOperationSubject(plan),
      why: 'Nobody would read the safeguarding notes of the visits.',
      cure: 'Add a safeguarding lead of a support agency. If no such agency takes part yet, add it as a partner.',
    },
    !plan.participants.some(({ duty }) => duty === 'runs reception') && {
      kind: 'note',
      rule: 'no reception',
      what: 'Nobody runs a reception, where people can rest and talk in private.',
      about: toOperationSubject(plan),
      why: 'Few people say what they need on a doorstep.',
      cure: 'Give somebody of a support agency the duty “Runs reception”.',
    },
  ];
  return advice.filter((one) => one !== false);
}
