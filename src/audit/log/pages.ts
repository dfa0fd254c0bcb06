/** What people are shown of the log: how far it is sealed, who else watches it, and how to check it oneself. */

import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type Cell, type FormPage, type Section, type SectionsPage } from '../../platform/rendering/pages.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { listOf, plural } from '../../vocabulary/languages/english.ts';
import { auditPaths } from '../../vocabulary/paths/audit.ts';
import { readCheckpoint, timeOfLine } from '../sealing/checkpoint.ts';
import type { Cosignature } from './store.ts';
import { type WatchState, type Witness, watchStateOf } from './witness.ts';

export type LogStatus = {
  readonly note: string | undefined;
  readonly keys: readonly string[];
  readonly unsealed: { readonly count: number; readonly oldest: Date | null };
  readonly cosignatures: readonly Cosignature[];
};
export type LogStatuses = { readonly main: LogStatus; readonly safeguarding: LogStatus | undefined };

const text = (words: string) => ({ text: words });
const formatRowCount = (count: number): string => `${count.toLocaleString('en-GB')} ${count === 1 ? 'row' : 'rows'}`;

export const witnessErrors: Record<'known already', FormErrors> = {
  'known already': { key: 'A witness with this key or this name is registered already' },
};

type Point = { readonly x: number; readonly y: number };

/** Rows at the foot, the seal over them, and who looks on from outside: in numbers for the drawing. */
type TreePicture = {
  readonly leaves: readonly Point[];
  readonly nodes: readonly Point[];
  readonly root: Point;
  readonly lines: readonly { readonly from: Point; readonly to: Point }[];
  /** Whether rows wait to be sealed. */
  readonly tail: boolean;
  readonly watching: number;
  readonly sealed: string;
  readonly alternative: string;
};

type LogDetailsPage = SectionsPage & { readonly picture: TreePicture };

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'audit/log/details': LogDetailsPage;
  }
}

type Readers = { readonly readSafeguarding: boolean; readonly register: boolean; readonly agencyId: string };

/** What a reader needs day by day: when each log was last verified, and what is wrong with its witnesses. */
export function logPage(both: LogStatuses, witnesses: readonly Witness[], may: Readers, now: Date): SectionsPage {
  const rows = [
    { key: text('The partnership’s log'), value: text(describeVerification(both.main, witnesses, formatMoment)) },
    ...(both.safeguarding
      ? [
          {
            key: text('The safeguarding log'),
            value: text(describeVerification(both.safeguarding, witnesses, formatHour)),
          },
        ]
      : []),
  ];
  return {
    title: 'Access log',
    sections: [
      ...witnessWarnings(witnesses, findWitnessActivity(both, witnesses, now)),
      { kind: 'summary', rows, links: [{ href: auditPaths.details(), text: 'Log details and witnesses' }] },
      ...(both.safeguarding ? [] : [unreadLogSection(may)]),
    ],
  };
}

/** The safeguarding log does not tell when somebody looked, so neither does its seal. */
const formatHour = (at: Date): string => `within the hour after ${formatMoment(at)}`;

/** A witness verifies that the log has only grown, and cosigns it. */
function describeVerification(
  { note, cosignatures }: LogStatus,
  witnesses: readonly Witness[],
  formatSealed: (at: Date) => string,
): string {
  const names = new Set(witnesses.map(({ name }) => name));
  const times = cosignatures.flatMap(({ witness, line }) =>
    names.has(witness) ? (timeOfLine(line)?.getTime() ?? []) : [],
  );
  if (times.length > 0) return `Log verified at ${formatMoment(new Date(Math.max(...times)))}`;
  const sealed =
    note &&
    readCheckpoint(note)
      ?.lines.map(timeOfLine)
      .find((time) => time !== undefined);
  return sealed ? `Log sealed ${formatSealed(sealed)}, and not verified by a witness yet` : 'Nothing is sealed yet';
}

/** How the logs are sealed, who verifies them, and how to verify them oneself. */
export function logDetailsPage(
  both: LogStatuses,
  witnesses: readonly Witness[],
  agencies: readonly { readonly id: string; readonly name: string }[],
  may: Readers,
  now: Date,
): LogDetailsPage {
  const seen = findWitnessActivity(both, witnesses, now);
  return {
    title: 'Log details',
    back: { href: auditPaths.log(), text: 'Access log' },
    lead: [
      'Each read or change of a record adds a row to the log. Within moments, Safelight seals the new row with a digital signature. After that, if anybody changes, removes or adds a row, the seal shows it. It also shows changes by the people who run Safelight’s computer.',
    ],
    picture: treePicture(both.main, witnesses, seen),
    actions: may.register ? [{ href: auditPaths.newWitness(), text: 'Register a witness' }] : [],
    sections: [
      logStatusSection('The partnership’s log', 'main', both.main),
      both.safeguarding
        ? logStatusSection('The safeguarding log', 'safeguarding', both.safeguarding)
        : unreadLogSection(may),
      witnessesSection(both, witnesses, { seen, agencies, may }),
      {
        kind: 'list',
        title: 'How to check it yourself',
        lead: [
          'To check the log, use its public keys, a database login that can only read the log, and the last checkpoint that you kept. Then type “safelight audit verify”. Add “--help” to learn more. This command shows the row and the time of each fault in the log.',
          'You check the log with the public keys below. Keep a copy of the keys where the people who run Safelight’s computer cannot change it.',
        ],
        items: [...both.main.keys, ...(both.safeguarding?.keys ?? [])].map(text),
      },
    ],
  };
}

const unreadLogSection = ({ readSafeguarding }: Readers): Section => ({
  kind: 'states',
  title: 'The safeguarding log',
  items: [
    {
      kind: 'waiting',
      text: readSafeguarding
        ? 'Its database cannot be reached from here now. No fault is known.'
        : 'Only support agencies see how long this log is, because it grows whenever they read a record.',
    },
  ],
});

function witnessesSection(
  both: LogStatuses,
  witnesses: readonly Witness[],
  {
    seen,
    agencies,
    may,
  }: {
    readonly seen: WitnessActivity;
    readonly agencies: readonly { readonly id: string; readonly name: string }[];
    readonly may: Readers;
  },
): Section {
  const agencyOf = new Map(agencies.map(({ id, name }) => [id, name]));
  return {
    kind: 'table',
    stack: true,
    caption: 'Witnesses',
    columns: [
      ...['Witness', 'Run by', 'Partnership’s log cosigned', 'Safeguarding log cosigned', 'State'],
      ...(may.register ? ['End it'] : []),
    ].map(text),
    rows: witnesses.map((witness) => {
      const { main, safeguarding } = seen.get(witness.name) ?? {};
      return [
        text(witness.name),
        text(agencyOf.get(witness.agencyId) ?? 'an agency'),
        text(main ? formatMoment(main) : 'not yet'),
        text(safeguarding ? formatMoment(safeguarding) : both.safeguarding ? 'not yet' : 'not shown'),
        watchTags[seen.get(witness.name)?.watch ?? 'waiting'],
        ...(may.register ? [endLink(witness, may.agencyId)] : []),
      ];
    }),
    empty:
      'No witness program is registered. A witness of the log is a small program that a partner runs on their own computer. Without an outside check, the people who run Safelight’s computer could show each reader a different log.',
  };
}

const endLink = ({ id, name, agencyId }: Witness, own: string): Cell =>
  agencyId === own
    ? { href: auditPaths.endWitness(id), text: 'End', hidden: `the witness ${name}` }
    : text('its own agency’s to end');

const watchTags: Readonly<Record<WatchState, Cell>> = {
  silent: { text: 'silent', tag: 'red' },
  waiting: { text: 'waiting for its first', tag: 'blue' },
  watching: { text: 'watching', tag: 'green' },
};

type WitnessActivity = ReadonlyMap<
  string,
  { readonly main: Date | undefined; readonly safeguarding: Date | undefined; readonly watch: WatchState }
>;

/** A log that cannot be reached, or of which nothing is sealed, says nothing against a witness. */
function findWitnessActivity(
  { main, safeguarding }: LogStatuses,
  witnesses: readonly Witness[],
  now: Date,
): WitnessActivity {
  const when = (standing: LogStatus | undefined, name: string): Date | undefined => {
    const found = standing?.cosignatures.find(({ witness }) => witness === name);
    return found && timeOfLine(found.line);
  };
  return new Map(
    witnesses.map((witness) => {
      const { name } = witness;
      const last = [main, safeguarding].filter((one) => one?.note).map((one) => when(one, name));
      return [
        name,
        { main: when(main, name), safeguarding: when(safeguarding, name), watch: watchStateOf(witness, last, now) },
      ];
    }),
  );
}

function witnessWarnings(witnesses: readonly Witness[], seen: WitnessActivity): Section[] {
  if (witnesses.length === 0)
    return [
      {
        kind: 'states',
        title: 'No witness watches this log',
        items: [
          {
            kind: 'unwise',
            text: 'Ask at least two partners each to run the small program that checks this log from outside. Until then, you can check the log only against signed copies (checkpoints) that you kept yourself.',
          },
        ],
      },
    ];
  const silent = witnesses.filter(({ name }) => seen.get(name)?.watch === 'silent').map(({ name }) => name);
  if (silent.length === 0) return [];
  return [
    {
      kind: 'states',
      title: silent.length === 1 ? 'A witness is silent' : 'Witnesses are silent',
      items: [
        {
          kind: 'unwise',
          text: `${listOf(silent)} ${silent.length === 1 ? 'has' : 'have'} not cosigned each of the logs within two hours. Ask the partner. Their computer may be off, or it may have refused the log and kept the evidence.`,
        },
      ],
    },
  ];
}

function logStatusSection(title: string, store: 'main' | 'safeguarding', { note, unsealed }: LogStatus): Section {
  const checkpoint = note ? readCheckpoint(note) : undefined;
  const at = checkpoint?.lines.map(timeOfLine).find((time) => time !== undefined);
  const row = (key: string, value: string) => ({ key: text(key), value: text(value) });
  const waiting = `${formatRowCount(unsealed.count)}${unsealed.oldest && unsealed.count > 0 ? `, the oldest of ${formatMoment(unsealed.oldest)}` : ''}`;
  const when = at && (store === 'main' ? formatMoment(at) : formatHour(at));
  return {
    kind: 'summary',
    title,
    rows: [
      row('Sealed', formatRowCount(checkpoint?.size ?? 0)),
      row('Sealed until', when ?? 'nothing is sealed yet'),
      row('Waiting to be sealed', unsealed.count === 0 ? 'nothing' : waiting),
      ...(checkpoint ? [row('Seal', checkpoint.root.toString('base64'))] : []),
    ],
    links: checkpoint
      ? [{ href: auditPaths.checkpoint(store), text: 'Download this checkpoint, to check the log against it later' }]
      : [],
  };
}

function treePicture({ note, unsealed }: LogStatus, witnesses: readonly Witness[], seen: WitnessActivity): TreePicture {
  const size = note ? (readCheckpoint(note)?.size ?? 0) : 0;
  const watching = witnesses.filter(({ name }) => seen.get(name)?.watch === 'watching').length;
  const node = (x: number, y: number) => ({ x, y });
  const leaves = Array.from({ length: 8 }, (_, index) => node(24 + index * 27, 150));
  const levels = [
    leaves,
    [0, 1, 2, 3].map((at) => node(37.5 + at * 54, 112)),
    [0, 1].map((at) => node(64.5 + at * 108, 74)),
  ];
  const root = node(118.5, 36);
  const lines = [...levels, [root]]
    .slice(1)
    .flatMap((parents, level) =>
      parents.flatMap((from, at) => (levels[level] ?? []).slice(at * 2, at * 2 + 2).map((to) => ({ from, to }))),
    );
  return {
    leaves,
    nodes: [...levels.slice(1).flat()],
    root,
    lines,
    tail: unsealed.count > 0,
    watching,
    sealed: formatRowCount(size),
    alternative: `${formatRowCount(size)} of the log are combined in pairs into one seal. ${watching === 0 ? 'No witness watches' : `${watching} ${plural(watching, 'witness', 'witnesses')} watch`} from outside.`,
  };
}

export const witnessPage = (): FormPage => ({
  title: 'Register a witness',
  ...backTo(auditPaths.details(), 'Log details'),
  lead: [
    'A “witness” is a computer program that checks this log. Your agency runs the program on its own computer. The program fetches the seal of this log. Safelight works out the seal from all rows of the log. The witness checks that nobody changed or removed a row of the log since its last check. Then it adds its digital signature. The witness cannot read any row of the log.',
    'To start, enter this command once: “safelight witness init”. The command shows a public key on one line. The witness must check the log at least every two hours. The command “safelight witness run” checks the log every ten minutes.',
  ],
  action: auditPaths.newWitness(),
  button: 'Register the witness',
  fields: (ask) => [
    ask.text('key', 'Public key of the witness', {
      hint: 'One line: a name, eight letters or figures, and a long word, with a plus between them',
      spellcheck: false,
      classes: 'govuk-!-width-full',
    }),
  ],
});

export const endWitnessPage = ({ id, name }: Witness): FormPage => ({
  title: `End the witness ${name}`,
  ...backTo(auditPaths.details(), 'Log details'),
  lead: ['It can no longer read this log. Its cosignatures stay under the checkpoints.'],
  action: auditPaths.endWitness(id),
  button: 'End the witness',
  dangerous: true,
});
