/** What must hold among the figures, and between them and the records, before a return is signed. Pure. */

import { dayRange } from '../../vocabulary/calendar/days.ts';
import { type Figures, type Indicator, indicators, partitions } from '../../vocabulary/figures.ts';
import { getIndicator, indicatorNames } from '../../vocabulary/indicators.ts';
import { listOf, plural } from '../../vocabulary/languages/english.ts';
import { formatBreakdown } from '../figure-words.ts';
import {
  type Counted,
  type CountedRecord,
  formatCellName,
  type RecordReference,
  type Records,
  totalCell,
} from './counting.ts';
import { getCount, mayQualify, type Qualifications, qualify } from './qualify.ts';

export type Check = {
  /** What must hold, in a sentence. */
  readonly says: string;
  readonly holds: boolean;
  /** What a failure stops: signing at all, signing as final, or nothing, when it is for people to judge. */
  readonly stops: 'signing' | 'final' | 'nothing';
  /** The actual result. */
  readonly found: string | null;
  readonly figures: readonly Indicator[];
  /** Records that disagree, as many as a person can review. */
  readonly records: readonly RecordReference[];
};

const maxRecords = 50;

const check = (
  says: string,
  stops: Check['stops'],
  figures: readonly Indicator[],
  holds: boolean,
  found: string,
  records: readonly RecordReference[] = [],
): Check => ({ says, stops, figures, holds, found: holds ? null : found, records: records.slice(0, maxRecords) });

const quoteIndicator = (indicator: Indicator): string => `“${indicators[indicator]}”`;
const getNumber = (figures: Figures, indicator: Indicator): number => getCount(figures[indicator]?.total);

/** Two figures that share out a third between them, record by record. */
export const splits: readonly (readonly [one: Indicator, other: Indicator, whole: Indicator])[] = [
  ['visits.withSigns', 'visits.withoutSigns', 'visits.made'],
  ['arrests.screened', 'arrests.notScreened', 'arrests.made'],
  ['nrm.referred', 'nrm.notified', 'nrm.sent'],
  ['nrm.referredBySupport', 'nrm.notifiedBySupport', 'nrm.sentBySupport'],
];

/** Each of the first is one of the second, record by record: every part of the table of indicators that is not a split. */
const subsets: readonly (readonly [part: Indicator, whole: Indicator])[] = indicatorNames.flatMap((indicator) => {
  const { parent } = getIndicator(indicator);
  const isSplit = splits.some(([one, other]) => indicator === one || indicator === other);
  return parent && !isSplit ? [[indicator, parent]] : [];
});

/** The first must not exceed the second, although they count different records. */
const bounds: readonly (readonly [fewer: Indicator, more: Indicator])[] = [
  ['premises.visited', 'visits.made'],
  ['arrests.premises', 'arrests.made'],
  ['victims.byOfficers', 'nrm.sent'],
];

/** All that is checked when an operation has been counted: figures against each other, then against the records. */
export function checkCount(records: Records, { figures, countedRecords }: Counted): Check[] {
  const cells = groupCells(countedRecords);
  const whole = (indicator: Indicator): ReadonlyMap<string, RecordReference> =>
    cells.get(`${indicator} ${totalCell}`) ?? new Map();
  return [
    ...checkPartitions(figures, cells),
    ...subsets.map(([part, all]) => {
      const outside = [...whole(part).values()].filter(({ id }) => !whole(all).has(id));
      const fewer = getNumber(figures, part) <= getNumber(figures, all);
      const found = `${getNumber(figures, part)} and ${getNumber(figures, all)}; ${outside.length} counted in the first are not counted in the second.`;
      const says = `Everything counted in ${quoteIndicator(part)} is also counted in ${quoteIndicator(all)}`;
      return check(says, 'signing', [part, all], fewer && outside.length === 0, found, outside);
    }),
    ...splits.map(([one, other, all]) => {
      const [a, b, sum] = [one, other, all].map((indicator) => getNumber(figures, indicator)) as [
        number,
        number,
        number,
      ];
      const disagree = [...whole(all).values()].filter(({ id }) => whole(one).has(id) === whole(other).has(id));
      const says = `${quoteIndicator(one)} and ${quoteIndicator(other)} together are ${quoteIndicator(all)}`;
      const holds = a + b === sum && disagree.length === 0;
      return check(says, 'signing', [one, other, all], holds, `${a} and ${b} are not ${sum}.`, disagree);
    }),
    ...bounds
      .filter(([fewer]) => figures[fewer])
      .map(([fewer, more]) => {
        const [a, b] = [getNumber(figures, fewer), getNumber(figures, more)];
        const says = `${quoteIndicator(fewer)} are no more than ${quoteIndicator(more)}`;
        return check(says, 'signing', [fewer, more], a <= b, `${a} is more than ${b}.`);
      }),
    ...checkRecords(records),
    ...checkFinal(records),
  ];
}

type Cells = ReadonlyMap<string, ReadonlyMap<string, RecordReference>>;

function groupCells(behind: readonly CountedRecord[]): Cells {
  const cells = new Map<string, Map<string, RecordReference>>();
  for (const { indicator, cell, kind, id, within } of behind) {
    const name = `${indicator} ${cell}`;
    const inCell = cells.get(name) ?? new Map<string, RecordReference>();
    inCell.set(id, { kind, id, within });
    cells.set(name, inCell);
  }
  return cells;
}

/** Parts add up to their whole, and each record is counted in exactly one part. */
function checkPartitions(figures: Figures, cells: Cells): Check[] {
  const checks: Check[] = [];
  for (const { indicator, total, breakdowns: counted } of Object.values(figures)) {
    for (const breakdown of partitions) {
      const parts = counted[breakdown];
      if (!parts) continue;
      const sum = parts.reduce((all, { quantity }) => all + getCount(quantity), 0);
      const places = new Map<string, number>();
      for (const { of } of parts)
        for (const id of cells.get(`${indicator} ${formatCellName(breakdown, of)}`)?.keys() ?? [])
          places.set(id, (places.get(id) ?? 0) + 1);
      const disagree = [...(cells.get(`${indicator} ${totalCell}`)?.values() ?? [])].filter(
        ({ id }) => places.get(id) !== 1,
      );
      const says = `${quoteIndicator(indicator)} ${formatBreakdown(breakdown)} add up to ${quoteIndicator(indicator)}`;
      const holds = sum === getCount(total) && disagree.length === 0;
      const found = `The parts add up to ${sum}, the whole is ${getCount(total)}.`;
      checks.push(check(says, 'signing', [indicator], holds, found, disagree));
    }
  }
  return checks;
}

const toRecordReference = (
  kind: RecordReference['kind'],
  id: string,
  within: string | null = null,
): RecordReference => ({ kind, id, within });
const formatCount = (count: number, one: string, many?: string): string => `${count} ${plural(count, one, many)}`;

const granted = ['granted', 'executed', 'returned'];

/** What records must not say of each other. */
const checkRecords = (records: Records): Check[] => [
  ...checkBelonging(records),
  ...checkAnswers(records),
  ...checkWarrants(records),
];

/** Every record belongs to a visit, and every visit to the operation. */
function checkBelonging({ visits, premises, encounters, arrests, seizures, officerReferrals }: Records): Check[] {
  const made = new Set(visits.map(({ id }) => id));
  const places = new Set(premises.map(({ id }) => id));
  const strays = [
    ...encounters.map(({ id, visitId }) => toRecordReference('encounter', id, visitId)),
    ...arrests.map(({ id, visitId }) => toRecordReference('arrest', id, visitId)),
    ...seizures.map(({ id, visitId }) => toRecordReference('seizure', id, visitId)),
    ...officerReferrals.map(({ id, visitId }) => toRecordReference('NRM referral', id, visitId)),
  ].filter(({ within }) => !made.has(within ?? ''));
  const elsewhere = visits
    .filter(({ premisesId }) => !places.has(premisesId))
    .map(({ id }) => toRecordReference('visit', id));
  return [
    check(
      'Every person met, arrest, seizure and NRM referral of an officer belongs to a visit of this operation',
      'signing',
      ['people.spokenTo', 'arrests.made', 'seizures.made'],
      strays.length === 0,
      `${formatCount(strays.length, 'record')} without a visit.`,
      strays,
    ),
    check(
      'Every visit was made at premises of this operation',
      'signing',
      ['visits.made', 'premises.visited'],
      elsewhere.length === 0,
      `${formatCount(elsewhere.length, 'visit')} elsewhere.`,
      elsewhere,
    ),
  ];
}

/** The return and the release print the dates of the operation: every visit that is counted lies within them. */
export function checkDates(days: ReadonlyMap<string, string>, [first, last]: readonly [string, string]): Check {
  const outside = [...days].filter(([, day]) => day < first || day > last);
  return check(
    'Every visit was made within the dates of the operation',
    'signing',
    ['visits.made'],
    outside.length === 0,
    `${formatCount(outside.length, 'visit')} outside ${dayRange(first, last)}. A planner can change the dates.`,
    outside.map(([id]) => toRecordReference('visit', id)),
  );
}

/** No visit says two things at once. */
function checkAnswers({ visits, plannedVisits, encounters, arrests }: Records): Check[] {
  const made = new Set(visits.map(({ id }) => id));
  const empty = new Set(visits.filter(({ answer }) => answer === 'no reply').map(({ id }) => id));
  const both = plannedVisits.filter(({ id, state }) => state === 'called off' && made.has(id));
  const notEmpty = [
    ...encounters
      .filter(({ spokenTo }) => spokenTo)
      .map(({ id, visitId }) => toRecordReference('encounter', id, visitId)),
    ...arrests.map(({ id, visitId }) => toRecordReference('arrest', id, visitId)),
  ].filter(({ within }) => empty.has(within ?? ''));
  return [
    check(
      'No visit was both made and called off',
      'signing',
      ['visits.made', 'visits.calledOff'],
      both.length === 0,
      `${formatCount(both.length, 'visit')} with both.`,
      both.map(({ id }) => toRecordReference('visit', id)),
    ),
    check(
      'No conversation or arrest is recorded at a visit with no reply',
      'signing',
      ['visits.nobodyFound', 'people.spokenTo', 'arrests.made'],
      notEmpty.length === 0,
      `${formatCount(notEmpty.length, 'person', 'people')} at visits recorded as finding nobody.`,
      notEmpty,
    ),
  ];
}

/** The plan and the visits agree on which warrants were used. */
function checkWarrants({ visits, powers }: Records): Check[] {
  const used = new Set(visits.map(({ powerId }) => powerId));
  const unused = powers.filter(({ id, isWarrant, state }) => isWarrant && state === 'executed' && !used.has(id));
  const ungranted = powers.filter(({ id, isWarrant, state }) => isWarrant && used.has(id) && !granted.includes(state));
  return [
    check(
      'Every warrant that the plan marks as executed was used at a visit',
      'signing',
      ['warrants.executed'],
      unused.length === 0,
      `${formatCount(unused.length, 'warrant')} that no visit names.`,
      unused.map(({ id, premisesId }) => toRecordReference('power', id, premisesId)),
    ),
    check(
      'Every warrant that was used at a visit had been granted',
      'signing',
      ['warrants.executed'],
      ungranted.length === 0,
      `${formatCount(ungranted.length, 'warrant')} not recorded as granted in the plan.`,
      ungranted.map(({ id, premisesId }) => toRecordReference('power', id, premisesId)),
    ),
  ];
}

/** What a final return needs beyond a provisional one: nothing is still open. */
function checkFinal({ visits, plannedVisits, arrests, officerReferrals }: Records): Check[] {
  const made = new Set(visits.map(({ id }) => id));
  const open = plannedVisits.filter(({ id, state }) => state !== 'called off' && !made.has(id));
  const unfinished = visits.filter(({ finished }) => !finished);
  const drafts = officerReferrals.filter(({ outcome }) => outcome === null);
  const untold = arrests.filter(({ screening }) => screening === null);
  return [
    check(
      'Every planned visit was made or called off',
      'final',
      ['visits.made', 'visits.calledOff'],
      open.length === 0,
      `${formatCount(open.length, 'visit')} neither made nor called off.`,
      open.map(({ id, premisesId }) => toRecordReference('planned visit', id, premisesId)),
    ),
    check(
      'Every visit made is finished',
      'final',
      ['visits.made'],
      unfinished.length === 0,
      `${formatCount(unfinished.length, 'visit')} not finished.`,
      unfinished.map(({ id }) => toRecordReference('visit', id)),
    ),
    check(
      'Every arrest has a record that the person was screened, or of why they were not',
      'final',
      ['arrests.screened', 'arrests.notScreened'],
      untold.length === 0,
      `${formatCount(untold.length, 'arrest')} without a recorded screening or reason.`,
      untold.map(({ id, visitId }) => toRecordReference('arrest', id, visitId)),
    ),
    // A person may need time to answer: the return does not wait for it.
    check(
      'Every NRM referral that an officer began was sent or closed',
      'nothing',
      ['nrm.sent'],
      drafts.length === 0,
      `${formatCount(drafts.length, 'draft')} not sent yet.`,
      drafts.map(({ id }) => toRecordReference('NRM referral', id)),
    ),
  ];
}

/** Whether what an analyst says is still true of the records, and whether the exact number can be worked out all the same. */
export function checkQualifications(counted: Figures, qualifications: Qualifications): Check[] {
  const said = (Object.keys(qualifications) as Indicator[]).filter((indicator) => mayQualify(indicator, counted));
  const words = said.flatMap((indicator) => {
    const quantity = qualifications[indicator]?.quantity;
    if (!quantity) return [];
    const count = getNumber(counted, indicator);
    const says = `The wording used for ${quoteIndicator(indicator)} fits the records`;
    return [
      check(
        says,
        'signing',
        [indicator],
        qualify(count, quantity).ok,
        `The records say ${count}. Choose the wording again.`,
      ),
    ];
  });
  const open = splits.flatMap((figures) => {
    const hidden = figures.filter((indicator) => said.includes(indicator));
    const [only] = hidden;
    if (hidden.length !== 1 || !only) return [];
    const says = `The exact number of ${quoteIndicator(only)} cannot be worked out`;
    const others = listOf(figures.filter((indicator) => indicator !== only).map(quoteIndicator));
    return [check(says, 'nothing', [only], false, `It follows from ${others}, which are given exactly.`)];
  });
  return [...words, ...open];
}
