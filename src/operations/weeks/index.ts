/** Public interface of weeks: weeks of action, the operation in each, and who takes part. */

export type { Operation, Partner, Team, TeamMember } from './operation.ts';

export { listOperations } from './store.ts';
