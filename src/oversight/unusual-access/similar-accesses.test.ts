import assert from 'node:assert/strict';
import { test } from 'node:test';
import { groupSimilarAccesses, listAnsweredRequests, listUnanswered } from './similar-accesses.ts';
import type { Finding } from './unusual-access.ts';

const minute = 60_000;
const start = Date.UTC(2026, 8, 18, 10, 0);
const finding = (minutes: number, requestId: string, more: Partial<Finding> = {}): Finding => ({
  sort: 'after the record was closed',
  memberId: 'm',
  requestId,
  at: start + minutes * minute,
  words: 'Closed.',
  operation: 'o',
  records: ['r'],
  ...more,
});
const answer = (requestId: string) => ({
  id: 'a',
  agencyId: 'g',
  sort: 'after the record was closed',
  memberId: 'm',
  requestId,
  words: 'Asked for',
  answeredBy: 'l',
  answeredAt: new Date(start),
});

test('one member, one sort, one operation, one hour are one line; whatever differs is another', () => {
  const alike = [finding(50, 'c'), finding(20, 'b'), finding(0, 'a')];
  assert.deepEqual(groupSimilarAccesses(alike), [alike]);
  for (const more of [
    { memberId: 'n' },
    { operation: 'p' },
    { sort: 'by breaking the glass' },
    { at: start - minute },
  ] as const)
    assert.equal(groupSimilarAccesses([...alike, finding(0, 'x', more)]).length, 2);
});

test('an answer covers the accesses on the page, not later or answered ones', () => {
  const alike = [finding(50, 'd'), finding(40, 'c'), finding(20, 'b'), finding(0, 'a')];
  assert.deepEqual(listAnsweredRequests(finding(40, 'c'), alike, [answer('b')]), ['c', 'a']);
  assert.deepEqual(
    listAnsweredRequests(finding(0, 'gone'), alike, []),
    ['gone'],
    'and for one that is weighed no longer',
  );
  assert.deepEqual(
    listUnanswered(alike, [answer('b')]).map(({ requestId }) => requestId),
    ['d', 'c', 'a'],
  );
});
