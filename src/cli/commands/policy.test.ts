import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { typed } from '../../../test/fixtures/terminal.ts';
import { formatAccessRules } from '../../access/who-can-see-what/index.ts';
import { access } from '../../app.ts';

const text = formatAccessRules(access.policy);

test('policy show writes the document, to standard output or to a file, and asks no database', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-policy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const shown = await typed(['policy', 'show'], { folder });
  assert.deepEqual([shown.code, shown.written.toString()], [0, text]);
  const kept = await typed(['policy', 'show', '--out', 'now.md'], { folder });
  assert.deepEqual([kept.code, readFileSync(join(folder, 'now.md'), 'utf8')], [0, text]);
  const same = await typed(['policy', 'diff', 'now.md'], { folder });
  assert.deepEqual(same.said, ['Nothing differs: who can see what is as it was.']);
});

test('policy diff shows what this version opens and closes compared with an earlier one', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-policy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const decisions = /^- \*\*Planners\*\* may \*\*read, add\*\* it, _to run an operation_, only where .*$/m;
  assert.match(text, decisions);
  writeFileSync(
    join(folder, 'before.md'),
    text.replace(/(### Decisions about the plan\n[\s\S]*?\n)- \*\*Planners\*\*/, '$1- **Volunteers**'),
  );
  const { code, said } = await typed(['policy', 'diff', 'before.md'], { folder });
  const where = 'to run an operation, only where they are a member of the operation.';
  assert.deepEqual(
    [code, said.slice(0, 2)],
    [
      4,
      [
        `It opens:\n- Planners may now read and add “Decisions about the plan”, ${where}`,
        `It closes:\n- Volunteers may no longer read and add “Decisions about the plan”, ${where}`,
      ],
    ],
  );
  assert.match(said[2] ?? '', /^before\.md does not agree with itself/);
});

test('policy diff says so when the parts of a document disagree, whichever was changed', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-policy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const [from, to, says] of [
    [
      /(### Planners\n[\s\S]*?\*\*Decisions about the plan\*\*: may \*\*read), add/,
      '$1',
      /“Planners may read it, to run an operation, only where .*” of “Decisions about the plan” is in “By role”, but not/,
    ],
    [
      /(### Press officers\n[\s\S]*?Never see: )/,
      '$1Releases; ',
      /Press officers never see “Releases”, and “By kind of record” lets them read it/,
    ],
    [/(### To publish\n[\s\S]*?reads: )/, '$1Arrests; ', /lists “Arrests” under “To publish”/],
  ] as const) {
    const changed = text.replace(from, to);
    assert.notEqual(changed, text, String(from));
    writeFileSync(join(folder, 'changed.md'), changed);
    const { code, said } = await typed(['policy', 'diff', 'changed.md'], { folder });
    assert.equal(code, 4);
    assert.doesNotMatch(said.join('\n'), /Nothing differs/);
    assert.match(said.join('\n'), says);
  }
});

test('a file that is none, or is no such document, is one sentence', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-policy-'));
  t.after(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, 'list.md'), '# Things to buy\n');
  for (const [words, code, says] of [
    [['policy', 'diff'], 2, /^Give one file/],
    [['policy', 'diff', 'no.md'], 1, /^no\.md cannot be read: there is no such file\.$/],
    [['policy', 'diff', 'list.md'], 1, /^list\.md is not “Who can see what”/],
  ] as const) {
    const heard = await typed(words, { folder });
    assert.equal(heard.code, code);
    assert.equal(heard.told.length, 1);
    assert.match(heard.told[0] ?? '', says);
  }
});
