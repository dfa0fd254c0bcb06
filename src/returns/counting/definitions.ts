/** What counts, indicator by indicator, in named editions. An edition that was signed by is never edited: a later one takes its place and leaves it readable. */

import { getIndicator, type Indicator, indicatorNames } from '../../vocabulary/indicators.ts';
import { isThroughInterpreter } from '../../vocabulary/interpreting.ts';
import {
  type Counted,
  type CountedItem,
  countFound,
  type FoundItems,
  type RecordKind,
  type Records,
  unknownValue,
} from './counting.ts';
import { listPeopleInNotes, listReferredPeople, sumCash, sumStated } from './victims-checks-cash.ts';

export type Definition = {
  /** The edition in which it first stood. */
  readonly version: string;
  readonly since: string;
  /** What counts, in one plain sentence. */
  readonly sentence: string;
  /** Which records the figure counts. */
  readonly records: RecordKind;
  readonly find: (records: Records) => FoundItems;
};

/** An edition defines what was counted in its time. */
export type Definitions = Readonly<Partial<Record<Indicator, Definition>>>;
export type Edition = { readonly label: string; readonly since: string; readonly definitions: Definitions };

const first = { version: '2026-01', since: '2026-01-01' } as const;
const second = { version: '2026-11', since: '2026-11-30' } as const;

type Find = (records: Records) => FoundItems | readonly CountedItem[];
type Found = { readonly records: RecordKind; readonly find: (records: Records) => FoundItems };
const define = (records: RecordKind, find: Find): Found => ({
  records,
  find: (given: Records): FoundItems => {
    const found = find(given);
    return 'whole' in found ? found : { whole: found };
  },
});

/** With the sentences of the table of indicators. A sentence that changes there needs its earlier words in the editions before. */
const edition = <Name extends Indicator>(
  of: typeof first | typeof second,
  defined: Readonly<Record<Name, Found>>,
): Readonly<Record<Name, Definition>> =>
  Object.fromEntries(
    (Object.entries(defined) as [Name, Found][]).map(([indicator, found]) => [
      indicator,
      { ...of, sentence: getIndicator(indicator).definition, ...found },
    ]),
  ) as Record<Name, Definition>;

/** Visits, with the place that each was made at. */
function listVisitsWithPlace({ visits, premises }: Records) {
  const places = new Map(premises.map((place) => [place.id, place]));
  return visits.map((visit) => ({ ...visit, place: places.get(visit.premisesId) }));
}

type Visit = ReturnType<typeof listVisitsWithPlace>[number];

const visitItem = ({ id, place, basis, answer }: Visit): CountedItem => ({
  kind: 'visit',
  id,
  within: null,
  of: { town: place?.town ?? unknownValue, power: basis, outcome: answer ?? unknownValue },
});

/** Visits by what holds for them. */
const createVisitFilter =
  (holds: (visit: Visit, records: Records) => boolean) =>
  (records: Records): CountedItem[] =>
    listVisitsWithPlace(records)
      .filter((visit) => holds(visit, records))
      .map(visitItem);

const premisesItem = ({ id, town, business }: Records['premises'][number]): CountedItem => ({
  kind: 'premises',
  id,
  within: null,
  of: { town, business },
});

/** Premises of the plan at which one of these visits was made. */
const premisesOf = (records: Records, visits: readonly { readonly premisesId: string }[]): CountedItem[] => {
  const visited = new Set(visits.map(({ premisesId }) => premisesId));
  return records.premises.filter(({ id }) => visited.has(id)).map(premisesItem);
};

/** Towns by the id of the visit. */
const mapTownsByVisit = (records: Records): Map<string, string> =>
  new Map(listVisitsWithPlace(records).map(({ id, place }) => [id, place?.town ?? unknownValue]));

function filterEncounters(
  records: Records,
  holds: (encounter: Records['encounters'][number]) => boolean,
): CountedItem[] {
  const towns = mapTownsByVisit(records);
  return records.encounters.filter(holds).map(({ id, visitId }) => ({
    kind: 'encounter',
    id,
    within: visitId,
    of: { town: towns.get(visitId) ?? unknownValue },
  }));
}

function filterArrests(
  records: Records,
  holds: (arrest: Records['arrests'][number]) => boolean = () => true,
): CountedItem[] {
  const towns = mapTownsByVisit(records);
  return records.arrests.filter(holds).map(({ id, visitId, kind, matter, sex, age, residence, status }) => ({
    kind: 'arrest',
    id,
    within: visitId,
    of: {
      kind,
      matter,
      sex,
      status,
      age: age === null ? unknownValue : String(age),
      residence: residence ?? unknownValue,
      town: towns.get(visitId) ?? unknownValue,
    },
  }));
}

/** One fact for each person, or each person and part. If two helpers recorded the same person, the first record by id counts. */
function factItems({ facts }: Records, indicator: Indicator, by?: 'advice' | 'need'): CountedItem[] {
  const found = new Map<string, Records['facts'][number]>();
  for (const fact of facts) {
    if (fact.indicator !== indicator || (by && fact.part === null)) continue;
    const counted = JSON.stringify([fact.person, by && fact.part]);
    const known = found.get(counted);
    if (!known || fact.id < known.id) found.set(counted, fact);
  }
  return [...found.values()].map(({ id, town, part }) => ({
    kind: 'fact',
    id,
    within: null,
    of: { town, ...(by && { [by]: part ?? unknownValue }) },
  }));
}

const filterReferrals = (records: Records, holds: (state: string) => boolean): CountedItem[] =>
  records.referrals
    .filter(({ state }) => holds(state))
    .map(({ id, organisation }) => ({ kind: 'referral', id, within: null, of: { organisation } }));

/** Of officers, by how they ended. Drafts and those that were closed without being sent do not count. Without the visit: its place could tell who was referred. */
const filterOfficerReferrals = ({ officerReferrals }: Records, outcomes: readonly string[]): CountedItem[] =>
  officerReferrals
    .filter(({ outcome }) => outcome !== null && outcomes.includes(outcome))
    .map(({ id, organisation }) => ({ kind: 'NRM referral', id, within: null, of: { organisation } }));

/** Of support agencies. Only what is kept of them to be counted is known. */
const filterSubmitted = ({ submittedReferrals }: Records, outcomes: readonly string[]): CountedItem[] =>
  submittedReferrals
    .filter(({ outcome }) => outcomes.includes(outcome))
    .map(({ id, responder }) => ({ kind: 'referral', id, within: null, of: { responder } }));

const hasControlSigns = ({ id }: Visit, { signs }: Records): boolean =>
  signs.some(({ visitId, ofControl }) => visitId === id && ofControl);
const screened: readonly (string | null)[] = ['no concern', 'concern raised'];

/** A visit names the power it was made under; a warrant counts once, however many visits were made under it. */
const listExecutedWarrants = (records: Records): CountedItem[] => {
  const used = new Set(records.visits.map(({ powerId }) => powerId));
  const towns = new Map(records.premises.map(({ id, town }) => [id, town]));
  return records.powers
    .filter(({ id, isWarrant }) => isWarrant && used.has(id))
    .map(({ id, premisesId, basis }) => ({
      kind: 'power',
      id,
      within: premisesId,
      of: { power: basis, town: towns.get(premisesId) ?? unknownValue },
    }));
};

function listPeopleDeployed({ attendees, others, participations }: Records): CountedItem[] {
  const partners = new Map(participations.map(({ memberId, partner }) => [memberId, partner]));
  const members = [...new Set(attendees.map(({ memberId }) => memberId))].map((id) => ({
    id,
    partner: partners.get(id) ?? unknownValue,
  }));
  return [...members, ...listLargestAttendance(others)].map(({ id, partner }) => ({
    kind: 'member',
    id,
    within: null,
    of: { partner },
  }));
}

/** Those without an account have no name by which to count them once: of each unit, as many as came to the one visit where most did. */
function listLargestAttendance(others: Records['others']): Records['others'] {
  const most = new Map<string, Records['others']>();
  for (const [, there] of Map.groupBy(others, ({ visitId, partner }) => JSON.stringify([partner, visitId]))) {
    const [{ partner, visitId } = { partner: '', visitId: '' }] = there;
    const known = most.get(partner);
    const fewer = !known || known.length < there.length;
    if (fewer || (known.length === there.length && visitId < (known[0]?.visitId ?? ''))) most.set(partner, there);
  }
  return [...most.values()].flat();
}

const firstDefinitions = edition(first, {
  'premises.planned': define('premises', (records) => records.premises.map(premisesItem)),
  'premises.visited': define('premises', (records) => premisesOf(records, records.visits)),
  'visits.made': define(
    'visit',
    createVisitFilter(() => true),
  ),
  'visits.nobodyFound': define(
    'visit',
    createVisitFilter(({ answer }) => answer === 'no reply'),
  ),
  'visits.refused': define(
    'visit',
    createVisitFilter(({ answer }) => answer === 'refused entry' || answer === 'forced, refused'),
  ),
  'visits.calledOff': define('planned visit', ({ plannedVisits, premises, visits }) => {
    const made = new Set(visits.map(({ id }) => id));
    const towns = new Map(premises.map(({ id, town }) => [id, town]));
    return plannedVisits
      .filter(({ id, state }) => state === 'called off' && !made.has(id))
      .map(({ id, premisesId }) => ({
        kind: 'planned visit',
        id,
        within: premisesId,
        of: { town: towns.get(premisesId) ?? unknownValue },
      }));
  }),
  'visits.withSigns': define('visit', createVisitFilter(hasControlSigns)),
  'visits.withoutSigns': define(
    'visit',
    createVisitFilter((visit, records) => !hasControlSigns(visit, records)),
  ),
  'warrants.executed': define('power', listExecutedWarrants),
  'people.deployed': define('member', listPeopleDeployed),
  'people.spokenTo': define('encounter', (records) => filterEncounters(records, ({ spokenTo }) => spokenTo)),
  'people.interpreted': define('encounter', (records) =>
    filterEncounters(records, ({ spokenTo, interpreter }) => spokenTo && isThroughInterpreter(interpreter)),
  ),
  'people.advised': define('fact', (records) => ({
    whole: factItems(records, 'people.advised'),
    parts: { byAdvice: factItems(records, 'people.advised', 'advice') },
  })),
  'people.declinedPolice': define('fact', (records) => factItems(records, 'people.declinedPolice')),
  'needs.recorded': define('fact', (records) =>
    factItems(records, 'needs.recorded', 'need').filter(({ of }) => of.need !== 'nothing now'),
  ),
  'referrals.made': define('referral', (records) => filterReferrals(records, () => true)),
  'referrals.accepted': define('referral', (records) => filterReferrals(records, (state) => state === 'accepted')),
  'referrals.declined': define('referral', (records) => filterReferrals(records, (state) => state === 'declined')),
  'arrests.made': define('arrest', (records) => filterArrests(records)),
  'arrests.premises': define('premises', (records) => {
    const withArrest = new Set(records.arrests.map(({ visitId }) => visitId));
    return premisesOf(
      records,
      records.visits.filter(({ id }) => withArrest.has(id)),
    );
  }),
  'arrests.screened': define('arrest', (records) =>
    filterArrests(records, ({ screening }) => screened.includes(screening)),
  ),
  'arrests.notScreened': define('arrest', (records) =>
    filterArrests(records, ({ screening }) => !screened.includes(screening)),
  ),
  'arrests.concern': define('arrest', (records) =>
    filterArrests(records, ({ screening }) => screening === 'concern raised'),
  ),
  'nrm.sent': define('NRM referral', (records) => filterOfficerReferrals(records, ['referral', 'notification'])),
  'nrm.referred': define('NRM referral', (records) => filterOfficerReferrals(records, ['referral'])),
  'nrm.notified': define('NRM referral', (records) => filterOfficerReferrals(records, ['notification'])),
  'seizures.made': define('seizure', (records) =>
    records.seizures.map(({ id, visitId, kind }) => ({ kind: 'seizure', id, within: visitId, of: { kind } })),
  ),
  'damage.done': define(
    'visit',
    createVisitFilter(({ damaged }) => damaged),
  ),
});

const secondDefinitions = edition(second, {
  'nrm.sentBySupport': define('referral', (records) => filterSubmitted(records, ['referral', 'notification'])),
  'nrm.referredBySupport': define('referral', (records) => filterSubmitted(records, ['referral'])),
  'nrm.notifiedBySupport': define('referral', (records) => filterSubmitted(records, ['notification'])),
  'victims.byOfficers': define('NRM referral', listReferredPeople),
  'victims.inNotes': define('fact', listPeopleInNotes),
  'checks.people': define(
    'visit',
    sumStated(({ peopleChecked }) => peopleChecked),
  ),
  'checks.vehicles': define(
    'visit',
    sumStated(({ vehiclesChecked }) => vehiclesChecked),
  ),
  'checks.documents': define(
    'visit',
    sumStated(({ documentsChecked }) => documentsChecked),
  ),
  'suspects.identified': define(
    'visit',
    sumStated(({ suspects }) => suspects),
  ),
  'cash.seized': define('seizure', sumCash),
});

/** Oldest first. A change of any definition makes a new edition, `{ ...before, 'visits.made': … }`, with its own label and day. */
export const editions: readonly [Edition, ...Edition[]] = [
  { label: first.version, since: first.since, definitions: firstDefinitions },
  { label: second.version, since: second.since, definitions: { ...firstDefinitions, ...secondDefinitions } },
];

/** The edition in force on a day; the first one for days before it. */
export const getEdition = (day: string): Edition => editions.findLast(({ since }) => since <= day) ?? editions[0];

/** The edition that a return names. */
export const findEdition = (label: string): Edition | undefined => editions.find((edition) => edition.label === label);

/** Every indicator counted by one edition, with the records behind each number. */
export function countIndicators(edition: Edition, records: Records): Counted {
  const counted = indicatorNames.flatMap((indicator) => {
    const definition = edition.definitions[indicator];
    return definition ? [countFound(indicator, definition.find(records))] : [];
  });
  return {
    figures: Object.fromEntries(counted.map(({ figure }) => [figure.indicator, figure])),
    countedRecords: counted.flatMap(({ behind }) => behind),
  };
}
