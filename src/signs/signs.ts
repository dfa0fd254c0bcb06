/** What a sign is, which signs are in force on a day, and what a sign may never carry. Pure. */
import type { Exploitation } from '../vocabulary/exploitation.ts';
import { inForce, type Source } from './contacts.ts';

export const signGroups = ['control', 'means nothing alone'] as const;
export type SignGroup = (typeof signGroups)[number];

export type Sign = {
  readonly id: string;
  /** Its place in the list of the model release, or null where it is not one of the ten. */
  readonly model: number | null;
  readonly group: SignGroup;
  readonly exploitation: Exploitation;
  readonly text: string;
  /** What it may show; in the second group, why it means nothing alone. */
  readonly why: string;
  readonly innocent: string;
  readonly caution: string;
  readonly sources: readonly Source[];
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly dateChecked: string;
};

/** A sentence that must stand beside the signs wherever they are shown. */
export type Framing = { readonly id: string; readonly text: string; readonly source: Source };

export const signsOn = (signs: readonly Sign[], day: string): readonly Sign[] =>
  signs.filter((sign) => inForce(sign, day));

/** Whether advice to report may lean on it. Signs are not added up: many of the second group are still none of the first. */
export const mayCarryAdvice = (sign: Sign): boolean => sign.group === 'control';
