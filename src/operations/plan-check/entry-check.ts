/** Checks each planned visit against the law of entry in the catalogue, and words the result for planners. Pure. */

import type { Agency } from '../../identity/agencies/index.ts';
import type { Agreement } from '../../identity/agreements/index.ts';
import { dayOf, instantAt } from '../../platform/clock.ts';
import { addDays, longDay } from '../../vocabulary/calendar/days.ts';
import { listOf } from '../../vocabulary/languages/english.ts';
import type { Invitation } from '../invitations/invitation.ts';
import type { Power } from '../plan/planned-power.ts';
import { endOf, startOf, type VisitInPlan } from '../plan/planned-visit.ts';
import type { Premises } from '../plan/premises.ts';
import { listUses, type VisitRecords } from '../plan/visit-outcome.ts';
import type { Decision } from '../policy-log/decision.ts';
import { findPower } from '../powers-of-entry/load.ts';
import {
  type Fault,
  type FaultKind,
  findFaults,
  type PowerEntry,
  type Source,
} from '../powers-of-entry/power-in-law.ts';
import type { BriefingTime } from '../premises-restriction/briefing-time.ts';
import type { OperationInWeek, Participant, Partner, Team, TeamMember } from '../weeks/operation.ts';
import { findById } from './by-id.ts';
import { findGrantBar, findNightRule } from './entry-bar.ts';

export type Plan = {
  readonly operation: OperationInWeek;
  readonly partners: readonly Partner[];
  /** Of partners that were invited, with their answers. */
  readonly invitations: readonly Invitation[];
  readonly agreements: readonly Agreement[];
  readonly participants: readonly Pick<
    Participant,
    'memberId' | 'duty' | 'roles' | 'name' | 'title' | 'agencyId' | 'agencyName'
  >[];
  readonly teams: readonly Team[];
  /** Without those whose partner declined. */
  readonly members: readonly TeamMember[];
  /** On a team of this plan, but their partner declined. */
  readonly notComing: readonly TeamMember[];
  /** When each team is briefed: its targets are sealed to it until then. */
  readonly briefed: ReadonlyMap<string, BriefingTime>;
  readonly premises: readonly Premises[];
  readonly powers: readonly Power[];
  readonly visits: readonly VisitInPlan[];
  readonly decisions: readonly Decision[];
  readonly agencies: readonly Agency[];
};

export const adviceKinds = ['unlawful', 'unwise', 'note'] as const;
export type AdviceKind = (typeof adviceKinds)[number];

export type AdviceSubject = {
  readonly of: 'operation' | 'premises' | 'team';
  readonly id: string;
  readonly name: string;
};

export type Advice = {
  readonly kind: AdviceKind;
  /** The rule that was checked, so that code can tell checks apart. */
  readonly rule: AdviceRule;
  readonly what: string;
  readonly about: AdviceSubject;
  /** The visit that the finding is about, if any. */
  readonly visitId?: string;
  /** The premises of that visit, where the finding itself is about something else. */
  readonly premisesId?: string;
  /** The power that the finding is about, if any. */
  readonly powerId?: string;
  readonly why: string;
  readonly cure: string;
  readonly source?: Source;
  /** Who acknowledged this warning, when, and why. */
  readonly acknowledged?: Pick<Decision, 'decidedBy' | 'recordedAt' | 'reason'>;
};

export type AdviceRule =
  | FaultKind
  | 'not granted yet'
  | 'refused'
  | 'executed already'
  | 'further entry'
  | 'executed too late'
  | 'executed before the grant'
  | 'past its last day'
  | 'no power'
  | 'partner not accepted'
  | 'partner declined'
  | 'member does not come'
  | 'no agreement on file'
  | 'consent refused before'
  | 'by night'
  | 'no interpreter'
  | 'no referrer'
  | 'immigration undecided'
  | 'immigration unrecorded'
  | 'immigration on the team'
  | 'no visit'
  | 'home not known'
  | 'no order'
  | 'one team in two places'
  | 'one person in two teams'
  | 'no lead'
  | 'nobody on the team'
  | 'cannot read the briefing'
  | 'no longer takes part'
  | 'outside the operation'
  | 'outside what the team sees'
  | 'before the briefing'
  | 'seen at once'
  | 'outside the week'
  | 'no go'
  | 'no-go stands'
  | 'visit added'
  | 'no reception'
  | 'nobody reads notes'
  | 'helper reads no notes'
  | 'risks not recorded';

export const toPremisesSubject = ({ premises }: VisitInPlan): AdviceSubject => ({
  of: 'premises',
  id: premises.id,
  name: premises.name,
});

/** The wording of each legal problem for planners. */
const faultMessages: Record<FaultKind, { readonly what: (about: string) => string; readonly cure: string }> = {
  'not in force': {
    what: (day) => `The catalogue has no rule in force for this power on ${day}`,
    cure: 'Check the statute as it stood on that day, or choose another power.',
  },
  lapsed: {
    what: (day) => `The power lapses before the visit. Its last day is ${day}`,
    cure: 'Apply for the power again, or move the visit to an earlier day.',
  },
  'perhaps lapsed': {
    what: (day) => `The power perhaps lapses before the visit. By the shorter reading, its last day is ${day}`,
    cure: 'Read the paper and the statute, and enter the last day that it says.',
  },
  'wrong holder': {
    what: (kind) => `This power cannot be held by an agency of this kind: ${kind}`,
    cure: 'Let the agency that may hold it apply, or choose another power.',
  },
  'a home': {
    what: () => 'This power stops at a home, and somebody lives or sleeps here',
    cure: 'Choose a power that reaches a home, or wait for the occupier’s consent.',
  },
  'perhaps a home': {
    what: () => 'This power stops at a home, and it is not known whether somebody lives here',
    cure: 'Find out who lives or sleeps here and write it on the premises.',
  },
  'wrong purpose': {
    what: (purpose) => `The wrong power for this: ${purpose}`,
    cure: 'Choose the power that is meant for it, or leave that purpose out.',
  },
  'outside its purpose': {
    what: (purpose) => `This power is not for this: ${purpose}`,
    cure: 'Choose another power for it, or leave that purpose out.',
  },
  'nobody may execute it': {
    what: (names) => `Nobody on the team may carry out this power. On it are: ${names}`,
    cure: 'Put somebody on the team who may, or choose another power.',
  },
  'not named': {
    what: (names) => `${names} cannot enter under this warrant, because it does not name them`,
    cure: 'Ask for these partners to be named on the warrant. Otherwise, they must wait outside until the occupier agrees.',
  },
  'needs the occupier': {
    what: (names) => `${names} can enter only if the occupier agrees`,
    cure: 'Plan who asks the occupier, and in what language. Plan where these people wait until the occupier agrees.',
  },
  'arises at the door': {
    what: () => 'This power arises at the door and cannot be planned on',
    cure: 'Plan on a warrant or on consent. Use this one only if its ground arises.',
  },
};

const withSource = (source: Source | null | undefined): { readonly source?: Source } => (source ? { source } : {});

function toAdvice(fault: Fault, about: AdviceSubject): Advice {
  const { what, cure } = faultMessages[fault.kind];
  const matter = listOf(fault.about.map((text) => (/^\d{4}-/.test(text) ? longDay(text) : text)));
  return {
    kind: fault.unlawful ? 'unlawful' : 'unwise',
    rule: fault.kind,
    what: `${what(matter)}.`,
    about,
    why: fault.says,
    cure,
    ...withSource(fault.source),
  };
}

/** Reasons why the planned entry of this visit would be unlawful or risky. A team that is late goes in now, which may be the next day. */
export function entryAdvice(plan: Plan, visit: VisitInPlan, now: Date): Advice[] {
  const entryDay = dayOf(new Date(Math.max(startOf(visit).getTime(), now.getTime())));
  const about = toPremisesSubject(visit);
  const power = findById(plan.powers, visit.powerId);
  const rule = power && findPower(power.basis, power.decidedOn ?? visit.day);
  if (!power || !rule) {
    return [
      {
        kind: 'unwise',
        rule: 'no power',
        visitId: visit.id,
        what: `No power of entry is chosen for the visit on ${longDay(visit.day)}.`,
        about,
        why: 'At the door somebody will ask by what right the team comes in.',
        cure: 'Choose a warrant, consent, or a welfare visit by implied licence.',
      },
    ];
  }
  const faults = findFaults(rule, {
    day: entryDay,
    issuedOn: power.decidedOn,
    lastDay: power.expiresOn,
    holder: plan.partners.find(({ id }) => id === power.holderId)?.kind ?? null,
    purposes: power.purposes,
    dwelling: dwellingOf(plan, visit),
    enters: listEnteringPartners(plan, visit, power),
  });
  const advice = [
    ...powerStateAdvice(power, rule, visit, entryDay),
    ...faults.map((fault) => toAdvice(fault, about)),
    ...nightAdvice(rule, visit),
    ...pastMidnightAdvice(power, rule, visit, entryDay),
  ];
  return advice.map((one) => ({ ...one, visitId: visit.id, powerId: power.id }));
}

/** By night the planner gets a question. */
function nightAdvice(rule: PowerEntry, visit: VisitInPlan): Advice[] {
  const atNight = findNightRule(rule, visit.starts);
  if (atNight === null) return [];
  return [
    {
      kind: 'unwise',
      rule: 'by night',
      what: `The visit on ${longDay(visit.day)} begins at ${visit.starts}: ${rule.name}.`,
      about: toPremisesSubject(visit),
      why: atNight,
      cure: 'Move it into the day. If it must be then, acknowledge this warning and say why a search by day may be frustrated.',
      ...withSource(rule.sources[0]),
    },
  ];
}

/** A power ends at midnight. Entry and search must both be over by then (PACE s.16(3)). */
function pastMidnightAdvice({ expiresOn }: Power, rule: PowerEntry, visit: VisitInPlan, entryDay: string): Advice[] {
  if (expiresOn === null || entryDay > expiresOn) return [];
  if (endOf(visit) <= instantAt(addDays(expiresOn, 1), '00:00')) return [];
  return [
    {
      kind: 'unwise',
      rule: 'past its last day',
      what: `The visit on ${longDay(visit.day)} runs past midnight, when the power ends.`,
      about: toPremisesSubject(visit),
      why: rule.lasts.says,
      cure: 'Begin earlier, or plan a shorter visit. The team must have left by midnight.',
      ...withSource(rule.sources[0]),
    },
  ];
}

/** A house or flat counts as a home, whatever the premises record says. */
function dwellingOf(plan: Plan, visit: VisitInPlan): Premises['dwelling'] {
  if (visit.premises.business === 'residential business') return 'yes';
  return findById(plan.premises, visit.premisesId)?.dwelling ?? 'not known';
}

/** The partners whose people are on the team, each once. */
function listEnteringPartners(plan: Plan, visit: VisitInPlan, power: Power) {
  const ids = new Set(plan.members.filter(({ teamId }) => teamId === visit.teamId).map(({ partnerId }) => partnerId));
  return plan.partners
    .filter(({ id }) => ids.has(id))
    .map(({ id, kind, printedName }) => ({ kind, name: printedName, named: power.accompanying.includes(id) }));
}

function powerStateAdvice(power: Power, rule: PowerEntry, visit: VisitInPlan, day: string): Advice[] {
  const bar = findGrantBar(power, rule, day);
  const shared = { kind: 'unlawful', about: toPremisesSubject(visit), ...withSource(rule.sources[0]) } as const;
  if (bar === 'not granted yet') {
    return [
      {
        ...shared,
        rule: 'not granted yet',
        what: `Not granted yet: ${rule.name}, for the visit on ${longDay(visit.day)}.`,
        why: 'Until it is granted it lets nobody in.',
        cure: power.state === 'planned' ? 'Apply for it, and write down when.' : 'Write down what the court decided.',
      },
    ];
  }
  if (bar === 'refused') {
    return [
      {
        ...shared,
        rule: 'refused',
        what: `Refused: ${rule.name}.`,
        why: 'What was refused lets nobody in.',
        cure: 'Choose another power for the visit, or call it off.',
      },
    ];
  }
  return [];
}

/** Recorded uses of a power on a day on which it was not in force. What a team recorded counts as much as what the planner recorded. */
export function pastUseAdvice(plan: Plan, power: Power, made: VisitRecords): Advice[] {
  const premises = findById(plan.premises, power.premisesId);
  if (!premises) return [];
  const moments = listUses(power, made).map(({ arrivedAt }) => arrivedAt);
  const days = new Set([...moments, ...(power.executedAt ? [power.executedAt] : [])].map(dayOf));
  return [...days].sort().flatMap((day) => {
    const rule = findPower(power.basis, power.decidedOn ?? day);
    const wrong = findWrongUse(power, rule, day);
    return wrong
      ? [
          {
            ...wrong,
            kind: 'unlawful',
            about: { of: 'premises', id: premises.id, name: premises.name },
            powerId: power.id,
            cure: 'Tell the senior officer and the force’s legal adviser. If a date is missing or was typed wrongly, correct it.',
            ...withSource(rule?.sources[0]),
          },
        ]
      : [];
  });
}

function findWrongUse(
  power: Power,
  rule: PowerEntry | undefined,
  day: string,
): Pick<Advice, 'rule' | 'what' | 'why'> | undefined {
  const { decidedOn, expiresOn } = power;
  const bar = rule && findGrantBar(power, rule, day);
  if (bar)
    return {
      rule: 'executed before the grant',
      what:
        bar === 'refused'
          ? `Used on ${longDay(day)}, but it was refused: ${rule.name}.`
          : decidedOn === null || decidedOn <= day
            ? `Used on ${longDay(day)}, but no grant is recorded: ${rule.name}.`
            : `Used on ${longDay(day)}, before it was granted on ${longDay(decidedOn)}: ${rule.name}.`,
      why: 'Until it is granted it lets nobody in.',
    };
  if (expiresOn === null || day <= expiresOn) return undefined;
  return {
    rule: 'executed too late',
    what: `Used on ${longDay(day)}, after its last day, ${longDay(expiresOn)}.`,
    why: rule?.lasts.says ?? 'A power holds no longer than it says.',
  };
}
