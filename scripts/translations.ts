/** `npm run translations`: what each language of the public pages and of the consent words lacks, and which files have errors. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { consentSource, fileNameOf, findConsentFaults, isReviewed } from '../src/nrm/consent-words/languages/load.ts';
import { findFaults, findGaps, type Language } from '../src/public/languages/language.ts';
import { source } from '../src/public/languages/load.ts';
import { readLanguage } from '../src/public/languages/shape.ts';
import { publicContent } from '../src/public/signs/index.ts';
import { modelStatements } from '../src/reports/attendance/model-statements.ts';
import { shoppingLists } from '../src/reports/shopping/lists.ts';
import { isPoRequest, poHelp, poOptions, runPoCommand } from './translations-po.ts';

const help = `npm run translations -- [--in FOLDER] [--consent FOLDER]
Lists, language by language, the texts that are missing, whether the English has changed since, and how many a
speaker has reviewed. Ends with 1 when a file is not written as it must be, or lacks a text. FOLDER holds the files of
the public pages, or those of the consent words.

${poHelp}`;

const content = [...publicContent(), ...Object.values(modelStatements).flatMap((said) => Object.values(said))];

const { values } = parseArgs({
  options: {
    in: { type: 'string', default: join(import.meta.dirname, '../src/public/languages') },
    consent: { type: 'string', default: join(import.meta.dirname, '../src/nrm/consent-words/languages') },
    help: { type: 'boolean', short: 'h' },
    ...poOptions,
  },
});
if (values.help) console.log(help);
else process.exit(isPoRequest(values) ? runPoCommand(values) : main(values.in, values.consent));

function main(folder: string, consentFolder: string): number {
  const codes = readdirSync(folder)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => name.replace(/\.yaml$/, ''))
    .sort();
  const texts = Object.keys(source.texts).length;
  console.log(
    `English is the source: ${texts} texts, edition ${source.edition}, and ${content.length} sentences of the signs, the guidance and the contacts.`,
  );
  let malformed = 0;
  for (const code of codes) {
    const language = read(folder, code, `${code}.yaml`);
    const faults = language ? findFaults(language, source) : [];
    for (const fault of faults) console.log(`✖ ${code}.yaml: ${fault}.`);
    const lacks = language && findGaps(language, source).missing.length > 0;
    if (!language || faults.length > 0 || lacks) malformed += 1;
    if (language && faults.length === 0) console.log(`${language.english} (${code}): ${gapsInWords(language)}`);
  }
  malformed += checkConsentWords(consentFolder, codes);
  console.log(
    malformed === 0
      ? `${codes.length + 1} languages, every file well written.`
      : `Not written as they must be, or without a text: ${malformed}.`,
  );
  return malformed === 0 ? 0 : 1;
}

/** How many of the files are not as they must be. */
function checkConsentWords(folder: string, codes: readonly string[]): number {
  console.log(`The consent words: ${Object.keys(consentSource.texts).length} texts, edition ${consentSource.edition}.`);
  const faulty = codes.filter((code) => {
    const file = fileNameOf(code);
    const language = read(folder, code, file);
    const faults = language ? findConsentFaults(language) : [];
    for (const fault of faults) console.log(`✖ ${file}: ${fault}.`);
    if (language && faults.length === 0)
      console.log(
        `${language.english} (${code}): ${isReviewed(language) ? 'nothing is missing' : 'not yet reviewed by a speaker'}.`,
      );
    return !language || faults.length > 0;
  });
  return faulty.length;
}

function read(folder: string, code: string, file: string): Language | undefined {
  try {
    return readLanguage(code, readFileSync(join(folder, file), 'utf8'));
  } catch (error) {
    const said = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    console.log(`✖ ${file}: ${said}`);
    return undefined;
  }
}

function gapsInWords(language: Language): string {
  const { missing, outdated, reviewed, unreviewed, untranslated } = findGaps(language, source, content);
  const list = shoppingLists.find((one) => one.language === language.code);
  const gaps = [
    missing.length > 0 && `missing ${missing.join(', ')}`,
    untranslated > 0 && `${untranslated} sentences of the signs, the guidance and the contacts in English only`,
    outdated && `translated from edition ${language.edition}, and the English has changed since`,
    !list && 'no shopping list for receipts',
    list?.reviewed === null && 'shopping list for receipts not yet reviewed by a speaker',
  ].filter(Boolean);
  const reviews = `${reviewed} of ${reviewed + unreviewed} sentences reviewed by a speaker`;
  return `${gaps.length === 0 ? 'nothing is missing' : gaps.join('; ')}; ${reviews}.`;
}
