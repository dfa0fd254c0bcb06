/** Refuses arrests whose time or fields contradict the visit, the notification about a child, or each other. Pure. */
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import type { ArrestFacts, Visit } from '../visit.ts';

export type ArrestRefusal =
  | 'finished'
  | 'closed'
  | 'before arriving'
  | 'after leaving'
  | 'in the future'
  | 'after telling about the child'
  | 'offence missing'
  | 'offence of an administrative arrest'
  | 'not an immigration matter'
  | 'status of a criminal arrest';

type ArrestTimeRefusal = 'before arriving' | 'after leaving' | 'in the future' | 'after telling about the child';
type ArrestContradiction = Exclude<ArrestRefusal, ArrestTimeRefusal | 'finished' | 'closed'>;

/** Contradictions in a record of an arrest. An administrative arrest concerns immigration, has no offence, and cannot end in release under investigation. */
export function findArrestContradictions({
  kind,
  matter,
  offence,
  status,
}: Pick<ArrestFacts, 'kind' | 'matter' | 'offence' | 'status'>): ArrestContradiction[] {
  if (kind === 'criminal') return offence ? [] : ['offence missing'];
  const wrong: [boolean, ArrestContradiction][] = [
    [matter !== 'immigration', 'not an immigration matter'],
    [offence !== null, 'offence of an administrative arrest'],
    [status === 'released under investigation', 'status of a criminal arrest'],
  ];
  return wrong.flatMap(([is, what]) => (is ? [what] : []));
}

/** Refuses an arrest before the team arrived, after it left or in the future, and one with contradictory fields. */
export function checkArrest(
  visit: Pick<Visit, 'arrivedAt' | 'leftAt'>,
  arrest: Omit<ArrestFacts, 'encounterId'>,
  now: Date,
): Result<true, ArrestRefusal> {
  if (arrest.arrestedAt < visit.arrivedAt) return refuse('before arriving');
  if (arrest.arrestedAt > now) return refuse('in the future');
  if (visit.leftAt && arrest.arrestedAt > visit.leftAt) return refuse('after leaving');
  return checkArrestFacts(arrest);
}

/** The same without the time, for a change that leaves the time as it is: the visit may have been corrected since. */
export function checkArrestFacts(arrest: Omit<ArrestFacts, 'encounterId'>): Result<true, ArrestContradiction> {
  const [wrong] = findArrestContradictions(arrest);
  return wrong ? refuse(wrong) : accept(true);
}
