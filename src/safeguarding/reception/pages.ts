/** Pages of a reception centre: people by number, gaps before the week, and standing down. */

import { type Capacity, capacityRows } from '../../operations/support-capacity/index.ts';
import { getMemberName, type MemberNames } from '../../platform/forms/correction.ts';
import { type Field, type FieldBuilder, namedOptions } from '../../platform/forms/fields.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import type { CasePage, FormPage, SectionsPage } from '../../platform/rendering/pages.ts';
import { longDay, shortDay } from '../../vocabulary/calendar/days.ts';
import { formatHour, formatPeriod } from '../../vocabulary/calendar/moments.ts';
import { dayOf, timeOf } from '../../vocabulary/calendar/wall-clock.ts';
import { capital, counted } from '../../vocabulary/languages/english.ts';
import { receptionPaths } from '../../vocabulary/paths/safeguarding/reception.ts';
import { type Agencies, agencyOf } from '../notes/pages.ts';
import {
  capacityOf,
  type Gap,
  gapsOf,
  languages,
  type PlanRefusal,
  type Reception,
  type RotaEntry,
  type StandDownRefusal,
  type State,
  shelterFor,
  stateOf,
  works,
} from './reception.ts';
import type { Debrief } from './store.ts';

export const hoursWords = (from: Date, until: Date): string => {
  const [first, last] = [dayOf(from), dayOf(until)];
  return `${timeOf(from)} on ${longDay(first)} to ${timeOf(until)}${first === last ? '' : ` on ${longDay(last)}`}`;
};
const stateTags: Record<State, string> = { planned: 'blue', open: 'green', closed: 'grey', 'stood down': 'grey' };
/** Operations by id, for members who may know their names. */
export type OperationNames = ReadonlyMap<string, string>;
export const receptionName = (reception: Reception, operations: OperationNames): string =>
  `Reception of ${operations.get(reception.operationId) ?? shortDay(dayOf(reception.opensAt))}`;

export type Rights = { readonly leads: boolean; readonly helps: boolean };

export function receptionsPage(
  all: readonly Reception[],
  operations: OperationNames,
  rights: Rights & { readonly starts: boolean; readonly onShiftAt: readonly string[] },
  now: Date,
): SectionsPage {
  return {
    title: 'Reception',
    lead: [
      'A place where people can rest and talk in private. Each person has a number on a wristband. No list here shows names.',
    ],
    actions: [
      ...(rights.starts ? [{ post: receptionPaths.start(), text: 'Start my shift here' }] : []),
      ...(rights.leads ? [{ href: receptionPaths.add(), text: 'Plan a reception' }] : []),
    ],
    sections: [
      {
        kind: 'table' as const,
        caption: 'Reception centres',
        stack: true,
        columns: ['Reception', 'Hours', 'State', 'Open'].map((text) => ({ text })),
        rows: all.map((reception) => {
          const state = stateOf(reception, now);
          const name = receptionName(reception, operations);
          return [
            { text: name },
            { text: formatPeriod(reception.opensAt, reception.closesAt) },
            { text: capital(state), tag: stateTags[state] },
            rights.helps
              ? {
                  links: [
                    { href: receptionPaths.board(reception.id), text: 'People', hidden: `at ${name}` },
                    { href: receptionPaths.plan(reception.id), text: 'Plan', hidden: `of ${name}` },
                  ],
                }
              : rights.onShiftAt.includes(reception.id)
                ? { text: 'People', href: receptionPaths.board(reception.id), hidden: `at ${name}` }
                : { text: 'Start your shift to see it' },
          ];
        }),
        empty: rights.leads
          ? 'No reception is planned yet. Plan one before the week starts.'
          : 'No reception is open to you now. A safeguarding lead plans it. Volunteers see it on the day.',
      },
    ],
  };
}

const gapWords: Record<Gap, string> = {
  'nobody leads': 'It has no lead. Ask a partner.',
  'hours without a lead': 'Some hours have no lead. Ask a partner to stay, or close earlier.',
  'no nurse': 'No nurse is there. Ask health, or know which door opens at night.',
  'no adviser': 'No adviser is there. Ask the advisers, who stand apart from police.',
  'no interpreter':
    'No interpreter is there. Ask for the languages that the plan names; never somebody who came along.',
  'no bed': 'No partner has a bed for the first night. Without one, people go back to where they were.',
  'fewer beds than places': 'There are fewer beds than places. Ask for more, or know who can go home safely.',
};

export type ShownPlan = {
  readonly reception: Reception;
  readonly rota: readonly RotaEntry[];
  readonly operations: OperationNames;
  readonly agencies: Agencies;
  readonly names: MemberNames;
  readonly now: Date;
} & Rights & { readonly reads: boolean };

export function planPage({ reception, rota, operations, agencies, names, leads, reads, now }: ShownPlan): CasePage {
  const state = stateOf(reception, now);
  const gaps = state === 'planned' || state === 'open' ? gapsOf(reception, rota) : [];
  const over = reception.stoodDownAt !== null;
  return {
    title: receptionName(reception, operations),
    caption: `${capital(state)}: ${hoursWords(reception.opensAt, reception.closesAt)}`,
    back: { href: receptionPaths.receptions(), text: 'Reception' },
    actions: [
      { href: receptionPaths.board(reception.id), text: 'People there', secondary: true },
      ...(leads && !over
        ? [
            { href: receptionPaths.rota(reception.id), text: 'Add to the rota' },
            { href: receptionPaths.capacity(reception.id), text: 'Share the numbers with planners', secondary: true },
            { href: receptionPaths.standDown(reception.id), text: 'Stand down', secondary: true },
          ]
        : []),
      { href: receptionPaths.debrief(reception.id), text: 'Debrief', secondary: true },
      ...(reads ? [{ href: receptionPaths.debriefs(reception.id), text: 'Debriefs', secondary: true }] : []),
    ],
    sections: [
      {
        kind: 'states' as const,
        title: 'Missing details',
        items:
          gaps.length > 0
            ? gaps.map((gap) => ({ kind: 'unwise' as const, text: gapWords[gap] }))
            : [
                {
                  kind: over ? 'empty' : 'good',
                  text: over ? 'It has stood down.' : 'Nothing that this page knows of.',
                },
              ],
      },
      {
        kind: 'figures' as const,
        title: 'Resources',
        items: capacityRows(capacityOf(reception, rota)).map(([label, value]) => ({ label, value: String(value) })),
      },
      {
        kind: 'table' as const,
        caption: 'On the rota',
        stack: true,
        columns: ['Partner', 'What', 'When', 'End it'].map((text) => ({ text })),
        rows: rota.map((entry) => [
          { text: agencyOf(agencies, entry.agencyId) },
          { text: workWords(entry, names) },
          { text: entry.endedAt ? 'ended' : formatPeriod(entry.startsAt, entry.endsAt) },
          leads && !over && !entry.endedAt
            ? { text: 'End', href: receptionPaths.rotaEnd(entry.id), hidden: workWords(entry, names) }
            : { text: '–' },
        ]),
        empty: 'The rota is empty. Add the first shift.',
      },
    ],
  };
}

const workWords = ({ work, language, beds, forWhom, memberId }: RotaEntry, names: MemberNames): string => {
  if (work === 'interpreter') return `Interpreter: ${language}`;
  if (work === 'first-night shelter')
    return `${counted(beds ?? 0, 'bed')} for ${forWhom}. Where they are, the partner says by phone`;
  return memberId ? `${capital(work)}: ${getMemberName(names, memberId)}, on a shift` : capital(work);
};

const hours = (ask: FieldBuilder, from?: Date, until?: Date): Field[] => [
  ask.day('fromDay', 'From', { value: from && dayOf(from) }),
  ask.time('fromTime', 'Start time', { value: from && timeOf(from) }),
  ask.day('untilDay', 'Until', { value: until && dayOf(until) }),
  ask.time('untilTime', 'End time', { value: until && timeOf(until), hint: 'Full hours are kept' }),
];

export const planFormPage = (
  operations: readonly { readonly id: string; readonly codeName: string }[],
  id: string,
): FormPage => ({
  title: 'Plan a reception',
  cancel: receptionPaths.receptions(),
  ...(operations.length === 0 && {
    closed: true,
    warning: 'You are let in to no operation that is still to come, so there is none to plan a reception for.',
  }),
  lead: ['The plan of the operation has the address.'],
  fields: (ask) => [
    ask.choose(
      'operationId',
      'Operation',
      operations.map(({ id: value, codeName }) => ({ value, text: codeName })),
      { value: operations.length === 1 ? operations[0]?.id : '' },
    ),
    ask.count('places', 'How many people at once it is good for'),
    ...hours(ask),
    ask.formId(id),
  ],
  button: 'Plan it',
});

export const rotaFormPage = (
  reception: Reception,
  partners: readonly { readonly id: string; readonly name: string }[],
  id: string,
): FormPage => ({
  title: 'Add to the rota',
  cancel: receptionPaths.plan(reception.id),
  lead: ['Partners of the help side alone. Volunteers put themselves on it with their shift passes.'],
  fields: (ask) => [
    ask.choose('agencyId', 'Partner', namedOptions(partners)),
    ask.one('work', 'Role', works),
    ask.choose('language', 'Language', languages, { hint: 'Of an interpreter' }),
    ask.count('beds', 'Beds', { hint: 'Of a shelter for the first night. Its address is not asked for' }),
    ask.choose('forWhom', 'For whom', shelterFor, { hint: 'Of a shelter' }),
    ...hours(ask, reception.opensAt, reception.closesAt),
    ask.formId(id),
  ],
  button: 'Add',
});

export const endEntryPage = (back: string): FormPage => ({
  title: 'Take this off the rota',
  cancel: back,
  button: 'Take it off',
  dangerous: true,
  lead: ['It stays on the list as ended. A volunteer sees nothing of the reception any more.'],
});

export const standDownPage = (reception: Reception, present: number): FormPage => ({
  title: 'Stand down',
  cancel: receptionPaths.plan(reception.id),
  button: 'Stand down',
  closed: present > 0,
  more: present > 0 ? { href: receptionPaths.board(reception.id), text: 'The people who are here' } : undefined,
  lead: [
    present > 0
      ? `${counted(present, 'person is', 'people are')} still here. Record for each that they have left, and where they sleep, before you go home.`
      : 'No one with a wristband is here. Before you go, write the handover and agree who answers the phone.',
  ],
});

/** For everybody who worked there, so that nobody has to carry a hard day alone. */
export const debriefPage = (id: string): FormPage => ({
  title: 'Debrief',
  cancel: receptionPaths.receptions(),
  lead: [
    'What went well, and what to change next time. You and the safeguarding leads of the operation can read it.',
    'No names and no numbers of people. If it stays on your mind, speak with the shift lead today. The Samaritans answer at any hour on 116 123.',
  ],
  fields: (ask) => [ask.words('words', 'Your debrief', { rows: 6, most: 4_000 }), ask.formId(id)],
  button: 'Save',
});

export const debriefsPage = (
  reception: Reception,
  all: readonly Debrief[],
  { agencies, names, plans }: { readonly agencies: Agencies; readonly names: MemberNames; readonly plans: boolean },
): SectionsPage => ({
  title: 'Debriefs',
  back: plans
    ? { href: receptionPaths.plan(reception.id), text: 'The plan' }
    : { href: receptionPaths.receptions(), text: 'Reception' },
  lead: ['The author of a debrief and the safeguarding leads of the operation can read it.'],
  sections:
    all.length > 0
      ? all.map(({ authorId, agencyId, writtenAt, words }) => ({
          kind: 'words' as const,
          title: `${getMemberName(names, authorId)}, ${agencyOf(agencies, agencyId)}`,
          lead: [capital(formatHour(writtenAt)), ...words.split(/\r?\n/).filter((line) => line.trim() !== '')],
        }))
      : [
          {
            kind: 'states' as const,
            items: [{ kind: 'empty' as const, text: 'No debriefs yet. Open “Debrief” at the reception to write one.' }],
          },
        ],
});

export const capacityPage = (reception: Reception, capacity: Capacity, id: string): FormPage => ({
  title: 'Share the numbers with planners',
  cancel: receptionPaths.plan(reception.id),
  button: 'Share these numbers',
  lead: [
    'Planners and partners of the operation see these five numbers on the page of the week. Police and immigration see nothing else of the reception.',
    capacityRows(capacity)
      .map(([label, value]) => `${label}: ${value}`)
      .join('; '),
  ],
  fields: (ask) => [ask.hidden('id', id)],
});

export const planErrors: Record<PlanRefusal, FormErrors> = {
  'ends before it begins': { untilTime: 'The end must be after the beginning' },
  'over already': { untilDay: 'This is over already' },
  'longer than two days': { untilDay: 'A reception is at most two days long. Plan a second' },
};
export const standDownErrors: Record<StandDownRefusal, FormErrors> = {
  'people are here': { '': 'Somebody is still here' },
  'stood down already': { '': 'It has stood down already' },
};
