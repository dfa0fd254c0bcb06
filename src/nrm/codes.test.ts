import assert from 'node:assert/strict';
import { test } from 'node:test';
import { codeOf, fromHtcds, groupsOf, toHtcds } from './codes.ts';
import { fieldsOf } from './form.ts';
import { exploitationCodes, formVersions } from './load.ts';

test('every box of every version of the form has its code', () => {
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

test('what HTCDS has no word for is Other with a named gap, never a near word', () => {
  const told = toHtcds(['types-of-exploitation-forced-to-commit-crime', 'types-of-exploitation-prostitution']);
  assert.deepEqual(told.vic_TypeOfExploitation, ['Other', 'SexualExploitation']);
  assert.equal(told.gaps.length, 1);
  assert.match(told.gaps[0] ?? '', /no forced criminality/);
});

test('wages taken are a means of control there', () => {
  const told = toHtcds(['types-of-exploitation-wages-taken']);
  assert.deepEqual([told.vic_TypeOfExploitation, told.vic_MethodsOfControl], [[], ['TakesEarnings']]);
});

test('what comes in may mean several boxes: a person chooses', () => {
  assert.deepEqual(fromHtcds('SexualExploitation'), [
    'types-of-exploitation-prostitution',
    'types-of-exploitation-child-exploitation',
  ]);
  assert.deepEqual(fromHtcds('ForcedMarriage'), []);
});

test('groups are those of the statistics, each once', () => {
  assert.deepEqual(
    groupsOf([
      'types-of-exploitation-prostitution',
      'types-of-exploitation-taken-somewhere',
      'types-of-exploitation-other',
    ]),
    ['sexual exploitation'],
  );
});

test('where a standard has no value, the gap has a name', () => {
  for (const { key, htcds, group, gap } of exploitationCodes.types) assert.ok((htcds && group) || gap, key);
});
