import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AreaPolicy, Rule } from '../../src/platform/access-policy/access.ts';
import { policyMutants } from './mutants.ts';

const base: Rule = { roles: ['field'], relation: 'author', purpose: 'operation', verbs: ['read'] };
const ownName = { sql: 'author_id = (select ctx.member()) and state = 1', words: 'in their own name' };
const named = (rules: readonly Rule[]) => {
  const tables = { notes: { author: 'author_id', agency: 'agency_id' } };
  const policy: AreaPolicy = {
    note: { means: 'a note', marking: 'OFFICIAL', looks: 'each', tables, rules, actions: {} },
  };
  return policyMutants(policy, () => []).map(({ name }) => name);
};
const adds: Rule = { ...base, roles: ['field', 'planner'], relation: ownName, verbs: ['add'] };
const alsoRead = (names: readonly string[]) =>
  names.some((name) => /rule \d \(field, planner add\) also to read/.test(name));

test('does not widen a rule by what other rules open to each of its roles on fewer conditions', () => {
  const planners: Rule = { ...base, roles: ['planner'], relation: 'any' };
  assert.equal(alsoRead(named([base, planners, adds])), false);
});

test('widens a rule where one of its roles has no rule that opens as much', () => {
  assert.equal(alsoRead(named([base, adds])), true, 'a planner reads nothing yet');
  const elsewhere: Rule = { ...base, roles: ['planner'], relation: 'own agency' };
  assert.equal(alsoRead(named([base, elsewhere, adds])), true, 'a planner reads by another condition');
});
