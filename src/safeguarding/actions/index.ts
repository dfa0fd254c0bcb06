/** The door of what is to be done for people: to the room of people, that help was taken up and is to be asked about; to concerns, that a clock of theirs runs. */
export { caseFollowed, helpFollowed } from './arrival.ts';
export { tasksBeside } from './beside.ts';
export { handoverRoutes, tasksDesk } from './handover-routes.ts';
export { heldOfTasks } from './held-store.ts';
export { up as tasksMigration } from './migrations/0058-tasks.ts';
export { tasksPolicy } from './policy.ts';
export { taskRoutes } from './routes.ts';
export type { TaskTables } from './store.ts';
export type { Task, TaskId } from './task.ts';
