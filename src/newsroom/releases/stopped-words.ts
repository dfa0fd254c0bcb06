/** Which texts a safeguarding lead’s stop holds: the stopped one, and each later one with the same printed words. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import type { Stop } from '../submitted-releases/stops.ts';
import { listStopsOf } from '../submitted-releases/store.ts';
import { printedWords } from './printed-words.ts';
import { findSigned, statedFigures } from './stated.ts';
import { getRevision, type Release } from './store.ts';
import { applyReleasePolicy, publicTextOf } from './text.ts';

/** The latest first: those that hold the text as it is, and those of texts that said something else. */
export type DividedStops = { readonly now: readonly Stop[]; readonly earlier: readonly Stop[] };

/** Space, case or punctuation that differs does not lift a stop. */
export async function divideStops(db: Reader<AnyTables>, release: Release): Promise<DividedStops> {
  const stops = await listStopsOf(db, release.id);
  const held = new Set([release.revision]);
  const others = new Set(stops.map(({ revision }) => revision).filter((revision) => revision !== release.revision));
  const words = others.size > 0 ? await readPrintedWords(db, release) : undefined;
  for (const revision of others) {
    const stopped = await readPrintedWords(db, await getRevision(db, release, revision));
    if (words !== undefined && stopped === words) held.add(revision);
  }
  return {
    now: stops.filter(({ revision }) => held.has(revision)),
    earlier: stops.filter(({ revision }) => !held.has(revision)),
  };
}

/** Undefined while the public could not read it. */
async function readPrintedWords(db: Reader<AnyTables>, release: Release): Promise<string | undefined> {
  const { cautions, justifications } = release;
  const sources = justifications.flatMap(({ source }) => (source ? [source.text, source.url, source.date] : []));
  const signed = await findSigned(db, release);
  if (!signed) return release.importedReleaseId ? printedWords({ ...release, figures: [], sources }) : undefined;
  const publishable = await applyReleasePolicy(release, signed);
  const said = await publicTextOf(release, publishable);
  return (
    said && printedWords({ ...said, figures: await statedFigures(release, publishable, signed), cautions, sources })
  );
}
