import assert from 'node:assert/strict';
import { test } from 'node:test';
import { olga } from './examples.ts';
import { formatSafeContact } from './known-facts.ts';
import { contactWays } from './person.ts';
import { findUnconditionalEmail, findUnconditionalPhone, parseSafeContact } from './safe-contact.ts';

const open = { contactWhen: null, contactNever: null };

test('only a number that can be called at any time is an unconditional telephone number', () => {
  const call = { ...olga, ...open, contactWay: 'a call' } as const;
  assert.equal(findUnconditionalPhone(call), '07700 900461');
  for (const way of contactWays.filter((one) => one !== 'a call'))
    assert.equal(findUnconditionalPhone({ ...call, contactWay: way }), null, way);
  for (const more of [
    { contactWhen: 'Before noon' },
    { contactNever: 'No call that was not agreed by text' },
    { contactAt: 'through Ana, 07700 900461' },
    { contactAt: null },
  ])
    assert.equal(findUnconditionalPhone({ ...call, ...more }), null, JSON.stringify(more));
});

test('only an address that can be written to at any time is an unconditional e-mail address', () => {
  const mail = { ...olga, ...open, contactWay: 'an e-mail', contactAt: 'olga@post.example' } as const;
  assert.equal(findUnconditionalEmail(mail), 'olga@post.example');
  for (const more of [
    { contactWay: 'a call' },
    { contactNever: 'Nothing after six' },
    { contactAt: 'through Ana' },
  ] as const)
    assert.equal(findUnconditionalEmail({ ...mail, ...more }), null, JSON.stringify(more));
});

test('a record opened from a request keeps all words on safe contact as a condition', () => {
  for (const contactWay of contactWays)
    for (const contactAt of [null, '07700 900461']) {
      const words = formatSafeContact({ ...olga, contactWay, contactAt });
      const known = { ...olga, ...open, contactAt, ...parseSafeContact(words) };
      assert.deepEqual([known.contactWay, known.contactWhen], [contactWay, words]);
      assert.deepEqual([findUnconditionalPhone(known), findUnconditionalEmail(known)], [null, null], words);
    }
});

test('words that merely begin like a safe way select none', () => {
  for (const words of ['A call is dangerous: text first', 'A callback through Ana', 'A letter never', 'By text'])
    assert.deepEqual(parseSafeContact(words), { contactWhen: words });
});
