/** What agencies compare: premises by postcode or street and number, people by name and date of birth, telephones, vehicles. Both sides must write the same text for the same thing, so nothing is guessed. Pure. */
import type { EntityContent } from '../entities/entity.ts';
import { prepare } from '../links/prepared-entity.ts';

/** Kinds of entities that can be compared. */
export const checkedKinds = ['premises', 'person', 'phone', 'vehicle'] as const;
export type CheckedKind = (typeof checkedKinds)[number];
export const isChecked = (kind: EntityContent['kind']): kind is CheckedKind =>
  (checkedKinds as readonly string[]).includes(kind);

const words = (parts: readonly { readonly spelling: string }[]): string =>
  parts
    .map(({ spelling }) => spelling)
    .sort()
    .join(' ');

/** The texts that stand for one thing; another agency's is the same where one of them is. None where too little is known: a person without a full date of birth, premises without a postcode or town. */
export function toCheckInputs(content: EntityContent): readonly string[] {
  const entity = prepare(content);
  switch (entity.kind) {
    case 'premises': {
      const { number, street, town, outward, inward } = entity;
      const streetWords = words(street.parts);
      // The building: teams at two flats of one house meet on its stairs.
      const place = number ?? streetWords;
      return [
        ...(outward !== null && inward !== null && place !== '' ? [`premises code ${outward}${inward} ${place}`] : []),
        ...(streetWords !== '' && town.parts.length > 0
          ? [`premises street ${number ?? ''} ${streetWords}, ${words(town.parts)}`]
          : []),
      ];
    }
    case 'person': {
      const { name, aliases, born } = entity;
      if (born === null || born.month === null || born.day === null) return [];
      const date = `${born.year}-${born.month}-${born.day}`;
      const names = [name, ...aliases].filter(({ parts }) => parts.length > 1);
      return [...new Set(names.map(({ parts }) => `person ${words(parts)} ${date}`))];
    }
    case 'phone':
      return entity.e164 === null ? [] : [`phone ${entity.e164}`];
    case 'vehicle':
      return entity.folded === '' ? [] : [`vehicle ${entity.folded}`];
    default:
      return [];
  }
}

/** The same of premises in a plan. */
export const toPremisesInputs = (place: {
  readonly address: string;
  readonly town: string;
  readonly postcode: string | null;
}): readonly string[] =>
  toCheckInputs({
    kind: 'premises',
    address: place.town === '' ? place.address : `${place.address}, ${place.town}`,
    postcode: place.postcode,
  });
