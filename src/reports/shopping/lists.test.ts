import assert from 'node:assert/strict';
import { test } from 'node:test';
import { languages } from '../../public/languages/index.ts';
import { foldLetters } from './folding.ts';
import { firstLetters, foldName, ItemIndex, isOneLetterAway, listLength } from './list.ts';
import { shoppingLists } from './lists.ts';

const earlier = ['en', 'pl', 'es', 'ro'];

for (const list of shoppingLists) {
  const names = list.items.map(foldName);

  test(`${list.language}: 256 items, all different when case, accents and blanks are gone`, () => {
    assert.equal(list.items.length, listLength);
    assert.equal(new Set(names).size, listLength);
    for (const item of list.items) assert.match(item, /^\p{L}[\p{L}\p{M} ’-]+$/u);
  });

  test(`${list.language}: no two items begin with the same four letters, and none is shorter; or words are whole`, () => {
    if (list.wholeWords) return assert.ok(names.every(({ length }) => length >= 2));
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

  test(`${list.language}: each item is found by its name, by its start, and after any slip of one letter`, () => {
    const vocabulary = new ItemIndex(list);
    names.forEach((name, item) => {
      const finds = (word: string) => assert.ok(vocabulary.find(word).items.includes(item), `${word} for ${name}`);
      assert.deepEqual(vocabulary.find(name), { items: [item], asWritten: true });
      if (!list.wholeWords) finds(firstLetters(name));
      for (let at = 0; at < name.length; at += 1) {
        finds(name.slice(0, at) + name.slice(at + 1));
        finds(`${name.slice(0, at)}z${name.slice(at + 1)}`);
        finds(`${name.slice(0, at)}z${name.slice(at)}`);
      }
    });
  });

  test(`${list.language}: two neighbours swapped still name that item${earlier.includes(list.language) ? '' : ' alone'}`, () => {
    const vocabulary = new ItemIndex(list);
    names.forEach((name, item) => {
      for (let at = 1; at < name.length; at += 1) {
        const swapped = name.slice(0, at - 1) + name.charAt(at) + name.charAt(at - 1) + name.slice(at + 1);
        const { items } = vocabulary.find(swapped);
        if (earlier.includes(list.language)) assert.ok(items.includes(item), swapped);
        else assert.deepEqual(items, [item], swapped);
      }
    });
  });
}

test('each language of the public site has one list', () => {
  const codes = shoppingLists.map(({ language }) => language);
  assert.equal(new Set(codes).size, codes.length);
  assert.deepEqual(
    ['ar', 'cy', 'en', 'es', 'pl', 'pt', 'ro', 'sq', 'ti', 'uk', 'vi', 'zh'].filter((code) => !codes.includes(code)),
    [],
  );
  const shown = languages.map(({ code }) => code);
  assert.deepEqual(
    codes.filter((code) => !shown.includes(code)),
    [],
  );
});

test('no two languages share a quarter of their items, so that eight lines name their language', () => {
  const listed = shoppingLists.map(({ language, items }) => ({ language, names: new Set(items.map(foldName)) }));
  const shared = listed.flatMap((one, at) =>
    listed
      .slice(at + 1)
      .map((other) => [one.names.intersection(other.names).size, `${one.language} ${other.language}`]),
  );
  assert.deepEqual(
    shared.filter(([count = 0]) => Number(count) >= listLength / 4),
    [],
  );
});

test('folding takes away case, accents and letters that Unicode does not take apart', () => {
  assert.equal(foldLetters('ŻÓŁW Crème ȘUNCĂ piñas Æbler'), 'zolw creme sunca pinas aebler');
  assert.equal(foldLetters('ｏｎｉｏｎｓ'), 'onions', 'the wide letters of an East Asian keyboard');
});

test('folding takes what is written in two ways for one', () => {
  const pairs: Readonly<Record<string, string>> = {
    'أرز بسمتي': 'ارز بسمتى',
    جوافة: 'جـوافه',
    'm’ята': 'mʼята',
    'Їжак єнот': 'Ижак енот',
    ፀሓይ: 'ጸሐይ',
    እንቋቍሖ: 'እንቋቁሖ',
    土鸡蛋: '土雞蛋',
    'bánh mì': 'banh mi',
    'BUKË çaj': 'buke caj',
    siampŵ: 'siampw',
  };
  for (const [one, other] of Object.entries(pairs)) assert.equal(foldName(one), foldName(other), one);
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
