/** The languages that have a shopping list. Where a language has none, its readers are offered plain digits. */
import { english } from './en.ts';
import { spanish } from './es.ts';
import type { ShoppingList } from './list.ts';
import { polish } from './pl.ts';
import { romanian } from './ro.ts';

export const shoppingLists: readonly ShoppingList[] = [english, polish, spanish, romanian];
