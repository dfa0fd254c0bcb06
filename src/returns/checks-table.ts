/** The checks of a return as its pages show them: a line for each that fails, a section, and a table. */

import type { Section, TableSection } from '../platform/rendering/pages.ts';
import { indicators } from '../vocabulary/figures.ts';
import { capital, countWord, plural } from '../vocabulary/languages/english.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import type { Check } from './counting/checks.ts';

export function checksSection(checks: readonly Check[], returnId: string): Section {
  const around = {
    id: 'checks',
    links: [{ href: returnPaths.checks(returnId), text: `All ${checks.length} checks` }],
  };
  return checks.every(({ holds }) => holds)
    ? {
        kind: 'states',
        title: 'Checks of the figures',
        items: [{ kind: 'good', text: `All ${checks.length} checks passed. What is not known cannot be checked.` }],
        ...around,
      }
    : {
        ...checksTable(checks, returnId, ({ holds }) => !holds),
        caption: 'Checks that did not pass',
        ...around,
      };
}

const checkEffects: Record<Check['stops'], string> = {
  signing: 'This stops signing.',
  final: 'This stops a final return.',
  nothing: 'Look at it before you sign.',
};
const mostLines = 5;

/** A line for each check that fails, for the top of a page, before what is signed. */
export function failedCheckLines(checks: readonly Check[]): string[] {
  const failed = checks.filter(({ holds }) => !holds);
  const more = failed.length - mostLines;
  return [
    ...failed.slice(0, mostLines).map(({ says, stops }) => `Check not passed: “${says}”. ${checkEffects[stops]}`),
    ...(more > 0 ? [`${capital(countWord(more))} more ${plural(more, 'check')} did not pass.`] : []),
  ];
}

const checkEffectLabels: Record<Check['stops'], string> = {
  signing: 'stops signing',
  final: 'stops a final return',
  nothing: 'decide yourself',
};
const checkEffectTags: Record<Check['stops'], string> = { signing: 'red', final: 'orange', nothing: 'yellow' };

/** The selected checks, failed ones first. Each links by its position among all checks. */
export const checksTable = (
  checks: readonly Check[],
  returnId: string,
  wanted: (check: Check) => boolean = () => true,
): TableSection => ({
  kind: 'table',
  caption: 'Checks of the figures',
  columns: ['Check', 'State', 'Result'].map((text) => ({ text })),
  rows: checks
    .map((check, index) => ({ check, index }))
    .filter(({ check }) => wanted(check))
    .sort((a, b) => Number(a.check.holds) - Number(b.check.holds))
    .map(({ check: { says, holds, stops, found, figures, records }, index }) => [
      { text: says },
      holds ? { text: 'holds', tag: 'green' } : { text: checkEffectLabels[stops], tag: checkEffectTags[stops] },
      records.length > 0
        ? {
            text: found ?? '',
            href: returnPaths.check(returnId, String(index)),
            hidden: 'Open the records that disagree',
          }
        : holds || !figures[0]
          ? { text: found ?? '' }
          : {
              text: found ?? '',
              href: returnPaths.figure(returnId, figures[0]),
              hidden: `Open ${indicators[figures[0]]}`,
            },
    ]),
});
