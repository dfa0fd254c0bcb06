/** Sentences written by hand, in sets: each says in the file when it was written. Never changed to please the check. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export type Sentences = {
  /** Whom they are about, where they mean somebody whose record is known. All invented. */
  readonly about: { readonly names: string[]; readonly numbers: string[]; readonly places: string[] };
  /** By kind. */
  readonly identifying: Readonly<Record<string, readonly string[]>>;
  /** Nobody can be found by these. Each is hard in its own way: figures, capitals, quotes, what looks like a name. */
  readonly clean: readonly string[];
};

export const sentences = parse(readFileSync(join(import.meta.dirname, 'sentences.yaml'), 'utf8')) as Readonly<
  Record<'first' | 'second' | 'third' | 'fourth' | 'fifth', Sentences>
>;
