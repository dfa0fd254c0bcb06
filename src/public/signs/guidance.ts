/** What to do, what not to do and what the law asks: sentences of our own with their sources, and for whom each is. Pure. */
import { inForce, type Source } from '../contacts/contacts.ts';
import type { AdviceBasis, Kind, Reader, SelfCheckReader } from './self-check.ts';

export const guidanceParts = ['do', 'do not', 'law'] as const;
export type GuidancePart = (typeof guidanceParts)[number];

export type Guidance = {
  readonly id: string;
  readonly part: GuidancePart;
  readonly text: string;
  readonly readers: readonly Reader[];
  readonly kinds: readonly Kind[];
  /** On what it may rest. */
  readonly when: readonly AdviceBasis[];
  readonly source: Source;
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly dateChecked: string;
};

export const guidanceOn = (guidance: readonly Guidance[], day: string): readonly Guidance[] =>
  guidance.filter((entry) => inForce(entry, day));

export const guidanceFor = (
  guidance: readonly Guidance[],
  { reader, kind }: SelfCheckReader,
  footing: AdviceBasis,
): readonly Guidance[] =>
  guidance.filter((one) => one.readers.includes(reader) && one.kinds.includes(kind) && one.when.includes(footing));
