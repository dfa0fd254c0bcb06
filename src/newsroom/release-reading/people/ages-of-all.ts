/** Reads the ages of all who were arrested, where a later sentence gives them: "Those arrested are between 22 and 37 years old". */
import type { ClaimContent, Sex } from '../parsed-release.ts';
import { agesBetween, rangeIn } from './person-phrase.ts';

const ages = new RegExp(
  `^(?:The|All|Those|These|They|Both)(?: (?:of|the|those|people|(?<sex>men|women|males|females)|suspects|accused|defendants|and|persons|individuals|foreigners|foreign|nationals|workers|migrants|[A-Z][a-z]+|who|were|are|have|been|under|arrested|arrest|detained|held|in|custody|both|all|\\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve))*,?(?: [^,.;]{4,40}(?: among them)?,)?(?: (?:are|were|range|ranged))?(?: in age)? ?(?:all )?(?<range>${agesBetween})`,
);

/** One row for each of them, where the release counted them once and told no age. `told`: the arrests so far. */
export function agesOfAll(text: string, told: readonly ClaimContent[]): ClaimContent[] {
  const found = ages.exec(text)?.groups;
  const range = found ? rangeIn(found['range'] ?? '') : null;
  if (!range) return [];
  if (told.some(({ kind }) => kind === 'person arrested')) return [];
  const counted = told.flatMap((one) =>
    one.kind === 'arrests' && one.count.qualifier === 'exact' && one.count.value > 0 ? [one] : [],
  );
  const ofSex = found?.['sex'];
  const sexed = counted.filter(({ sex }) => sex !== null);
  // "The women …": of them alone; else of men and women, or of all where neither was counted.
  const meant = ofSex
    ? sexed.filter(({ sex }) => sex === (/^(?:women|females)$/.test(ofSex) ? 'female' : 'male'))
    : sexed.length > 0
      ? sexed
      : counted;
  const sizes = new Map<Sex | null, number>(meant.map(({ sex, count }) => [sex, count.value] as const));
  // Twice the men, with another number each time: then nobody knows who they are.
  if (sizes.size === 0 || meant.some(({ sex, count }) => sizes.get(sex) !== count.value)) return [];
  if (!ofSex && !/\b(?:arrest|custody|suspects|accused|detained|held|They)/.test(text.slice(0, 80))) return [];
  return [...sizes].flatMap(([sex, size]) =>
    Array.from(
      { length: Math.min(size, 200) },
      (): ClaimContent => ({ kind: 'person arrested', sex, age: null, ageRange: range, home: null, matter: null }),
    ),
  );
}
