/** Numbers that the text of an item writes out: they are filled in, so that nobody copies them by hand. Pure. */
import { findPhones, findPostcodes, findRegistrations } from '../../vocabulary/written-identifiers.ts';
import type { EntityContent, EntityKind } from './entity.ts';

const plain = (text: string): string => text.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '');

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
          findPhones(text),
          of('phone').map(({ number }) => number),
        ),
      );
    case 'vehicle':
      return fill(
        'registration',
        firstOf(
          findRegistrations(text),
          of('vehicle').map((one) => one.registration),
        ),
      );
    case 'premises':
      return fill(
        'postcode',
        firstOf(
          findPostcodes(text),
          of('premises').map((one) => one.postcode),
        ),
      );
    default:
      return {};
  }
}
