/** The door of what is to be done for people: to later rooms, that help was offered and is to be asked about. */
export { tasksBeside } from './beside.ts';
export { handoverRoutes, tasksDesk } from './handover-routes.ts';
export { up as tasksMigration } from './migrations/0058-tasks.ts';
export { tasksPolicy } from './policy.ts';
export { arrivalTasks, taskRoutes } from './routes.ts';
export { addTask, type TaskTables } from './store.ts';
export type { Task, TaskId } from './task.ts';
