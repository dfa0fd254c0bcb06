/** Reads the proposed retention rules once; a malformed entry stops the start. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { isDay } from '../vocabulary/calendar/days.ts';
import { parseYaml } from '../vocabulary/read-yaml.ts';
import { recordClasses } from './classes.ts';
import type { RetentionRule } from './retention-status.ts';

const Words = z.string().trim().min(1);
const Whole = z.number().int().positive();
const Span = z.union([
  z.strictObject({ days: Whole }),
  z.strictObject({ months: Whole }),
  z.strictObject({ years: Whole }),
]);

const Entry = z.strictObject({
  class: z.enum(recordClasses),
  period: Span.nullable(),
  notBeforeAge: Whole.nullable(),
  notAfterAge: Whole.nullable(),
  ends: z.enum(['by itself', 'after a review']),
  reviewEvery: Span.nullable(),
  why: Words,
  sources: z.array(Words),
  check: z.array(Words).min(1),
  dateChecked: z.string().refine(isDay, 'A day is written like 2026-01-01'),
});

const File = z.strictObject({
  sources: z.record(Words, z.strictObject({ title: Words, url: z.url() })),
  proposals: z.array(Entry),
});

export type Proposal = Omit<RetentionRule, 'validFrom' | 'recordedOn'> & {
  readonly why: string;
  readonly sources: readonly { readonly title: string; readonly url: string }[];
  readonly check: readonly string[];
  readonly dateChecked: string;
};

/** Refuses an unknown source, or a missing or duplicate class. Also refuses an automatic erasure without a period, and a review without a next one. */
export function readProposals(text: string): readonly Proposal[] {
  const file = File.parse(parseYaml(text));
  for (const { class: of, period, ends, reviewEvery } of file.proposals) {
    if (ends === 'by itself' && !period) throw new Error(`${of} goes by itself and has no time`);
    if (ends === 'after a review' && !reviewEvery) throw new Error(`${of} is reviewed once and never again`);
  }
  for (const of of recordClasses) {
    const many = file.proposals.filter((proposal) => proposal.class === of).length;
    if (many !== 1) throw new Error(`${of} must occur once in the proposals, not ${many} times`);
  }
  return file.proposals.map((proposal) => ({
    ...proposal,
    sources: proposal.sources.map((key) => {
      const source = file.sources[key];
      if (!source) throw new Error(`the proposals name no source ${key}`);
      return source;
    }),
  }));
}

export const proposals = readProposals(readFileSync(new URL('./proposals.yaml', import.meta.url), 'utf8'));
