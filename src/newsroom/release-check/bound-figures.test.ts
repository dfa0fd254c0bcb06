import assert from 'node:assert/strict';
import { test } from 'node:test';
import { counting, extras, signedReturn } from '../drafting/examples.ts';
import { applyPolicy, type PublishableReturn } from '../drafting/public-figures.ts';
import { getPolicy } from '../drafting/publication-policy.ts';
import { prepareNames } from './case-names.ts';
import { checkText } from './figure-check.ts';
import { findNames } from './name-places.ts';

const policy = getPolicy('in force from 2026');
const told = applyPolicy(signedReturn, policy, extras.decisions);
const none = applyPolicy(
  counting({ 'seizures.made': 0, 'visits.refused': 0, 'arrests.made': 0, 'premises.visited': 8, 'visits.made': 8 }),
  policy,
);
const three = applyPolicy(
  { ...signedReturn, figures: { ...signedReturn.figures, ...counting({ 'people.deployed': 3 }).figures } },
  policy,
  extras.decisions,
);
const blocked = (text: string, given: PublishableReturn = told): string[] =>
  checkText(text, given, { publishOn: extras.publishOn, justifications: [], contacts: [] }).flatMap((found) =>
    found.blocks ? [`${found.must}: ${found.message}`] : [],
  );

test('stops a figure that stands for another claim, as it stops the typed number', () => {
  const people = '{{people.deployed|person|people}}';
  for (const text of [
    `Police found ${people} in slavery.`,
    `Officers found ${people} in slavery.`,
    `${people} who took part were trafficked.`,
    `Officers freed ${people}.`,
    `${people} were found.`,
    '{{people.deployed}} children were found.',
    '{{people.deployed}} children took part.',
    '{{people.deployed}} slaves were found.',
    '{{people.deployed}}% of homes took part.',
    '£{{people.deployed}}m was taken by officers.',
    'Officers seized £{{people.deployed}}.',
    'Officers worked for {{people.deployed}} months.',
    'Officers came to {{people.deployed}} per cent of homes.',
    'Officers of {{people.deployed}} nationalities took part.',
    'Officers met people aged {{people.deployed}}.',
    'Officers met a {{people.deployed}}-year-old.',
    `More than ${people} took part.`,
    'About {{visits.made|visit was|visits were}} made.',
    '{{people.deployed}} or more people took part.',
    'Officers met slaves: {{premises.visited.byTown}}.',
    'Officers went to {{premises.visited.byTown}} slaves.',
    'Officers found people in slavery, {{premises.visited.byTown}}.',
    '{{visits.made}} nationalities were met.',
    '{{visits.made|nationality was|nationalities were}} met.',
    '{{seizures.made|million|millions}} of pounds were seized.',
    '{{week.countries}} homes took part.',
    `Officers held ${people} as slaves.`,
    `Officers met ${people} who were victims.`,
    '{{people.deployed|officer was|officers were}} arrested.',
    '{{people.deployed|person was|people were}} beaten by officers.',
    '{{premises.visited|address with captives was|addresses with captives were}} visited.',
    '{{premises.visited|address with captives was|addresses were}} visited.',
    '{{visits.made}} of the homes were brothels.',
    '{{premises.visited}} nail bars were visited at these addresses.',
    'Eight nail bars were visited at these addresses.',
    '{{visits.made}} three visits were made.',
    '{{people.deployed}} slaves who people took part.',
    '{{premises.visited}} thousand addresses were visited.',
  ])
    for (const given of [told, three]) assert.ok(blocked(text, given).length > 0, text);
});

test('passes a figure with what it counts', () => {
  for (const text of [
    '{{people.deployed|person|people}} took part.',
    '{{people.deployed}} officers took part.',
    'On the visits, {{people.deployed|officer was|officers were}} deployed.',
    'Teams spoke to {{people.spokenTo|person|people|nobody}}.',
    '{{premises.visited|business address was|business addresses were}} visited, {{premises.visited.byTown}}.',
    'Visits: {{visits.made}}.',
    'Teams went to {{premises.visited}} residential addresses.',
    '{{premises.visited}} addresses were visited {{premises.visited.byTown|names}}.',
    'In {{week.countries}} countries, people took part from {{week.dates}}.',
    '{{arrests.made|person was|people were|nobody was}} arrested.',
    '“{{visits.made|visit was|visits were}}” made.',
    'Teams made {{visits.made}} late visits.',
    'With Victim Support, {{people.deployed|person|people}} took part.',
    '{{people.deployed|member of staff|members of staff}} took part.',
    '{{people.deployed|person|people}} took part and {{arrests.made|person was|people were}} arrested.',
    'Teams spoke to {{people.spokenTo|person|people}}; {{people.interpreted}} needed an interpreter.',
    '({{warrants.executed|warrant was|warrants were}} executed.)',
  ])
    assert.deepEqual(blocked(text), [], text);
});

test('a reason lets a figure stand where the words around it are not known', () => {
  const text = 'Posters hung in {{visits.made}} windows.';
  const [found] = checkText(text, told, { publishOn: extras.publishOn, justifications: [], contacts: [] });
  assert.equal(found?.must, 'bind or justify');
  const reason = { typed: found?.typed ?? '', sentence: text, reason: 'one at each visit', by: 'Robin Hale' };
  const [again] = checkText(text, told, { publishOn: extras.publishOn, justifications: [reason], contacts: [] });
  assert.equal(again?.blocks, false);
});

test('reads the words of a figure as it reads other words, in each of its forms', () => {
  for (const words of [
    'visit to ⑨⓪ homes|visits to ⑨⓪ homes',
    'visit|visits to ９０ homes',
    'visit to ٩٠ homes|visits',
    'visit 💯|visits 💯',
    'visit to nі\u200bnety homes|visits',
    'visit in Lіnden Street|visits',
    'visit in Linden Street|visits',
    'visit|visits to Jаne Smіth',
    'visit by Romanian people|visits',
    'visit with a rescue|visits',
    'visit to a victim|visits',
  ])
    assert.ok(blocked(`Teams made {{visits.made|${words}}}.`).length > 0, words);
  assert.ok(blocked('{{people.spokenTo|woman who was found|people}} spoke to us.').length > 0, 'one person');
});

test('compares the words of a figure with the names of the case', () => {
  const names = prepareNames([{ record: 'a', kind: 'person', name: 'Jane Orsulak' }]);
  for (const text of [
    'Teams made {{visits.made|visit|visits to Jane Orsulak}}.',
    'Teams made {{visits.made|visit to Jane Orsulak|visits}}.',
  ])
    assert.deepEqual(
      findNames(text, told, names, 'plain').map(({ typed }) => typed.slice(0, 2)),
      ['{{'],
      text,
    );
});

test('the words for nought say nought and no more', () => {
  for (const text of [
    '{{seizures.made|seizure was|seizures were|£９m in cash was}} made.',
    '{{seizures.made|seizure was|seizures were|cash was}} seized.',
    '{{visits.refused|visit|visits|every home was}} refused.',
    '{{visits.refused|visit|visits|nobody was}} refused.',
    '{{visits.refused|visit|visits|no person was}} refused.',
    '{{visits.refused|visit|visits|no visit to slaves was}} refused.',
    '{{visits.refused|visit|visits|no visit but all homes were}} refused.',
    '{{visits.refused|visit|visits|none of 90 homes was}} refused.',
    '{{arrests.made|person|people|nobody innocent was}} arrested.',
  ])
    for (const given of [none, told]) assert.ok(blocked(text, given).length > 0, text);
  for (const text of [
    '{{seizures.made|seizure was made|seizures were made|no seizure was recorded}}.',
    '{{visits.refused|visit was|visits were|no visit was}} refused.',
    '{{visits.refused|visit was|visits were|none was}} refused at the visits.',
    '{{arrests.made|person was|people were|nobody was}} arrested.',
  ])
    assert.deepEqual(blocked(text, none), [], text);
});

test('a letter, a digit or a bracket that touches a figure is found', () => {
  const visits = '{{visits.made|visit|visits}}';
  for (const text of [
    `Teams made ${visits}${visits}.`,
    'Teams: {{people.deployed}}{{people.deployed}} people took part.',
    'Teams: {{people.deployed}},{{people.deployed}} people took part.',
    'Teams: {{people.deployed}}–{{people.deployed}} people took part.',
    'Teams: 2-{{people.deployed}} people took part.',
    'From {{week.dates}}0.',
    'Teams: {{people.deployed}}k people took part.',
    'Teams: x{{people.deployed}} people took part.',
    'Teams: -{{people.deployed}} people took part.',
    'Teams: {{people.deployed}}.5 people took part.',
    'Teams: **{{people.deployed}}**0 people took part.',
    'Teams: {{people.deployed}}-strong officers.',
  ])
    assert.ok(
      blocked(text).some((found) => found.includes('touches this figure')),
      text,
    );
});
