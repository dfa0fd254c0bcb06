/** `npm run translations -- --export` and `--import`: PO files for translators, and what they send back. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Language } from '../src/public/languages/language.ts';
import { source } from '../src/public/languages/load.ts';
import { countReviewed } from '../src/public/languages/reviews.ts';
import { readLanguage } from '../src/public/languages/shape.ts';
import { isDay } from '../src/vocabulary/calendar/days.ts';
import { type Change, type ImportPlan, planImport, type Reviewer } from './translators/import-plan.ts';
import { rewriteLanguageFile } from './translators/language-file.ts';
import { readPo, writePo } from './translators/po-file.ts';
import { listSentences } from './translators/sentences.ts';
import { faultsOfText, printable } from './translators/text-faults.ts';

export const poOptions = {
  export: { type: 'string' },
  import: { type: 'string' },
  language: { type: 'string' },
  'reviewed-by': { type: 'string' },
  on: { type: 'string' },
  'dry-run': { type: 'boolean' },
} as const;

export const poHelp = `npm run translations -- --export FOLDER [--language pl] [--dry-run]
Writes one PO file for each language, for a translator. Overwrites no other file.

npm run translations -- --import FILE [--reviewed-by "Role, organisation" --on 2026-11-30] [--dry-run]
Reads a PO file back. Sentences no longer marked “needs work” (fuzzy) count as reviewed by that person on that day.
Every page of the language shows who reviewed it, so ask whether a name may be shown. When one entry is wrong, nothing is written.

With --dry-run, each command only says what it would do. docs/translations.md is the guide for translators.`;

export type PoRequest = {
  readonly in: string;
  readonly export?: string | undefined;
  readonly import?: string | undefined;
  readonly language?: string | undefined;
  readonly 'reviewed-by'?: string | undefined;
  readonly on?: string | undefined;
  readonly 'dry-run'?: boolean | undefined;
};

export const isPoRequest = (request: PoRequest): boolean => Boolean(request.export ?? request.import);

const today = (): number => Date.now();
const dayInMilliseconds = 24 * 60 * 60 * 1_000;

/** Ends with 1, and has written nothing, when anything is refused. */
export function runPoCommand(request: PoRequest): number {
  try {
    if (request.export && request.import) return refuse(['Choose --export or --import, not both']);
    return request.export ? exportLanguages(request, request.export) : importFile(request, request.import ?? '');
  } catch (error) {
    return refuse([error instanceof Error ? error.message : String(error)]);
  }
}

function refuse(refusals: readonly string[]): number {
  for (const refusal of refusals) console.log(`✖ ${refusal}.`);
  console.log(`${refusals.length} ${refusals.length === 1 ? 'refusal' : 'refusals'}. Nothing was written.`);
  return 1;
}

const fileOf = (request: PoRequest, code: string): string => join(request.in, `${code}.yaml`);
const readFrom = (request: PoRequest, code: string): Language =>
  readLanguage(code, readFileSync(fileOf(request, code), 'utf8'));
const codesIn = (folder: string): readonly string[] =>
  readdirSync(folder)
    .flatMap((name) => /^([a-z]{2,3})\.yaml$/.exec(name)?.[1] ?? [])
    .sort();

function exportLanguages(request: PoRequest, folder: string): number {
  const known = codesIn(request.in);
  if (request.language && !known.includes(request.language))
    return refuse([`There is no language ${request.language}. The languages are ${known.join(', ')}`]);
  const files = known
    .filter((code) => code === (request.language ?? code))
    .map((code) => {
      const language = readFrom(request, code);
      const sentences = listSentences(language, source);
      return { path: join(folder, `${code}.po`), text: writePo(language, sentences), language, sentences };
    });
  const others = files.filter(({ path, text }) => existsSync(path) && readFileSync(path, 'utf8') !== text);
  if (others.length > 0)
    return refuse(others.map(({ path }) => `${path} is there and says something else. Choose another folder`));
  if (!request['dry-run']) mkdirSync(folder, { recursive: true });
  for (const { path, text, language, sentences } of files) {
    if (!request['dry-run']) writeFileSync(path, text);
    const { reviewed } = countReviewed(language, source);
    console.log(`${language.english}: ${path}, ${sentences.length} sentences, ${reviewed} of them reviewed.`);
  }
  const written = request['dry-run'] ? 'would be written. This was a dry run' : 'written';
  console.log(`${files.length} ${files.length === 1 ? 'file' : 'files'} ${written}.`);
  return 0;
}

/** Undefined without a name; refusals where the name or the day cannot be shown on a page. */
function readReviewer({ 'reviewed-by': given, on }: PoRequest): Reviewer | undefined | readonly string[] {
  if (given === undefined && on === undefined) return undefined;
  const by = (given ?? '').trim();
  const faults = faultsOfText('', by);
  const late = on !== undefined && isDay(on) && Date.parse(on) > today() + dayInMilliseconds;
  const refusals = [
    ...(by === '' ? ['Say who reviewed it: --reviewed-by "Name or role, organisation"'] : []),
    ...(by.length > 120 ? ['--reviewed-by is too long. Use at most 120 letters'] : []),
    ...faults.map((fault) => `--reviewed-by: ${fault}`),
    ...(on === undefined || !isDay(on) ? ['Say on which day it was reviewed, like --on 2026-11-30'] : []),
    ...(late ? [`--on: ${on} is in the future. Enter the day of the review`] : []),
  ];
  return refusals.length > 0 ? refusals : { by, on: on ?? '' };
}

function importFile(request: PoRequest, path: string): number {
  if (!existsSync(path)) return refuse([`There is no file ${path}`]);
  const reviewer = readReviewer(request);
  if (reviewer && !('by' in reviewer)) return refuse(reviewer);
  const po = readPo(readFileSync(path));
  if (!po.ok) return refuse(po.refusals.map((refusal) => `${basename(path)}: ${printable(refusal)}`));
  if (request.language && request.language !== po.code)
    return refuse([`${basename(path)} says that its language is ${printable(po.code)}, not ${request.language}`]);
  const known = codesIn(request.in);
  if (!known.includes(po.code))
    return refuse([`There is no language ${printable(po.code)}. The languages are ${known.join(', ')}`]);
  const language = readFrom(request, po.code);
  const plan = planImport(po.entries, language, source, reviewer);
  if (!plan.ok) return refuse(plan.refusals);
  if (plan.language !== language) {
    const file = fileOf(request, po.code);
    const text = rewriteLanguageFile(readFileSync(file, 'utf8'), plan.changes, plan.language);
    if (!request['dry-run']) replaceFile(file, text);
  }
  report(plan, language, reviewer, request['dry-run'] === true);
  return 0;
}

/** Half a file is never left. */
function replaceFile(path: string, text: string): void {
  writeFileSync(`${path}.new`, text);
  renameSync(`${path}.new`, path);
}

function describe({ key, english, before, after }: Change): string {
  const name = key === 'content' ? `“${printable(english)}”` : key;
  return before === undefined
    ? `+ ${name}: “${printable(after)}”`
    : `~ ${name}: “${printable(before)}” becomes “${printable(after)}”`;
}

function report(
  plan: Extract<ImportPlan, { ok: true }>,
  language: Language,
  reviewer: Reviewer | undefined,
  dry: boolean,
): void {
  for (const change of plan.changes) console.log(describe(change));
  for (const name of plan.withdrawn) console.log(`? ${name}: marked “needs work” again, so it counts as not reviewed.`);
  const added = plan.changes.filter(({ before }) => before === undefined).length;
  const { reviewed, unreviewed } = countReviewed(plan.language, source);
  console.log(
    [
      `${language.english}: ${plan.changes.length - added} changed, ${added} added, ${plan.unchanged} as before`,
      ...(plan.absent > 0 ? [`${plan.absent} not in the file and as before`] : []),
      ...(reviewer && plan.reviewed > 0 ? [`${plan.reviewed} reviewed now by ${reviewer.by} on ${reviewer.on}`] : []),
      ...(plan.withdrawn.length > 0 ? [`${plan.withdrawn.length} reviews withdrawn`] : []),
    ]
      .join('; ')
      .concat('.'),
  );
  console.log(
    `${reviewed} of ${reviewed + unreviewed} sentences are reviewed. Pages ${unreviewed === 0 ? 'name who reviewed them' : 'still say that no speaker has reviewed the translation'}.`,
  );
  console.log(
    dry
      ? 'This was a dry run: nothing was written.'
      : plan.language === language
        ? 'Nothing changed, so nothing was written.'
        : `${language.code}.yaml was written. Run npm test -- src/public, and read the change before you commit it.`,
  );
}
