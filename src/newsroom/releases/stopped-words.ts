/** Which texts a safeguarding lead’s stop holds: the stopped one, and each other one about the same with the same printed words. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import type { Stop } from '../submitted-releases/stops.ts';
import { listStopsAbout } from '../submitted-releases/store.ts';
import { printedWords } from './printed-words.ts';
import { figureTable, findSigned } from './stated.ts';
import { getRelease, getRevision, type Release } from './store.ts';
import { takenOutBetween, withoutTakenOut } from './taken-out.ts';
import { applyReleasePolicy, publicTextOf } from './text.ts';

/** The latest first: those that hold the text as it is, and those of texts that said something else. */
export type DividedStops = { readonly now: readonly Stop[]; readonly earlier: readonly Stop[] };

/**
 * Space, case or punctuation that differs does not lift a stop. Nor does another release about the same operation or
 * imported release. Of those, a release that was withdrawn shows its stops to the approver of the next one.
 */
export async function divideStops(db: Reader<AnyTables>, release: Release): Promise<DividedStops> {
  const stops = await listStopsAbout(db, release);
  const isThis = ({ releaseId, revision }: Stop): boolean => releaseId === release.id && revision === release.revision;
  const held = new Set(stops.filter(isThis).map(keyOf));
  const others = new Map(stops.filter((stop) => !isThis(stop)).map((stop) => [keyOf(stop), stop]));
  const words = others.size > 0 ? await readPrintedWords(db, release) : undefined;
  for (const [key, stop] of others) {
    const stopped = await readPrintedWords(db, await getStoppedText(db, release, stop));
    if (words !== undefined && stopped === words) held.add(key);
  }
  return {
    now: stops.filter((stop) => held.has(keyOf(stop))),
    earlier: stops.filter((stop) => !held.has(keyOf(stop)) && (stop.releaseId === release.id || stop.isOfWithdrawn)),
  };
}

const keyOf = ({ releaseId, revision }: Stop): string => `${releaseId} ${revision}`;

/** The text that was stopped: of this release, or of another about the same. */
export const getStoppedText = async (
  db: Reader<AnyTables>,
  release: Release,
  { releaseId, revision }: Stop,
): Promise<Release> => getRevision(db, releaseId === release.id ? release : await getRelease(db, releaseId), revision);

/**
 * A new draft without what the stops of earlier releases took out: sentences, figures of the table, and figures that
 * nothing but those sentences told. A draft is made of the same return, so it would say them again.
 */
export async function leaveOutStopped(db: Reader<AnyTables>, draft: Release): Promise<Release> {
  let left = draft;
  const rows = new Set(draft.figuresLeftOut);
  for (const stop of await listStopsAbout(db, draft)) {
    if (stop.releaseId === draft.id) continue;
    const changed = await getRelease(db, stop.releaseId);
    for (const row of changed.figuresLeftOut) rows.add(row);
    if (changed.revision === stop.revision) continue;
    const taken = takenOutBetween(await getRevision(db, changed, stop.revision), changed);
    for (const figure of taken.figures) rows.add(figure);
    left = withoutTakenOut(left, taken);
  }
  return { ...left, figuresLeftOut: [...rows] };
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
    said &&
    printedWords({ ...said, figures: (await figureTable(release, publishable, signed)).figures, cautions, sources })
  );
}
