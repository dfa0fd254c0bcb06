/** A new operation that starts with an earlier one: which may be chosen, what the form asks, and what is stored. */
import { z } from 'zod';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import type { FormErrors, Request } from '../../platform/http/server.ts';
import { dayRange } from '../../vocabulary/calendar/days.ts';
import type { OperationInWeek } from '../weeks/operation.ts';
import type { Mode } from '../weeks/partner-store.ts';
import * as weeks from '../weeks/store.ts';
import {
  type CopiedPart,
  type CopyTarget,
  copiedParts,
  copyPlan,
  type EarlierPlan,
  listLeftOut,
  type StillThere,
} from './copied-plan.ts';
import { addCopiedPlan, readEarlierPlans, readStillThere } from './store.ts';

/** What the form offers, and the earlier plan that was chosen. */
export type CopyChoice = {
  readonly offered: readonly OperationInWeek[];
  readonly plan: EarlierPlan | undefined;
  readonly still: StillThere;
};

type Copied = Pick<CopyChoice, 'plan' | 'still'>;

/** Older ones are copied from their own page. */
const mostOffered = 100;

/** The earlier operation in the address or in what was sent. Not found where the member may not read who takes part in it. */
export async function readCopyChoice(
  request: Request & { readonly query: { readonly copy?: string | undefined } },
): Promise<CopyChoice> {
  const { db, actor } = request;
  const offered = await weeks.listReadInFull(db, actor, mostOffered);
  const { copyOf = request.query.copy } = answersOf(request.body);
  const chosen =
    typeof copyOf === 'string' && copyOf !== '' ? await findReadInFull(request, copyOf, offered) : undefined;
  const plans = chosen ? await readEarlierPlans(db, [chosen]) : [];
  return { offered, plan: plans[0], still: await readStillThere(db, plans) };
}

async function findReadInFull(
  { db, actor }: Request,
  id: string,
  offered: readonly OperationInWeek[],
): Promise<OperationInWeek | undefined> {
  const known = offered.find((one) => one.id === id);
  if (known || !z.uuid().safeParse(id).success) return known;
  const [operation] = await weeks.listReadInFullById(db, actor, id);
  if (!operation) throw notFound('operation');
  return operation;
}

const partHints: Record<CopiedPart, { readonly text: string; readonly hint: string }> = {
  partners: {
    text: 'Partners with their resources',
    hint: 'Each agency is invited, and accepts or declines.',
  },
  'people and teams': {
    text: 'People with their duties, and teams',
    hint: 'Anybody who no longer has an account is left out. You see their names after you save.',
  },
  'briefing times': {
    text: 'Briefing times',
    hint: 'As many days before the first day as before. A team sees its premises from then.',
  },
};

export const copiedPartOptions = copiedParts.map((value) => {
  const { text, hint } = partHints[value];
  return { value, text, hint: { text: hint } };
});

export const whatIsNeverCopied =
  'Premises, powers of entry, decisions and results are never copied with it. A visit in the past is no reason for a new one.';

/** What is ticked beforehand. */
export const usualParts: readonly CopiedPart[] = ['partners', 'people and teams'];

/** Folded until an operation is chosen, on this page or on the page before. */
export function copyFields(ask: FieldBuilder, { offered, plan }: CopyChoice): Field[] {
  if (offered.length === 0 && !plan) return [];
  const listed = plan && !offered.some(({ id }) => id === plan.operation.id) ? [plan.operation, ...offered] : offered;
  const group = ask.group(
    'copy',
    '',
    [
      ask.choose(
        'copyOf',
        'Earlier operation',
        listed.map(({ id, codeName, startsOn, endsOn }) => ({
          value: id,
          text: `${codeName}, ${dayRange(startsOn, endsOn)}`,
        })),
        { value: plan?.operation.id, hint: 'Leave the unit and the area empty below to use those of this operation.' },
      ),
      ask.many('copied', 'What to copy', copiedPartOptions, { value: usualParts, hint: whatIsNeverCopied }),
    ],
    { fold: 'Copy an earlier operation' },
  );
  // The ticks that are set beforehand do not unfold it.
  return [
    {
      ...group,
      open: group.fields.some(({ name, error }) => error !== undefined && name !== '') || plan !== undefined,
    },
  ];
}

export function findWrongCopy(
  { plan }: CopyChoice,
  { copyOf, copied }: { readonly copyOf: string | null; readonly copied: readonly CopiedPart[] },
): FormErrors | undefined {
  if (copyOf === null) return undefined;
  if (!plan) return { copyOf: 'Select an operation from the list' };
  if (copied.length === 0) return { copied: 'Select what to copy' };
  return copied.includes('people and teams') && !copied.includes('partners')
    ? { copied: 'Select “Partners” too: each person takes part for a partner' }
    : undefined;
}

/** The people who will be added, for the log. */
export const listCopiedPeople = ({ plan, still }: Copied, copied: readonly CopiedPart[]): string[] =>
  plan && copied.includes('people and teams')
    ? plan.participants.filter(({ memberId }) => still.members.has(memberId)).map(({ memberId }) => memberId)
    : [];

export async function addCopy(
  tx: Writer<AnyTables>,
  { plan, still }: Copied,
  copied: readonly CopiedPart[],
  target: CopyTarget,
  given: { readonly at: Date; readonly mode: Mode },
): Promise<void> {
  if (!plan) return;
  const by = target.operation.plannedBy;
  await addCopiedPlan(tx, target, copyPlan(plan, target, copied, still), { by, ...given });
}

/** Whether somebody or some agency of the earlier operation could not be copied. */
export const leavesSomebodyOut = ({ plan, still }: Copied, copied: readonly CopiedPart[]): boolean => {
  if (!plan || !copied.includes('partners')) return false;
  const { agencies, people } = listLeftOut(plan, still);
  return agencies.length > 0 || (copied.includes('people and teams') && people.length > 0);
};
