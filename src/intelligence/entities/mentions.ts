/** An entry with the item that names it, and how the item's text is shown with it. Pure. */
import type { OpenItem } from '../items/store.ts';
import type { LinkedEntity } from './store.ts';

export type Mention = { readonly entity: LinkedEntity; readonly item: OpenItem };

/** Handling conditions go wherever the text goes. */
export const textWithConditions = ({ text, conditions }: OpenItem): string =>
  conditions === null ? text : `${text} Handling conditions: ${conditions}`;
