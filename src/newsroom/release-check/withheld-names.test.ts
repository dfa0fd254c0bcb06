/** Names that no release prints: found however they are typed, and withheld from a draft. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { exactly } from '../../vocabulary/figures.ts';
import { extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { checkText } from './figure-check.ts';

const now = getPolicy('in force from 2026');
const check = (text: string, given: PublishableReturn) =>
  checkText(text, given, { publishOn: extras.publishOn, justifications: [], contacts: [] });

test('finds a name that is withheld, however it is typed and however often', () => {
  const named = (weekName: string) =>
    applyPolicy({ ...signedReturn, facts: { ...signedReturn.facts, weekName } }, now, extras.decisions);
  const found = (weekName: string, text: string): string[] =>
    check(text, named(weekName))
      .filter(({ kind, must }) => kind === 'identifying' && must === 'change')
      .map(({ typed }) => typed);
  for (const typed of ['blue parlour week', 'BLUE PARLOUR WEEK', 'Blue-Parlour week', 'Blue Parlour'])
    assert.deepEqual(found('Blue Parlour week', `We took part in the ${typed}.`), [typed]);
  assert.deepEqual(found('Blue Parlour week', 'We had blue parlour weeks and Blue  Parlour days.'), [
    'blue parlour week',
    'Blue  Parlour',
  ]);
  const hidden = 'Hemel Hempstead';
  for (const typed of [hidden, hidden.toUpperCase(), hidden.toLowerCase(), 'Hemel-Hempstead', 'Hemel Hempstead-on-Lea'])
    assert.equal(
      check(`We went to ${typed}.`, withTownsWithheld()).some(({ message }) => message.includes(hidden)),
      true,
      typed,
    );
  assert.deepEqual(found('We\u200bek of action', 'We took part in a week of action.'), [], 'the neutral words');
});

test('withholds a name of the plan with an identifying or forbidden word, however it is typed', () => {
  const nameOf = (weekName: string) =>
    applyPolicy({ ...signedReturn, facts: { ...signedReturn.facts, weekName } }, now, extras.decisions).facts.weekName;
  const telling = [
    ...[
      'M\u200bassage week',
      'Mas\u00adsage week',
      'Ma\u0455sage week',
      '\uff2dassage week',
      'Op\u200beration Lantern',
    ],
    ...['MILL LANE', 'Mill lane', 'wd17 1aa', 'vietnamese women', 'Take-away', 'Car  wash', 'MassageWeek', 'Mas-sage'],
    ...['nail_bar', 'Barbershop', 'Hairdressers', 'Café', 'Laundry', 'Bakery', 'Kebab', 'Pizzeria', 'Nursing home'],
    ...['Escort', 'Flat', 'operation vietnamese', 'Take-away week', 'Prostitutes week', 'Operation Rescue'],
  ];
  for (const name of telling) assert.equal(nameOf(name), '', name);
  for (const town of [
    'Watford week',
    'WATFORD week',
    'watford week',
    'Watford-week',
    'Wat\u00adford week',
    'Watf\u043erd week',
  ]) {
    const facts = { ...withTownsWithheld(town).facts };
    assert.equal(facts.weekName, '', town);
  }
  for (const name of [
    'Spring week',
    'Week 38 of action',
    'Joint Week of Action',
    'Hertfordshire week',
    'Operation Lantern Hill',
  ])
    assert.equal(nameOf(name), name);
  const units = { ...signedReturn.facts, unit: 'Nail Bar Unit', ownUnits: ['Mill Lane team', 'Dog Section'] };
  const { facts } = applyPolicy({ ...signedReturn, facts: units }, now, extras.decisions);
  assert.deepEqual([facts.unit, facts.ownUnits], ['', ['Dog Section']]);
});

test('a number in a name of the plan is a figure where it counts people', () => {
  const weekName = '48 people week';
  const given = applyPolicy({ ...signedReturn, facts: { ...signedReturn.facts, weekName } }, now, extras.decisions);
  assert.ok(check('We took part in the 48 people week.', given).some(({ typed }) => typed.startsWith('48')));
});

/** The model’s return where each town had one address, so that the release names the area alone. */
function withTownsWithheld(weekName = signedReturn.facts.weekName) {
  const visited = signedReturn.figures['premises.visited'];
  if (!visited) throw new Error('no visits in the example');
  const byTown = ['Watford', 'Hemel Hempstead'].map((town) => ({ of: { town }, quantity: exactly(1) }));
  const figures = {
    'premises.visited': { ...visited, total: exactly(2), breakdowns: { byTown } },
  };
  return applyPolicy({ ...signedReturn, facts: { ...signedReturn.facts, weekName }, figures }, now, extras.decisions);
}
