import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access } from '../../../test/harness/application.ts';
import { purposesOf } from '../../platform/access-policy/access.ts';
import { type Role, roles } from '../../vocabulary/people.ts';
import { formatAccessRules } from './document.ts';
import { getKindLabel } from './kinds.ts';
import { describeClasses, describeRoles, splitSensitive } from './permission.ts';

const classes = describeClasses(access.policy);

/** What help, visits and targets are about: closed to most roles. */
const casework = [
  'target',
  'visit',
  'encounter',
  'encounter name',
  'arrest',
  'note',
  'referral',
  'person',
  'earlier person',
];
/** What the design promises that a role never sees, by hand: kinds of record, and where the promise is of fields, how they are opened. */
const promisedNever: Record<Role, readonly string[]> = {
  // The source identity of a report, only while a custodian has opened it to the reader who asked.
  triage: [
    'note',
    'referral',
    'person',
    'earlier person',
    'visit',
    'arrest',
    'log',
    'account',
    'help report',
    'help report part',
    'help report file',
  ],
  planner: [
    'task',
    'reception',
    'wristband',
    'debrief',
    'report',
    'report part',
    'report file',
    'help report',
    'help report part',
    'help report file',
    'note',
    'earlier note',
    'referral',
    'person',
    'earlier person',
    'earlier referral',
    'take-up',
    'fact',
    'safeguarding log',
  ],
  field: ['take-up', 'decision', 'return', 'return workings', 'log', 'account', 'release'],
  enforcement: [
    'task',
    'reception',
    'wristband',
    'first night',
    'report part',
    'report file',
    'source identity',
    'help report',
    'help report part',
    'help report file',
    'help source identity',
    'help line attendance',
    'note',
    'earlier note',
    'referral',
    'person',
    'earlier person',
    'earlier referral',
    'take-up',
    'fact',
    'counted fact',
    'safeguarding log',
  ],
  'safeguarding lead': ['visit', 'arrest', 'sign', 'seizure', 'encounter name', 'log', 'safeguarding log'],
  'partner caseworker': [
    'target',
    'visit',
    'encounter',
    'arrest',
    'sign',
    'briefing',
    'return',
    'release',
    'take-up',
    'log',
  ],
  volunteer: [
    ...casework,
    'task',
    'handover',
    'whose wristband',
    'first night',
    'published capacity',
    'return',
    'release',
    'log',
  ],
  custodian: [
    'report',
    'report part',
    'source identity',
    'help source identity',
    'report file',
    'help report part',
    'help report file',
    'target',
    'visit',
    'arrest',
    'note',
    'return',
    'release',
    'log',
  ],
  analyst: ['encounter name', 'note', 'earlier note', 'take-up', 'decision', 'briefing', 'account', 'log'],
  press: [...casework, 'screening', 'child notification', 'sign', 'seizure', 'search', 'fact', 'log'],
  commander: ['task', 'wristband', 'note', 'earlier note', 'take-up', 'safeguarding log', 'account'],
  'data-protection lead': [...casework, 'return', 'release'],
  coordinator: [...casework, 'fact', 'return workings', 'log'],
  auditor: [...casework, 'return', 'release', 'decision'],
  administrator: [...casework, 'return', 'release', 'log', 'decision'],
};

test('what the design says that a role never sees, no rule of the table opens to it', () => {
  for (const { role, never } of describeRoles(classes)) {
    for (const name of promisedNever[role]) {
      assert.ok(access.policy[name], `there is no kind of record “${name}”`);
      const opened = never.includes(name) ? [] : openedTo(role, name);
      // A data-protection lead sees contents only where a person has asked for the information held on them.
      const asked = role === 'data-protection lead' && opened.every((one) => / who asks$/.test(one));
      assert.ok(never.includes(name) || asked, `${role} can see “${name}” by ${opened.join(', ')}`);
    }
  }
});

/** The kinds of record by which a role reads the tables of one. */
function openedTo(role: Role, name: string): string[] {
  const { tables, store } = access.policy[name] ?? assert.fail(name);
  return Object.entries(access.policy).flatMap(([other, one]) =>
    one.store === store &&
    Object.keys(one.tables).some((table) => table in tables) &&
    one.rules.some((rule) => rule.verbs.includes('read') && Array.isArray(rule.roles) && rule.roles.includes(role))
      ? [other]
      : [],
  );
}

test('never means that no rule of any kind of record reaches the same rows as that role', () => {
  for (const { role, never } of describeRoles(classes)) {
    for (const name of never) {
      const { tables, store } = access.policy[name] ?? assert.fail(name);
      const reaching = Object.entries(access.policy).flatMap(([other, recordClass]) =>
        (recordClass.store ?? 'main') !== (store ?? 'main')
          ? []
          : recordClass.rules
              .filter(
                (rule) =>
                  rule.verbs.includes('read') &&
                  (rule.roles === 'member' ||
                    (rule.roles === 'anyone' && purposesOf(rule).includes('information')) ||
                    (Array.isArray(rule.roles) && rule.roles.includes(role))),
              )
              .filter(({ fields }) =>
                Object.entries(recordClass.tables).some(
                  ([table, { groups }]) => table in tables && (fields === undefined || groups?.[fields]?.length),
                ),
              )
              .map(() => other),
      );
      assert.deepEqual(reaching, [], `${role}: “${name}”`);
    }
  }
});

test('the document contains every rule of the table, and every relation has its words', () => {
  const text = formatAccessRules(access.policy);
  for (const [name, { rules, means }] of Object.entries(access.policy)) {
    assert.ok(text.includes(`\n### ${getKindLabel(name).name}\n\n${means}.\n`), name);
    for (const { relation } of rules) {
      if (typeof relation === 'object')
        assert.ok(text.includes(`only where ${relation.words}`), `${name}: ${relation.words}`);
    }
  }
  assert.equal(describeRoles(classes).length, roles.length);
  assert.doesNotMatch(text, /undefined|\[object|ctx\.|_id\b/);
  assert.equal(formatAccessRules(access.policy), text, 'the same policy is the same bytes');
});

test('a side of the partnership is said wherever a rule has one', () => {
  const text = formatAccessRules(access.policy);
  const section = text.slice(text.indexOf('### Planners'), text.indexOf('### Field members'));
  assert.match(section, /\*\*Visits\*\*: may \*\*read\*\* it, .* \(Only members of an enforcement agency\.\)/);
  assert.match(text, /\*\*Safeguarding leads of a support agency\*\* may \*\*read\*\* it/);
});

test('what a role never sees is listed once for each kind that is marked, and no kind is left out of the rest', () => {
  for (const { role, never } of describeRoles(classes)) {
    const { telling, rest } = splitSensitive(classes, never);
    assert.deepEqual([...telling, ...rest].sort(), [...never].sort(), role);
  }
  const { telling, rest } = splitSensitive(
    classes,
    describeRoles(classes).find(({ role }) => role === 'planner')?.never ?? [],
  );
  assert.ok(telling.includes('note') && telling.includes('referral'), telling.join());
  assert.ok(rest.includes('note of who asks') && rest.includes('seal'), rest.join());
});

test('records that everybody adds to and a purpose cannot read are not listed as read for that purpose', () => {
  const text = formatAccessRules(access.policy);
  const [, published = ''] = /### To publish\n([\s\S]*?)###/.exec(text) ?? [];
  assert.match(published, /reads none of: .*Safeguarding access log/);
  assert.doesNotMatch(/that it reads: .*/.exec(published)?.[0] ?? '', /ccess log/);
});
