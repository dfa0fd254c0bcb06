/** One cast for tests, seeds and gallery: a week with the numbers of the model release and invented people and partners. */
import {
  type Cell,
  exactly,
  type Figures,
  fewerThanFive,
  type Indicator,
  type Quantity,
  type SignedReturn,
} from '../../vocabulary/figures.ts';
import type { Extras } from './draft.ts';

const cell = (of: Cell['of'], value: number): Cell => ({ of, quantity: exactly(value) });

const figures: Figures = {
  'premises.planned': { indicator: 'premises.planned', total: exactly(9), breakdowns: {} },
  'premises.visited': {
    indicator: 'premises.visited',
    total: exactly(8),
    breakdowns: {
      byTown: [
        cell({ town: "Bishop's Stortford" }, 4),
        cell({ town: 'Watford' }, 3),
        cell({ town: 'Hemel Hempstead' }, 1),
      ],
      byBusiness: [cell({ business: 'massage or beauty' }, 6), cell({ business: 'nail bar' }, 2)],
    },
  },
  'visits.made': { indicator: 'visits.made', total: exactly(8), breakdowns: {} },
  'visits.nobodyFound': { indicator: 'visits.nobodyFound', total: exactly(1), breakdowns: {} },
  'visits.refused': { indicator: 'visits.refused', total: exactly(0), breakdowns: {} },
  'visits.calledOff': { indicator: 'visits.calledOff', total: exactly(1), breakdowns: {} },
  'visits.withSigns': { indicator: 'visits.withSigns', total: exactly(3), breakdowns: {} },
  'visits.withoutSigns': { indicator: 'visits.withoutSigns', total: exactly(5), breakdowns: {} },
  'warrants.executed': { indicator: 'warrants.executed', total: exactly(3), breakdowns: {} },
  'people.deployed': { indicator: 'people.deployed', total: exactly(31), breakdowns: {} },
  'people.spokenTo': { indicator: 'people.spokenTo', total: exactly(14), breakdowns: {} },
  'people.interpreted': { indicator: 'people.interpreted', total: exactly(5), breakdowns: {} },
  'people.advised': {
    indicator: 'people.advised',
    total: { kind: 'number', value: 5, qualifier: 'at least' },
    breakdowns: {},
  },
  'referrals.made': { indicator: 'referrals.made', total: fewerThanFive, breakdowns: {} },
  'referrals.accepted': { indicator: 'referrals.accepted', total: fewerThanFive, breakdowns: {} },
  'referrals.declined': { indicator: 'referrals.declined', total: fewerThanFive, breakdowns: {} },
  'arrests.made': {
    indicator: 'arrests.made',
    total: exactly(4),
    breakdowns: {
      byKind: [cell({ kind: 'administrative immigration' }, 4)],
      byMatter: [cell({ matter: 'immigration matters' }, 4)],
      byTown: [cell({ town: 'Watford' }, 4)],
      bySex: [cell({ sex: 'female' }, 3), cell({ sex: 'male' }, 1)],
      bySexAgeResidence: [
        cell({ sex: 'female', age: '30', residence: 'Watford' }, 1),
        cell({ sex: 'female', age: '32', residence: 'Watford' }, 1),
        cell({ sex: 'female', age: '37', residence: 'Watford' }, 1),
        cell({ sex: 'male', age: '32', residence: 'Watford' }, 1),
      ],
    },
  },
  'arrests.premises': {
    indicator: 'arrests.premises',
    total: exactly(2),
    breakdowns: { byTown: [cell({ town: 'Watford' }, 2)] },
  },
  'arrests.screened': { indicator: 'arrests.screened', total: exactly(3), breakdowns: {} },
  'arrests.notScreened': { indicator: 'arrests.notScreened', total: exactly(1), breakdowns: {} },
  'arrests.concern': { indicator: 'arrests.concern', total: exactly(1), breakdowns: {} },
  'nrm.sent': { indicator: 'nrm.sent', total: exactly(1), breakdowns: {} },
  'nrm.referred': { indicator: 'nrm.referred', total: exactly(1), breakdowns: {} },
  'nrm.notified': { indicator: 'nrm.notified', total: exactly(0), breakdowns: {} },
  'seizures.made': { indicator: 'seizures.made', total: exactly(2), breakdowns: {} },
  'damage.done': { indicator: 'damage.done', total: exactly(0), breakdowns: {} },
};

export const signedReturn: SignedReturn = {
  id: '0199a000-0000-7000-8000-000000000001',
  version: 1,
  stage: 'provisional',
  signedAt: new Date('2026-09-23T10:00:00Z'),
  facts: {
    weekName: 'Week of action against sexual exploitation',
    weekFocus: ['sexual exploitation'],
    officialDates: ['2026-09-14', '2026-09-20'],
    localDates: ['2026-09-14', '2026-09-18'],
    area: 'Hertfordshire',
    leadAgency: 'Lea Vale Constabulary',
    codeName: 'Operation Lantern',
    unit: 'Modern Slavery and Exploitation Unit',
    ownUnits: ['Tactical Support Group'],
    partners: [
      'Eastern Counties Crime Unit',
      'Lea Vale Community Health safeguarding nurses',
      'Harbour Sexual Violence Advisers',
      'Immigration and Border Compliance East',
      'Open Door Relief',
    ],
    participatingCountries: 23,
    parentWeekName: 'Europe-wide week of action against trafficking',
  },
  figures,
};

export const extras: Extras = {
  publishOn: '2026-09-25',
  embargoUntil: null,
  signs: ['control', 'nothing alone'],
  contacts: ['emergency', 'police 101', 'helpline', 'support service', 'website'],
  quote: {
    rank: 'Detective Sergeant',
    name: 'Robin Hale',
    unit: 'Operation Lantern',
    words:
      'People who are controlled by others seldom ask for help. Our teams go to them. If something near you seems wrong, please tell us.',
  },
  decisions: [
    {
      rule: 'immigration officers by decision',
      by: 'Superintendent Ash Verity',
      on: '2026-09-22',
      why: 'The public saw them at the door; to leave them out would mislead.',
    },
  ],
};

/** The model’s return with these totals alone. */
export const counting = (totals: Partial<Record<Indicator, number | Quantity>>): SignedReturn => ({
  ...signedReturn,
  figures: Object.fromEntries(
    Object.entries(totals).map(([indicator, total]) => [
      indicator,
      { indicator, total: typeof total === 'number' ? exactly(total) : total, breakdowns: {} },
    ]),
  ) as Figures,
});
