/** Where the search of the header looks for visits, encounters and identity requests. */
import { sql } from 'kysely';
import { arePremisesOfPlans } from '../operations/plan/index.ts';
import type { Actor } from '../platform/access-policy/access.ts';
import type { Reader } from '../platform/database/database.ts';
import {
  containsWords,
  hasReference,
  isFoundByReference,
  mostResults,
  referenceSource,
  type SearchSource,
  type Sought,
} from '../platform/search/search-store.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import type { VisitId } from '../vocabulary/ids.ts';
import { encounterPaths, identityRequestPaths, visitPaths } from '../vocabulary/paths/visits.ts';
import { referenceOf } from '../vocabulary/reference.ts';
import type { IdentityRequestTables } from './identity-requests/store.ts';
import type { VisitTables } from './store.ts';

/** What the search reads of the plan. */
type PlannedTables = {
  plannedVisits: { id: VisitId; premisesId: string; day: string; starts: string };
  premises: { id: string; name: string; address: string; town: string; postcode: string | null };
};

export const visitSearch: SearchSource = {
  title: 'Visits',
  action: 'visit.read',
  event: 'visits.searched',
  fields: ['premises', 'day'],
  find: async (db: Reader<PlannedTables>, sought, { actor }) => {
    const found = await db
      .selectFrom('plannedVisits as v')
      .innerJoin('premises as p', 'p.id', 'v.premisesId')
      .select(['v.id', 'v.day', 'v.starts', 'p.name', 'p.town'])
      .where(({ or }) =>
        or([isAtFoundPremises(sought, actor), isFoundByReference('v.id', 'visit', 'planned_visits_ending', sought)]),
      )
      .orderBy('v.day', 'desc')
      .orderBy('v.id')
      .limit(mostResults)
      .execute();
    return found.map(({ id, day, starts, name, town }) => ({
      id,
      text: name,
      href: visitPaths.visit(id),
      reference: referenceOf('visit', id),
      detail: `${town}, ${starts} on ${longDay(day)}`,
    }));
  },
};

// Asked once for the search, so that an index finds the visits: a planner has tens of thousands.
const isAtFoundPremises = (sought: Sought, actor: Actor) => sql<boolean>`v.premises_id = any (array(
  select p.id from premises p
  where ${arePremisesOfPlans(actor)} and ${containsWords(['p.name', 'p.address', 'p.town', 'p.postcode'], sought)}))`;

export const encounterSearch = referenceSource(
  'encounter',
  { title: 'Encounters', action: 'encounter.read', event: 'encounters.searched', fields: ['number'] },
  async (db: Reader<VisitTables>, sought) => {
    const found = await db
      .selectFrom('encounters')
      .select(['id', 'number'])
      .where(isFoundByReference('id', 'encounter', 'encounters_ending', sought))
      .limit(mostResults)
      .execute();
    return found.map(({ id, number }) => ({ id, text: `Person ${number} of a visit` }));
  },
  { text: 'Encounter', href: encounterPaths.encounter },
);

export const identityRequestSearch = referenceSource(
  'request',
  {
    title: 'Requests',
    action: 'identity request.read',
    event: 'identity requests.searched',
    fields: ['askedAt'],
  },
  (db: Reader<IdentityRequestTables>, sought) =>
    db
      .selectFrom('identityRequests')
      .select('id')
      .where(hasReference('id', 'request', sought))
      .limit(mostResults)
      .execute(),
  { text: 'Identity request', href: identityRequestPaths.request },
);
