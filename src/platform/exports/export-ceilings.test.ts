import assert from 'node:assert/strict';
import { test } from 'node:test';
import { access } from '../../../test/harness/application.ts';
import type { Marking } from '../../vocabulary/marking.ts';
import type { Role, Side } from '../../vocabulary/people.ts';
import type { Actor } from '../access-policy/access.ts';
import { BadConfiguration, readConfig } from '../config.ts';
import { type ExportWay, isWithinCeiling, raisedCeilings } from './export-ceilings.ts';

const actor = (roles: readonly Role[], side: Side): Actor => ({
  memberId: '',
  memberName: '',
  agencyId: '',
  agencyName: '',
  side,
  roles,
  operations: [],
  partnerOperations: [],
  teams: [],
});
const personal = 'OFFICIAL-SENSITIVE: PERSONAL DATA' satisfies Marking;
const operational = 'OFFICIAL-SENSITIVE: OPERATIONAL' satisfies Marking;
const { ceilings } = readConfig({});

const cases: readonly [ExportWay, Marking, Role, Side, boolean, string?][] = [
  ['export', operational, 'analyst', 'enforcement', true],
  ['export', personal, 'analyst', 'enforcement', false],
  ['export', personal, 'field', 'help', false],
  ['export', personal, 'auditor', 'enforcement', false],
  ['export', personal, 'data-protection lead', 'enforcement', true, 'request.change'],
  ['export', personal, 'data-protection lead', 'enforcement', true, 'log.export'],
  ['export', personal, 'data-protection lead', 'enforcement', false, 'log.read'],
  ['export', personal, 'data-protection lead', 'enforcement', false],
  ['export', personal, 'auditor', 'enforcement', false, 'log.export'],
  ['export', personal, 'triage', 'enforcement', true, 'report file.export'],
  ['export', personal, 'triage', 'enforcement', false, 'report file.read'],
  ['export', personal, 'triage', 'enforcement', false, 'help report file.export'],
  ['export', personal, 'partner caseworker', 'help', true, 'help report file.export'],
  ['export', personal, 'partner caseworker', 'enforcement', false, 'help report file.export'],
  ['export', personal, 'safeguarding lead', 'help', false, 'report file.export'],
  ['print', personal, 'field', 'help', true],
  ['print', personal, 'field', 'enforcement', false],
  ['print', personal, 'enforcement', 'enforcement', false],
  ['print', personal, 'safeguarding lead', 'help', true],
  ['print', operational, 'field', 'enforcement', true],
  ['print', personal, 'administrator', 'help', false],
];

for (const [way, marking, role, side, allowed, action] of cases)
  test(`${way} of ${marking} by ${role} on the side of ${side}${action ? `, for ${action}` : ''}: ${allowed ? 'yes' : 'no'}`, () =>
    assert.equal(isWithinCeiling(way, marking, actor([role], side), ceilings, action), allowed));

test('a ceiling that is set lower holds for everybody whose work is not named', () => {
  const low = readConfig({ SAFELIGHT_EXPORT_CEILING: 'OFFICIAL' }).ceilings;
  assert.equal(isWithinCeiling('export', operational, actor(['press'], 'help'), low), false);
  assert.equal(isWithinCeiling('export', 'OFFICIAL', actor(['press'], 'help'), low), true);
  assert.equal(isWithinCeiling('export', 'OFFICIAL', undefined, low), true);
});

test('a ceiling that is no marking stops the start in one sentence', () => {
  assert.throws(
    () => readConfig({ SAFELIGHT_EXPORT_CEILING: 'SECRET' }),
    (error) =>
      error instanceof BadConfiguration &&
      /SAFELIGHT_EXPORT_CEILING must be OFFICIAL or OFFICIAL-SENS/.test(error.message),
  );
});

test('what is raised for some actions alone names actions that there are', () => {
  for (const { only } of raisedCeilings)
    for (const action of only?.actions ?? []) assert.equal(access.action(action).name, action);
});
