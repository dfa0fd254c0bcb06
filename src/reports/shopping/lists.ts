/** The languages that have a shopping list: all of the public site. Where a language has none, its readers are offered plain digits. */
import { arabic } from './ar.ts';
import { welsh } from './cy.ts';
import { english } from './en.ts';
import { spanish } from './es.ts';
import type { ShoppingList } from './list.ts';
import { polish } from './pl.ts';
import { portuguese } from './pt.ts';
import { romanian } from './ro.ts';
import { albanian } from './sq.ts';
import { tigrinya } from './ti.ts';
import { ukrainian } from './uk.ts';
import { vietnamese } from './vi.ts';
import { chinese } from './zh.ts';

export const shoppingLists: readonly ShoppingList[] = [
  english,
  polish,
  spanish,
  romanian,
  arabic,
  welsh,
  portuguese,
  albanian,
  tigrinya,
  ukrainian,
  vietnamese,
  chinese,
];
