/** GOV.UK's task list: each task with its state. Shown by the macro of govuk-frontend. */
import { capital } from '../../vocabulary/languages/english.ts';

export const taskStates = ['not started', 'in progress', 'needs attention', 'done'] as const;
export type TaskState = (typeof taskStates)[number];

/** One row of the list. */
export type TaskItem = {
  readonly title: { readonly text: string };
  readonly hint?: { readonly text: string } | undefined;
  readonly href: string | undefined;
  readonly status: { readonly text: string } | { readonly tag: { readonly text: string; readonly classes: string } };
};
export type TaskList = { readonly title: string; readonly items: readonly TaskItem[] };

const tags: Record<Exclude<TaskState, 'done'>, string> = {
  'not started': 'govuk-tag--grey',
  'in progress': 'govuk-tag--light-blue',
  'needs attention': 'govuk-tag--red',
};

/** Without an address, the task is text: the reader may not do it. */
export const toTaskItem = (title: string, state: TaskState, href: string | undefined, hint?: string): TaskItem => ({
  title: { text: title },
  hint: hint === undefined ? undefined : { text: hint },
  href,
  status: state === 'done' ? { text: 'Done' } : { tag: { text: capital(state), classes: tags[state] } },
});

/** “3 of 8 done”. */
export const countDone = (tasks: readonly { readonly state: TaskState }[]): string =>
  `${tasks.filter(({ state }) => state === 'done').length} of ${tasks.length} done`;
