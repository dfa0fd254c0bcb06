/** Attendance of people without an account, as a number for each unit and never a name. */
import { z } from 'zod';
import type { Partner } from '../../operations/plan/index.ts';
import type { Field, FieldBuilder } from '../../platform/forms/fields.ts';
import { OptionalCount } from '../../platform/forms/forms.ts';
import { countWord, listOf } from '../../vocabulary/languages/english.ts';
import type { OtherAttendees } from '../visit.ts';

/** The units of the operation, and interpreters. An earlier visit also keeps units that have left since. */
export type AttendingUnit = Omit<OtherAttendees, 'count'>;

export function listUnits(
  partners: readonly Pick<Partner, 'id' | 'printedName'>[],
  recorded: readonly OtherAttendees[],
): AttendingUnit[] {
  const named: AttendingUnit[] = partners.map(({ id, printedName }) => ({ partnerId: id, from: printedName }));
  const gone = recorded.filter(
    ({ partnerId }) => partnerId !== null && !named.some((unit) => unit.partnerId === partnerId),
  );
  return [...named, ...gone, { partnerId: null, from: 'Interpreters' }];
}

const getFieldName = ({ partnerId }: AttendingUnit): string => `others-${partnerId ?? 'interpreters'}`;

export const othersFields = (
  ask: FieldBuilder,
  units: readonly AttendingUnit[],
  known: readonly OtherAttendees[] = [],
): Field[] => [
  ask.group(
    'others',
    '',
    [
      ask.heading(
        'others-hint',
        'Other people, without a Safelight account',
        'Enter how many people came from each unit. Do not enter names. If nobody came from a unit, leave its box empty.',
      ),
      ...units.map((unit) =>
        ask.count(getFieldName(unit), unit.from, {
          value: known.find(({ partnerId }) => partnerId === unit.partnerId)?.count ?? '',
        }),
      ),
    ],
    { fold: 'Count people without a Safelight account' },
  ),
];

/** What was typed of each unit: the units from which somebody came. */
export const OthersForm = (units: readonly AttendingUnit[]) =>
  z.object(Object.fromEntries(units.map((unit) => [getFieldName(unit), OptionalCount(999)]))).transform((counts) => ({
    others: units.flatMap(({ partnerId, from }): OtherAttendees[] => {
      const count = counts[getFieldName({ partnerId, from })];
      return count ? [{ partnerId, from, count }] : [];
    }),
  }));

/** "six from Tactical Support and one from Interpreters" reads badly: each unit, then its number. */
export const formatOthers = (others: readonly OtherAttendees[]): string =>
  listOf(others.map(({ from, count }) => `${from}: ${countWord(count)}`));
