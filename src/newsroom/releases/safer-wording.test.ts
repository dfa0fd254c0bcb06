import assert from 'node:assert/strict';
import { test } from 'node:test';
import { change, decoded, draft, formOf, openNewsroom } from '../../../test/fixtures/releases.ts';
import { replaceWords, takeSentenceOut } from './safer-wording.ts';

const text = {
  title: 'Title',
  area: 'Area',
  description: 'Description.',
  keyPoints: ['Point.'],
  body: 'First one. Two Moldovan women were met. Last one.\n\nAlone.\n\nEnd.',
  quotes: [],
  picture: null,
  correction: null,
};
const at = (words: string, sentence: string) => ({
  part: 'body',
  start: text.body.indexOf(words),
  end: text.body.indexOf(words) + words.length,
  sentence,
});

test('puts safer words in the place of those that were found, or takes them out', () => {
  const found = at('Moldovan', 'Two Moldovan women were met.');
  assert.match(replaceWords(text, found, '')?.body ?? '', /^First one\. Two women were met\. Last one\./);
  assert.match(replaceWords(text, found, 'other')?.body ?? '', /Two other women were met/);
  assert.equal(replaceWords(text, { ...found, part: 'release' }, 'other'), undefined);
});

test('takes out one sentence, and no field as a whole', () => {
  const sentence = 'Two Moldovan women were met.';
  assert.match(takeSentenceOut(text, at('Moldovan', sentence))?.body ?? '', /^First one\. Last one\.\n\nAlone/);
  assert.match(takeSentenceOut(text, at('Alone', 'Alone.'))?.body ?? '', /Last one\.\n\nEnd\.$/);
  const title = { part: 'title', start: 0, end: 5, sentence: 'Title' };
  assert.equal(takeSentenceOut(text, title), undefined, 'nothing would be left');
  assert.equal(takeSentenceOut(text, at('Alone', 'Somewhere else.')), undefined);
});

test('offers one step for each finding, the worst first, and takes it at one press', async (t) => {
  const { signed, writer } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const { body = '' } = await formOf(writer, address);
  await change(writer, address, { body: `${body}\n\nPeople were rescued. We met a Moldovan worker. It was late.` });
  const page = (await writer.get(address)).body;
  const list = page.slice(page.indexOf('id="in-the-way"'), page.indexOf('id="preview"'));
  assert.deepEqual(
    [...list.matchAll(/<h3[^>]*>([^<]*)</g)].map(([, harm]) => harm),
    ['Words that describe one person', 'A nationality or an origin', 'Wording to change'],
  );
  assert.match(list, /Write “helped”/);
  assert.doesNotMatch(list, /Write “a worker”/, 'the check would refuse these words in their turn');
  assert.equal(list.match(/<button class="govuk-button/g)?.length, 3, 'one button each');

  const safer =
    /name="typed" value="([^"]*)"><input type="hidden" name="sentence" value="([^"]*)"><input type="hidden" name="wording" value="safer"/g;
  const [words, ...more] = [...list.matchAll(safer)].map(([, typed = '', sentence = '']) => ({
    typed: decoded(typed),
    sentence: decoded(sentence),
  }));
  assert.deepEqual([words?.typed, more.length], ['rescued', 0]);
  assert.equal((await writer.post(`${address}/link-figure`, { ...words, wording: 'safer' })).statusCode, 303);
  assert.match((await formOf(writer, address)).body ?? '', /People were helped\. We met/);
  const gone = await writer.post(`${address}/link-figure`, { ...words, wording: 'safer' });
  assert.match(gone.body, /no longer stand in the text/);
  const moldovan = { typed: 'Moldovan', sentence: 'We met a Moldovan worker.', wording: 'without the sentence' };
  assert.equal((await writer.post(`${address}/link-figure`, moldovan)).statusCode, 303);
  assert.match((await formOf(writer, address)).body ?? '', /People were helped\. It was late\.$/);
  assert.match((await writer.get(address)).body, /Took out the sentence with “Moldovan”/);
});

test('offers no words that the check would refuse, and takes a name of a business out whole', async (t) => {
  const { signed, writer } = await openNewsroom(t);
  const address = await draft(writer, signed.id);
  const { body = '' } = await formOf(writer, address);
  await change(writer, address, { body: `${body}\n\nA woman, 32, was helped. Teams went to Station Beauty.` });
  const page = (await writer.get(address)).body;
  const list = page.slice(page.indexOf('id="in-the-way"'), page.indexOf('id="preview"'));
  assert.match(list, /32/);
  assert.doesNotMatch(list, /Write “A woman”|Station business/);
  assert.match(list, /Write “a business”/);
});
