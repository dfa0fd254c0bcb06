import assert from 'node:assert/strict';
import { test } from 'node:test';
import { draftRelease } from './draft.ts';
import { counting, extras, signedReturn } from './examples.ts';
import { briefText, countWords, mostWords } from './lengths.ts';
import { publicText } from './placeholder.ts';
import { applyPolicy } from './public-figures.ts';
import { getPolicy } from './publication-policy.ts';
import { reactiveLines } from './reactive-lines.ts';

const now = getPolicy('in force from 2026');
const told = applyPolicy(signedReturn, now, extras.decisions);

function saidOf(signed = signedReturn) {
  const draft = draftRelease(signed, now, extras);
  const given = applyPolicy(signed, now, extras.decisions);
  const say = (text: string): string => {
    const said = publicText(text, given);
    return said.ok ? said.value : assert.fail(text);
  };
  return { title: say(draft.title), description: say(draft.description), keyPoints: draft.keyPoints.map(say) };
}

test('a release in 50 words says who did what, with results, and repeats nothing', () => {
  const brief = briefText(saidOf());
  assert.equal(
    brief,
    'Lea Vale Constabulary and its partners visited eight business addresses in Hertfordshire to find and help people harmed by sexual exploitation. Several people were given safeguarding advice. Three warrants were executed. Four people were detained over immigration matters.',
  );
  assert.ok(countWords(brief) <= mostWords);
});

test('50 words are whole sentences of the checked text, whatever a writer makes of it', () => {
  const long = 'word '.repeat(60).trim();
  assert.equal(briefText({ title: 'A title', description: long, keyPoints: [long] }), 'A title.');
  assert.equal(briefText({ title: 'A title', description: '', keyPoints: ['Four were held'] }), 'Four were held.');
  assert.equal(briefText({ title: 'Why?', description: '', keyPoints: [] }), 'Why?');
  const said = saidOf(counting({ 'premises.visited': 6, 'arrests.made': 2 }));
  const sentences = [said.description, ...said.keyPoints].map((one) => (one.endsWith('.') ? one : `${one}.`));
  for (const sentence of briefText(said).split(/(?<=\.) /)) assert.ok(sentences.includes(sentence), sentence);
});

test('reactive lines answer from figures that may be published, and tell nothing that the policy withholds', () => {
  const answers = reactiveLines(told);
  const said = answers.map(({ answer }) => answer).join('\n');
  assert.match(said, /No visit was refused at the door\./);
  assert.doesNotMatch(said, /nobody answered/, 'one visit points to one address');
  assert.doesNotMatch(said, /screened|Three people/, 'three of four were screened, so one was not');
  assert.match(said, /We do not give small numbers of people\. We do not say what happened next/);
  const many = reactiveLines(
    applyPolicy(counting({ 'arrests.made': 9, 'arrests.screened': 7, 'arrests.notScreened': 2 }), now),
  );
  assert.match(
    JSON.stringify(many),
    /Seven people arrested were screened for exploitation\. Two people arrested were not screened\./,
  );
  const one = JSON.stringify(reactiveLines(applyPolicy(counting({ 'premises.visited': 8, 'arrests.made': 1 }), now)));
  assert.doesNotMatch(one, /One person|in the release\b/);
  assert.match(one, /We do not say more about arrests than the release does\. We give no name/);
  assert.match(said, /No visit\b|Damage was recorded at no visit\./);
  assert.doesNotMatch(said, /[{}]|figure missing|undefined|\b(?:30|32|37)\b|nine|wom[ae]n/);
  const few = applyPolicy(counting({ 'premises.visited': 2, 'people.spokenTo': 1, 'visits.refused': 1 }), now);
  const little = reactiveLines(few);
  assert.ok(little.length > 3);
  assert.doesNotMatch(JSON.stringify(little), /refused|spoke|advice/);
  assert.ok(little.some(({ question, answer }) => /How many victims/.test(question) && /anonymous/.test(answer)));
});
