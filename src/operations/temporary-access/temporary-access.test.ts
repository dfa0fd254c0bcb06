import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { checkShift, codeLength, encodeCode, getTemporaryAccessState, parseCode } from './temporary-access.ts';

test('a code is sixty bits in three groups, and is read however people type it', () => {
  assert.equal(encodeCode(new Uint8Array(codeLength).fill(31)), 'ZZZZ-ZZZZ-ZZZZ');
  assert.throws(() => encodeCode(new Uint8Array(8)));
  fc.assert(
    fc.property(fc.uint8Array({ minLength: codeLength, maxLength: codeLength }), (bytes) => {
      const code = encodeCode(bytes);
      assert.match(code, /^[0-9A-HJKMNP-TV-Z]{4}(-[0-9A-HJKMNP-TV-Z]{4}){2}$/);
      const plain = code.replaceAll('-', '');
      for (const typed of [
        code,
        code.toLowerCase(),
        ` ${plain} `,
        code.replaceAll('-', ' '),
        code.replaceAll('0', 'o').replaceAll('1', 'l'),
      ])
        assert.equal(parseCode(typed), plain);
    }),
  );
  const every = new Set(Array.from({ length: 256 }, (_, byte) => encodeCode(new Uint8Array(codeLength).fill(byte))));
  assert.equal(every.size, 32, 'each letter stands for five bits');
});

test('what cannot be a code is none', () => {
  for (const typed of [
    '',
    'ABCD',
    'ABCD-EFGH-JKM',
    'ABCD-EFGH-JKMN-P',
    'UUUU-UUUU-UUUU',
    'ABCD_EFGH_JKMN',
    '\u0000'.repeat(12),
  ])
    assert.equal(parseCode(typed), undefined, typed);
});

const at = (time: string) => new Date(`2026-09-18T${time}Z`);
const hours = (from: Date, count: number) => new Date(from.getTime() + count * 3_600_000);

test('a shift is at most sixteen hours, not over, and not far ahead', () => {
  const now = at('12:00');
  for (const [from, to, refusal] of [
    [now, hours(now, 16), undefined],
    [now, hours(now, 16.01), 'longer than a shift'],
    [hours(now, -8), now, 'over already'],
    [hours(now, -8), hours(now, 1), undefined],
    [hours(now, 24 * 61), hours(now, 24 * 61 + 8), 'too far ahead'],
  ] as const) {
    const result = checkShift(from, to, now);
    assert.equal(result.ok ? undefined : result.refusal, refusal);
  }
});

test('a pass is to come, open from half an hour before, in use, over, or ended', () => {
  const pass = { startsAt: at('12:00'), endsAt: at('20:00'), usedAt: null, endedAt: null };
  const state = (time: string, more = {}) => getTemporaryAccessState({ ...pass, ...more } as never, at(time));
  assert.equal(state('11:29'), 'to come');
  assert.equal(state('11:30'), 'open');
  assert.equal(state('13:00', { usedAt: at('12:00') }), 'in use');
  assert.equal(state('20:00', { usedAt: at('12:00') }), 'over');
  assert.equal(state('13:00', { usedAt: at('12:00'), endedAt: at('12:30') }), 'ended');
});
