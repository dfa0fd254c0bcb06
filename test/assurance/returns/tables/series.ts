/** Releases that follow each other, some with a partner that takes its own records away, and tables beside exact numbers that others printed. */
import { audit, type PublishedTables, protect } from '../../../../src/returns/disclosure-control/index.ts';
import { count, type Row, row } from '../../../harness/assurance.ts';
import { inventAround, inventElsewhere } from './elsewhere.ts';
import { between, inventCases, inventDeclaration } from './invented.ts';
import { sum, tryMany } from './lanes.ts';
import type { Trial } from './trials.ts';

/** A table that grows over two to twelve releases: each is protected together with all before it. */
export const tryOneSeries: Trial = async (random, index) => {
  const declaration = inventDeclaration(random, between(random, 12, 60));
  const cases = inventCases(declaration, random, between(random, 10, 80));
  const partners = index % 3 === 2 ? ['nurses'] : [];
  const earlier: PublishedTables[] = [];
  let refused = 0;
  const length = between(random, 2, 12);
  for (let release = 0; release < length; release++) {
    if (release > 0) cases.push(...inventCases(declaration, random, between(random, 5, 12), earlier.length));
    const now = cases.filter(({ from }) => from <= earlier.length);
    const protection = await protect({ declaration, cases: now, earlier, partners });
    if (protection.state === 'refused') refused += 1;
    // What is not published is no release: its cases are counted by the next one.
    if (protection.state === 'protected') earlier.push(protection.tables);
  }
  const counted = cases.filter(({ from }) => from < earlier.length);
  const findings = earlier.length > 0 ? await audit({ releases: earlier, cases: counted, partners, seconds: 60 }) : [];
  return {
    releases: length,
    refused,
    unsafe: findings.length > 0 ? 1 : 0,
    presence: findings.filter(({ problem }) => problem === 'presence').length,
    withPartner: partners.length,
    longest: earlier.length,
  };
};

export async function assureSeries(seed: number, many: number): Promise<Row> {
  const found = await tryMany('series of releases', many, seed);
  const [unsafe, presence] = [sum(found, 'unsafe'), sum(found, 'presence')];
  const longest = Math.max(...found.map((one) => Number(one.longest)));
  return row(
    'series of releases (unsafe; presence proofs; releases refused)',
    `${count(many)} of ${count(sum(found, 'releases'))} releases, at most ${longest} published in one, ${count(sum(found, 'withPartner'))} with a partner that knows its own records: ${unsafe}; ${presence}; ${sum(found, 'refused')}`,
    unsafe === 0 && presence === 0,
  );
}

export const tryWithNumbersElsewhere: Trial = async (random, index) => {
  const declaration = inventDeclaration(random, between(random, 12, 90));
  const cases = inventCases(declaration, random, between(random, 10, 150));
  const invent = index % 2 === 0 ? inventElsewhere : inventAround;
  const elsewhere = invent(declaration, cases, random);
  const protection = await protect({ declaration, cases, elsewhere });
  if (protection.state !== 'protected') return { refused: 1 };
  const findings = await audit({ releases: [protection.tables], cases, elsewhere, seconds: 60 });
  return {
    unsafe: findings.length > 0 ? 1 : 0,
    presence: findings.filter(({ problem }) => problem === 'presence').length,
  };
};

export async function assureElsewhere(seed: number, many: number): Promise<Row> {
  const found = await tryMany('tables with numbers known from elsewhere', many, seed);
  const [unsafe, presence] = [sum(found, 'unsafe'), sum(found, 'presence')];
  return row(
    'tables with exact numbers known from elsewhere, of the same people or of more (unsafe; presence proofs; refused)',
    `${count(many)}: ${unsafe}; ${presence}; ${sum(found, 'refused')}`,
    unsafe === 0 && presence === 0,
  );
}
