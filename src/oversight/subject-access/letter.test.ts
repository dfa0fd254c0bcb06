import assert from 'node:assert/strict';
import { test } from 'node:test';
import { logKinds } from '../../platform/audit-hook/audit.ts';
import { roles } from '../../vocabulary/people.ts';
import { getRecordKind } from '../access-log/record-kinds.ts';
import { formatLetterLine, type LetterLogEntry } from './letter.ts';

const look: LetterLogEntry = { event: 'encounter.shown', kind: 'consultation', roles: ['field'], fields: [] };

const said: readonly [LetterLogEntry, string][] = [
  [look, 'A member of staff who goes on visits looked at the record of the meeting with you'],
  [
    { ...look, fields: ['place', 'spokenTo'] },
    'A member of staff who goes on visits looked at the record of the meeting with you. This included: your place at the premises, whether somebody spoke with you',
  ],
  [
    { ...look, event: 'note.written', kind: 'collection', roles: ['partner caseworker'] },
    'Somebody who gives help to people wrote down what you said, and what you were told',
  ],
  [
    { ...look, event: 'name.requested', kind: 'collection', roles: ['commander'] },
    'Somebody who directs or supervises visits asked to read your name, which is kept under seal',
  ],
  [{ ...look, event: 'something.new', roles: [] }, 'Nobody who had signed in looked at a record that concerns you'],
  [
    { ...look, roles: ['planner', 'commander'] },
    'Somebody who plans visits and somebody who directs or supervises visits, who is one person, looked at the record of the meeting with you',
  ],
];

test('a line of the log is a sentence of a letter', () => {
  for (const [line, sentence] of said) assert.equal(formatLetterLine(line), sentence);
});

test('no line uses an internal name of a role, a kind or an event', () => {
  for (const role of roles)
    for (const kind of logKinds) {
      const line = formatLetterLine({
        event: 'encounter.shown',
        kind,
        roles: [role],
        fields: ['spokenTo', 'indicatorId'],
      });
      assert.doesNotMatch(line, /works as|encounter|consultation|spokenTo|undefined|\bfield\b|triage|custodian/i, line);
    }
});

test('a log entry names the kind of record; a refusal names the action', () => {
  for (const [event, action, thing] of [
    ['encounter.shown', 'encounter.read', 'person encountered'],
    ['visit.shown', 'visit.read', 'visit'],
    ['team.changed', 'taking part.change', 'team'],
    ['viewed under break-glass', 'operation.read', 'operation'],
    ['record not found', 'release.read', 'release'],
    ['access.worked out', 'log.read', 'record asked about'],
    ['access.answered', 'access.answer', 'member'],
    ['something.new', 'nobody knows', 'record'],
  ] as const)
    assert.equal(getRecordKind({ event, action }), thing);
});
