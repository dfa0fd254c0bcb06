/** What an item names: a person, premises, a vehicle, a telephone, an account or an organisation, as that item says it. Pure. */
import type { Id, MemberId } from '../../vocabulary/ids.ts';
import type { ItemId } from '../items/item.ts';

export type EntityId = Id<'intelligence entity'>;

export const entityKinds = ['person', 'premises', 'vehicle', 'phone', 'account', 'organisation'] as const;
export type EntityKind = (typeof entityKinds)[number];

/** Each as the item says it; what it does not say is null. Nationality, sex and language are not asked: they are a ground for nothing. */
export type EntityContent =
  | {
      readonly kind: 'person';
      readonly name: string;
      readonly aliases: readonly string[];
      /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, as far as it is known. */
      readonly born: string | null;
    }
  | { readonly kind: 'premises'; readonly address: string; readonly postcode: string | null }
  | { readonly kind: 'vehicle'; readonly registration: string; readonly description: string | null }
  | { readonly kind: 'phone'; readonly number: string }
  /** A bank account, or a name on a site or an app. */
  | { readonly kind: 'account'; readonly account: string; readonly provider: string | null }
  | {
      readonly kind: 'organisation';
      readonly name: string;
      readonly aliases: readonly string[];
      /** At Companies House or another register. */
      readonly number: string | null;
    };

export type Entity = {
  readonly id: EntityId;
  readonly itemId: ItemId;
  readonly kind: EntityKind;
  readonly addedBy: MemberId;
  readonly addedAt: Date;
};
export type OpenEntity = Entity & { readonly content: EntityContent };

/** “Marta Bell”, “12 Mill Lane, WD17 1AA”, “AB12 CDE”: how one is called in a list. */
export function entityName(content: EntityContent): string {
  switch (content.kind) {
    case 'person':
    case 'organisation':
      return content.name;
    case 'premises':
      return content.postcode === null ? content.address : `${content.address}, ${content.postcode}`;
    case 'vehicle':
      return content.registration;
    case 'phone':
      return content.number;
    case 'account':
      return content.provider === null ? content.account : `${content.account} (${content.provider})`;
  }
}
