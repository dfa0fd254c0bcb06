/** Takes out of a release's claims what a title says roughly and its text says exactly. */
import { type Claim, type Count, countOf, placeNamed } from './parsed-release.ts';

const isRough = ({ qualifier }: Count): boolean =>
  qualifier === 'more than' || qualifier === 'almost' || qualifier === 'about' || qualifier === 'at least';

/** Whether an exact number is the one that was said roughly: "more than 200" of 219. */
function meets(rough: Count, { value, qualifier }: Count): boolean {
  const off = (value - rough.value) / rough.value;
  if (qualifier !== 'exact' || Math.abs(off) > 0.25) return false;
  if (rough.qualifier === 'almost') return off < 0;
  return rough.qualifier === 'about' || off >= 0;
}

const isSaidRoughly = ({ value, qualifier }: Count, other: Count | null): boolean =>
  qualifier === 'exact' && other !== null && other.value === value && isRough(other);

const sameDeed = (one: Claim, other: Claim): boolean =>
  one.kind === other.kind &&
  (one.kind !== 'people' || (other.kind === 'people' && other.treatment === one.treatment)) &&
  // "38 nail bars" are not the "about 40 premises", nor three men the "almost four people".
  (one.kind !== 'premises' || (other.kind === 'premises' && other.business === one.business)) &&
  (one.kind !== 'arrests' || (other.kind === 'arrests' && other.sex === one.sex)) &&
  !('scope' in other && other.scope === 'part') &&
  (one.kind !== 'things' || (other.kind === 'things' && other.what === one.what));

/** A count without a place that a town of several has as well: it was that town's, and no total. */
const isOfOneTown = (one: Claim, claims: readonly Claim[]): boolean => {
  const count = countOf(one);
  if (count === null || placeNamed(one) !== null || ('scope' in one && one.scope !== undefined)) return false;
  const placed = claims.filter((other) => sameDeed(one, other) && placeNamed(other) !== null);
  return (
    placed.some((other) => countOf(other)?.value === count.value && countOf(other)?.qualifier === count.qualifier) &&
    placed.reduce((sum, other) => sum + (countOf(other)?.value ?? 0), 0) > count.value
  );
};

/** The first lines of a release: they may say roughly, or shorter, what its text says exactly. */
const isOpening = (claim: Claim, claims: readonly Claim[]): boolean =>
  claim.part !== 'body' || claim.line === claims.find(({ part }) => part === 'body')?.line;

/** "500 officers" in a quote are the "around 500" of the text before it. */
function isRepeatedInQuote(one: Claim, claims: readonly Claim[]): boolean {
  const count =
    /^["“'‘]/.test(one.sentence) || /^[^.]{0,200}: ["“]/.test(one.sentence) || one.kind === 'taking part'
      ? countOf(one)
      : null;
  return (
    count !== null &&
    claims.some(
      (other) =>
        other.line < one.line && other.part === 'body' && sameDeed(one, other) && isSaidRoughly(count, countOf(other)),
    )
  );
}

/** "More than 200 arrested" in a title is the 219 of the text: one claim, the exact one. */
export function withoutRoughTitles(claims: readonly Claim[]): Claim[] {
  return claims.filter((rough) => {
    if (isRepeatedInQuote(rough, claims)) return false;
    const said = isOpening(rough, claims) ? countOf(rough) : null;
    if (!said || rough.kind === 'person arrested') return true;
    if (isOfOneTown(rough, claims)) return false;
    // "161 nail bars" in a title are the "some 161" of the text.
    if (
      rough.part !== 'body' &&
      claims.some((one) => one.part === 'body' && sameDeed(rough, one) && isSaidRoughly(said, countOf(one)))
    )
      return false;
    if (!isRough(said) || (rough.part === 'body' && said.qualifier === 'about')) return true;
    return !claims.some((one) => {
      const count = sameDeed(rough, one) ? countOf(one) : null;
      return count !== null && (placeNamed(one) === null || placeNamed(rough) !== null) && meets(said, count);
    });
  });
}
