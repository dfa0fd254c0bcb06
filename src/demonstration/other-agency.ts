/** An operation of the regional crime unit whose one visit is to premises that the police force plans to visit, too. Neither sees the other’s plan; both named whom to ring. */
import { addDays } from '../vocabulary/calendar/days.ts';
import { deconflictionPaths } from '../vocabulary/paths/intelligence.ts';
import { operationPaths, premisesPaths } from '../vocabulary/paths/operations.ts';
import type { Stage } from './application-player.ts';
import { nameOf, type OperationPlan } from './plan.ts';
import { dateFields, idFromAddress, labelled } from './staff-walker.ts';

const hours = 'Day and night';

/** Needs the week of the police force's plan. */
export async function planElsewhere(stage: Stage, { week, starts, ends }: OperationPlan): Promise<void> {
  const force = stage.as('planner');
  await force.fill(deconflictionPaths.contact(), { name: 'Duty inspector', telephone: '01632 960 210', hours });

  const planner = stage.as('regionPlanner');
  await planner.fill(deconflictionPaths.contact(), { name: 'Operations desk', telephone: '01632 960 340', hours });
  const operation = idFromAddress(
    await planner.fill(operationPaths.add(), {
      weekId: labelled(week.name),
      codeName: 'Operation Tideline',
      unit: 'Exploitation Team',
      area: 'Hertfordshire',
      ...dateFields('starts', starts),
      ...dateFields('ends', ends),
    }),
  );
  const lead = labelled(nameOf('regionPlanner'));
  await planner.fill(operationPaths.addTeam(operation), { name: 'Tideline team', members: [lead], leadId: lead });
  const premises = idFromAddress(
    await planner.fill(operationPaths.addPremises(operation), {
      ...{ business: 'hotel or guesthouse', name: 'Guest house', address: '2 Larkfield Ave', town: 'Hemel Hempstead' },
      ...{ postcode: '', dwelling: 'yes', priority: 'high', risks: 'Two doors to the street.' },
      reason: 'Vans fetch guests before dawn and bring them back after dark.',
      referrerId: '',
    }),
  );
  await planner.fill(premisesPaths.addVisit(premises), {
    ...{ teamId: labelled('Tideline team'), powerId: '', minutes: 60, turn: '', starts: '18:30' },
    ...dateFields('day', addDays(starts, 4)),
  });
}
