/** Public interface of weeks: weeks of action, the operation in each, and who takes part. */

export type { Operation, Partner, Team, TeamMember } from './operation.ts';

export { addWeek, listOperations, listWeeks, lockWeek, lockWeeks, saveWeek } from './store.ts';
export { checkWeek, type Week, type WeekRefusal } from './week.ts';
