/** The groups in which a return shows its figures. */
import type { Indicator } from '../../vocabulary/figures.ts';

/** Groups of figures in the order of the work; together they hold every indicator once. */
export const figureGroups: readonly (readonly [title: string, lead: string, of: readonly Indicator[]])[] = [
  [
    'Effort',
    'These figures show planned and finished work.',
    ['premises.planned', 'premises.visited', 'visits.made', 'people.deployed', 'warrants.executed'],
  ],
  [
    'At the door',
    'These figures show people encountered and indicators of control. An indicator does not prove or rule out exploitation.',
    ['people.spokenTo', 'people.interpreted', 'visits.withSigns', 'visits.withoutSigns'],
  ],
  [
    'Checked at visits',
    'Numbers in the search records. If a team entered and gave no number, the figure is the least it can be.',
    ['checks.people', 'checks.vehicles', 'checks.documents'],
  ],
  [
    'Enforcement',
    'Arrests, suspects and seizures. Cash is in whole pounds; other currencies stand apart.',
    ['arrests.made', 'arrests.premises', 'suspects.identified', 'seizures.made', 'cash.seized'],
  ],
  [
    'Referrals by officers',
    'Police and immigration officers sent these as first responders. Referrals by support agencies are not included. Counts are shown like those of people helped.',
    ['nrm.sent', 'nrm.referred', 'nrm.notified'],
  ],
  [
    'Referrals by support agencies',
    'Councils, charities and other support agencies submitted these as first responders, by kind. Officers may have referred the same people, so do not add these to the referrals by officers. Counts are shown like those of people helped.',
    ['nrm.sentBySupport', 'nrm.referredBySupport', 'nrm.notifiedBySupport'],
  ],
  [
    'Potential victims',
    'Officers and authors of safeguarding notes record these separately. One person can be in both figures, so do not add them. Counts are shown like those of people helped.',
    ['victims.byOfficers', 'victims.inNotes'],
  ],
  [
    'People helped',
    'These totals come from the safeguarding database. They are rounded up or down to a multiple of 5. “Fewer than 5” can also mean nobody. This keeps people from being recognised.',
    ['people.advised', 'needs.recorded', 'referrals.made', 'referrals.accepted'],
  ],
  [
    'Work without a result',
    'Read the other figures together with these. Without these figures, the other figures seem to show more than they do.',
    ['visits.nobodyFound', 'visits.refused', 'visits.calledOff', 'people.declinedPolice', 'referrals.declined'],
  ],
  [
    'Harms',
    'These figures show possible harm to people who may be victims. Seized money is listed under seizures, as cash.',
    ['arrests.screened', 'arrests.notScreened', 'arrests.concern', 'damage.done'],
  ],
];

const figureOrder: readonly string[] = figureGroups.flatMap(([, , of]) => of);

/** In the order of the groups; names of other editions last. */
export function sortFigureNames<Name extends string>(names: readonly Name[]): Name[] {
  const placeOf = (name: string): number =>
    figureOrder.includes(name) ? figureOrder.indexOf(name) : figureOrder.length;
  return [...names].sort((a, b) => placeOf(a) - placeOf(b) || (a < b ? -1 : 1));
}
