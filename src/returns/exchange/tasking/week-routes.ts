/** Fills a week of this instance from a tasking: adds it, or takes what a planner ticks into one that is there. */
import { z } from 'zod';
import {
  addWeek,
  checkWeek,
  listOperations,
  listWeeks,
  lockWeek,
  lockWeeks,
  saveWeek,
  type Week,
  type WeekRefusal,
} from '../../../operations/weeks/index.ts';
import type { AnyTables, Reader } from '../../../platform/database/database.ts';
import { formRoute } from '../../../platform/forms/form-route.ts';
import { answersOf, CheckboxList, Day, type FormErrors, keptId, RequiredText } from '../../../platform/forms/forms.ts';
import { conflict, found } from '../../../platform/http/problem.ts';
import { type App, IdPath, may, type Request } from '../../../platform/http/server.ts';
import { exploitations } from '../../../vocabulary/exploitation.ts';
import type { AgencyId, WeekId } from '../../../vocabulary/ids.ts';
import { taskingPaths } from '../../../vocabulary/paths/exchange.ts';
import { weekPaths } from '../../../vocabulary/paths/operations.ts';
import { accept } from '../../../vocabulary/result.ts';
import { compareWeek, findConflicts, judgeTaskings, type ReceivedTasking, readFocus, takenFields } from './received.ts';
import * as store from './received-store.ts';
import { addWeekPage, useWeekPage } from './week-pages.ts';

const IntoQuery = z.object({ into: z.uuid().optional().catch(undefined) });

const AddForm = z
  .object({
    name: RequiredText('Enter the name of the week', 120),
    lead: RequiredText('Enter the lead country or agency', 120),
    focus: CheckboxList(exploitations).refine(
      (ticked) => ticked.length > 0,
      'Select at least one kind of exploitation',
    ),
    starts: Day('Enter the first day'),
    ends: Day('Enter the last day'),
  })
  .refine(({ starts, ends }) => starts <= ends, {
    path: ['ends'],
    error: 'The last day must be the first day or after it',
  });
const UseForm = z.object({ into: z.uuid(), take: CheckboxList(takenFields) });

const weekErrors = (days: string): Record<WeekRefusal, FormErrors> => ({
  'ends before it starts': { [days]: 'The last day must be the first day or after it' },
  'too long': { [days]: 'A week of action has at most 31 days. Ask the coordinator about the dates' },
  'already there': { '': 'There is already a week with this name and these dates. Choose that one' },
  'stands inside itself': { '': 'This week is inside itself. Ask the agency that keeps it' },
});

/** A tasking that is in force; others fill nothing. */
async function readInForce(db: Reader<AnyTables>, id: string): Promise<ReceivedTasking> {
  const tasking = await store.getTasking(db, id);
  const taskings = await store.listTaskings(db);
  const keys = await store.listCoordinatorKeys(db);
  if (judgeTaskings(taskings, keys).get(tasking.id) !== 'in force') throw conflict('this tasking is not in force');
  return tasking;
}

/** The larger week that the tasking names, where it is there. */
const findParent = (weeks: readonly Week[], { week }: ReceivedTasking['document']): WeekId | null =>
  weeks.find(({ name }) => name === week.nationalOperation)?.id ?? null;

export function weekOfTaskingRoutes(app: App): void {
  addWeekRoute(app);
  useWeekRoute(app);
}

function addWeekRoute(app: App): void {
  formRoute(app, taskingPaths.addWeek.route, {
    may: may('tasking.use', IdPath),
    load: async ({ db, params, body }) => ({ id: keptId<'week'>(body), tasking: await readInForce(db, params.id) }),
    form: AddForm,
    page: ({ tasking }) => addWeekPage(tasking),
    saves: 'Week',
    event: 'tasking.used',
    subject: ({ tasking }) => tasking.id,
    details: ({ id }, values) => ({
      fields: ['week_id'],
      also: [{ event: 'week.added', subject: id, fields: Object.keys(values) }],
    }),
    change: async (tx, { id, tasking }, { starts, ends, ...values }, { actor }) => {
      const weeks = await lockWeeks(tx);
      const rest = { countries: [], note: null, parentId: findParent(weeks, tasking.document) };
      const week: Week = {
        id,
        agencyId: actor.agencyId as AgencyId,
        startsOn: starts,
        endsOn: ends,
        ...values,
        ...rest,
      };
      const stands = checkWeek(week, weeks);
      if (!stands.ok) return stands;
      await addWeek(tx, week);
      await store.chooseWeek(tx, tasking.document.week.id, id);
      return accept(true);
    },
    refusals: weekErrors('ends'),
    next: (_, { id }) => weekPaths.week(id),
  });
}

async function readUse(
  request: Request & { readonly params: { id: string }; readonly query: { into?: string | undefined } },
) {
  const { db, actor, today } = request;
  const tasking = await readInForce(db, request.params.id);
  const asked = request.query.into ?? String(answersOf(request.body).into ?? '');
  const weeks = (await listWeeks(db)).filter(({ agencyId }) => agencyId === actor.agencyId);
  const week = found(
    weeks.find(({ id }) => id === asked),
    'week',
  );
  const operations = (await listOperations(db, { weekId: week.id })).filter(
    ({ agencyId }) => agencyId === actor.agencyId,
  );
  return { tasking, week, conflicts: findConflicts(tasking.document, { week, operations, today }) };
}

function useWeekRoute(app: App): void {
  formRoute(app, taskingPaths.useWeek.route, {
    may: may('tasking.use', IdPath, IntoQuery),
    load: readUse,
    form: UseForm,
    page: ({ tasking, week, conflicts }) => useWeekPage(tasking, week, compareWeek(tasking.document, week), conflicts),
    saves: 'Week',
    event: 'tasking.used',
    subject: ({ tasking }) => tasking.id,
    details: ({ week }, { take }) => ({
      fields: ['week_id'],
      ...(take.length > 0 && { also: [{ event: 'week.changed', subject: week.id, fields: take }] }),
    }),
    change: async (tx, { tasking, week: { id } }, { take }) => {
      const weeks = await lockWeeks(tx);
      const changed = takeInto(await lockWeek(tx, id), tasking, take);
      const stands = checkWeek(changed, weeks);
      if (!stands.ok) return stands;
      if (take.length > 0) await saveWeek(tx, changed);
      await store.chooseWeek(tx, tasking.document.week.id, id);
      return accept(true);
    },
    refusals: weekErrors('take'),
    next: (_, { week }) => weekPaths.week(week.id),
  });
}

function takeInto(week: Week, { document }: ReceivedTasking, take: readonly (typeof takenFields)[number][]): Week {
  const { name, window } = document.week;
  return {
    ...week,
    ...(take.includes('name') && { name }),
    ...(take.includes('dates') && { startsOn: window.from, endsOn: window.until }),
    ...(take.includes('focus') && { focus: readFocus(document) }),
  };
}
