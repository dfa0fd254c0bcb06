/** Compares a release with the names in the records of its operation before it is submitted, approved or published. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AnyTables, Reader } from '../../platform/database/database.ts';
import type { Request } from '../../platform/http/server.ts';
import { readCaseNames } from '../../visits/index.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { addNameCheck, countFinds, listPlacesShown, type NameCheck } from '../releases/name-check-store.ts';
import { findSigned } from '../releases/stated.ts';
import { lockRelease, type Release } from '../releases/store.ts';
import { applyReleasePolicy, checkReleaseText, loadDrafting, type NamedPlace, sourcesOf } from '../releases/text.ts';
import type { NamePlace } from './name-places.ts';
import { printedFields } from './printed-fields.ts';

/** So many places of one check are shown: enough to correct a release, too few to try a list of names. */
export const mostPlaces = 3;
/** So many checks that found something one member may ask for in 24 hours. */
export const mostFinds = 10;
const day = 24 * 60 * 60 * 1_000;

export type CheckRefusal = 'too many checks';

/**
 * What is recorded becomes tokens as soon as it is opened, under a key that is dropped with them: the comparison, under the
 * publisher's role, holds no recorded word.
 * Compares and keeps what was found, in the words of the release; the acts read it from there. That names were read is
 * logged with the records that matched, before any answer leaves. Nothing is read where the act itself is refused, nor
 * where no operation is behind the release.
 */
export async function checkNames(
  request: Request,
  keys: UnitKeys,
  release: Release,
  mayGoOn: boolean,
): Promise<Result<true, CheckRefusal>> {
  const { id: releaseId, operationId } = release;
  if (operationId === null || !mayGoOn) return accept(true);
  const { prepareNames: readyNames } = await loadDrafting();
  const names = await request.under('release.check', async (_db, look) =>
    readyNames(
      await readCaseNames(
        look('case names compared', operationId, { fields: ['name', 'address', 'notes'] }),
        keys,
        operationId,
      ),
    ),
  );
  return request.change('release compared with names', releaseId, async (tx) => {
    if ((await countFinds(tx, request.actor.memberId, new Date(request.now.getTime() - day))) >= mostFinds)
      return refuse('too many checks');
    const locked = await lockRelease(tx, releaseId);
    const found = await findNamesInRelease(tx, locked, names);
    request.returned([...new Set(found.flatMap(({ records }) => records))]);
    const { open, places } = selectShownPlaces(found, locked, await listPlacesShown(tx, releaseId));
    await addNameCheck(tx, locked, request.actor, { at: request.now, places, found: open });
    return accept(true as const);
  });
}

type FoundName = NamePlace & Pick<NamedPlace, 'part' | 'label'>;

async function findNamesInRelease(
  tx: Reader<AnyTables>,
  release: Release,
  names: Parameters<Awaited<ReturnType<typeof loadDrafting>>['findNames']>[2],
): Promise<FoundName[]> {
  const signed = await findSigned(tx, release);
  if (!signed) return [];
  const publishable = await applyReleasePolicy(release, signed);
  const { findNames } = await loadDrafting();
  const sources = sourcesOf(await checkReleaseText(release, publishable, ''));
  return printedFields(release, sources).flatMap(({ name, label, source, form }) =>
    findNames(source, publishable, names, form).map((place) => ({ ...place, part: name, label })),
  );
}

/**
 * What was shown as a name and then explained is kept whole; of the rest no more is shown than a writer needs to go on.
 * A reason given before the comparison, for a link say, explains no name: it would show every match at once.
 */
function selectShownPlaces(
  found: readonly FoundName[],
  { justifications }: Release,
  shownBefore: readonly NamedPlace[],
): { readonly open: number; readonly places: NamedPlace[] } {
  const isSaid = ({ typed, sentence }: FoundName): boolean =>
    shownBefore.some((one) => one.typed === typed && one.sentence === sentence) &&
    justifications.some((one) => one.typed === typed && one.sentence === sentence && one.reason.trim() !== '');
  const open = found.filter((place) => !isSaid(place));
  const places = [...open.slice(0, mostPlaces), ...found.filter(isSaid)];
  return {
    open: open.length,
    places: places.map(({ part, label, start, end, typed, sentence }) => ({
      part,
      label,
      start,
      end,
      typed,
      sentence,
    })),
  };
}

/** Whether this text was compared in this very request: what was found before may not be all that is recorded now. */
export const isCompared = ({ operationId }: Release, check: NameCheck | undefined, now: Date): boolean =>
  operationId === null || check?.at.getTime() === now.getTime();
