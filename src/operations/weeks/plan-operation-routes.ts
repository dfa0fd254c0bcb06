/** Plans an operation: the operation, its week where that is new too, and its leading unit take part in one transaction. */
import { z } from 'zod';
import { getAgency } from '../../identity/agencies/index.ts';
import type { Actor } from '../../platform/access-policy/access.ts';
import type { Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { keptId } from '../../platform/forms/forms.ts';
import { type App, type FormErrors, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgencyId, type MemberId, newId, type WeekId } from '../../vocabulary/ids.ts';
import { operationPaths } from '../../vocabulary/paths/operations.ts';
import { accept } from '../../vocabulary/result.ts';
import { moveDays } from '../copied-plan/copied-plan.ts';
import {
  addCopy,
  type CopyChoice,
  findWrongCopy,
  leavesSomebodyOut,
  listCopiedPeople,
  readCopyChoice,
} from '../copied-plan/new-operation.ts';
import { NewOperationForm, type OperationForm } from './forms.ts';
import type { Operation, Partner } from './operation.ts';
import { operationFormPage } from './operation-form-pages.ts';
import { weekErrors } from './pages.ts';
import { addParticipant, addPartner, type ParticipationTables } from './partner-store.ts';
import * as store from './store.ts';
import { checkWeek, type Week, type WeekRefusal } from './week.ts';
import { readTaskings } from './week-taskings.ts';

const NewQuery = z.object({
  week: z.uuid().optional().catch(undefined),
  copy: z.uuid().optional().catch(undefined),
});

const unknownWeek: FormErrors = { weekId: 'Select a week that is there' };
type OperationValues = z.output<typeof OperationForm>;

type Weeks = { readonly weeks: readonly Week[] };

/** Refuses a week that is not there, and days in the wrong order. */
export const findWrongWeekOrDays = ({ weeks }: Weeks, values: OperationValues): FormErrors | undefined => {
  if (!weeks.some(({ id }) => id === values.weekId)) return unknownWeek;
  const { startsOn, endsOn } = withDates({ weeks }, values);
  return endsOn < startsOn ? weekErrors['ends before it starts'] : undefined;
};

/** The days of the week, where none of the operation's own were typed. */
export const withDates = ({ weeks }: Weeks, { starts, ends, weekId, codeName, unit, area }: OperationValues) => {
  const values = { weekId, codeName, unit, area };
  const week = weeks.find(({ id }) => id === values.weekId);
  return { startsOn: starts ?? week?.startsOn ?? '', endsOn: ends ?? week?.endsOn ?? '', ...values };
};

type NewOperationValues = z.output<typeof NewOperationForm>;
type Known = Weeks & { readonly id: Operation['id']; readonly weekId: WeekId; readonly copy: CopyChoice } & {
  /** As a coordinator's tasking names it. */
  readonly area: string | undefined;
};

const isNewWeek = ({ weekName, weekLead, weekFocus, weekStarts, weekEnds }: NewOperationValues): boolean =>
  [weekName, weekLead, weekStarts, weekEnds].some(Boolean) || weekFocus.length > 0;

/** The week typed on the form, which is used in place of the one selected. Without its days the operation has those of the week. */
function toNewWeek({ weekId: id }: Known, values: NewOperationValues, agencyId: string): Week | undefined {
  const { weekName: name, weekLead: lead, weekFocus: focus, weekStarts: startsOn, weekEnds: endsOn } = values;
  if (!name || !lead || focus.length === 0 || !startsOn || !endsOn) return undefined;
  const rest = { agencyId: agencyId as AgencyId, parentId: null, countries: [], note: null };
  return { id, name, lead, focus, startsOn, endsOn, ...rest };
}

const { ends: outOfOrder = '' } = weekErrors['ends before it starts'];
const { ends: tooLong = '' } = weekErrors['too long'];

function findNewWeekErrors({ weekName, weekLead, weekFocus, weekStarts, weekEnds }: NewOperationValues): FormErrors {
  return {
    ...(!weekName && { weekName: 'Enter the name of the week' }),
    ...(!weekLead && { weekLead: 'Enter the lead country or agency' }),
    ...(weekFocus.length === 0 && { weekFocus: 'Select at least one kind of exploitation' }),
    ...(!weekStarts && { weekStarts: 'Enter the first day' }),
    ...(!weekEnds && { weekEnds: 'Enter the last day' }),
    ...(weekStarts && weekEnds && weekEnds < weekStarts && { weekEnds: outOfOrder }),
  };
}

/** The same as on the form of a week, at the fields of this form. */
const newWeekErrors: Record<WeekRefusal, FormErrors> = {
  'ends before it starts': { weekEnds: outOfOrder },
  'too long': { weekEnds: tooLong },
  'already there': { weekName: 'There is already a week with this name and these dates. Select it in the list' },
  'stands inside itself': weekErrors['stands inside itself'],
};

/** Days that were filled in from the selected week are none of the new one. */
const withoutWeekDays = ({ weeks }: Weeks, values: NewOperationValues): NewOperationValues => {
  const selected = weeks.find(({ id }) => id === values.weekId);
  const untouched = selected && values.starts === selected.startsOn && values.ends === selected.endsOn;
  return { ...values, ...(untouched && { starts: null, ends: null }) };
};

/** Both are typed, or taken from the operation that is copied. */
const findMissingNames = ({ copy }: Known, { unit, area }: NewOperationValues): FormErrors =>
  copy.plan
    ? {}
    : {
        ...(unit === null && { unit: 'Enter the unit that leads it' }),
        ...(area === null && { area: 'Enter the area' }),
      };

/** The unit and the area of the copied operation where none were typed, and its days in the new week. */
function withCopied({ copy: { plan }, weeks }: Known, values: NewOperationValues, week: Week | undefined) {
  const inWeek = week ?? weeks.find(({ id }) => id === values.weekId);
  const days = plan && inWeek ? moveDays(plan.operation, inWeek) : undefined;
  return {
    ...values,
    unit: values.unit ?? plan?.operation.unit ?? '',
    area: values.area ?? plan?.operation.area ?? '',
    starts: values.starts ?? days?.startsOn ?? null,
    ends: values.ends ?? days?.endsOn ?? null,
    weekId: (week?.id ?? values.weekId) as WeekId,
  };
}

/** The operation, and its week where that is new. */
function toPlanned(known: Known, typed: NewOperationValues, { agencyId, memberId }: Actor) {
  const week = isNewWeek(typed) ? toNewWeek(known, typed, agencyId) : undefined;
  const weeks = week ? [...known.weeks, week] : known.weeks;
  const settled = withCopied(known, week ? withoutWeekDays(known, typed) : typed, week);
  const operation: Operation = {
    id: known.id,
    agencyId: agencyId as AgencyId,
    plannedBy: memberId as MemberId,
    copiedFrom: known.copy.plan?.operation.id ?? null,
    ...withDates({ weeks }, settled),
  };
  return { week, weeks, settled, operation };
}

function findWrongAnswers(known: Known, values: NewOperationValues, actor: Actor): FormErrors | undefined {
  if (!isNewWeek(values) && values.weekId === null)
    return known.weeks.length > 0 ? { weekId: 'Select the week' } : findNewWeekErrors(values);
  const wrong = {
    ...(isNewWeek(values) && findNewWeekErrors(values)),
    ...findMissingNames(known, values),
    ...findWrongCopy(known.copy, values),
  };
  if (Object.keys(wrong).length > 0) return wrong;
  const { week, weeks, settled } = toPlanned(known, values, actor);
  // Whether the week is there already is checked with all weeks locked: a second press finds the first one's week.
  const stands = week ? checkWeek(week, []) : accept(true);
  if (!stands.ok) return newWeekErrors[stands.refusal];
  return findWrongWeekOrDays({ weeks }, settled);
}

export function planOperationRoute(app: App, { mode, areas }: Pick<AreaParts, 'mode' | 'areas'>): void {
  formRoute(app, operationPaths.add.route, {
    may: may('operation.plan', z.unknown(), NewQuery),
    load: async (request): Promise<Known> => {
      const weeks = await store.listWeeks(request.db);
      const copy = await readCopyChoice(request);
      const week = weeks.find(({ id }) => id === request.query.week);
      const tasked = week ? await readTaskings(areas, request, week, []) : [];
      const area = tasked.find((one) => one.area)?.area ?? undefined;
      return { id: keptId<'operation'>(request.body), weekId: newId<'week'>(), weeks, copy, area };
    },
    form: NewOperationForm,
    check: (known, values, { actor }) => findWrongAnswers(known, values, actor),
    page: ({ id, weeks, copy, area }, _typed, _errors, { query, today }) =>
      operationFormPage({ id, weeks, week: query.week, today, copy, area }),
    saves: 'Operation',
    event: 'operation.planned',
    subject: ({ id }) => id,
    details: (known, values, { actor }) => {
      const { week, operation } = toPlanned(known, values, actor);
      return {
        kind: 'collection',
        fields: Object.keys(operation),
        returned: listCopiedPeople(known.copy, values.copied),
        ...(week && { also: [{ event: 'week.added', subject: week.id, fields: Object.keys(week) }] }),
      };
    },
    change: async (tx, known, values, { actor, now }) => {
      const { week, operation } = toPlanned(known, values, actor);
      const stands = week ? checkWeek(week, await store.lockWeeks(tx)) : accept(true);
      if (!stands.ok) return stands;
      if (week) await store.addWeek(tx, week);
      // The button was pressed twice: the first press did it all.
      if (!(await store.addOperation(tx, operation))) return accept(true);
      const leading = await addLeadingUnit(tx, operation, now);
      await addCopy(tx, known.copy, values.copied, { operation, leading }, { at: now, mode });
      return accept(true);
    },
    refusals: newWeekErrors,
    next: (_, { id, copy }, { copied }) =>
      leavesSomebodyOut(copy, copied) ? operationPaths.people(id) : operationPaths.operation(id),
  });
}

/** The leading unit takes part from the beginning, and in it the planner. */
export async function addLeadingUnit(
  tx: Writer<ParticipationTables>,
  operation: Operation,
  at: Date,
): Promise<Partner> {
  const { id: operationId, agencyId, plannedBy: memberId, unit } = operation;
  const { kind, name, officialName } = await getAgency(tx, agencyId);
  const partnerId = newId<'partner'>();
  const given = { by: memberId, at };
  const partner: Partner = {
    id: partnerId,
    operationId,
    agencyId,
    kind,
    ownUnit: true,
    leads: true,
    printedName: unit,
    officialName: `${unit}, ${officialName || name}`,
    resources: [],
  };
  await addPartner(tx, partner, { ...given, joins: 'at once' });
  await addParticipant(tx, { operationId, memberId, partnerId, duty: 'plans' }, given);
  return partner;
}
