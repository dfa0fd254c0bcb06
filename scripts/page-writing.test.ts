import assert from 'node:assert/strict';
import { test } from 'node:test';
import { linesOfPage, sentencesOf } from './page-text.ts';
import { checkPages, excesses, exemptKinds, pageRiddles, wantedBounds } from './page-writing.ts';
import { median, readingGrade, syllablesOf } from './reading-grade.ts';

const page = (inside: string, kind = '/staff/visits/:id') => ({
  kind,
  html: `<body><nav>Whoever reads this</nav><main id="main">${inside}</main><footer>Whoever</footer></body>`,
});
const terms = [/\bnames to be opened\b/i];
const long = `The team ${'went to the house and '.repeat(6)}left.`;

test('finds a planted fault in a heading, label, hint, error, button and cell', () => {
  const planted = [
    '<h1>What was agreed, and who was told</h1>',
    '<label>Whoever answers for it</label>',
    '<div class="govuk-hint">Say nothing that is not known.</div>',
    '<p class="govuk-error-message"><span>Error:</span> Nobody is told of it</p>',
    '<button>Open it anew</button>',
    '<table><tr><td>The team of which she is a member</td></tr></table>',
    '<p>There are 4 names to be opened.</p>',
    `<p>${long}</p>`,
  ];
  for (const html of planted) {
    const { findings, figures } = checkPages([page(html)], terms);
    assert.equal(findings.length, 1, html);
    assert.notDeepEqual(excesses(figures, wantedBounds), [], html);
  }
});

test('leaves plain sentences alone', () => {
  const plain = [
    '<h1>Visits and teams</h1><label>What happened at the door?</label><h2>What happens next</h2>',
    '<p>Nobody is on call. The public form is telling people in danger to call 999.</p>',
    '<p>Your colleague must approve this.</p><ul><li>Record the arrest</li></ul>',
  ];
  for (const html of plain) assert.deepEqual(checkPages([page(html)], terms).findings, [], html);
});

test('reads no law, no printed form, no typed text, no translation, and nothing outside the main content', () => {
  assert.deepEqual(checkPages([page('<p>Whoever enters</p>', '/staff/powers')], terms).findings, []);
  const unread = '<textarea>Whoever</textarea><svg><text>Whoever</text></svg><a lang="pl">Whoever jest</a>';
  assert.deepEqual(linesOfPage(page(unread).html), []);
  for (const { why } of exemptKinds) assert.ok(why);
});

test('splits a page into lines, and a line into sentences', () => {
  const html = page(
    '<p>One &amp; <a href="/x">two</a>. Three?</p><a>Four</a> <a>Five</a><dl><dt>Six</dt><dd>7</dd></dl>',
  );
  assert.deepEqual(linesOfPage(html.html), ['One & two. Three?', 'Four', 'Five', 'Six', '7']);
  assert.deepEqual(sentencesOf('It is 2.30 now. “Go.” Then stop! e.g. this'), [
    'It is 2.30 now.',
    '“Go.”',
    'Then stop! e.g. this',
  ]);
});

test('counts a sentence once, whatever its numbers, and names the kinds of page that have it', () => {
  const { findings, figures } = checkPages(
    [page('<p>Nobody who has 2 visits waits.</p>'), page('<p>Nobody who has 3 visits waits.</p>', '/staff')],
    terms,
  );
  assert.deepEqual([findings.length, findings[0]?.kinds, figures.sentences], [1, ['/staff', '/staff/visits/:id'], 1]);
  assert.equal(figures.riddles, 100);
});

test('grades a text by the formula of Flesch and Kincaid', () => {
  assert.deepEqual(['cat', 'agency', 'recorded', 'time', 'operation'].map(syllablesOf), [1, 3, 3, 1, 4]);
  assert.ok(Math.abs(readingGrade(['The cat sat on the mat.']) - (0.39 * 6 + 11.8 - 15.59)) < 1e-9);
  assert.ok(readingGrade(['Organisational considerations necessitate documentation.']) > 20);
  assert.deepEqual([median([3, 1, 2]), median([1, 2, 3, 4]), median([])], [2, 2.5, 0]);
});

test('says which bound is exceeded, and knows every pattern as one that needs no memory', () => {
  const figures = { kinds: 1, sentences: 1, riddles: 2, terms: 0, long: 1, grade: 5, sentenceGrade: 6 };
  assert.deepEqual(excesses(figures, wantedBounds), ['riddles: 2.00 is more than 1']);
  assert.ok(pageRiddles.every(({ flags }) => !flags.includes('g')));
});
