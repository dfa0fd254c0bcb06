/** Compares a release that others published with the names in the records of every operation of the reader's agency. */
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { Request } from '../../platform/http/server.ts';
import { readCaseNames } from '../../visits/index.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type CheckRefusal, mostFinds, mostPlaces } from '../release-check/name-check.ts';
import { type Field, printedFields } from '../release-check/printed-fields.ts';
import { addNameCheck, countFinds, listPlacesShown } from './name-check-store.ts';
import { lockRelease, type Release } from './store.ts';
import { loadDrafting, type NamedPlace } from './text.ts';

const day = 24 * 60 * 60 * 1_000;

/**
 * The same comparison as that of our own releases. No operation is behind such a text, so it is held to all in which the
 * agency of the asker takes part. The agency that wrote it and the agency that approves it each compare it with theirs.
 */
export async function checkImportedNames(
  request: Request,
  keys: UnitKeys,
  release: Release,
  mayGoOn: boolean,
): Promise<Result<true, CheckRefusal>> {
  if (!mayGoOn) return accept(true);
  const { prepareNames } = await loadDrafting();
  const names = await request.under('release.check', async (_db, look) => {
    const recorded: Parameters<typeof prepareNames>[0][number][] = [];
    for (const operationId of request.actor.partnerOperations) {
      const db = look('case names compared', operationId, { fields: ['name', 'address', 'notes'] });
      recorded.push(...(await readCaseNames(db, keys, operationId)));
    }
    return prepareNames(recorded);
  });
  return request.change('release compared with names', release.id, async (tx) => {
    if ((await countFinds(tx, request.actor.memberId, new Date(request.now.getTime() - day))) >= mostFinds)
      return refuse('too many checks');
    const locked = await lockRelease(tx, release.id);
    const found = await findNamesInImported(locked, names);
    request.returned([...new Set(found.flatMap(({ records }) => records))]);
    const said = await listPlacesShown(tx, release.id);
    const isSaid = (one: NamedPlace): boolean => said.some(isSame(one)) && locked.justifications.some(isSame(one));
    const places = found.map(({ records: _, ...place }) => place);
    const open = places.filter((place) => !isSaid(place));
    await addNameCheck(tx, locked, request.actor, {
      at: request.now,
      places: [...open.slice(0, mostPlaces), ...places.filter(isSaid)],
      found: open.length,
    });
    return accept(true as const);
  });
}

type Words = Pick<NamedPlace, 'typed' | 'sentence'>;
const isSame =
  (one: Words) =>
  (other: Words): boolean =>
    one.typed === other.typed && one.sentence === other.sentence;

type Names = Parameters<Awaited<ReturnType<typeof loadDrafting>>['findNames']>[2];

async function findNamesInImported(
  release: Release,
  names: Names,
): Promise<(NamedPlace & { readonly records: readonly string[] })[]> {
  const { applyPolicy, findNames, getPolicy } = await loadDrafting();
  const nothing = applyPolicy(emptyReturn, getPolicy(release.policy));
  return fieldsOf(release).flatMap(({ name, label, source, form }) =>
    findNames(source, nothing, names, form).map(({ start, end, typed, sentence, records }) => ({
      ...{ part: name, label, start, end, typed, sentence, records },
    })),
  );
}

/** All that the public page prints of it. Curly brackets are letters there, so that none hides a name. */
const fieldsOf = (release: Release): Pick<Field, 'name' | 'label' | 'source' | 'form'>[] =>
  [
    ...printedFields(release),
    ...release.cautions.map((source, index) => ({
      ...{ name: `caution-${index}`, label: 'Note for the public', source, form: 'plain' as const },
    })),
    ...(release.importedFrom?.url
      ? [
          {
            ...{ name: 'url', label: 'Where it came from', form: 'markdown' as const },
            source: `[source](<${release.importedFrom.url.replace(/[<>]/g, ' ')}>)`,
          },
        ]
      : []),
  ].map((field) => ({ ...field, source: field.source.replace(/[{}]/g, ' ') }));

/** No figure of ours is in a text of others. */
const emptyReturn: Parameters<Awaited<ReturnType<typeof loadDrafting>>['applyPolicy']>[0] = {
  ...{ id: '', version: 1, stage: 'final', signedAt: new Date(0), figures: {} },
  facts: {
    ...{ weekName: '', weekFocus: [], officialDates: ['', ''], localDates: ['', ''], area: '', leadAgency: '' },
    ...{ codeName: '', unit: '', ownUnits: [], partners: [], participatingCountries: null, parentWeekName: null },
  },
};
