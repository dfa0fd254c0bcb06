import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, groupsOf, toHtcds } from './codes.ts';
import { fieldsOf } from './form.ts';
import { exploitationCodes, formVersions } from './load.ts';

test('gives a code to every option of every version of the form', () => {
  for (const version of formVersions) {
    const box = fieldsOf(version).find(({ key }) => key === 'types-of-exploitation');
    assert.deepEqual(
      box?.options,
      exploitationCodes.types.map(({ key }) => key),
      version.id,
    );
  }
  assert.equal(codeOf('types-of-exploitation-unheard-of'), undefined);
});

test('maps a kind without a word in HTCDS to Other with a named gap, never to a similar word', () => {
  const told = toHtcds(['types-of-exploitation-forced-to-commit-crime', 'types-of-exploitation-prostitution']);
  assert.deepEqual(told.vic_TypeOfExploitation, ['Other', 'SexualExploitation']);
  assert.equal(told.gaps.length, 1);
  assert.match(told.gaps[0] ?? '', /no forced criminality/);
});

test('maps withheld wages to a means of control', () => {
  const told = toHtcds(['types-of-exploitation-wages-taken']);
  assert.deepEqual([told.vic_TypeOfExploitation, told.vic_MethodsOfControl], [[], ['TakesEarnings']]);
});

test('lists the groups of the statistics, each once', () => {
  assert.deepEqual(
    groupsOf([
      'types-of-exploitation-prostitution',
      'types-of-exploitation-taken-somewhere',
      'types-of-exploitation-other',
    ]),
    ['sexual exploitation'],
  );
});

test('names the gap wherever a standard has no value', () => {
  for (const { key, htcds, group, gap } of exploitationCodes.types) assert.ok((htcds && group) || gap, key);
});
