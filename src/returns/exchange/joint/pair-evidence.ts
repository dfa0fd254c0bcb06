/** What two returns say for and against one visit in both, in sentences for the person who decides. Nothing is added up. Pure. */
import { counted, countWord, plural } from '../../../vocabulary/languages/english.ts';
import { type ReadableReturn, reporterKey } from '../inbox/inbox.ts';
import { isSamePlace, isShared, type LikelyPair, listReferences, type VisitGroup } from '../inbox/joint-visits.ts';
import { listDoubled } from '../inbox/overlaps.ts';
import { foldTown } from '../inbox/town-names.ts';

export type PairEvidence = { readonly same: readonly string[]; readonly different: readonly string[] };
/** Returns that count, and the references that two of them share. */
export type PairContext = {
  readonly added: readonly ReadableReturn[];
  readonly shared: ReturnType<typeof listReferences>;
};

export const toPairContext = (added: readonly ReadableReturn[]): PairContext => ({
  added,
  shared: listReferences(added).filter(isShared),
});

const fold = (text: string): string => text.trim().toLocaleLowerCase('en-GB');
const sides = ['first', 'second'] as const;
const sayVisits = (visits: number): string => `${countWord(visits)} ${plural(visits, 'visit')}`;

type Seen = PairContext & {
  readonly pair: LikelyPair;
  readonly one: ReadableReturn;
  readonly other: ReadableReturn;
  /** References at that place that no other return names, of each side. */
  readonly alone: readonly (readonly string[])[];
};

/** References that this return alone names, on that day, in that town, at that kind of premises. */
function listAlone({ from, town }: VisitGroup, pair: LikelyPair, { shared }: PairContext): string[] {
  const known = new Set(shared.map(({ reference }) => reference));
  return from.document.jointVisits
    .filter((line) => isSamePlace(line, { ...pair, town }) && !known.has(line.reference))
    .map(({ reference }) => reference);
}

export function listEvidence(pair: LikelyPair, context: PairContext): PairEvidence {
  const [one, other] = pair.groups.map(({ from }) => from) as [ReadableReturn, ReadableReturn];
  const alone = pair.groups.map((group) => listAlone(group, pair, context));
  const seen = { ...context, pair, one, other, alone };
  return { same: listForSame(seen), different: listForDifferent(seen) };
}

const isDoubled = ({ one, other }: Seen): boolean => listDoubled([one, other]).length > 0;

function listForSame(seen: Seen): string[] {
  const { pair, one, other, alone } = seen;
  const [mine, its] = pair.groups;
  const named = alone.map((references) => references.length > 0);
  const namesAlike = fold(one.document.operation.name) === fold(other.document.operation.name);
  return [
    ...(mine.visits === its.visits ? [`Both have ${sayVisits(mine.visits)} there that day.`] : []),
    ...(named[0] === named[1]
      ? []
      : [
          `The ${sides[named[0] ? 0 : 1]} return gives a visit there the reference ${alone.flat().join(', ')}. No other return names it.`,
        ]),
    ...(isDoubled(seen)
      ? ['Both are of one reporter, with one name and the same dates. Somebody may have entered the operation twice.']
      : namesAlike && reporterKey(one.reporter) !== reporterKey(other.reporter)
        ? ['Both operations have the same name.']
        : []),
  ];
}

function listForDifferent(seen: Seen): string[] {
  const { pair, one, other, alone, added, shared } = seen;
  const [mine, its] = pair.groups;
  const sayWhere = pair.groups.map(({ town }) => ({ ...pair, town }));
  const further = added.filter(
    (from) =>
      from !== one &&
      from !== other &&
      sayWhere.some((at) => from.document.visits.some((line) => isSamePlace(line, at))),
  ).length;
  const shareOthers = shared.some(({ lines }) => [one, other].every((side) => lines.some(({ from }) => from === side)));
  return [
    ...(mine.visits === its.visits
      ? []
      : [`The first return has ${sayVisits(mine.visits)} there that day, the second ${countWord(its.visits)}.`]),
    ...(alone.every((references) => references.length > 0)
      ? [`Each return gives its visit another reference: ${alone.flat().join(', ')}.`]
      : []),
    ...(foldTown(mine.town) === foldTown(its.town)
      ? []
      : [`The first return writes the town “${mine.town}”, the second “${its.town}”.`]),
    ...(one.reporter.country === other.reporter.country ? [] : ['The returns are of two countries.']),
    ...(shareOthers ? ['Both returns share a reference for another visit, and none for this one.'] : []),
    ...(one.document.instance.id === other.document.instance.id && !isDoubled(seen)
      ? ['Both came from one Safelight, as two operations.']
      : []),
    ...(further > 0 ? [`${counted(further, 'further return')} had such visits there that day, too.`] : []),
  ];
}
