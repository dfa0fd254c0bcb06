/** Copies a week with its local weeks and its operations, their partners and people. */
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { keptId } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgencyId, type MemberId, newId, type WeekId } from '../../vocabulary/ids.ts';
import { operationPaths, weekPaths } from '../../vocabulary/paths/operations.ts';
import { accept } from '../../vocabulary/result.ts';
import type { Operation, OperationInWeek } from '../weeks/operation.ts';
import type { Mode } from '../weeks/partner-store.ts';
import { addLeadingUnit } from '../weeks/plan-operation-routes.ts';
import * as store from '../weeks/store.ts';
import { checkWeek, type Week } from '../weeks/week.ts';
import { type EarlierPlan, moveDays, type StillThere } from './copied-plan.ts';
import { copyWeeks, findCopyOfWeek } from './copied-week.ts';
import { CopyWeekForm, type CopyWeekValues, codeNameField } from './forms.ts';
import { addCopy, leavesSomebodyOut, listCopiedPeople } from './new-operation.ts';
import { readEarlierPlans, readStillThere } from './store.ts';
import { copyWeekErrors, copyWeekPage } from './week-pages.ts';

type Known = {
  readonly id: WeekId;
  readonly week: Week;
  readonly inside: readonly Week[];
  readonly operations: readonly OperationInWeek[];
  readonly plans: readonly EarlierPlan[];
  readonly still: StillThere;
  /** Of the copies of weeks and operations. */
  readonly ids: ReadonlyMap<string, string>;
};

/** The week, the weeks inside it, and the operations of the own agency in them. */
async function readWeek(request: Request & { readonly params: { readonly id: string } }): Promise<Known> {
  const { db, actor, body } = request;
  const week = await store.getWeek(db, request.params.id);
  const inside = (await store.listWeeks(db)).filter(({ parentId }) => parentId === week.id);
  const weekIds = [week, ...inside].map(({ id }) => id);
  const operations = request.can('operation.plan') ? await store.listOwnOperations(db, actor.agencyId, weekIds) : [];
  const plans = await readEarlierPlans(db, operations);
  const id = keptId<'week'>(body);
  const copies = [...inside, ...operations].map((one) => [one.id, newId()] as const);
  return {
    ...{ id, week, inside, operations, plans, still: await readStillThere(db, plans) },
    ids: new Map<string, string>([[week.id, id], ...copies]),
  };
}

const isTicked = ({ inside, week }: Known, ticked: readonly string[], weekId: string): boolean =>
  weekId === week.id || (ticked.includes(weekId) && inside.some(({ id }) => id === weekId));

function findWrongWeek(known: Known, { starts, ends, inside, codeNames, copied }: CopyWeekValues) {
  const errors: Record<string, string> = {};
  if (ends && ends < starts) return copyWeekErrors['ends before it starts'];
  for (const [id] of codeNames) {
    const operation = known.operations.find((one) => one.id === id);
    if (!operation) return { '': 'One of these operations is not there any more. Look at the list again.' };
    if (!isTicked(known, inside, operation.weekId))
      errors[codeNameField(id)] = `Select “${operation.weekName}” above too: ${operation.codeName} belongs to it`;
  }
  if (copied.includes('people and teams') && !copied.includes('partners'))
    errors.copied = 'Select “Partners” too: each person takes part for a partner';
  return Object.keys(errors).length > 0 ? (errors satisfies FormErrors) : undefined;
}

/** The weeks and operations as they are stored. */
function toCopies(known: Known, values: CopyWeekValues, { actor }: Pick<Request, 'actor'>) {
  const { week, operations, ids } = known;
  const agencyId = actor.agencyId as AgencyId;
  const inside = known.inside.filter(({ id }) => isTicked(known, values.inside, id));
  const copy = { week, inside, agencyId, ids: ids as ReadonlyMap<WeekId, WeekId> };
  const weeks = copyWeeks(copy, { name: values.name, startsOn: values.starts, endsOn: values.ends });
  const copied = operations.flatMap((earlier): { operation: Operation; earlier: OperationInWeek }[] => {
    const codeName = values.codeNames.get(earlier.id);
    const inWeek = findCopyOfWeek(copy, weeks, earlier);
    if (!codeName || !inWeek) return [];
    const { unit, area } = earlier;
    const id = (ids.get(earlier.id) ?? earlier.id) as Operation['id'];
    const plannedBy = actor.memberId as MemberId;
    const of = { id, weekId: inWeek.id, agencyId, codeName, unit, area, plannedBy, copiedFrom: earlier.id };
    return [{ operation: { ...of, ...moveDays(earlier, inWeek) }, earlier }];
  });
  return { weeks, copied };
}

async function addOperations(
  tx: Writer<AnyTables>,
  { plans, still }: Known,
  { copied }: ReturnType<typeof toCopies>,
  parts: CopyWeekValues['copied'],
  given: { readonly at: Date; readonly mode: Mode },
): Promise<void> {
  for (const { operation, earlier } of copied) {
    await store.addOperation(tx, operation);
    const leading = await addLeadingUnit(tx, operation, given.at);
    const plan = plans.find((one) => one.operation.id === earlier.id);
    await addCopy(tx, { plan, still }, parts, { operation, leading }, given);
  }
}

/** The new week; the new operation where there is one. */
function findNextPage(known: Known, values: CopyWeekValues, request: Request): string {
  const [first, ...others] = toCopies(known, values, request).copied;
  if (!first || others.length > 0) return weekPaths.week(known.id);
  const plan = known.plans.find((one) => one.operation.id === first.earlier.id);
  return leavesSomebodyOut({ plan, still: known.still }, values.copied)
    ? operationPaths.people(first.operation.id)
    : operationPaths.operation(first.operation.id);
}

export async function copyWeekRoute(app: App, { mode }: AreaParts): Promise<void> {
  formRoute(app, weekPaths.copy.route, {
    may: may('week.plan', IdPath),
    load: readWeek,
    form: CopyWeekForm,
    check: findWrongWeek,
    page: copyWeekPage,
    saves: 'Week',
    event: 'week.added',
    subject: ({ id }) => id,
    details: (known, values, request) => {
      const { weeks, copied } = toCopies(known, values, request);
      const { plans, still } = known;
      const people = plans
        .filter(({ operation }) => values.codeNames.has(operation.id))
        .flatMap((plan) => listCopiedPeople({ plan, still }, values.copied));
      const also = [
        ...weeks.slice(1).map((one) => ({ event: 'week.added', subject: one.id, fields: Object.keys(one) })),
        ...copied.map(({ operation }) => ({
          ...{ event: 'operation.planned', subject: operation.id, fields: Object.keys(operation) },
        })),
      ];
      return { kind: 'collection', fields: Object.keys(known.week), returned: [...new Set(people)], also };
    },
    change: async (tx, known, values, request) => {
      const there = await store.lockWeeks(tx);
      // The button was pressed twice: the first press did it all.
      if (there.some(({ id }) => id === known.id)) return accept('there already' as const);
      const copies = toCopies(known, values, request);
      for (const week of copies.weeks) {
        const stands = checkWeek(week, there);
        if (!stands.ok) return stands;
        await store.addWeek(tx, week);
      }
      await addOperations(tx, known, copies, values.copied, { at: request.now, mode });
      return accept('copied' as const);
    },
    refusals: copyWeekErrors,
    next: (done, known, values, request) =>
      done === 'copied' ? findNextPage(known, values, request) : weekPaths.week(known.id),
  });
}
