/** The forms of this module: a new action, the help that was offered, the health clocks to start, and how an action ended. */
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type FormPage } from '../../platform/rendering/pages.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { nations } from '../../vocabulary/calendar/working-days.ts';
import { actionPaths } from '../../vocabulary/paths/safeguarding/actions.ts';
import { meetingPaths } from '../../vocabulary/paths/safeguarding/meetings.ts';
import { endings, type StartRefusal, spans, type Task, type TaskRefusal } from './action.ts';
import { caseClocks, type TaskRule } from './due.ts';
import { formatTerm } from './pages.ts';

const nation = (ask: FieldBuilder): Field =>
  ask.choose('nation', 'Place of the work', nations, {
    value: nations[0],
    hint: 'The bank holidays of this place count as days off',
  });
const caseWords: Record<(typeof caseClocks)[number], string> = {
  'police-protection': 'The 72 hours of police protection of a child',
};

export type TaskStart = {
  readonly id: string;
  readonly personId: Task['personId'];
  readonly called: string;
  readonly day: string;
  readonly time: string;
};

export const taskFormPage = (begin: TaskStart): FormPage => ({
  ...formOf(begin, actionPaths.add(begin.personId)),
  title: 'Add an action',
  fields: (ask) => [
    ask.words('what', 'Action', { rows: 2, most: 500 }),
    ask.one('by', 'By when', [...spans, ...caseClocks.map((value) => ({ value, text: caseWords[value] }))], {
      hint: 'Hours include nights and holidays. “Today” ends at midnight. Working days end at 5pm, and the first day does not count.',
    }),
    ask.day('day', 'Start date', { value: begin.day }),
    ask.time('time', 'Start time', { value: begin.time }),
    nation(ask),
    ask.formId(begin.id),
  ],
  button: 'Add it',
});

const formOf = ({ personId, called }: TaskStart, action: string) => ({
  caption: called,
  action,
  ...backTo(actionPaths.ofPerson(personId), `Actions for ${called}`),
});

export const offerPage = (begin: TaskStart): FormPage => ({
  ...formOf(begin, actionPaths.addOffered(begin.personId)),
  title: 'Add a check that help arrived',
  lead: [
    'After 28 and after 90 days a colleague asks the person, in a safe way, whether the help arrived. The figures also count the people whom nobody asked.',
    'Use this form for help that other agencies offered. If you record an offer under “Needs and support”, Safelight adds a later action: to check whether the help arrived.',
  ],
  fields: (ask) => [
    ask.words('what', 'Help offered, and the agency that offered it', { rows: 2, most: 500 }),
    ask.day('day', 'Offered on', { value: begin.day }),
    nation(ask),
    ask.formId(begin.id),
  ],
  button: 'Ask after 28 and 90 days',
});

export const notHealth =
  'Only a health agency can start these time limits and keep them up to date. Call your nurse, who asks the person. The time for treatment or samples runs out even if nobody records it.';

/** `nurse`: whether this is a health agency, which alone starts the clocks. */
export type HealthStart = TaskStart & { readonly clocks: readonly TaskRule[]; readonly nurse: boolean };

export const healthPage = ({ clocks, nurse, ...begin }: HealthStart): FormPage => ({
  ...formOf(begin, actionPaths.addHealth(begin.personId)),
  title: 'Start health clocks',
  lead: [
    'Health clocks show how long the person can still ask for treatment or samples. They are not medical advice. The person can refuse all treatment and samples.',
    'Ask only what you need to work out the hours. Police cannot see the answers. Help does not depend on the answers.',
  ],
  ...(!nurse && { closed: true, warning: notHealth }),
  fields: (ask) => [
    ask.many(
      'clocks',
      'Which',
      clocks.map((rule) => ({
        value: rule.id,
        text: `${rule.name}: ${formatTerm(rule)}`,
        hint: { text: `To check: ${rule.check.join(' ')}` },
      })),
    ),
    ask.day('day', 'Date it happened', {
      value: begin.day,
      hint: 'If nobody knows the exact time, enter the earliest possible time',
    }),
    ask.time('time', 'The time'),
    ask.day('untilDay', 'The latest day that it may have been', { hint: 'Only if nobody knows just when' }),
    ask.time('untilTime', 'The latest time', { hint: 'Only if nobody knows just when' }),
    ask.formId(begin.id),
  ],
  button: 'Start them',
});

/** `meeting`: where the form was opened from, if from a meeting. */
export const finishPage = (task: Task, called: string, meeting?: string): FormPage => ({
  title: 'How it ended',
  caption: `${task.what}, for ${called}`,
  action: withQuery(actionPaths.finish(task.id), { meeting }),
  cancel: meeting ? meetingPaths.meeting(meeting) : actionPaths.action(task.id),
  lead:
    task.way === 'a question whether help arrived'
      ? [
          'Contact the person only in the way that the record says is safe. If there is no safe way to contact the person, record that here. It counts as an answer.',
        ]
      : [],
  fields: (ask) => [
    ask.one('ending', 'How did it end?', endings[task.way]),
    ask.words('endedWith', 'Other important information', { hint: 'If anything', rows: 3, most: 1_000 }),
  ],
});

export const startErrors: Record<StartRefusal, FormErrors> = {
  'not yet': { day: 'This is still to come. Enter when it began' },
  'ends before it begins': { untilDay: 'The latest must be after the earliest' },
};
export const taskErrors: Record<TaskRefusal, FormErrors> = {
  'done already': { '': 'Somebody has ended this already' },
  'no ending of this': { ending: 'Select how it ended' },
};
