/** The interface of the actions module: for people, questions after accepted help; for concerns, the clocks that run. */

export { handoverRoutes, tasksDesk } from '../handovers/routes.ts';
export type { Task, TaskId } from './action.ts';
export { up as tasksMigration } from './migrations/0058-tasks.ts';
export { caseFollowed, helpFollowed } from './new-actions.ts';
export { tasksBeside } from './person-summary.ts';
export { tasksPolicy } from './policy.ts';
export { taskRoutes } from './routes.ts';
export type { TaskTables } from './store.ts';
export { heldOfTasks } from './subject-access-store.ts';
