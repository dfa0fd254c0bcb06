/** What a return says of each population of its safeguarding figures: how it was protected, or why it is not shown. Pure. */
import { createHash } from 'node:crypto';
import { base, getDeclarationDigest, type Protection, tools } from '../disclosure-control/index.ts';
import type { Population } from './declared-tables.ts';

export type ProtectedPopulation = {
  readonly population: Population;
  /** `unchanged`: fewer than five people came or went, so that the numbers are those of an earlier count. */
  readonly state: 'protected' | 'unchanged' | 'refused';
  readonly why: 'not finished' | 'not safe' | null;
  /** Number of the release from 0; -1 where none was shown yet. */
  readonly release: number;
  readonly countedOn: string;
  /** What a certificate names; null where nothing is shown. */
  readonly certified: Certified | null;
};

export type Certified = {
  readonly declaration: string;
  readonly tables: string;
  readonly base: number;
  readonly method: string;
  readonly solver: string;
  readonly auditor: string;
  readonly findings: 0;
};

const methodOf = ({ tables }: Exclude<Protection, { state: 'refused' }>): string =>
  tables.method.kind === 'rounded' && tables.method.extraStep ? 'rounded, one extra step' : tables.method.kind;

export function certify(
  population: Population,
  protection: Protection,
  { release, countedOn }: { readonly release: number; readonly countedOn: string },
): ProtectedPopulation {
  const about = { population, release, countedOn, state: protection.state };
  if (protection.state === 'refused') return { ...about, why: protection.why, certified: null };
  const { declaration, cells } = protection.tables;
  return {
    ...about,
    why: null,
    certified: {
      declaration: getDeclarationDigest(declaration),
      tables: createHash('sha256').update(JSON.stringify(cells)).digest('hex'),
      base,
      method: methodOf(protection),
      ...tools,
      findings: 0,
    },
  };
}
