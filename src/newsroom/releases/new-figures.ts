/** Which figures of a release changed with a later return: what a press officer needs to decide on a correction. */
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import {
  type CertifiedReturn,
  getSignedReturn,
  listSignedReturns,
  type SignedReturnSummary,
} from '../../returns/index.ts';
import type { StatedFigure } from '../drafting/stated-figures.ts';
import { figureRow } from '../publication/figures.ts';
import { figureTable, findSigned } from './stated.ts';
import type { Release } from './store.ts';
import { rowKey } from './table-choice.ts';
import { applyReleasePolicy } from './text.ts';

type Db = Reader<AnyTables>;

/** The latest return of the same operation, where it is not the one that the release is pinned to. */
export async function findLaterReturn(
  db: Db,
  { operationId, returnId }: Release,
): Promise<SignedReturnSummary | undefined> {
  if (operationId === null) return undefined;
  const latest = (await listSignedReturns(db, { operationId })).find((head) => head.latest);
  return latest?.id === returnId ? undefined : latest;
}

/** Undefined where no later return was signed, or the figures before it cannot be read. */
export async function readNewFigures(db: Db, release: Release): Promise<readonly string[] | undefined> {
  const later = await findLaterReturn(db, release);
  const signed = later && (await findSigned(db, release));
  return signed ? compareFigures(release, signed, await getSignedReturn(db, later.id)) : undefined;
}

/** Takes a release and two returns. Gives “People arrested: 4 → 5” for each figure of its text and table that differs. */
export async function compareFigures(
  release: Release,
  before: CertifiedReturn,
  after: CertifiedReturn,
  policy: string = release.policy,
): Promise<readonly string[]> {
  const [old, now] = [await rowsOf(release, before), await rowsOf({ ...release, policy }, after)];
  return [...new Set([...old.keys(), ...now.keys()])].flatMap((key) => {
    const [was, is] = [old.get(key), now.get(key)];
    const { counted = '' } = was ?? is ?? {};
    return was?.published === is?.published
      ? []
      : [`${counted}: ${was?.published ?? 'not in the table'} → ${is?.published ?? 'not in the table'}`];
  });
}

async function rowsOf(release: Release, signed: CertifiedReturn) {
  const { figures } = await figureTable(
    { ...release, figuresLeftOut: [] },
    await applyReleasePolicy(release, signed),
    signed,
  );
  return new Map(figures.map((row: StatedFigure) => [rowKey(row), figureRow(row)]));
}
