import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readForm } from '../../release-reading/index.ts';
import { written } from '../examples.ts';
import { findCodeSchemes } from './code-links.ts';
import { findDeceptions } from './deceptive-text.ts';
import { deceptionFinding } from './file-findings.ts';

const code: readonly string[] = [
  '[more](javascript:alert(1))',
  '[more]( <JavaScript:alert(1)> "title")',
  '![picture](javascript:alert(1))',
  '<javascript:alert(1)>',
  '[more]: javascript:alert(1)',
  '  javascript:alert(1))',
  '[more](java&#115;cript:alert(1))',
  '[more](&#x6A;avascript&colon;alert(1))',
  '[more](java&Tab;script:alert(1))',
  '[more](java\u200bscript:alert(1))',
  '[more](java\u0001script:alert(1))',
  '[more](\\javascript:alert(1))',
  '[more](ｊavascript：alert(1))',
  '<a href="javascript:alert(1)">more</a>',
  "<a href = ' javascript:alert(1)'>more</a>",
  '<a href=javascript:alert(1)>more</a>',
  '<form action="javascript:alert(1)">',
  '<iframe srcdoc="data:text/html,x" src="data:text/html;base64,PHNjcmlwdD4=">',
  '<meta http-equiv="refresh" content="0; url=javascript:alert(1)">',
  '<div style="background:url(javascript:alert(1))">',
  '[more](data:text/html,<script>alert(1)</script>)',
  '[more](vbscript:msgbox(1))',
  '[more](blob:https://example.org/x)',
  '[more](file:///etc/passwd)',
  '[more](view-source:https://example.org)',
];
const harmless: readonly string[] = [
  'Note: JavaScript: the good parts.',
  'The data: eight addresses were visited.',
  'A file: nobody read it.',
  '[more](https://example.org/?next=javascript:alert)',
  '[javascript:](https://example.org)',
  '[more](mailto:press@example.org) [call](tel:101) <https://example.org/a:b>',
  'Time: 10:05. Ratio 3:1. About: us.',
  '[data](/data:1)',
];

test('finds each link that runs code, however its address is written', () => {
  for (const line of code) assert.equal(findCodeSchemes(line).length, 1, line);
});

test('leaves words and ordinary links alone', () => {
  for (const line of harmless) assert.deepEqual(findCodeSchemes(line), [], line);
});

test('says line, key and cure, and shows what is hidden', () => {
  const findingsIn = (source: string) => {
    const form = readForm(Buffer.from(source), 'release.md');
    assert.ok(form.ok);
    return findDeceptions(form.value, [])
      .filter(({ kind }) => kind === 'link runs code')
      .map(deceptionFinding);
  };
  const [found, ...more] = findingsIn(written({ body: 'Text.\n\n[Read](java\u200bscript:alert(1))' }));
  assert.equal(more.length, 0);
  assert.equal(found?.line, written({ body: 'Text.\n\n[Read]' }).split('\n').indexOf('[Read]') + 1);
  assert.match(found?.sentence ?? '', /\[U\+200B\]/);
  assert.match(found?.cure ?? '', /Do not open it/);
  const [ofKey] = findingsIn(
    '---\ntitle: A\narea: B\npublish:\n  date: 25 Sep 2019\nurl: "javascript:alert(1)"\n---\nText',
  );
  assert.equal(ofKey?.key, 'url');
});
