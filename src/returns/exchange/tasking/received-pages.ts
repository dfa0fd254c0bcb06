/** Pages of received taskings: the list with the keys of coordinators, the import, one tasking, and the comparison of its key. */

import { fingerprintOf } from '../../../platform/crypto/exchange-key.ts';
import type { FormErrors } from '../../../platform/forms/forms.ts';
import {
  backTo,
  type FormPage,
  type Section,
  type SectionsPage,
  type StateItem,
  type SummaryRow,
} from '../../../platform/rendering/pages.ts';
import { dayRange } from '../../../vocabulary/calendar/days.ts';
import { formatDateTime } from '../../../vocabulary/calendar/moments.ts';
import { listOf } from '../../../vocabulary/languages/english.ts';
import { taskingPaths } from '../../../vocabulary/paths/exchange.ts';
import { weekPaths } from '../../../vocabulary/paths/operations.ts';
import { formatSize } from '../../../vocabulary/sizes.ts';
import { maxDocumentBytes, type ReadRefusal } from '../document/reading.ts';
import type { CoordinatorKey, ReceivedTasking, TaskingState } from './received.ts';

const columns = (...names: string[]) => names.map((text) => ({ text }));

export const taskingTags: Readonly<Record<TaskingState, { readonly text: string; readonly tag: string }>> = {
  'in force': { text: 'in force', tag: 'green' },
  replaced: { text: 'replaced', tag: 'grey' },
  'key not compared': { text: 'key not compared', tag: 'orange' },
  'key ended': { text: 'key ended', tag: 'red' },
};

export type TaskingsView = {
  readonly taskings: readonly ReceivedTasking[];
  readonly states: ReadonlyMap<string, TaskingState>;
  readonly keys: readonly CoordinatorKey[];
  readonly may: { readonly import: boolean; readonly endKey: boolean };
  /** The whole address for programs. */
  readonly sendTo: string;
};

export const taskingsPage = ({ taskings, states, keys, may, sendTo }: TaskingsView): SectionsPage => ({
  title: 'Taskings',
  lead: ['A coordinator sends a tasking for a week: its dates, its request, and the deadline of the return.'],
  actions: may.import ? [{ href: taskingPaths.import(), text: 'Import a tasking' }] : [],
  sections: [
    {
      kind: 'table',
      caption: 'Taskings',
      stack: true,
      columns: columns('Week', 'Coordinator', 'Deadline', 'State'),
      rows: taskings.map(({ id, document: { week, instance, deadline } }) => [
        { text: week.name, href: taskingPaths.tasking(id) },
        { text: instance.name },
        { text: formatDateTime(new Date(deadline)) },
        taskingTags[states.get(id) ?? 'key not compared'],
      ]),
      empty: 'No taskings yet. Import the file that a coordinator sent you.',
    },
    {
      kind: 'table',
      caption: 'Keys of coordinators',
      stack: true,
      columns: columns('Coordinator', 'Fingerprint', 'Compared', 'State'),
      rows: keys.map(({ id, name, publicKey, comparedAt, endedAt }) => [
        { text: name },
        { text: fingerprintOf(publicKey) },
        { text: formatDateTime(comparedAt) },
        endedAt
          ? { text: `ended ${formatDateTime(endedAt)}` }
          : may.endKey
            ? { links: [{ href: taskingPaths.endKey(id), text: 'End this key', hidden: `of ${name}` }] }
            : { text: 'in force' },
      ]),
      empty: 'No keys yet. You compare a key after you import the first tasking of a coordinator.',
    },
    {
      kind: 'words',
      title: 'Sending by a program',
      lead: [
        'A coordinator’s program can send a signed tasking to this address by HTTPS. It needs no account. Safelight takes it only if you have compared its key before.',
        sendTo,
      ],
    },
  ],
});

export const importTaskingPage = (): FormPage => ({
  title: 'Import a tasking',
  ...backTo(taskingPaths.list(), 'Taskings'),
  lead: ['Select the file as the coordinator sent it. Safelight checks its version and its signature.'],
  action: taskingPaths.import(),
  button: 'Import the tasking',
  sending: 'The file is being sent and checked. There is nothing more to press.',
  fields: (ask) => [
    ask.file('file', 'Tasking (JSON)', {
      hint: `One file, up to ${formatSize(maxDocumentBytes)}`,
      accept: '.json,application/json',
    }),
  ],
});

export const importErrors: Record<ReadRefusal | 'no file', FormErrors> = {
  'no file': { file: 'Select the file' },
  'too large': { file: `The file is larger than ${formatSize(maxDocumentBytes)}. No tasking is that large` },
  'no JSON': { file: 'This is no tasking. Select the file as the coordinator sent it' },
  'not the schema': { file: 'This is no tasking of a known version. Ask the coordinator for the file again' },
  'bad signature': { file: 'The signature does not match. Somebody changed it, or a part is missing' },
};

const row = (key: string, value: string): SummaryRow => ({ key: { text: key }, value: { text: value } });

export type OfferedWeek = {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
};

export type TaskingView = {
  readonly tasking: ReceivedTasking;
  readonly state: TaskingState;
  readonly otherKey: CoordinatorKey | undefined;
  /** The week of this instance that was chosen. */
  readonly week: OfferedWeek | undefined;
  readonly conflicts: readonly string[];
  /** Weeks to choose from, for a planner. */
  readonly offered: readonly OfferedWeek[];
  readonly may: { readonly use: boolean; readonly compare: boolean };
};

const stateItems = ({ state, otherKey, tasking, conflicts }: TaskingView): StateItem[] => [
  ...(otherKey
    ? [
        {
          kind: 'unwise' as const,
          title: 'Another key than before',
          text: `You compared ${fingerprintOf(otherKey.publicKey)} for ${otherKey.name}. Ask the coordinator by telephone why the key changed. End the old key if it did.`,
        },
      ]
    : []),
  ...(state === 'key not compared'
    ? [
        {
          kind: 'waiting' as const,
          title: 'Compare the key',
          text: `Anybody can sign a file as ${tasking.document.instance.name}. Compare the fingerprint below before you rely on it.`,
        },
      ]
    : []),
  ...(state === 'key ended'
    ? [{ kind: 'unwise' as const, title: 'Key ended', text: 'This came after its key was ended. It does not count.' }]
    : []),
  ...(state === 'replaced'
    ? [{ kind: 'waiting' as const, title: 'Replaced', text: 'The coordinator issued a later tasking for this week.' }]
    : []),
  ...conflicts.map((text) => ({ kind: 'unwise' as const, title: 'Conflict', text })),
];

function factsOf({
  document: { week, deadline, definitions, area, focus, sendTo, publicKey, issuedAt },
}: ReceivedTasking) {
  return [
    ...(week.nationalOperation ? [row('Part of', week.nationalOperation)] : []),
    row('Official dates', dayRange(week.window.from, week.window.until)),
    row('Deadline of the return', formatDateTime(new Date(deadline))),
    ...(area ? [row('Area', area)] : []),
    ...(focus && focus.length > 0 ? [row('Focus', listOf(focus))] : []),
    row('Editions of definitions that count', listOf(definitions)),
    row('Address for programs', sendTo),
    row('Issued', formatDateTime(new Date(issuedAt))),
    row('Fingerprint of the coordinator’s key', fingerprintOf(publicKey)),
  ];
}

function weekSection({ tasking, state, week, offered, may }: TaskingView): Section[] {
  if (state !== 'in force') return [];
  const own: Section = {
    kind: 'list',
    title: 'Your week',
    items: week
      ? [{ href: weekPaths.week(week.id), text: `${week.name}, ${dayRange(week.startsOn, week.endsOn)}` }]
      : ['No week is chosen yet. A planner chooses it.'],
  };
  if (!may.use) return [own];
  return [
    own,
    {
      kind: 'list',
      title: week ? 'Change your week' : 'Choose your week',
      items: [
        ...(week ? [] : [{ href: taskingPaths.addWeek(tasking.id), text: 'Add a week from this tasking' }]),
        ...offered.map(({ id, name, startsOn, endsOn }) => ({
          href: `${taskingPaths.useWeek(tasking.id)}?into=${id}`,
          text: `Compare with ${name}, ${dayRange(startsOn, endsOn)}`,
        })),
      ],
    },
  ];
}

export const taskingPage = (view: TaskingView): SectionsPage => {
  const { tasking, state, may } = view;
  const { document } = tasking;
  const states = stateItems(view);
  return {
    title: document.week.name,
    caption: `Tasking of ${document.instance.name}`,
    back: { href: taskingPaths.list(), text: 'Taskings' },
    actions:
      state === 'key not compared' && may.compare
        ? [{ href: taskingPaths.compare(tasking.id), text: 'Compare the key' }]
        : [],
    sections: [
      ...(states.length > 0 ? [{ kind: 'states' as const, title: 'What to check', items: states }] : []),
      { kind: 'summary', rows: factsOf(tasking) },
      ...(document.tasking
        ? [{ kind: 'words' as const, title: 'What is asked', lead: document.tasking.split('\n').filter(Boolean) }]
        : []),
      ...weekSection(view),
    ],
  };
};

export const compareKeyPage = (
  { id, document: { instance, publicKey } }: ReceivedTasking,
  other: CoordinatorKey | undefined,
): FormPage => ({
  title: 'Compare the key',
  caption: instance.name,
  ...backTo(taskingPaths.tasking(id), 'The tasking'),
  lead: [
    `Fingerprint: ${fingerprintOf(publicKey)}.`,
    'The coordinator finds it under Returns from partnerships, “Your own key”. Ring a number that you know, not one from the message with the file.',
    ...(other ? [`The key that you compared before is ${fingerprintOf(other.publicKey)}. Ask why it changed.`] : []),
  ],
  action: taskingPaths.compare(id),
  button: 'The key is the same',
  fields: (ask) => [
    ask.many('compared', 'Fingerprint', [
      { value: 'yes', text: 'We read the fingerprint to each other on the telephone, and it is the same' },
    ]),
  ],
});

export const compareErrors = {
  'compared before': { '': 'Somebody has compared this key already' },
} as const;

export const endCoordinatorKeyPage = ({ id, name, publicKey }: CoordinatorKey): FormPage => ({
  title: 'End this key',
  caption: name,
  ...backTo(taskingPaths.list(), 'Taskings'),
  lead: [
    `Fingerprint: ${fingerprintOf(publicKey)}.`,
    'Taskings that come from now on and are signed by this key do not count. Those that came before still count.',
  ],
  action: taskingPaths.endKey(id),
  button: 'End the key',
  dangerous: true,
});

export const endErrors = { 'ended before': { '': 'Somebody has ended this key already' } } as const;
