import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findSourceTraces, type TraceKind } from './source-check.ts';

const nobody = { report: '', findNames: () => [] };
const kindsIn = (text: string, report = ''): TraceKind[] => [
  ...new Set(findSourceTraces(text, { ...nobody, report }).map(({ kind }) => kind)),
];

test('what gives a source away is found by its kind', () => {
  const cases: readonly (readonly [text: string, kind: TraceKind, report?: string])[] = [
    ['Two men told me that they are not paid.', 'first person'],
    ['We saw them at the yard.', 'first person'],
    ['The garden backs on to mine.', 'first person'],
    ['One man said, “I am hungry”.', 'first person'],
    ['The caller says that the men are locked in.', 'about the report'],
    ['The source fears reprisals.', 'about the report'],
    ['This was reported by telephone.', 'about the report'],
    ['A neighbour hears shouting at night.', 'relation'],
    ['His sister says that he is not paid.', 'relation'],
    ['According to Desmond, nobody leaves.', 'relation'],
    ['It can be seen from the bedroom window.', 'only the source knows'],
    ['Only two people know where the key is.', 'only the source knows'],
    ['A van arrived at 06:42.', 'exact time'],
    ['A van arrived at half past six.', 'exact time'],
    ['The chimney sweep noticed two men.', 'said of themselves', 'I am a chimney sweep.'],
    ['The men asked at 50 Weir Bank for water.', 'said of themselves', 'They work nearby. I live at 50 Weir Bank.'],
    ['Margit has seen the passports.', 'name', 'They have no papers. My name is Margit Olsen.'],
  ];
  for (const [text, kind, report] of cases)
    assert.ok(kindsIn(text, report).includes(kind), `${text}: ${kindsIn(text, report)}`);
});

test('a proper text is let through, though some of its words look like a source', () => {
  const cases: readonly (readonly [text: string, report?: string])[] = [
    ['Four men are kept at a car wash on Mill Lane and are not paid.'],
    ['The men work between 6am and 8am on most days.'],
    ['The shop opens at 9.30am and closes at 5.30pm.'],
    ['They meet at the World War I memorial.'],
    ['A man lives at Flat I, Vessel Court.'],
    ['The women are told that they will be reported to immigration.'],
    ['Caller ID is withheld on the number.'],
    ['May Will, who drives a van, collects them.'],
    ['Three men are brought to the yard by a white van.', 'I saw three men being brought to the yard in a white van.'],
    ['A woman is the only source of food for them.'],
  ];
  for (const [text, report] of cases)
    assert.deepEqual(findSourceTraces(text, { ...nobody, report: report ?? '' }), [], text);
});

test('each trace is given once, in the order of the text, with the words as they stand there', () => {
  const traces = findSourceTraces('The caller told me. The caller came at 6:15.', nobody);
  assert.deepEqual(
    traces.map(({ words }) => words),
    ['The caller', 'me', '6:15'],
  );
});

test('a long text with hostile repetition is checked in linear time', () => {
  const hostile = [
    'the '.repeat(1_000),
    `${'the neighbour '.repeat(280)}`,
    '1:'.repeat(2_000),
    `my ${'a '.repeat(1_900)}`,
    '0 '.repeat(2_000),
  ];
  const began = process.cpuUsage();
  for (const text of hostile) findSourceTraces(text, { report: text, findNames: () => [] });
  assert.ok(process.cpuUsage(began).user < 5_000_000, 'seconds of the processor');
});
