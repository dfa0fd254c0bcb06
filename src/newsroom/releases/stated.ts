/** Reads the signed return of a release, and the figures that its text states. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type CertifiedReturn, findEdition, getSignedReturn } from '../../returns/index.ts';
import { indicators } from '../../vocabulary/figures.ts';
import type { PublishableReturn } from '../drafting/public-figures.ts';
import { printedFields } from '../release-check/printed-fields.ts';
import type { Release } from './store.ts';
import { divideTable, type FigureTable } from './table-choice.ts';
import { loadDrafting } from './text.ts';

/** If the return is missing or no longer matches its digest, the page says so: the release must still be open to withdrawal. */
export async function findSigned(db: Reader<AnyTables>, { returnId }: Release): Promise<CertifiedReturn | null> {
  if (returnId === null) return null;
  try {
    return await getSignedReturn(db, returnId);
  } catch (error) {
    if (error instanceof Problem && (error.kind === 'not found' || error.kind === 'unavailable')) return null;
    throw error;
  }
}

/** The table of figures under a release, each with the definition that the return was counted by. */
export async function figureTable(
  release: Release,
  publishable: PublishableReturn,
  { definitions }: CertifiedReturn,
): Promise<FigureTable> {
  const { listStatedFigures } = await loadDrafting();
  const counted = findEdition(definitions)?.definitions;
  const rows = listStatedFigures(
    printedFields(release).map(({ source }) => source),
    publishable,
    { edition: definitions, definitionOf: (indicator) => counted?.[indicator]?.sentence ?? indicators[indicator] },
  );
  return divideTable(rows, release.figuresLeftOut);
}
