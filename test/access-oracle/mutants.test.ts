import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AreaPolicy, RecordClass, Rule } from '../../src/platform/access-policy/access.ts';
import { policyMutants } from './mutants.ts';

const base: Rule = { roles: ['field'], relation: 'author', purpose: 'operation', verbs: ['read'] };
const ownName = { sql: 'author_id = (select ctx.member()) and state = 1', words: 'in their own name' };
const named = (rules: readonly Rule[], actions: RecordClass['actions'] = {}) => {
  const tables = { notes: { author: 'author_id', agency: 'agency_id', operation: 'operation_id' } };
  const policy: AreaPolicy = {
    note: { means: 'a note', marking: 'OFFICIAL', looks: 'each', tables, rules, actions },
  };
  return policyMutants(policy, () => []).map(({ name }) => name);
};
const adds: Rule = { ...base, roles: ['field', 'planner'], relation: ownName, verbs: ['add'] };
/** The same records, which another class opens whole to planners of one side. */
const besideReview = (parent: readonly [string, string]) => {
  const writes: Rule = { ...base, roles: ['planner'], side: 'enforcement', verbs: ['change'] };
  const review: Rule = { ...base, roles: ['planner'], side: 'enforcement', relation: 'any' };
  const whole = { means: 'a reply', marking: 'OFFICIAL', looks: 'each', actions: {} } as const;
  const policy: AreaPolicy = {
    reply: { ...whole, tables: { replies: { parent: ['notes', 'id'], author: 'author_id' } }, rules: [writes] },
    'reply under review': { ...whole, tables: { replies: { parent } }, rules: [review] },
  };
  return policyMutants(policy, () => []).some(({ name }) => /^reply: rule 1 .* also to read/.test(name));
};
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

test('does not add to emergency access what it can never do: it only reads', () => {
  const adds: Rule = { ...base, roles: ['planner'], relation: 'any', verbs: ['add'] };
  const alsoAdd = (relation: Rule['relation'], actions?: RecordClass['actions']) =>
    named([{ ...base, relation }, adds], actions).some((name) => /rule 1 .* also to add/.test(name));
  const glass = 'operation_id = (select ctx.glass())';
  const kept = { sql: `${glass} and not ctx.immigration_kept_out(null, id)`, words: 'not kept out' };
  assert.equal(alsoAdd('glass'), false);
  assert.equal(alsoAdd(kept), false);
  assert.equal(alsoAdd({ ...kept, sql: `${glass} or state = 1` }), true, 'another condition may hold alone');
  assert.equal(alsoAdd('author'), true, 'an author may write');
  assert.equal(alsoAdd(kept, { 'note.add': ['add', 'operation'] }), true, 'it would let them begin to add');
});

test('leaves no rows to a rule only where no other rule opens them all to the same roles', () => {
  const ofNoRow = (other: Partial<Rule>) =>
    named([
      { ...base, relation: 'any', purpose: 'administration' },
      { ...base, roles: 'member', relation: 'any', ...other },
    ]).some((name) => /rule 1 .* of no row/.test(name));
  assert.equal(ofNoRow({}), false);
  assert.equal(ofNoRow({ roles: ['planner'] }), true, 'other roles');
  assert.equal(ofNoRow({ relation: 'author' }), true, 'some rows alone');
  assert.equal(ofNoRow({ side: 'help' }), true, 'one side alone');
  assert.equal(ofNoRow({ purpose: 'statistics' }), true, 'another role of the database');
  assert.equal(ofNoRow({ verbs: ['add'] }), true, 'another verb');
});

test('widens by nothing what another class opens whole to the same side, under the same parent', () => {
  assert.equal(besideReview(['notes', 'id']), false);
  assert.equal(besideReview(['letters', 'id']), true, 'it is seen elsewhere');
});
