/** Reads people who were described apart from their arrest, and counts them only where they add up to it. */
import type { Claim, ClaimContent, Place } from '../parsed-release.ts';
import { groupsAt } from './people-in-rows.ts';
import { definiteAt, type Group } from './person-phrase.ts';

/** People of one sentence or item who may be those arrested. */
export type Described = { readonly place: Place; readonly groups: readonly Group[]; readonly size: number };

const front = /^(?:(?:[A-Z][a-z]+ )?(?:[A-Z][\w'-]+,? ){0,3}?(?=[Tt]he |[Aa] ))?/;
/** What is said of people who are in the hands of police. */
const custody =
  /^,? (?:(?:(?:have|has|had) (?:now |all |both |since |also |each )*been|were|was|are|is|will be|to be) (?:now |all |both |since |also |each |later |then |subsequently |jointly |still |being )*(?:charged|bailed|released|remanded|questioned|interviewed|detained|held|arrested|in (?:police )?custody|on bail|due|taken|accused|suspected|from)\b|(?:appeared|appear|will appear|face|faces|remain|remains|come|comes|were charged|was charged)\b)/;
const chargedBefore =
  /\b(?:[Pp]olice|[Oo]fficers|[Dd]etectives|[Ii]nvestigators|[Aa]gents) (?:have |has |also |later |then )*(?:charged|detained|named|identified) $/;

/** Everybody in a row of definite phrases, names or counts; null where none begins here. */
function rowAt(text: string, at: number): { groups: Group[]; end: number } | null {
  const groups: Group[] = [];
  let end = at;
  for (;;) {
    const one = definiteAt(text, end);
    const more = one ? null : groupsAt(text, end);
    if (one) groups.push(one.group);
    else if (more) groups.push(...more.groups);
    else break;
    end = one?.end ?? more?.end ?? end;
    const separator = /^[,;]? and |^[,;] /.exec(text.slice(end, end + 8))?.[0];
    if (!separator || !(definiteAt(text, end + separator.length) ?? groupsAt(text, end + separator.length))) break;
    end += separator.length;
  }
  return groups.length > 0 ? { groups, end } : null;
}

const isTold = ({ ages, range, home, apart }: Group): boolean =>
  ages.length > 0 || range !== null || home !== null || apart !== undefined;

/** Who is described in a sentence whose subject, or object of charging, they are. Dates are hidden in `text`. */
export function describedIn(text: string, place: Place): Described[] {
  const starts = [front.exec(text)?.[0].length ?? 0, 0];
  const charged = /\b(?:charged|detained|named|identified) (?=an? |two |three |four |the |[A-Z\d])/.exec(text);
  if (charged && chargedBefore.test(text.slice(0, charged.index + charged[0].length)))
    starts.push(charged.index + charged[0].length);
  for (const start of new Set(starts)) {
    const row = rowAt(text, start);
    if (!row?.groups.every(isTold)) continue;
    if (start > 0 && start === starts[2] ? false : !custody.test(text.slice(row.end))) continue;
    return [{ place, groups: row.groups, size: row.groups.reduce((sum, { size }) => sum + size, 0) }];
  }
  return [];
}

/** "Those charged are:", "The suspects have been identified as:". */
export const leadsToAccused = (text: string): boolean =>
  /\b(?:charged|charges|accused|suspects|defendants|identified as|named as)\b[^.:]{0,60}:$/i.test(text.trim());

/** An item of such a list. */
export function describedInItem(text: string, place: Place): Described[] {
  const row = rowAt(text, 0);
  return row?.groups.every(isTold)
    ? [{ place, groups: row.groups, size: row.groups.reduce((sum, { size }) => sum + size, 0) }]
    : [];
}

type Arrests = Extract<Claim, { kind: 'arrests' }>;
const sizes = (claims: readonly Claim[]): ReadonlySet<number> => {
  const counted = claims.filter(
    (one): one is Arrests => one.kind === 'arrests' && one.count.qualifier === 'exact' && one.scope !== 'part',
  );
  const bySex = (sex: string) => new Set(counted.filter((one) => one.sex === sex).map(({ count }) => count.value));
  const [men, women] = [[...bySex('male')], [...bySex('female')]];
  const both = men.length === 1 && women.length === 1 ? [(men[0] ?? 0) + (women[0] ?? 0)] : [];
  return new Set([...counted.map(({ count }) => count.value), ...both]);
};

/** If all arrests are of one sex, people described without a sex have it. */
export function withOneSex(groups: readonly Group[], claims: readonly Claim[]): readonly Group[] {
  const sexes = new Set(claims.flatMap((one) => (one.kind === 'arrests' && one.count.value > 0 ? [one.sex] : [])));
  const [only = null] = sexes;
  return sexes.size === 1 ? groups.map((one) => ({ ...one, sex: one.sex ?? only })) : groups;
}

/** One claim for each of them, without a name. */
export const personsIn = (groups: readonly Group[]): ClaimContent[] =>
  groups.flatMap(({ size, sex, ages, home, range, apart }) =>
    Array.from({ length: Math.min(size, 200) }, (_, index): ClaimContent => {
      const its = ages.length === 0 ? (apart?.[index] ?? range) : null;
      const ageRange = its ? { ageRange: its } : {};
      return { kind: 'person arrested', sex, age: ages[index] ?? null, ...ageRange, home, matter: null };
    }),
  );

/**
 * Those described, with their sentences, where they are as many as the release says were arrested: all of one
 * sentence, or all sentences together with the people already told. All others stay unread.
 */
export function describedAsArrested(described: readonly Described[], claims: readonly Claim[]): Described[] {
  const counts = sizes(claims);
  const told = claims.filter(({ kind }) => kind === 'person arrested').length;
  const all = described.reduce((sum, { size }) => sum + size, 0);
  if (told > 0) return counts.has(told + all) && !counts.has(told) ? [...described] : [];
  if (counts.has(all)) return [...described];
  const [one] = described.filter(({ size }) => counts.has(size));
  return one ? [one] : [];
}
