import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access } from '../../../test/harness/application.ts';
import type { AreaPolicy, RecordClass, Rule } from '../../platform/access-policy/access.ts';
import { findInconsistencies } from './agreement.ts';
import { compareAccessRules, isUnchanged } from './difference.ts';
import { formatAccessRules } from './document.ts';
import { getKindLabel } from './kinds.ts';
import { describeClasses } from './permission.ts';

const read: Rule = { roles: ['planner'], relation: 'member', purpose: 'operation', verbs: ['read'] };
const thing = (rules: readonly Rule[], more: Partial<RecordClass> = {}): AreaPolicy => ({
  thing: {
    means: 'A thing',
    marking: 'OFFICIAL',
    looks: { none: 'an example' },
    tables: { things: { operation: 'operation_id', groups: { counted: ['id', 'day'] } } },
    rules,
    actions: {},
    ...more,
  },
});
const between = (before: AreaPolicy, after: AreaPolicy) =>
  compareAccessRules(formatAccessRules(before), formatAccessRules(after));
const none = { added: [], removed: [], redescribed: [] };

test('a version differs in nothing from itself, whatever its line ends are', () => {
  const text = formatAccessRules(access.policy);
  const same = compareAccessRules(text, text.replaceAll('\n', '\r\n'));
  assert.ok(same && isUnchanged(same));
});

test('a document of before, which called each kind by the name of the table, is read as the same', () => {
  const text = formatAccessRules(access.policy);
  const before = Object.keys(access.policy).reduce((said, kind) => {
    const { name } = getKindLabel(kind);
    return said
      .replaceAll(`### ${name}\n`, `### ${kind}\n`)
      .replaceAll(`- **${name}**: may`, `- **${kind}**: may`)
      .replaceAll(`the record that it belongs to, under “${name}”`, `the ${kind} that it belongs to`);
  }, text);
  assert.match(before, /### note\n/);
  const same = compareAccessRules(before, text);
  assert.ok(same && isUnchanged(same), JSON.stringify(same));
  assert.deepEqual([findInconsistencies(text), findInconsistencies(before)], [[], []]);
});

test('a document of before, in former words for agencies and conditions, is read as the same', () => {
  const text = formatAccessRules(access.policy);
  const before = text
    .replaceAll('of an enforcement agency', 'of an agency that enforces')
    .replaceAll('of a support agency', 'of an agency that helps')
    .replaceAll('it belongs to their own agency', 'it is their own agency’s')
    .replaceAll('decide on it', 'decide it');
  assert.match(before, /Safeguarding leads of an agency that helps/);
  const same = compareAccessRules(before, text);
  assert.ok(same && isUnchanged(same), JSON.stringify(same));
  assert.deepEqual(findInconsistencies(before), []);
});

test('distinguishes a text that is no such document from one without changes', () => {
  assert.equal(compareAccessRules('# A list of things to buy', formatAccessRules(access.policy)), undefined);
});

const cases: readonly [string, AreaPolicy, AreaPolicy, object][] = [
  [
    'a verb more',
    thing([read]),
    thing([{ ...read, verbs: ['read', 'add', 'change'] }]),
    {
      ...none,
      added: [
        'Planners may now add and change “thing”, to run an operation, only where they are a member of the operation.',
      ],
    },
  ],
  [
    'a role less',
    thing([{ ...read, roles: ['planner', 'commander'] }]),
    thing([read]),
    {
      ...none,
      removed: [
        'Commanders and supervisors may no longer read “thing”, to run an operation, only where they are a member of the operation.',
      ],
    },
  ],
  [
    'a relation widened closes the one and opens the other',
    thing([read]),
    thing([{ ...read, relation: 'any' }]),
    {
      ...none,
      added: ['Planners may now read “thing”, to run an operation.'],
      removed: [
        'Planners may no longer read “thing”, to run an operation, only where they are a member of the operation.',
      ],
    },
  ],
  [
    'two purposes more are one sentence',
    thing([read]),
    thing([{ ...read, purpose: ['operation', 'statistics', 'audit'] }]),
    {
      ...none,
      added: ['Planners may now read “thing”, to count or to audit, only where they are a member of the operation.'],
    },
  ],
  [
    'fields narrowed',
    thing([read]),
    thing([{ ...read, fields: 'counted' }]),
    {
      ...none,
      added: [
        'Planners may now read “thing”: only these fields of it (its number, day), to run an operation, only where they are a member of the operation.',
      ],
      removed: [
        'Planners may no longer read “thing”, to run an operation, only where they are a member of the operation.',
      ],
    },
  ],
  [
    'a side asked for',
    thing([{ ...read, relation: 'any' }]),
    thing([{ ...read, relation: 'any', side: 'help' }]),
    {
      ...none,
      added: ['Planners of a support agency may now read “thing”, to run an operation.'],
      removed: ['Planners may no longer read “thing”, to run an operation.'],
    },
  ],
  [
    'a marking raised',
    thing([read]),
    thing([read], { marking: 'OFFICIAL-SENSITIVE: OPERATIONAL' }),
    {
      ...none,
      redescribed: [
        '“thing” is now described as: A thing. Marked OFFICIAL-SENSITIVE: OPERATIONAL. Before: A thing. Marked OFFICIAL.',
      ],
    },
  ],
  [
    'a kind of record that was not there before',
    thing([read]),
    { ...thing([read]), other: { ...(thing([]).thing as RecordClass), means: 'Another' } },
    { ...none, redescribed: ['“other” is a new kind of record: Another. Marked OFFICIAL. Nobody may see it.'] },
  ],
];

for (const [what, before, after, expected] of cases)
  test(`shows the difference: ${what}`, () => assert.deepEqual(between(before, after), expected));

/** A class with those above its records: the document of the whole policy takes ten times as long. */
function withAncestors(name: string): AreaPolicy {
  const found = new Map<string, RecordClass>();
  const add = (one: string): void => {
    const recordClass = access.policy[one];
    if (!recordClass || found.has(one)) return;
    found.set(one, recordClass);
    for (const { parent } of Object.values(recordClass.tables))
      for (const [other, { tables }] of Object.entries(access.policy)) if (parent && parent[0] in tables) add(other);
  };
  add(name);
  return Object.fromEntries(found);
}

test('every rule that is removed or widened to anybody shows up as a sentence', () => {
  for (const [name, recordClass] of Object.entries(access.policy)) {
    const policy = withAncestors(name);
    const said = formatAccessRules(policy);
    recordClass.rules.forEach((rule, index) => {
      const changed = (rules: readonly Rule[]): AreaPolicy => ({ ...policy, [name]: { ...recordClass, rules } });
      const without = changed(recordClass.rules.toSpliced(index, 1));
      if (JSON.stringify(describeClasses(without)) !== JSON.stringify(describeClasses(policy)))
        assert.notDeepEqual(
          compareAccessRules(said, formatAccessRules(without))?.removed,
          [],
          `${name}, rule ${index} taken away`,
        );
      if (rule.fields) return;
      const open = changed(recordClass.rules.with(index, { ...rule, roles: 'member' }));
      // Where all may do something already, another may say no more.
      if (!recordClass.rules.some(({ roles }) => roles === 'member'))
        assert.notDeepEqual(
          compareAccessRules(said, formatAccessRules(open))?.added,
          [],
          `${name}, rule ${index} opened to all`,
        );
    });
  }
});
