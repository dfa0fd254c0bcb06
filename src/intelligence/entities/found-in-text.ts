/** Numbers that the text of an item writes out: they are filled in, so that nobody copies them by hand. Pure. */
import { findPhone } from '../../vocabulary/phone-numbers.ts';
import type { EntityContent, EntityKind } from './entity.ts';

/** The last two letters of a British postcode are none of C, I, K, M, O and V. */
const postcode = /\b[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}\b/gi;
/** Great Britain since 2001, and before: AB12 CDE, A123 BCD. */
const registration = /\b(?:[A-Z]{2}\d{2} ?[A-Z]{3}|[A-Z]\d{1,3} ?[A-Z]{3})\b/g;

const plain = (text: string): string => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

/** Finding a number takes long in a text full of them. */
const mostPhones = 10;
const mostLetters = 2_000;

function listPhones(text: string): string[] {
  const found: string[] = [];
  let rest = text.slice(0, mostLetters);
  for (let phone = findPhone(rest); phone && found.length < mostPhones; phone = findPhone(rest)) {
    found.push(phone.shown);
    rest = rest.slice(rest.indexOf(phone.shown) + phone.shown.length);
  }
  return found;
}

/** The first of its kind in the text that is not among what is named already: what to fill in, by field. Nothing for people and organisations. */
export function findUnnamed(
  text: string,
  kind: EntityKind,
  named: readonly EntityContent[],
): Readonly<Record<string, string>> {
  const firstOf = (found: readonly string[], known: readonly (string | null)[]): string | undefined =>
    found.find((one) => !known.some((other) => other !== null && plain(other).endsWith(plain(one).replace(/^0/, ''))));
  const of = <Kind extends EntityKind>(wanted: Kind) =>
    named.filter((one): one is Extract<EntityContent, { kind: Kind }> => one.kind === wanted);
  const fill = (field: string, value: string | undefined): Record<string, string> =>
    value === undefined ? {} : { [field]: value };
  switch (kind) {
    case 'phone':
      return fill(
        'number',
        firstOf(
          listPhones(text),
          of('phone').map(({ number }) => number),
        ),
      );
    case 'vehicle':
      return fill(
        'registration',
        firstOf(
          text.match(registration) ?? [],
          of('vehicle').map((one) => one.registration),
        ),
      );
    case 'premises':
      return fill(
        'postcode',
        firstOf(
          text.match(postcode) ?? [],
          of('premises').map((one) => one.postcode),
        ),
      );
    default:
      return {};
  }
}
