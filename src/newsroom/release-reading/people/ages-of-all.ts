/** Reads the ages of all who were arrested, where a later sentence gives them: "Those arrested are between 22 and 37 years old". */
import type { ClaimContent } from '../parsed-release.ts';

const ages =
  /^(?:The|All|Those|These|They)(?: (?:of|the|those|people|men|women|suspects|and|persons|individuals|who (?:were|are)|under|arrested|arrest|were|are|in|custody|six|five|four|three|seven|eight|nine|ten)){1,7},? (?:all )?(?:aged )?(?:between|from) (?<from>\d\d) (?:and|to) (?<to>\d\d)\b/;

/** One row for each of them, where the release counted men and women, and told no age. */
export function agesOfAll(text: string, told: readonly ClaimContent[]): ClaimContent[] {
  const { from, to } = ages.exec(text)?.groups ?? {};
  if (!from || !to || !/\b(?:arrest|custody|suspects)/.test(text.slice(0, 80)) || Number(from) >= Number(to)) return [];
  if (told.some(({ kind }) => kind === 'person arrested')) return [];
  const counted = told.flatMap((one) =>
    one.kind === 'arrests' && one.sex !== null && one.count.qualifier === 'exact' ? [one] : [],
  );
  const sexes = new Map(counted.map(({ sex, count }) => [sex, count.value] as const));
  // Twice the men, with another number each time: then nobody knows who they are.
  if (counted.length !== sexes.size) return [];
  return [...sexes].flatMap(([sex, size]) =>
    Array.from(
      { length: Math.min(size, 50) },
      (): ClaimContent => ({
        kind: 'person arrested',
        sex,
        age: null,
        ageRange: [Number(from), Number(to)],
        home: null,
        matter: null,
      }),
    ),
  );
}
