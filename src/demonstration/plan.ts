/** Plans an operation step by step, as its planner and commander do it on the pages. */
import { calculateExpiry, findPower, powerName } from '../operations/powers-of-entry/index.ts';
import { type MemberKey, members } from '../tour/index.ts';
import { addDays } from '../vocabulary/calendar/days.ts';
import { operationPaths, premisesPaths, weekPaths } from '../vocabulary/paths/operations.ts';
import type { Stage } from './application-player.ts';
import type { PartnerData, PremisesData, TeamData } from './data/week.ts';
import { dateFields, idFromAddress, labelled } from './staff-walker.ts';

export type OperationPlan = {
  readonly week: {
    readonly name: string;
    readonly lead: string;
    readonly focus: string;
    readonly starts: string;
    readonly ends: string;
    readonly countries: readonly string[];
    readonly parent?: string;
    readonly note?: string;
  };
  readonly codeName: string;
  readonly unit: string;
  readonly starts: string;
  readonly ends: string;
  readonly parts: readonly PartnerData[];
  readonly teams: readonly TeamData[];
  readonly places: readonly PremisesData[];
  readonly decisions: readonly { readonly words: string; readonly reason: string; readonly alternative?: string }[];
  /** Reasons of the go decision; left out if there is none yet. */
  readonly go?: string;
};

export type Planned = { readonly operation: string; readonly premises: ReadonlyMap<string, string> };

const inspector = 'Detective Inspector Dana Holt';
export const nameOf = (key: MemberKey): string => members.find((member) => member.key === key)?.name ?? '';

export async function planWeek(stage: Stage, { week }: Pick<OperationPlan, 'week'>): Promise<string> {
  const planner = stage.as('planner');
  const page = await planner.fill(weekPaths.add(), {
    name: week.name,
    lead: week.lead,
    focus: [week.focus],
    countries: week.countries.join('\n'),
    note: week.note ?? '',
    ...dateFields('starts', week.starts),
    ...dateFields('ends', week.ends),
    ...(week.parent && { parentId: labelled(week.parent) }),
  });
  return idFromAddress(page);
}

/** Needs its week to have been planned. */
export async function planOperation(stage: Stage, plan: OperationPlan): Promise<Planned> {
  const planner = stage.as('planner');
  const operation = idFromAddress(
    await planner.fill(operationPaths.add(), {
      weekId: labelled(plan.week.name),
      codeName: plan.codeName,
      unit: plan.unit,
      area: 'Hertfordshire',
      ...dateFields('starts', plan.starts),
      ...dateFields('ends', plan.ends),
    }),
  );
  await addToOperation(stage, operation, plan);
  const premises = new Map<string, string>();
  for (const place of plan.places) premises.set(place.name, await planPremises(stage, operation, plan, place));
  const planned = { operation, premises };
  await obtainPowers(stage, plan, planned);
  for (const decision of plan.decisions) {
    await planner.fill(operationPaths.addDecision(operation), {
      decidedBy: inspector,
      alternative: '',
      ...decision,
    });
  }
  if (plan.go) {
    const commander = stage.as('commander');
    await commander.fill(operationPaths.goDecision(operation), {
      kind: 'go',
      decidedBy: 'Superintendent Helen Brandt',
      reason: plan.go,
      alternative: 'Waiting for the next week of action',
    });
  }
  return planned;
}

async function addToOperation(stage: Stage, operation: string, plan: OperationPlan): Promise<void> {
  const planner = stage.as('planner');
  for (const { agency, printed, official, resources, people } of plan.parts) {
    if (agency) {
      await planner.fill(operationPaths.addPartner(operation), {
        agencyId: labelled(agency),
        printedName: printed,
        officialName: official,
        ...Object.fromEntries(Object.entries(resources).map(([what, count]) => [`resources-${what}`, count])),
      });
    }
    for (const [duty, keys] of Object.entries(people)) {
      const addPage = await planner.follow(operationPaths.people(operation), `of ${printed}`);
      await planner.fill(addPage, { people: keys.map((key) => labelled(nameOf(key))), duty });
    }
  }
  for (const team of plan.teams) {
    await planner.fill(operationPaths.addTeam(operation), {
      name: team.name,
      members: team.members.map((key) => labelled(nameOf(key))),
      leadId: labelled(nameOf(team.lead)),
    });
    const { time, place, reason } = team.briefed;
    await planner.fill(`${await planner.follow(operationPaths.briefings(operation), `, ${team.name}`)}/set`, {
      ...dateFields('day', addDays(plan.starts, -1)),
      ...{ time, place, reason },
    });
  }
}

async function planPremises(
  stage: Stage,
  operation: string,
  plan: OperationPlan,
  place: PremisesData,
): Promise<string> {
  const planner = stage.as('planner');
  const { business, name, address, town, dwelling, priority, reason } = place;
  const page = await planner.fill(operationPaths.addPremises(operation), {
    ...{ business, name, address, town, dwelling, priority, reason },
    postcode: '',
    risks: place.risks ?? 'None known. Seen from the street on two days.',
    ...(place.nobodyToRefer && { referrerId: '' }),
  });
  const id = idFromAddress(page);
  if (place.languages) {
    await planner.fill(premisesPaths.languages(id), {
      languages: place.languages,
      interpreter: place.interpreter ?? '',
    });
  }
  if (!place.nobodyToRefer) {
    await planner.fill(premisesPaths.referrer(id), {
      referrerId: labelled('Lea Vale County Council'),
      referrerOnCall: 'Ruth Adeyemi',
      referrerContact: '01632 960 230, duty desk',
    });
  }
  if (place.immigration) await decideImmigration(stage, id, place.immigration);
  await addPower(stage, id, plan, place);
  for (const { day, starts } of [...(place.calledOff ? [place.calledOff] : []), place]) {
    await planner.fill(premisesPaths.addVisit(id), {
      teamId: labelled(place.team),
      powerId: labelled(powerName(place.basis)),
      minutes: 60,
      turn: '',
      starts,
      ...dateFields('day', addDays(plan.starts, day)),
    });
  }
  return id;
}

async function decideImmigration(stage: Stage, id: string, immigrationEntry: string): Promise<void> {
  const planner = stage.as('planner');
  const away = immigrationEntry === 'not present';
  await planner.fill(premisesPaths.immigration(id), {
    immigrationEntry,
    decidedBy: inspector,
    reason: away
      ? 'People there may be exploited. They will not speak while immigration officers are in the room.'
      : 'Immigration officers are looking for two people who are known to be there. We offer help first.',
    alternative: away ? 'Asking them to wait nearby until called' : 'A visit without them, and theirs on another day',
  });
}

async function addPower(stage: Stage, id: string, plan: OperationPlan, place: PremisesData): Promise<void> {
  const planner = stage.as('planner');
  await planner.fill(premisesPaths.addPower(id), {
    basis: place.basis,
    purposes: place.purposes,
    holderId: labelled(place.holder ?? plan.unit),
    heldBy: '',
    reference: '',
    note: '',
    accompanying: accompanyingOptions(place),
  });
}

const issuedOn = (plan: OperationPlan, place: PremisesData): string =>
  addDays(addDays(plan.starts, place.day), -(place.issuedBefore ?? 10));

/** Granted powers, in the order of their dates. */
async function obtainPowers(stage: Stage, plan: OperationPlan, planned: Planned): Promise<void> {
  const wanted = plan.places.filter(({ reference }) => reference);
  for (const place of wanted.sort((a, b) => issuedOn(plan, a).localeCompare(issuedOn(plan, b)))) {
    const issued = issuedOn(plan, place);
    stage.notBefore(issued, '10:00');
    const planner = stage.as('planner');
    const id = planned.premises.get(place.name) ?? '';
    const page = await planner.read(premisesPaths.premises(id));
    const power = /\/powers\/([0-9a-f-]{36})/.exec(page)?.[1] ?? '';
    await planner.fill(premisesPaths.powerStep(id, power, 'applied-for'), {
      reference: '',
      ...dateFields('on', issued),
    });
    await planner.fill(premisesPaths.powerStep(id, power, 'granted'), {
      reference: place.reference ?? '',
      accompanying: accompanyingOptions(place),
      ...dateFields('on', issued),
      ...dateFields('lastDay', getLastDay(place.basis, issued)),
    });
  }
}

/** A warrant shows the last day on which it can be used. */
function getLastDay(basis: string, issued: string): string {
  const rule = findPower(basis, issued);
  const expiry = rule && calculateExpiry(rule, issued);
  if (expiry?.kind !== 'lapses') throw new Error(`the demonstration has no last day for ${basis}`);
  return expiry.surelyUntil;
}

const accompanyingOptions = ({ basis, named = basis === 'pace-s8' ? ['safeguarding nurses'] : [] }: PremisesData) =>
  named.map(labelled);
