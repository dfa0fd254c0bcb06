import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstLetters, foldLetters, ItemIndex, isOneLetterAway, listLength } from './list.ts';
import { shoppingLists } from './lists.ts';

for (const list of shoppingLists) {
  const names = list.items.map(foldLetters);

  test(`${list.language}: 256 items, all different when case and accents are gone`, () => {
    assert.equal(list.items.length, listLength);
    assert.equal(new Set(names).size, listLength);
    for (const name of names) assert.match(name, /^\p{L}+$/u, 'one word: what stands between words is lost by hand');
  });

  test(`${list.language}: no two items begin with the same four letters, and none is shorter`, () => {
    const starts = Map.groupBy(names, firstLetters);
    assert.deepEqual([...starts.values()].filter(({ length }) => length > 1).flat(), []);
    assert.deepEqual(
      names.filter(({ length }) => length < 4),
      [],
    );
  });

  test(`${list.language}: no item is another with one letter changed, left out, put in or swapped`, () => {
    const near = names.flatMap((one, item) =>
      names.slice(item + 1).flatMap((other) => (isOneLetterAway(one, other) ? [`${one} ${other}`] : [])),
    );
    assert.deepEqual(near, []);
  });

  test(`${list.language}: each item is found by its name, by its start, and with any one letter left out`, () => {
    const items = new ItemIndex(list);
    names.forEach((name, item) => {
      assert.deepEqual(items.find(name), { item, asWritten: true });
      if (name.length > 4) assert.deepEqual(items.find(firstLetters(name)), { item, asWritten: false });
      for (let at = 0; at < name.length; at += 1) {
        const slipped = name.slice(0, at) + name.slice(at + 1);
        const found = items.find(slipped)?.item;
        if (at >= 4) assert.equal(found, item, slipped);
        // What is left may start as another does: then it is that one or none, and the receipt's check is asked.
        else if (found !== item)
          assert.ok(found === undefined || firstLetters(names[found] ?? '') === firstLetters(slipped), slipped);
      }
    });
  });
}

test('each language has one list', () => {
  const languages = shoppingLists.map(({ language }) => language);
  assert.equal(new Set(languages).size, languages.length);
  assert.deepEqual(languages.toSorted(), ['en', 'es', 'pl', 'ro']);
});

test('folding takes away case, accents and letters that Unicode does not take apart', () => {
  assert.equal(foldLetters('ŻÓŁW Crème ȘUNCĂ piñas Æbler'), 'zolw creme sunca pinas aebler');
  assert.equal(foldLetters('ｏｎｉｏｎｓ'), 'onions', 'the wide letters of an East Asian keyboard');
});

test('one letter away is one changed, one too few, one too many, or two swapped', () => {
  const cases: readonly (readonly [string, string, boolean])[] = [
    ['onions', 'onionz', true],
    ['onions', 'onion', true],
    ['onions', 'onnions', true],
    ['onions', 'oinons', true],
    ['onions', 'onions', false],
    ['onions', 'onioss', true],
    ['onions', 'onoins', true],
    ['onions', 'inoons', false],
    ['onions', 'lemons', false],
    ['', 'a', true],
    ['', '', false],
    ['ab', 'ba', true],
    ['abc', 'cba', false],
  ];
  for (const [one, other, expected] of cases) {
    assert.equal(isOneLetterAway(one, other), expected, `${one} ${other}`);
    assert.equal(isOneLetterAway(other, one), expected, `${other} ${one}`);
  }
});
