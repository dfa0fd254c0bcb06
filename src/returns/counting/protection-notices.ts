/** What the pages of a return say of how the figures of people helped were protected. Pure. */
import { shortDay } from '../../vocabulary/calendar/days.ts';
import type { Figures, Indicator } from '../../vocabulary/figures.ts';
import { capital, listOf } from '../../vocabulary/languages/english.ts';
import type { Population } from './declared-tables.ts';
import type { ProtectedPopulation } from './protected-population.ts';

const populationOf: Readonly<Partial<Record<Indicator, Population>>> = {
  'people.advised': 'people advised',
  'people.declinedPolice': 'people who declined police',
  'needs.recorded': 'needs',
  'referrals.made': 'referrals',
  'referrals.accepted': 'referrals',
  'referrals.declined': 'referrals',
  'nrm.sent': 'referrals by officers',
  'nrm.referred': 'referrals by officers',
  'nrm.notified': 'referrals by officers',
  'nrm.sentBySupport': 'referrals by support agencies',
  'nrm.referredBySupport': 'referrals by support agencies',
  'nrm.notifiedBySupport': 'referrals by support agencies',
  'victims.byOfficers': 'potential victims referred by officers',
  'victims.inNotes': 'potential victims in notes',
  'arrests.concern': 'people arrested with a concern',
};

type Protected = { readonly figures: Figures; readonly protection: readonly ProtectedPopulation[] };

/** A figure that was counted, and whose number stays where it was counted. */
export const isNotShown = ({ figures, protection }: Protected, indicator: Indicator): boolean =>
  protection.some(({ population }) => population === populationOf[indicator]) && !figures[indicator];

/** Why numbers are missing or older than the count, and what to do: one sentence for each reason, for these figures. */
export function describeProtection({ figures, protection }: Protected, indicators: readonly Indicator[]): string[] {
  const asked = new Set(indicators.flatMap((indicator) => populationOf[indicator] ?? []));
  const own = protection.filter(({ population }) => asked.has(population));
  const isGiven = ({ population }: ProtectedPopulation): boolean =>
    indicators.some((indicator) => populationOf[indicator] === population && figures[indicator]);
  const names = (some: readonly ProtectedPopulation[]): string => listOf(some.map(({ population }) => population));
  const older = Map.groupBy(
    own.filter((one) => one.state === 'unchanged' && isGiven(one)),
    ({ countedOn }) => countedOn,
  );
  const refused = own.filter(({ state }) => state === 'refused');
  const late = refused.filter(({ why }) => why === 'not finished');
  const unsafe = refused.filter(({ why }) => why === 'not safe');
  const few = own.filter((one) => one.state !== 'refused' && !isGiven(one));
  return [
    ...[...older].map(
      ([day, some]) =>
        `${capital(names(some))}: fewer than five people came or went since the count of ${shortDay(day)}, so the numbers are those of that count. Count again when more people were helped.`,
    ),
    ...(late.length > 0
      ? [
          `${capital(names(late))}: the new numbers are not shown, because their check did not finish in time. Count again later.`,
        ]
      : []),
    ...(unsafe.length > 0
      ? [
          `${capital(names(unsafe))}: the new numbers are not shown, because they could give somebody away. Count again when more people were helped.`,
        ]
      : []),
    ...(few.length > 0
      ? [
          `${capital(names(few))}: not shown, because too few people stand behind the numbers, or because other figures of this return would give them away. Count again when more people were helped.`,
        ]
      : []),
  ];
}
