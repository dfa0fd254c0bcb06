/** Public interface of visits: what happened at the premises, as an onlooker could see it. */
export { readCaseNames } from './case-names.ts';
export { type CountableVisits, othersAt, readVisits } from './counts.ts';

export { onCallItems } from './on-call-first-responders.ts';

export { getHelp, type Help, type Meeting, seeMeeting, type Told, tellApart } from './store.ts';
export { heldAtVisits, namesBeside } from './subject-access-store.ts';
export { isEntered } from './visit.ts';
