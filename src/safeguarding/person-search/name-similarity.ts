/** How similar two names are. Pure. Only sorts search results; it is never shown or stored. */
import { scoreNames } from '../../vocabulary/languages/alike-names.ts';
import { splitName } from '../../vocabulary/languages/latin-spelling.ts';
import type { PersonNames, PersonQuery } from './search-terms.ts';

/** How similar a person is to the search. Only sorts lists: it is never shown or stored, and says nothing about the person. */
export function scoreSimilarity(sought: PersonQuery, known: PersonNames): number {
  const typed = splitName(sought.name);
  const names = [known.called, ...known.others].map((name) => splitName(name));
  const all = [...new Set(names.flat())];
  const joined = (parts: readonly string[]): string[] => [parts.join('')];
  const likes =
    typed.length === 0
      ? [0]
      : [
          ...names.map((parts) => scoreNames(typed, parts)),
          scoreNames(typed, all) - 0.03,
          ...names.map((parts) => scoreNames(joined(typed), joined(parts)) - 0.02),
        ];
  return Math.max(...likes) + scoreYears(sought.yearOfBirth, known.yearOfBirth);
}

function scoreYears(sought: number | null, known: number | null): number {
  if (sought === null || known === null) return 0;
  const apart = Math.abs(sought - known);
  if (apart === 0) return 0.1;
  return apart === 1 ? 0.06 : apart > 3 ? -0.05 : 0;
}
