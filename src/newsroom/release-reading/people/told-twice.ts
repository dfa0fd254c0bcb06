/** Takes out people whose arrest is told twice, once with less: "a man of 34" and "the 34-year-old from Denby". */
import type { Claim } from '../parsed-release.ts';

type Person = Extract<Claim, { kind: 'person arrested' }>;

/** Whether all that one says is said of the other, who is told more of. */
function saysLess(one: Person, other: Person): boolean {
  const fits = <Value>(less: Value | null, more: Value | null) => less === null || less === more;
  const sameAge =
    one.age === other.age ||
    (one.age === null &&
      other.age !== null &&
      (one.ageRange === undefined || (other.age >= one.ageRange[0] && other.age <= one.ageRange[1])));
  return (
    one.line !== other.line &&
    sameAge &&
    fits(one.sex, other.sex) &&
    fits(one.home, other.home) &&
    (one.sex !== other.sex || one.home !== other.home || one.age !== other.age)
  );
}

/** Each of them once, with the most that the release says. */
export function withoutThoseToldTwice(claims: readonly Claim[]): Claim[] {
  const taken = new Set<Claim>();
  return claims.filter((one) => {
    if (one.kind !== 'person arrested') return true;
    const other = claims.find((more) => more.kind === 'person arrested' && !taken.has(more) && saysLess(one, more));
    if (other) taken.add(other);
    return other === undefined;
  });
}
