/** Catalogues say where each fact comes from. This test refuses sources that do not answer for what they say, such as study cards and encyclopaedias. */
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

const root = join(import.meta.dirname, '..');

const weak =
  /\b(?:brainscape|gizmo\.ai|quizlet|cram\.com|coconote|studylib|studocu|docsity|wikipedia|wikiwand|profilpelajar|britannica|fandom)\b/i;

const catalogues = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.yaml') && !path.includes('languages'))
  .map((path) => [path, readFileSync(join(root, 'src', path), 'utf8')] as const);

test('no catalogue rests on study cards or an encyclopaedia', () => {
  assert.ok(catalogues.length >= 10);
  for (const [path, text] of catalogues)
    for (const [number, line] of text.split('\n').entries())
      assert.doesNotMatch(line, weak, `src/${path}:${number + 1}`);
});

const facts: readonly (readonly [fact: string, file: string, says: readonly RegExp[], not: readonly RegExp[]])[] = [
  [
    '28 days are the rule of the support agencies, and police follow their own',
    'retention/proposals.yaml',
    [/rule of the support agencies/, /Police records.*follow the rules of police/],
    [/house promise/],
  ],
  [
    'Childline is worried about safety, not about life alone',
    'public/signs/contacts.yaml',
    [/worried about your safety or somebody else's/],
    [/unless they believe that a life is in danger/],
  ],
];

for (const [fact, file, says, not] of facts)
  test(fact, () => {
    const text = catalogues.find(([path]) => path === file)?.[1] ?? '';
    for (const pattern of says) assert.match(text, pattern);
    for (const pattern of not) assert.doesNotMatch(text, pattern);
  });
