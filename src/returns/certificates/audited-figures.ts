/** Which figures of people helped the auditor passed, for a certificate of numbers that leave the return. Pure. */
import { type Indicator, isSafeguarding } from '../../vocabulary/figures.ts';
import { declareTables, type Population } from '../counting/declared-tables.ts';
import type { Return } from '../return.ts';

export type Protections = Return['protection'];
export type AuditedFigures = {
  readonly population: Population;
  readonly figures: readonly Indicator[];
  readonly auditor: string;
  readonly base: number;
  readonly findings: 0;
};

/** Takes how a return was protected and the keys of figures. Undefined where a figure of people helped is of a population that was not passed. */
export function listAudited(protection: Protections, keys: readonly string[]): AuditedFigures[] | undefined {
  const asked = [...new Set(keys.map((key) => key.split('.').slice(0, 2).join('.') as Indicator))].filter(
    isSafeguarding,
  );
  const declared = Object.entries(declareTables({ towns: [], organisations: [], responders: [] }));
  const audited = protection.flatMap(({ population, certified }): AuditedFigures[] => {
    const places = declared.find(([name]) => name === population)?.[1].places ?? [];
    const figures = asked.filter((one) => places.some(({ indicator }) => indicator === one)).sort();
    if (figures.length === 0 || !certified) return [];
    return [{ population, figures, auditor: certified.auditor, base: certified.base, findings: certified.findings }];
  });
  const passed = audited.flatMap(({ figures }) => figures);
  return asked.every((one) => passed.includes(one)) ? audited : undefined;
}
