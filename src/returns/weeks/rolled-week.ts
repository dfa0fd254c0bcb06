/** A coordinator's week for the comparison: the returns of many reporters, rolled up as on its totals page. Pure. */
import type { ReadWeek } from '../exchange/inbox/reading-week.ts';
import type { Totals } from '../exchange/inbox/roll-up.ts';

/** What a list of weeks says of it. */
export type NamedRolledWeek = {
  readonly kind: 'rolled';
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
};

export type RolledWeek = NamedRolledWeek & {
  readonly totals: Totals;
  /** How many returns are added, and the editions that they were counted by. */
  readonly returns: number;
  readonly editions: readonly string[];
  /** Codes of their countries. */
  readonly countries: readonly string[];
  /** Reporters that the week expects, and those of them with a return that counts. */
  readonly expected: number;
  readonly having: number;
};

export const nameRolledWeek = ({
  id,
  name,
  startsOn,
  endsOn,
}: Pick<RolledWeek, 'id' | 'name' | 'startsOn' | 'endsOn'>): NamedRolledWeek => ({
  ...{ kind: 'rolled', id, name, startsOn, endsOn },
});

const sorted = (all: readonly string[]): string[] => [...new Set(all)].sort();

export function toRolledWeek({ week, lines, rolled }: Pick<ReadWeek, 'week' | 'lines' | 'rolled'>): RolledWeek {
  const expected = lines.filter((line) => line.expected);
  return {
    ...nameRolledWeek(week),
    totals: rolled.totals,
    returns: rolled.added.length,
    editions: sorted(rolled.added.map(({ document }) => document.definitions)),
    countries: sorted(rolled.added.map(({ reporter }) => reporter.country)),
    expected: expected.length,
    having: expected.filter(({ counted }) => counted.length > 0).length,
  };
}
