/** What the pages show of a release that others published: its words as they stand, and the names that a comparison found. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import { findNameCheck } from './name-check-store.ts';
import type { CheckedRelease } from './reading.ts';
import type { ReleaseDetails } from './release-page.ts';
import type { Release } from './store.ts';
import { addNameFindings, escaped, type PublicText, toHtml } from './text.ts';

/** The latest comparison of this text, each place of it as a finding. */
export async function checkImported(
  db: Reader<AnyTables>,
  release: Release,
): Promise<Omit<CheckedRelease, 'said' | 'preview'>> {
  const compared = await findNameCheck(db, release);
  const named = await addNameFindings([], compared?.places ?? [], release);
  const findings = named.map((one) => ({ ...one, message: importedNameMessage }));
  return { signed: null, told: null, findings, figures: [], leftOut: [], compared };
}

const importedNameMessage =
  'This may be in the records of a case: a name, a business, a street, a number or words of a note. The words of others cannot be changed. Say what else it means, or put this draft away.';

/** Plain words but for the body. */
export async function plainPreview({
  title,
  area,
  description,
  keyPoints,
  body,
  correction,
}: PublicText): Promise<ReleaseDetails['preview']> {
  const points = keyPoints.map((point, index) => [`point-${index}`, escaped(point)]);
  return {
    title: escaped(title),
    area: escaped(area),
    description: escaped(description),
    body: await toHtml(body),
    correction: escaped(correction ?? ''),
    ...Object.fromEntries(points),
  };
}
