import assert from 'node:assert/strict';
import { test } from 'node:test';
import { testKeys } from '../../../test/harness/keys.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { sealInBrowser, toBase64Url } from './browser-sealing.ts';
import { browserSealContext, type SealedPart } from './envelope.ts';
import { currentKeyPair, openBrowserSealed } from './sealed-report.ts';
import { openSealing } from './sealing.ts';

await openSealing();

const pair = currentKeyPair(testKeys, 'help');
const id = newTimelessId<'report'>();
const read = (part: SealedPart, text: string) => {
  const sealed = toBase64Url(sealInBrowser(pair, browserSealContext('help', id, part), text));
  return openBrowserSealed([pair], 'help', id, part, { who: 'me', sealed });
};

test('of a sealed box what belongs to its part is read alone, and more than that is said to be in it', () => {
  const all = {
    what: 'Words',
    name: 'Ira Velleity',
    channel: '01632 960 007',
    now: 'yes',
    point: '51,0',
    reach: 'yes',
  };
  assert.deepEqual(read('words', JSON.stringify(all)), { said: { who: 'me', what: 'Words' }, inBrowser: 'more in it' });
  assert.deepEqual(read('contact', JSON.stringify(all)).said, {
    who: 'me',
    name: 'Ira Velleity',
    channel: '01632 960 007',
  });
  assert.deepEqual(read('words', JSON.stringify({ what: 'Words', place: 'There' })), {
    said: { who: 'me', what: 'Words', place: 'There' },
    inBrowser: 'yes',
  });
});

test('a box that says nothing is no report that says nothing', () => {
  for (const text of ['[1,2,3]', '{}', '{"what":""}', '{"what":"  "}', '{"now":"yes"}', '{"what":7}', 'null', '"what"'])
    assert.deepEqual(read('words', text), { said: { who: 'me' }, inBrowser: 'does not open' }, text);
});
