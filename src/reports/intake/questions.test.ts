import assert from 'node:assert/strict';
import { test } from 'node:test';
import { chance } from '../../../test/harness/assurance.ts';
import {
  type Answers,
  askedAnswers,
  askedSteps,
  choices,
  type Field,
  fields,
  hasDescription,
  lineOf,
  splitAnswers,
  stepAfterPress,
  stepNames,
  steps,
} from './questions.ts';

const seed = 20_261_125;

function invented(random: () => number): Answers {
  const answers: Partial<Record<Field, string>> = {};
  for (const field of fields) {
    const options: readonly string[] | undefined = (choices as Readonly<Partial<Record<Field, readonly string[]>>>)[
      field
    ];
    if (random() < 0.3) continue;
    answers[field] = options
      ? (options[Math.floor(random() * options.length)] ?? '')
      : random() < 0.2
        ? ''
        : `words of ${field}`;
  }
  return answers;
}

test('whatever is answered, the way leads from the first question to the check page and back by the same questions', () => {
  const random = chance(seed);
  for (let time = 0; time < 2_000; time += 1) {
    const answers = invented(random);
    const path = askedSteps(answers);
    const forth = [path[0] ?? 'who'];
    while (forth.at(-1) !== 'check') forth.push(stepAfterPress(answers, forth.at(-1) ?? 'who', 'next'));
    assert.deepEqual(forth, path);
    const back = [path.at(-1) ?? 'check'];
    while (back.at(-1) !== 'who') back.push(stepAfterPress(answers, back.at(-1) ?? 'check', 'back'));
    assert.deepEqual(back.reverse(), path);
    // The two pages of the short way lie on no path of questions.
    for (const step of stepNames.filter((one) => one !== 'short' && one !== 'more')) {
      assert.ok(path.includes(stepAfterPress(answers, step, 'next')) || step === 'check', `on from ${step}`);
      for (const wanted of stepNames) {
        const to = stepAfterPress(answers, step, wanted);
        assert.ok(path.includes(to) || to === step);
      }
    }
  }
});

test('answers to questions that are asked no longer leave no trace in what is sent', () => {
  const all = Object.fromEntries(fields.map((field) => [field, `words of ${field}`])) as Answers;
  const unreached = splitAnswers({ ...all, who: 'worried', now: 'no', reach: 'no' });
  assert.equal(unreached.contact, undefined);
  for (const field of [...steps.contact, 'reader', 'aware'] as const) assert.ok(!(field in unreached.told), field);
  const own = askedAnswers({ ...all, who: 'me', reach: 'no' });
  assert.ok(!('vehicles' in own) && !('knows' in own));
});

test('the source identity is kept apart from the report, whatever else was answered', () => {
  const random = chance(seed + 1);
  for (let time = 0; time < 2_000; time += 1) {
    const { told, contact } = splitAnswers(invented(random));
    for (const field of Object.keys(told)) assert.ok(!(steps.contact as readonly string[]).includes(field), field);
    for (const field of Object.keys(contact ?? {}))
      assert.ok((steps.contact as readonly string[]).includes(field), field);
    assert.ok(!('receipt' in told));
  }
});

test('what happens to oneself goes to the support side unless police are chosen, and so does what nobody said whose it is', () => {
  const cases: [Answers, string][] = [
    [{}, 'help'],
    [{ who: '' }, 'help'],
    [{ who: 'me' }, 'help'],
    [{ who: 'me', reader: '' }, 'help'],
    [{ who: 'me', reader: 'support' }, 'help'],
    [{ who: 'me', reader: 'police' }, 'police'],
    [{ who: 'worried' }, 'police'],
    [{ who: 'worried', reader: 'support' }, 'police'],
    [{ who: 'professional' }, 'police'],
  ];
  for (const [answers, line] of cases) assert.equal(lineOf(answers), line, JSON.stringify(answers));
});

test('one sentence in any script is enough, and nothing else is needed', () => {
  for (const what of ['Men sleep there', 'أنا خائفة', '有人', 'ሰባት ሰብ', 'x']) assert.ok(hasDescription({ what }), what);
  for (const what of [undefined, '', '   ', '.', '123', '—'])
    assert.ok(!hasDescription(what === undefined ? {} : { what }));
});
