import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { notificationKinds } from '../src/platform/notifications/index.ts';
import { outcomes } from '../src/reports/retention/retention.ts';
import { items } from '../src/safeguarding/consent/consent.ts';
import { editions } from '../src/safeguarding/information-requests/law.ts';
import { outcomes as noteOutcomes } from '../src/safeguarding/notes/note.ts';
import { needs } from '../src/safeguarding/reception/reception.ts';
import { referralOutcomes } from '../src/safeguarding/referrals/referral.ts';
import { answers, enteredAnswers } from '../src/visits/visit.ts';
import { disclosurePurposes, documentGroups } from '../src/vocabulary/information-shared.ts';
import { interpretingModes, selectableInterpretingModes } from '../src/vocabulary/interpreting.ts';

const root = join(import.meta.dirname, '..');
const read = (pattern: string): string[] =>
  globSync(pattern, { cwd: root })
    .filter((path) => !path.endsWith('.test.ts'))
    .map((path) => readFileSync(join(root, path), 'utf8'));

/** A list without its order. */
const asSet = (values: readonly string[]): string => [...new Set(values)].sort().join(' | ');
const quoted = (text: string): string[] =>
  [...text.matchAll(/'((?:[^'\\]|\\.|'')*)'/g)].map(([, value = '']) => value.replaceAll("''", "'"));

/** The lists of values that the code writes out, as arrays and as unions. */
function listsOfCode(texts: readonly string[]): Set<string> {
  const literals = texts.flatMap((text) => [
    ...text.matchAll(/\[(?:\s*'(?:[^'\\\n]|\\.)*',?)+\s*\]/g),
    ...text.matchAll(/=\s*(?:\|?\s*'[^'\n]*'\s*)+;/g),
  ]);
  return new Set(literals.map(([list]) => asSet(quoted(list))));
}

/** Lists that the code puts together from others. */
const composed = [
  answers,
  enteredAnswers,
  outcomes,
  referralOutcomes,
  disclosurePurposes,
  items,
  editions.map(({ name }) => name),
  interpretingModes,
  ...Object.values(needs),
].map(asSet);

/** Lists that the code does not write out, because it uses one value at a time or a part of a longer list. */
const known = [
  ['glass', 'member', 'partner', 'team'],
  ['observable', 'disclosed'],
  ['refer', 'share'],
  ['provisional', 'revised', 'final'],
  ['ready', 'not cleaned'],
  ['by phone', 'partner'],
  ['by phone', 'partner', 'internal log'],
  // What the view of countable facts reads of answers at the door and of interpreters.
  ['no reply', 'refused entry', 'spoken to outside'],
  ['in person', 'by phone'],
  [...disclosurePurposes, 'police request', 'custody protection'],
  [...selectableInterpretingModes, 'child not reached'],
  documentGroups,
].map(asSet);

const listsOfSchema = (texts: readonly string[]): string[] =>
  texts.flatMap((text) =>
    [...text.matchAll(/\w+ (?:in \(|<@ array\[)((?:'(?:[^']|'')*'[,\s]*)+)/g)].map(([, list = '']) =>
      asSet(quoted(list)),
    ),
  );

/** By 0131-notifications-of-other-agencies.sql. */
const before = notificationKinds.filter((kind) => kind !== 'agency to ring' && !kind.startsWith('intelligence'));
const isOfStops = (kind: string): boolean => kind === 'release to read' || kind === 'release stopped';

/** Lists of an earlier file that a later one replaced: files are never edited once they are released. */
const replaced = [
  // by 0022-acknowledged-warnings.sql
  ['decision', 'go', 'no-go', 'immigration entry', 'no referrer', 'visit postponed', 'visit called off'],
  // by 0025-entries-and-moved-dates.sql
  [
    ...['decision', 'go', 'no-go', 'immigration entry', 'no referrer', 'visit postponed', 'visit called off'],
    'warning acknowledged',
  ],
  // by 0080-answers-and-visits-left-out.sql
  [
    ...['decision', 'go', 'no-go', 'immigration entry', 'no referrer', 'visit postponed', 'visit called off'],
    ...['warning acknowledged', 'dates moved', 'visit added'],
  ],
  // by 0034-outcomes-about-referrals.sql
  noteOutcomes.filter((outcome) => outcome !== 'referral agreed' && outcome !== 'no referral offered'),
  // by 0070-reads-english.sql
  ['nobody was needed', 'shared language', 'interpreter present', 'remote interpreter', 'not written down'],
  ['nobody was needed', 'shared language', 'interpreter present', 'remote interpreter', 'child not reached'],
  // by 0035-look-of-the-public-site.sql
  ['partnership', 'contacts', 'opening'],
  // by 0055-notifications-outside.sql
  ['glass broken', 'glass reviewed', 'briefing time set', 'opening asked', 'opening decided', 'opening ended'],
  // by 0078-notifications-of-referrals.sql
  before.filter((kind) => kind !== 'system finding' && kind !== 'referral taken over' && !isOfStops(kind)),
  // by 0101-submitted-releases.sql
  before.filter((kind) => kind !== 'system finding'),
  before.filter((kind) => kind !== 'system finding' && !isOfStops(kind)),
  before,
  ['urgent report', 'return to sign', 'release to approve', 'case news', 'urgent case news', 'not opened'],
  // by 0113-releases-to-read.sql
  [
    ...['urgent report', 'return to sign', 'release to approve', 'release to read', 'release stopped'],
    ...['case news', 'urgent case news', 'not opened'],
  ],
].map(asSet);

test('a list of values that a table allows is a list of the code', () => {
  const code = listsOfCode(read('src/**/*.ts'));
  const schema = listsOfSchema(read('src/*/schema/*/[0-9]*.sql'));
  assert.ok(schema.length > 90, `${schema.length} lists were read`);
  const allowed = new Set([...code, ...composed, ...known, ...replaced]);
  assert.deepEqual(
    schema.filter((list) => !allowed.has(list)),
    [],
  );
});
