import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import {
  compare,
  composed,
  organisations,
  people,
  type Template,
} from '../../../test/assurance/newsroom/release-reading/composed.ts';
import { readForm, readRelease } from './index.ts';
import type { Claim } from './parsed-release.ts';

const linesOf = (name: string): string[] =>
  readFileSync(new URL(`fixtures/${name}`, import.meta.url), 'utf8')
    .trimEnd()
    .split('\n');

function claimsOf(body: string): readonly Claim[] {
  const file = `---\narea: Oakshire\npublish:\n  date: 11 Jun 2024\n---\n\n${body}\n`;
  const reading = readForm(new TextEncoder().encode(file), 'release.md');
  assert.ok(reading.ok);
  return readRelease(reading.value).claims;
}

/** The templates of a fixture under their headings: "# arrests" over the sentences that say so. */
function* templates(name: string): Generator<{ heading: string; line: string }> {
  let heading = '';
  for (const line of linesOf(name))
    if (line.startsWith('# ')) heading = line.slice(2);
    else yield { heading, line };
}

test('a sentence composed of number, noun, verb and place is read right or left unread, never wrong', () => {
  const wrong: string[] = [];
  let all = 0;
  let unread = 0;
  let turn = 0;
  for (const { heading, line } of templates('composed.txt')) {
    const [text = '', other] = line.split(' => ');
    const template: Template = {
      text,
      n: heading === 'none' ? [] : heading.split('|'),
      ...(other ? { m: other.split('|') } : {}),
    };
    turn += 1;
    for (const one of composed(template, turn)) {
      const found = compare(one, claimsOf(one.text));
      wrong.push(...found.wrong.map((claim) => `${one.text}: ${claim}`));
      unread += found.unread;
      all += one.says.length;
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(all > 2500, `${all}`);
  assert.ok(unread / all < 0.12, `${unread} of ${all} are unread`);
});

test('an organisation takes part where a sentence says so, in any order of words, and nowhere else', () => {
  const wrong: string[] = [];
  let wanted = 0;
  let right = 0;
  let turn = 0;
  for (const { heading, line } of templates('composed-partners.txt'))
    for (let round = 0; round < 5; round += 1) {
      turn += 1;
      const names = ['A', 'B', 'C'].map(
        (_, slot) => organisations[(turn * 3 + slot * 7 + round) % organisations.length] ?? '',
      );
      const used = ['{A}', '{B}', '{C}'].flatMap((slot, index) => (line.includes(slot) ? [names[index] ?? ''] : []));
      if (new Set(used).size < used.length) continue;
      const text = line
        .replace('{A}', names[0] ?? '')
        .replace('{B}', names[1] ?? '')
        .replace('{C}', names[2] ?? '');
      const found = claimsOf(`Officers went out.\n\n${text.charAt(0).toUpperCase()}${text.slice(1)}`).flatMap(
        (claim) => (claim.kind === 'partner' && !claim.own ? [claim.name] : []),
      );
      const expected =
        heading === 'took part' ? used.map((name) => name.replace(/^the /, '').replace(/^charity /, '')) : [];
      wrong.push(...found.filter((name) => !expected.includes(name)).map((name) => `${text}: ${name}`));
      wanted += expected.length;
      right += expected.filter((name) => found.includes(name)).length;
    }
  assert.deepEqual(wrong, []);
  assert.ok(right / wanted > 0.97, `${right} of ${wanted}`);
});

test('days are read from any of their usual forms, and from no others', () => {
  const wrong = linesOf('composed-days.txt').flatMap((line) => {
    const [text = '', wanted = ''] = line.split(' => ');
    const found = claimsOf(text).flatMap((claim) => (claim.kind === 'window' ? [`${claim.from} ${claim.to}`] : []));
    return wanted.split('|').includes(found.join() || 'none') ? [] : [`${text}: ${found}`];
  });
  assert.deepEqual(wrong, []);
});

test('a speaker is named in any order of words, and no other name is read', () => {
  const wrong: string[] = [];
  let missed = 0;
  const lines = linesOf('composed-quotes.txt');
  for (const [turn, line] of lines.entries()) {
    const name = people[turn % people.length] ?? '';
    const found = claimsOf(`Officers went out.\n\n${line.replace('{N}', name)}`).flatMap((claim) =>
      claim.kind === 'officer' || claim.kind === 'speaker' ? [claim.name] : [],
    );
    wrong.push(...found.filter((one) => one !== name).map((one) => `${line}: ${one}`));
    missed += found.includes(name) ? 0 : 1;
  }
  assert.deepEqual(wrong, []);
  assert.ok(missed <= 4, `${missed} of ${lines.length}`);
});
