import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { consentLanguageCodes, consentLanguageOf, consentSource, fileNameOf, findConsentFaults } from './load.ts';

const listTranslations = (folder: string) =>
  spawnSync(process.execPath, [join(import.meta.dirname, '../../../../scripts/translations.ts'), '--consent', folder], {
    encoding: 'utf8',
  });

test('the command refuses a consent file with a missing or unknown key, a lost placeholder, or an outdated edition', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'safelight-consent-words-'));
  t.after(() => rmSync(folder, { recursive: true }));
  for (const code of consentLanguageCodes.filter((one) => one !== 'en'))
    cpSync(join(import.meta.dirname, fileNameOf(code)), join(folder, fileNameOf(code)));
  const whole = listTranslations(folder);
  assert.equal(whole.status, 0, whole.stdout + whole.stderr);
  assert.match(whole.stdout, /The consent words: \d+ texts/);

  const file = join(folder, fileNameOf('uk'));
  const right = readFileSync(file, 'utf8');
  for (const [from, to, says] of [
    [/^ {2}back: .*\n/m, '', /✖ consent-uk\.yaml: end\.back is missing/],
    [/^ {2}back: /m, '  bakc: ', /end\.bakc is not a text of the source/],
    [/\{day\}/, '', /end\.day must hold \{day\}/],
    [/^edition: 1$/m, 'edition: 2', /edition 2 is later/],
    [/^direction: ltr$/m, 'direction: down', /✖ consent-uk\.yaml: /],
  ] as const) {
    writeFileSync(file, right.replace(from, to));
    const { status, stdout } = listTranslations(folder);
    assert.equal(status, 1, stdout);
    assert.match(stdout, says);
  }
  rmSync(file);
  assert.equal(listTranslations(folder).status, 1, 'a language without a file');
});

test('refuses a translation of an earlier edition of the English', () => {
  const ukrainian = consentLanguageOf('uk');
  assert.deepEqual(findConsentFaults(ukrainian), []);
  assert.match(findConsentFaults({ ...ukrainian, edition: consentSource.edition - 1 }).join(), /has changed since/);
});
