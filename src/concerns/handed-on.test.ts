import assert from 'node:assert/strict';
import { test } from 'node:test';
import { handed, know, plain, raise, world } from './handing.testing.ts';
import { textOfPdf } from './pdf.testing.ts';

const numbers = [
  'no',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
];
const numberOf = (word: string | undefined): number =>
  numbers.includes(String(word).toLowerCase()) ? numbers.indexOf(String(word).toLowerCase()) : Number(word);

test('what is missing is the same sum on the concern and where it is handed; what is about whoever submits stands apart, and is asked of nobody here', async (t) => {
  const w = await world(t);
  const at = await raise(w.her, w.person, 'yes');
  for (const filled of [false, true]) {
    if (filled) await know(w, at);
    const concern = plain((await w.her.get(at)).body);
    const hand = plain((await w.her.get(`${at}/hand`)).body);
    const missing = Number(/Missing in all (\d+)/.exec(concern)?.[1]);
    const there = /(\S+) answers? (?:is|are) not known yet/.exec(hand)?.[1];
    assert.equal(there ? numberOf(there) : 0, missing, hand.slice(0, 900));
    assert.ok(filled || missing > 20, concern);
    const apart = /Beside that, (\S+) answers are about whoever submits it: they fill those in themselves/;
    assert.equal(apart.exec(concern)?.[1], apart.exec(hand)?.[1]);
    assert.ok(numberOf(apart.exec(concern)?.[1]) >= 3, concern);
  }
  for (let part = 0; part < 16; part += 1) {
    const page = await w.her.get(`${at}/parts/${part}?all=yes`);
    assert.doesNotMatch(plain(page.body), /Your role|Your telephone|Your first name/, String(part));
  }
});

test('what is about whoever submits is “yours to fill in” on the page, the paper and the draft taken along', async (t) => {
  const { her, him, at, paperAt } = await handed(t);
  const theirs = /Your role Yours to fill in: about whoever submits it/;
  const unknown = /Your (role|telephone|first name) Not known yet/;
  const copy = await him.get(`${paperAt}/copy?part=1`);
  const taken = await her.post(`${at}/take`, {
    shape: 'pdf',
    why: 'for a partner or the coordinator of the operation',
    words: 'R 7',
  });
  for (const text of [
    textOfPdf(copy.rawPayload).join(' ').replace(/\s+/g, ' '),
    textOfPdf(taken.rawPayload).join(' ').replace(/\s+/g, ' '),
    plain((await her.get(`${at}/hand`)).body),
    plain((await her.get(`${at}/draft`)).body),
  ]) {
    assert.match(text, theirs);
    assert.doesNotMatch(text, unknown);
    assert.match(text, /answers are about whoever submits it/);
  }
});

test('of a notification that she cannot hand, a nurse sees what she can do instead, and no sum', async (t) => {
  const w = await world(t);
  const at = await raise(w.her, w.person);
  await know(w, at);
  const decided = await raise(w.her, w.person, 'no');
  assert.equal(decided, at);
  const page = await w.her.get(at);
  const text = plain(page.body);
  assert.match(text, /Your agency cannot send it, and nothing is left for you to fill in/);
  assert.match(text, /tell one that can, without a name.*0800 808 3733.*Beside it, and no less/);
  assert.doesNotMatch(text, /Missing in all|answers? missing|nothing missing|\d+ of \d+|what is missing/);
  assert.match(page.body, new RegExp(`href="/staff/safeguarding/persons/${w.person.id}/help"`));
});
