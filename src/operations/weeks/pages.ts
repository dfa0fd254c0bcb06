/** Pages about weeks and operations, and the wording of refusals. */
import type { WeekTasking } from '../../platform/area.ts';
import { type ShownField, type ShownFields, textField } from '../../platform/forms/correction.ts';
import { type ChoiceField, type Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { serialiseBase } from '../../platform/forms/stale-form.ts';
import type { FormErrors } from '../../platform/http/server.ts';
import { backTo, type CasePage, type FormPage, type ListPage, type Section } from '../../platform/rendering/pages.ts';
import { type Pages, withQuery } from '../../platform/rendering/paging.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import { exploitations } from '../../vocabulary/exploitation.ts';
import { capital, countWord, listOf, plural } from '../../vocabulary/languages/english.ts';
import { emergencyAccessPaths } from '../../vocabulary/paths/access.ts';
import { operationPaths, powerPaths, weekPaths } from '../../vocabulary/paths/operations.ts';
import { getOperationState, type OperationInWeek, operationStates } from './operation.ts';
import { countDays, isWithinWeek, type Week, type WeekRefusal } from './week.ts';
import { taskingSections } from './week-taskings.ts';

export const weekErrors: Record<WeekRefusal, FormErrors> = {
  'ends before it starts': { ends: 'The last day must be the first day or after it' },
  'too long': { ends: 'A week of action has at most 31 days. Check the first and the last day' },
  'already there': { name: 'There is already a week with this name and these dates. Use that one' },
  'stands inside itself': { parentId: 'A week cannot stand inside itself, or inside one that stands inside it' },
};

export const operationStateTags = { 'to come': 'blue', 'within its dates': 'yellow', over: 'grey' } as const;

const text = (words: string) => ({ text: words });
const columns = (...names: string[]) => names.map(text);
const row = (key: string, value: string) => ({ key: text(key), value: text(value) });
const formatDates = (window: { startsOn: string; endsOn: string }): string =>
  `${dayRange(window.startsOn, window.endsOn)} (${countWord(countDays(window))} ${plural(countDays(window), 'day')})`;

type ListedWeek = Week & { readonly parentName: string | null };

export const weeksPage = (weeks: readonly ListedWeek[], pages: Pages, may: { readonly plan: boolean }): ListPage => ({
  title: 'Weeks of action',
  back: { href: operationPaths.list(), text: 'Operations' },
  lead: [
    'A week of action has official dates, a lead and a focus. Each local week of action is part of it and can have its own dates.',
  ],
  actions: may.plan ? [{ href: weekPaths.add(), text: 'Add a week' }] : [],
  list: {
    kind: 'table',
    caption: 'Weeks',
    columns: columns('Week', 'Official dates', 'Lead', 'Focus', 'Inside'),
    rows: weeks.map((week) => [
      { text: week.name, href: weekPaths.week(week.id) },
      text(dayRange(week.startsOn, week.endsOn)),
      text(week.lead),
      text(capital(listOf(week.focus))),
      week.parentName && week.parentId
        ? { text: week.parentName, href: weekPaths.week(week.parentId) }
        : text('no other week'),
    ]),
    empty: may.plan
      ? 'No weeks yet. Add the first: the European or national one, or your own.'
      : 'No weeks yet. A planner adds the first.',
    pages,
  },
});

export type WeekPageData = {
  readonly week: Week;
  readonly weeks: readonly Week[];
  readonly agencyName: string;
  readonly operations: readonly OperationInWeek[];
  readonly told: ReadonlyMap<string, string>;
  readonly tasked: readonly WeekTasking[];
};

export type WeekRights = { readonly change: boolean; readonly plan: boolean; readonly planOperation: boolean };

export function weekPage(around: WeekPageData, may: WeekRights, today: string): CasePage {
  const { week, operations } = around;
  return {
    title: week.name,
    caption: 'Week of action',
    back: { href: weekPaths.list(), text: 'Weeks of action' },
    actions: [
      ...(may.planOperation
        ? [{ href: withQuery(operationPaths.add(), { week: week.id }), text: 'Plan an operation in this week' }]
        : []),
      ...(may.plan
        ? [
            {
              href: withQuery(weekPaths.add(), { inside: week.id }),
              text: 'Add a local week',
              secondary: true,
            },
          ]
        : []),
      ...(may.plan ? [{ href: weekPaths.copy(week.id), text: 'Copy this week', secondary: true }] : []),
      ...(may.change ? [{ href: weekPaths.change(week.id), text: 'Change this week', secondary: true }] : []),
    ],
    sections: [
      weekSummary(around),
      ...taskingSections(around.tasked),
      weeksInside(around),
      {
        kind: 'table',
        caption: 'Operations in it',
        columns: columns('Operation', 'Dates', 'Area', 'Led by', 'State'),
        rows: operations.map((operation) => operationRow(operation, today)),
        empty: 'You have no operations in this week of action.',
      },
      ...capacitySection(around),
    ],
  };
}

function weekSummary({ week, weeks, agencyName }: WeekPageData): Section {
  const parent = weeks.find(({ id }) => id === week.parentId);
  return {
    kind: 'summary',
    rows: [
      row('Official dates', formatDates(week)),
      row('Lead', week.lead),
      row('Focus', capital(listOf(week.focus))),
      row('Taking part', formatCountries(week)),
      {
        ...row('Part of', parent ? formatParentWeek(week, parent) : 'None'),
        ...(parent && {
          actions: { items: [{ href: weekPaths.week(parent.id), text: 'Open', visuallyHiddenText: parent.name }] },
        }),
      },
      row('Kept by', agencyName),
      ...(week.note ? [row('Note', week.note)] : []),
    ],
  };
}

const weeksInside = ({ week, weeks }: WeekPageData): Section => ({
  kind: 'table',
  caption: 'Local weeks',
  columns: columns('Week', 'Dates', 'Compared with the official dates'),
  rows: weeks
    .filter(({ parentId }) => parentId === week.id)
    .map((child) => [
      { text: child.name, href: weekPaths.week(child.id) },
      text(dayRange(child.startsOn, child.endsOn)),
      text(isWithinWeek(week, child) ? 'within them' : 'partly outside them'),
    ]),
  empty: 'No local week of action is part of this week.',
});

/** Numbers that the safeguarding leads shared with the planners; nothing where none did. */
const capacitySection = ({ operations, told }: WeekPageData): Section[] =>
  told.size === 0
    ? []
    : [
        {
          kind: 'table',
          caption: 'Support capacity, as shared by the safeguarding lead',
          stack: true,
          columns: columns('Operation', 'Numbers'),
          rows: operations
            .filter(({ id }) => told.has(id))
            .map(({ id, codeName }) => [text(codeName), text(told.get(id) ?? '')]),
        },
      ];

/** Local windows often differ from the official ones: said, and not refused. */
function formatParentWeek(week: Week, parent: Week): string {
  const dates = `${parent.name}, ${dayRange(parent.startsOn, parent.endsOn)}`;
  if (isWithinWeek(parent, week)) return dates;
  const apart = week.endsOn < parent.startsOn || week.startsOn > parent.endsOn;
  return `${dates}. ${apart ? 'All' : 'Some'} dates of this week are outside the dates of the larger week. Check that this is right.`;
}

const formatCountries = ({ countries }: Week): string =>
  countries.length === 0
    ? 'Not recorded'
    : `${capital(countWord(countries.length))} ${plural(countries.length, 'country', 'countries')}: ${listOf(countries)}`;

const operationRow = (operation: OperationInWeek, today: string) => {
  const standing = getOperationState(operation, today);
  return [
    { text: operation.codeName, href: operationPaths.operation(operation.id) },
    text(dayRange(operation.startsOn, operation.endsOn)),
    text(operation.area),
    text(operation.agencyName),
    { text: standing, tag: operationStateTags[standing] },
  ];
};

const listField = (label: string): ShownField => [
  label,
  (values) => (Array.isArray(values) && values.length > 0 ? listOf(values) : 'not recorded'),
];
const weekField = (label: string, weeks: readonly Pick<Week, 'id' | 'name'>[]): ShownField => [
  label,
  (asked) => weeks.find(({ id }) => id === asked)?.name ?? 'no other week',
];

/** What the form of a week shows of it, in the order of the form. */
export const getWeekFields = (weeks: readonly Week[]): ShownFields => ({
  name: textField('name of the week'),
  lead: textField('lead country or agency'),
  focus: listField('focus'),
  startsOn: textField('first official day'),
  endsOn: textField('last official day'),
  parentId: weekField('the week that it stands inside', weeks),
  countries: listField('countries that take part'),
  note: textField('note'),
});

/** And of an operation. */
export const getOperationFields = (weeks: readonly Week[]): ShownFields => ({
  weekId: weekField('week of action', weeks),
  codeName: textField('code name'),
  unit: textField('unit that leads it'),
  area: textField('area'),
  startsOn: textField('first local day'),
  endsOn: textField('last local day'),
});

/** For an existing record, the version that the form was opened on. */
export const createBaseFields = (ask: FieldBuilder, record: object | undefined, fields: ShownFields): Field[] =>
  record ? [ask.kept('base', serialiseBase(record, fields))] : [];

export type WeekFormParts = {
  readonly week?: Week;
  readonly weeks: readonly Week[];
  readonly inside?: string | undefined;
};

export const weekFormPage = ({ week, weeks, inside }: WeekFormParts): FormPage => ({
  title: week ? `Change ${week.name}` : 'Add a week of action',
  ...backTo(week ? weekPaths.week(week.id) : weekPaths.list()),
  action: week ? weekPaths.change(week.id) : weekPaths.add(),
  fields: (ask) => [
    ask.text('name', 'Name of the week', {
      value: week?.name,
      hint: 'Use the announced name, or your own. News releases print it. Name no place smaller than the area, and no kind of business.',
    }),
    ask.text('lead', 'Lead country or agency', { value: week?.lead, hint: 'A country, an agency, or both' }),
    ask.many('focus', 'Focus', exploitations, { value: week?.focus }),
    ask.day('starts', 'First official day', { value: week?.startsOn, hint: 'For example, 14 9 2026' }),
    ask.day('ends', 'Last official day', { value: week?.endsOn }),
    ask.choose(
      'parentId',
      'Part of',
      weeks
        .filter(({ id }) => id !== week?.id)
        .map(({ id, name, startsOn, endsOn }) => ({ value: id, text: `${name}, ${dayRange(startsOn, endsOn)}` })),
      { value: week?.parentId ?? inside, hint: 'Leave it empty if this week is not part of a larger week' },
    ),
    ask.words('countries', 'Countries that take part', {
      value: week?.countries.join('\n'),
      hint: 'Enter one on each line. Leave the answer empty if you do not know.',
    }),
    ask.words('note', 'Note', { value: week?.note, hint: 'For example, how the dates were announced' }),
    ...createBaseFields(ask, week, getWeekFields(weeks)),
  ],
});

/** In a filter the empty choice is a choice. */
const withAnyOption = (fields: readonly ChoiceField[]): Field[] =>
  fields.map(({ options, ...field }) => ({
    ...field,
    options: [{ value: '', text: 'Any' }, ...options.slice(1)],
  }));

export type OperationsFilter = { readonly week: string; readonly town: string; readonly standing: string };

/** The list of operations, with its filter above it. */
export type OperationsPage = ListPage & {
  readonly address: string;
  readonly filtered: boolean;
  readonly filters: readonly Field[];
};

declare module '../../platform/rendering/views.ts' {
  interface ViewModels {
    'operations/weeks/operations': OperationsPage;
  }
}

export function operationsPage(
  operations: readonly OperationInWeek[],
  pages: Pages,
  around: { readonly weeks: readonly Week[]; readonly towns: readonly string[] },
  filter: OperationsFilter,
  may: { readonly plan: boolean; readonly glass: boolean },
  today: string,
): OperationsPage {
  const ask = new FieldBuilder();
  const filtered = filter.week !== '' || filter.town !== '' || filter.standing !== '';
  return {
    title: 'Operations',
    lead: ['Partners plan visits here: the teams, the premises, the times and the powers of entry.'],
    actions: [
      ...(may.plan ? [{ href: operationPaths.add(), text: 'Plan an operation' }] : []),
      { href: weekPaths.list(), text: 'Weeks of action', secondary: true },
      { href: powerPaths.catalogue(), text: 'Powers of entry', secondary: true },
      ...(may.glass
        ? [{ href: emergencyAccessPaths.list(), text: 'Get emergency access to an operation', secondary: true }]
        : []),
    ],
    address: operationPaths.list(),
    filtered,
    filters: withAnyOption([
      ask.choose(
        'week',
        'Week',
        around.weeks.map(({ id, name }) => ({ value: id, text: name })),
        { value: filter.week },
      ),
      ...(around.towns.length > 0
        ? [
            ask.choose(
              'town',
              'Town',
              around.towns.map((town) => ({ value: town, text: town })),
              { value: filter.town },
            ),
          ]
        : []),
      ask.choose('standing', 'State', operationStates, { value: filter.standing }),
    ]),
    list: {
      kind: 'table',
      caption: filtered ? 'Operations that fit' : 'Operations you take part in',
      stack: true,
      columns: columns('Operation', 'Dates', 'Area', 'Led by', 'State'),
      rows: operations.map((operation) => operationRow(operation, today)),
      empty: filtered
        ? 'No operation fits. Choose less.'
        : may.plan
          ? 'No operations yet. Plan the first.'
          : 'You take part in no operations yet. Ask a planner to add you to an operation.',
      pages,
    },
  };
}
