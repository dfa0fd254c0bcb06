/** Two smaller weeks next to the first: one in the past and published, one under way and unfinished. */
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { OperationPlan } from '../plan.ts';
import { byConsent, inEnglish, mainPremises } from './places.ts';
import { type PremisesData, partners, teams, unit } from './week.ts';

const europe = (
  'Austria, Belgium, Bulgaria, Czechia, Denmark, Finland, France, Germany, Greece, Hungary, Ireland, ' +
  'Italy, Latvia, Lithuania, Malta, Netherlands, Poland, Portugal, Romania, Slovakia, Spain, Sweden, ' +
  'United Kingdom'
).split(', ');

/** The last whole week, Monday to Sunday: what the model's week was. */
export const mainPlan = (monday: string): OperationPlan => ({
  week: {
    name: 'Week of action against sexual exploitation',
    lead: 'United Kingdom, with the Joint Action Coordination Desk',
    focus: 'sexual exploitation',
    starts: monday,
    ends: addDays(monday, 6),
    countries: ['United Kingdom'],
    parent: 'European action days against trafficking',
    note: 'The local week of action is two days longer than the European week of action.',
  },
  codeName: 'Operation Lantern',
  unit,
  starts: monday,
  ends: addDays(monday, 6),
  parts: partners,
  teams,
  places: mainPremises,
  decisions: [
    {
      words:
        'The operation begins with a neighbour’s report, reference R-118: two women brought to one address every evening by the same car.',
      reason:
        'Three further reports point to the same area. Two reports point to businesses with the same phone number.',
      alternative: 'Watching for longer, which would leave anybody held there where they are',
    },
    {
      words: 'The teams offer everybody they meet a nurse or an adviser before police ask any questions.',
      reason: 'People speak to those who can help them.',
    },
  ],
  go: 'Interpreters, nurses and advisers are confirmed for every visit, and the council answers referrals day and night.',
});

export const europeanWeek = (monday: string): OperationPlan['week'] => ({
  name: 'European action days against trafficking',
  lead: 'Austria, with Europol',
  focus: 'sexual exploitation',
  starts: monday,
  ends: addDays(monday, 4),
  countries: europe,
});

const toInspect = { ...byConsent, purposes: [...byConsent.purposes, 'inspect the business'] };

const earlierPremises: readonly PremisesData[] = [
  {
    ...toInspect,
    name: 'Brook Packing',
    business: 'factory or warehouse',
    address: 'Unit 5, Brook Lane',
    town: 'Hemel Hempstead',
    priority: 'medium',
    reason: 'Passports of several workers lie in one drawer of the office.',
    team: 'Green team',
    day: 1,
    starts: '09:00',
    answer: 'entered',
    answeredBy: 'the shift manager',
    present: 22,
    met: [
      { ...inEnglish, note: { advice: ['rights at work'], outcomes: ['no indicators', 'took a card'] } },
      {
        ...inEnglish,
        note: { advice: ['rights at work', 'later help'], outcomes: ['no indicators', 'took a card'] },
      },
      { ...inEnglish, note: { advice: ['rights at work'], outcomes: ['no indicators', 'wants nothing now'] } },
    ],
  },
  {
    ...toInspect,
    name: 'Ash Tree Valeting',
    business: 'car wash',
    address: '60 London Road',
    town: 'Watford',
    priority: 'low',
    reason: 'Several people were seen sleeping in the office at night.',
    team: 'Green team',
    day: 2,
    starts: '10:00',
    answer: 'entered',
    answeredBy: 'the owner',
    present: 5,
    met: [
      { ...inEnglish, place: 'runs it' },
      { ...inEnglish, note: { advice: ['rights at work'], outcomes: ['no indicators', 'took a card'] } },
    ],
  },
  {
    ...toInspect,
    name: 'Nightingale Building Site',
    business: 'building site',
    address: 'Nightingale Road',
    town: "Bishop's Stortford",
    priority: 'low',
    reason: 'No board at the site names a builder, and people work there after dark.',
    team: 'Green team',
    day: 3,
    starts: '08:00',
    answer: 'no reply',
    present: 0,
    met: [],
  },
];

/** Some months before: nothing was found, and the release says so. */
export const earlierPlan = (monday: string): OperationPlan => ({
  week: {
    name: 'Spring week of action against labour exploitation',
    lead: 'Netherlands, with the Joint Action Coordination Desk',
    focus: 'labour exploitation',
    starts: monday,
    ends: addDays(monday, 6),
    countries: ['Netherlands', 'United Kingdom'],
  },
  codeName: 'Operation Wren',
  unit,
  starts: monday,
  ends: addDays(monday, 6),
  parts: partners,
  teams,
  places: earlierPremises,
  decisions: [],
  go: 'Teams visit only with consent. Printed advice on labour rights is ready.',
});

const nextPremises: readonly PremisesData[] = [
  {
    ...toInspect,
    name: 'Harvest Kitchen',
    business: 'restaurant or takeaway',
    address: '15 Mill Street',
    town: 'Watford',
    priority: 'medium',
    reason: 'The same people were at work in the kitchen on every day of four weeks.',
    team: 'Red team',
    day: 0,
    starts: '11:00',
    languages: 'Bengali',
    interpreter: 'By phone, reference 4501',
    answer: 'entered',
    present: 0,
    met: [],
  },
  {
    name: 'Larkfield Rooms',
    business: 'hotel or guesthouse',
    address: '2 Larkfield Avenue',
    town: 'Hemel Hempstead',
    priority: 'high',
    dwelling: 'not known',
    reason: 'Rooms booked for months in one name, with callers who never sign in.',
    languages: 'Albanian',
    interpreter: '',
    basis: 'pace-s8',
    purposes: ['search for evidence'],
    holder: unit,
    reference: 'W/1/1904',
    issuedBefore: 96,
    nobodyToRefer: true,
    team: 'Blue team',
    day: 4,
    starts: '19:00',
    answer: 'entered',
    present: 0,
    met: [],
  },
];

/** From today: one visit ready, one that the plan warns of. */
export const nextPlan = (today: string): OperationPlan => ({
  week: {
    name: 'Follow-up days',
    lead: 'Lea Vale Constabulary',
    focus: 'labour exploitation',
    starts: today,
    ends: addDays(today, 6),
    countries: ['United Kingdom'],
  },
  codeName: 'Operation Kestrel',
  unit,
  starts: today,
  ends: addDays(today, 6),
  parts: partners,
  teams,
  places: nextPremises,
  decisions: [],
});
