import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { returns } from '../../../test/fixtures/random-returns.ts';
import {
  type Breakdown,
  breakdowns,
  exactly,
  type Figure,
  type Indicator,
  indicators,
  type Quantity,
  type SignedReturn,
} from '../../vocabulary/figures.ts';
import { figuresCsv, figuresJson } from '../publication/figures.ts';
import { checkText } from '../release-check/figure-check.ts';
import { draftRelease } from './draft.ts';
import { extras } from './examples.ts';
import { lengthOf, shareText } from './lengths.ts';
import { publicMarkdown, publicText } from './placeholder.ts';
import { applyPolicy, type PublishableReturn } from './public-figures.ts';
import { figureKeys, publicationPolicies } from './publication-policy.ts';
import { listStatedFigures } from './stated-figures.ts';

const seed = Number(process.env['WORDING_SEED'] ?? 2019);
const runs = Number(process.env['WORDING_RUNS'] ?? 200);

/** Reads a number back from English. It shares no code with what wrote it. */
const spelled = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
function readBack(text: string): Quantity | undefined {
  const lower = text.toLowerCase();
  const known = /^(it is not known how many|an unknown number( of)?|not known)\b/.exec(lower);
  if (known) return { kind: 'not known' };
  const words = /^(several|a number of)\b/.exec(lower)?.[1];
  if (words) return { kind: 'words', words };
  if (/^few if any\b/.test(lower)) return { kind: 'number', value: 0, qualifier: 'about' };
  if (/^(?:no|nobody|nothing|none|every visit showed)\b/.test(lower)) return exactly(0);
  const read = /^(?:all |(at least |about ))?([a-z]+|[\d,]+)\b/.exec(lower);
  if (!read) return undefined;
  const value =
    read[2] === 'both'
      ? 2
      : /\d/.test(read[2] ?? '')
        ? Number(read[2]?.replaceAll(',', ''))
        : spelled.indexOf(read[2] ?? '');
  if (value < 1) return undefined;
  assert.equal(/\d/.test(read[2] ?? ''), value > 10, `words up to ten, digits after: ${text}`);
  return { kind: 'number', value, qualifier: (read[1]?.trim() as 'at least' | undefined) ?? 'exact' };
}

/** What "at least nought" comes to: nothing is known. */
const honest = (total: Quantity): Quantity =>
  total.kind === 'number' && total.qualifier === 'at least' && total.value === 0 ? { kind: 'not known' } : total;

const literally = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Lays the template over what was printed, line by line, and hands out what each placeholder became. */
function* printed(template: string, text: string): Generator<{ key: string; names: boolean; said: string }> {
  const lines = text.split('\n');
  for (const [number, line] of template.split('\n').entries()) {
    const slots = [...line.matchAll(/\{\{(.*?)\}\}/g)].map(([, inside = '']) => inside.split('|'));
    const between = line.split(/\{\{.*?\}\}/).map(literally);
    const pattern = slots.reduce((made, [, one, many, none], index) => {
      const ends = many === undefined ? '.+?' : `.+? (?:${one}|${many})|${none ?? `no ${many}`}`;
      return `${made}(${ends})${between[index + 1]}`;
    }, between[0] ?? '');
    const match = new RegExp(`^${pattern}$`, 'i').exec(lines[number] ?? '');
    assert.ok(match, `${line}\n${lines[number]}`);
    for (const [index, [key = '', option]] of slots.entries())
      yield { key, names: option === 'names', said: match[index + 1] ?? '' };
  }
}

function agrees(told: PublishableReturn, key: string, names: boolean, said: string): void {
  if (key.startsWith('week.')) return;
  const [room, name, breakdown] = key.split('.');
  const figure = told.figures[`${room}.${name}` as Indicator];
  assert.ok(figure);
  if (!breakdown) {
    assert.deepEqual(readBack(said), honest(figure.total), said);
    return;
  }
  const cells = (figure.breakdowns[breakdown as Breakdown] ?? []).filter(
    ({ quantity: part }) => !(part.kind === 'number' && part.qualifier === 'exact' && part.value === 0),
  );
  if (names || breakdown === 'bySexAgeResidence') return;
  for (const cell of cells) {
    if (cell.of.town === undefined || breakdown !== 'byTown') continue;
    const place = said.indexOf(`in ${cell.of.town}`);
    assert.ok(place >= 0, `${cell.of.town}: ${said}`);
    if (cells.length === 1) continue;
    const before =
      said
        .slice(0, place)
        .split(/, | and (?=[a-z\d, ]+$)/)
        .at(-1) ?? '';
    assert.deepEqual(readBack(before), honest(cell.quantity), `${cell.of.town}: ${said}`);
  }
}

/** Faults of English and of assembly that no release may have. */
const faults = [
  /undefined|null|NaN|\[object/,
  /(?<![\d,.])0(?![\d,.])/,
  /\bno 0\b/,
  / {2,}/,
  / [.,;:]/,
  /,,|\.\.|,\./,
  /[{}]/,
  /\band (?:and|\.)|, and|\band$/,
  /\bno no\b|none none/,
  /\bone (?:people|addresses|business addresses|visits|warrants|referrals|seizures|premises)\b/i,
  /(?<!least )\b(?:two|three|several|all|both|\d+) (?:person|address|visit|warrant|referral|seizure)\b/i,
  /\bone (?:person|person arrested|address|business address|visit|planned visit|warrant|referral) were\b/i,
  /(?:^|\. )[a-z]/m,
  /rescu/i,
];

test(`${runs} random returns under every policy: the draft reads as English, says its figures and nothing that they do not`, () => {
  fc.assert(
    fc.property(returns, fc.boolean(), (signed, decided) => {
      const given = { ...extras, decisions: decided ? extras.decisions : [] };
      for (const policy of publicationPolicies()) {
        const draft = draftRelease(signed, policy, given);
        const told = applyPolicy(signed, policy, given.decisions);
        for (const template of [draft.title, draft.description, ...draft.keyPoints, draft.body]) {
          const result = template === draft.body ? publicMarkdown(template, told) : publicText(template, told);
          assert.ok(result.ok, template);
          for (const fault of faults) assert.doesNotMatch(result.value, fault);
          for (const { key, names: byName, said } of printed(template, result.value)) agrees(told, key, byName, said);
          assert.deepEqual(
            checkText(template, told, { publishOn: given.publishOn, justifications: [], contacts: [] }),
            [],
            result.value,
          );
        }
        const shared = shareText(draft, told, 'https://news.example/releases/2026/week-of-action');
        assert.ok(shared.ok && lengthOf(shared.value) <= 280 && shared.value.includes(' https://'));
      }
    }),
    { numRuns: runs, seed },
  );
});

/** Figures that stand in the table beside those of the text, so that a reader can weigh them. */
const weighs =
  /^(?:premises\.planned|visits\.(?:made|nobodyFound|refused|calledOff|withSigns)|warrants\.executed|seizures\.made|damage\.done|people\.(?:spokenTo|interpreted|advised)|referrals\.(?:made|accepted|declined)|arrests\.(?:screened|notScreened))$/;

test(`${runs} random returns under every policy: the table has each figure that the text states and those that weigh it, and none that it withholds`, () => {
  const by = { edition: 'an edition', definitionOf: (indicator: Indicator) => `What counts as ${indicator}` };
  fc.assert(
    fc.property(returns, (signed) => {
      for (const policy of publicationPolicies()) {
        const draft = draftRelease(signed, policy, extras);
        const told = applyPolicy(signed, policy, extras.decisions);
        const texts = [draft.title, draft.description, ...draft.keyPoints, draft.body];
        const rows = listStatedFigures(texts, told, by);
        const typed = new Set([...texts.join().matchAll(/\{\{([\w.]+)(?!\|names)[^}]*\}\}/g)].map(([, key]) => key));
        const kept = new Set<string>(
          draft.withheld.filter(({ effect }) => effect === 'withheld').map(({ key }) => key),
        );
        for (const { key, part, quantity, definition } of rows) {
          const [room, name, breakdown] = key.split('.');
          const indicator = `${room}.${name}` as Indicator;
          assert.ok((typed.has(key) || weighs.test(key)) && !kept.has(key) && !kept.has(indicator), key);
          assert.equal(definition, by.definitionOf(indicator));
          assert.equal(part === null, breakdown === undefined);
          if (breakdown) assert.equal(breakdowns[breakdown as Breakdown].length, 1, 'no row is a person');
          else if (told.figures[indicator])
            assert.deepEqual(readBack(wordsOf(quantity)), honest(told.figures[indicator].total));
          else assert.deepEqual([quantity, told.happened.has(indicator)], [{ kind: 'words', words: 'some' }, true]);
        }
        const tabled = new Set(rows.map(({ key }) => key as string));
        for (const key of typed) if (key && key in indicators) assert.ok(tabled.has(key), key);
        assert.equal(new Set(rows.map(({ key, part }) => `${key} ${part}`)).size, rows.length);
      }
    }),
    { numRuns: runs, seed },
  );
});

test(`${runs} random returns with few addresses: text, table, CSV and JSON tell nothing of people met or of another target`, () => {
  const by = { edition: 'an edition', definitionOf: (indicator: Indicator) => `What counts as ${indicator}` };
  const kept =
    /^(?:people\.(?:spokenTo|interpreted|advised|declinedPolice)|needs\.|referrals\.|visits\.(?:calledOff|withSigns|withoutSigns)|premises\.planned)/;
  const tells = /interpreter|advice|referral|spoke to|asked to help|signs that|on the plan|called off/i;
  const few = fc.tuple(returns, fc.nat(4)).map(([signed, visited]): SignedReturn => {
    const premises: Figure = { indicator: 'premises.visited', total: exactly(visited), breakdowns: {} };
    return { ...signed, figures: { ...signed.figures, 'premises.visited': premises } };
  });
  fc.assert(
    fc.property(few, (signed) => {
      for (const policy of publicationPolicies().filter(({ to }) => to === null)) {
        const draft = draftRelease(signed, policy, extras);
        const told = applyPolicy(signed, policy, extras.decisions);
        const texts = [draft.title, draft.description, ...draft.keyPoints, draft.body];
        for (const text of texts) {
          const said = publicMarkdown(text, told);
          assert.ok(said.ok);
          assert.doesNotMatch(said.value, tells);
        }
        // A writer who asks for every figure by name gets none of these.
        const asked = [...texts, figureKeys.map((key) => `{{${key}}}`).join('\n')];
        const figures = listStatedFigures(asked, told, by);
        assert.ok(figures.every(({ key }) => !kept.test(key)));
        const release = { ...publication, figures };
        const rows = JSON.parse(figuresJson(release, link)).figures as { readonly figure: string }[];
        assert.ok(rows.every(({ figure }) => !kept.test(figure)));
        for (const line of figuresCsv(release, link).split('\r\n')) assert.doesNotMatch(line.slice(1), kept);
      }
    }),
    { numRuns: runs, seed },
  );
});

const link = 'https://news.example/news/week-of-action';
const publication = {
  title: 'Week of action',
  area: 'Hertfordshire',
  issuedBy: 'Lea Vale Constabulary',
  version: 1,
  dated: new Date('2026-09-25T09:00:00Z'),
  changedAt: new Date('2026-09-25T09:00:00Z'),
  corrections: [],
};

/** A quantity as a text would have it, for the reader of numbers above. */
const wordsOf = (quantity: Quantity): string => {
  if (quantity.kind !== 'number') return quantity.kind === 'words' ? quantity.words : 'not known';
  if (quantity.value === 0) return 'none';
  const number = spelled[quantity.value] ?? quantity.value.toLocaleString('en-GB');
  return quantity.qualifier === 'exact' ? number : `${quantity.qualifier} ${number}`;
};
