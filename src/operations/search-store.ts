/** Where the search of the header looks for operations, premises and powers of entry. */
import type { Reader } from '../platform/database/database.ts';
import { containsWords, hasReference, mostResults, type SearchSource } from '../platform/search/search-store.ts';
import { dayRange } from '../vocabulary/calendar/days.ts';
import { operationPaths, premisesPaths } from '../vocabulary/paths/operations.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import { arePremisesOfPlans, type PlanTables } from './plan/store.ts';
import { powerName } from './powers-of-entry/index.ts';
import type { WeekTables } from './weeks/store.ts';

export const operationSearch: SearchSource = {
  title: 'Operations',
  action: 'operation.read',
  event: 'operations.searched',
  fields: ['codeName', 'area', 'startsOn', 'endsOn'],
  find: async (db: Reader<WeekTables>, sought) => {
    const found = await db
      .selectFrom('operations')
      .select(['id', 'codeName', 'area', 'startsOn', 'endsOn'])
      .where(({ or }) => or([containsWords(['codeName', 'area'], sought), hasReference('id', 'operation', sought)]))
      .orderBy('startsOn', 'desc')
      .orderBy('id')
      .limit(mostResults)
      .execute();
    return found.map(({ id, codeName, area, startsOn, endsOn }) => ({
      id,
      text: codeName,
      href: operationPaths.operation(id),
      reference: referenceOf('operation', id),
      detail: `${area}, ${dayRange(startsOn, endsOn)}`,
    }));
  },
};

export const premisesSearch: SearchSource = {
  title: 'Premises',
  action: 'target.read',
  event: 'premises.searched',
  fields: ['name', 'address', 'town', 'postcode'],
  find: async (db: Reader<PlanTables>, sought, { actor }) => {
    const found = await db
      .selectFrom('premises as p')
      .select(['p.id', 'p.name', 'p.town'])
      .where(arePremisesOfPlans(actor))
      .where(containsWords(['p.name', 'p.address', 'p.town', 'p.postcode'], sought))
      .orderBy('p.name')
      .orderBy('p.id')
      .limit(mostResults)
      .execute();
    return found.map(({ id, name, town }) => ({ id, text: name, href: premisesPaths.premises(id), detail: town }));
  },
};

/** A power is found by the reference that the court or the officer gave it. */
export const powerSearch: SearchSource = {
  title: 'Powers of entry',
  action: 'target.read',
  event: 'powers.searched',
  fields: ['reference'],
  find: async (db: Reader<PlanTables>, sought, { actor }) => {
    const found = await db
      .selectFrom('powers as w')
      .innerJoin('premises as p', 'p.id', 'w.premisesId')
      .select(['w.id', 'w.basis', 'w.reference', 'w.premisesId', 'p.name', 'p.town'])
      .where(arePremisesOfPlans(actor))
      .where(containsWords(['w.reference'], sought))
      .orderBy('w.reference')
      .orderBy('w.id')
      .limit(mostResults)
      .execute();
    return found.map(({ id, basis, reference, premisesId, name, town }) => ({
      id,
      text: powerName(basis),
      href: `${premisesPaths.premises(premisesId)}#powers`,
      ...(reference !== null && { reference }),
      detail: `${name}, ${town}`,
    }));
  },
};
