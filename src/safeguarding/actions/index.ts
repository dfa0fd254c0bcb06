/** The interface of the actions module: for people, questions after accepted help; for concerns, the clocks that run. */
export { caseFollowed, helpFollowed } from './arrival.ts';
export { tasksBeside } from './beside.ts';
export { handoverRoutes, tasksDesk } from './handover-routes.ts';
export { heldOfTasks } from './held-store.ts';
export { up as tasksMigration } from './migrations/0058-tasks.ts';
export { tasksPolicy } from './policy.ts';
export { taskRoutes } from './routes.ts';
export type { TaskTables } from './store.ts';
export type { Task, TaskId } from './task.ts';
