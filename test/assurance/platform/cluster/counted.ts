/** Looks up what was acknowledged: every report is opened by its receipt, every form and every insert is counted. */
import { sql } from 'kysely';
import type { Db } from '../../../../src/platform/database/database.ts';
import { lookUpValueOf, readReceipt } from '../../../../src/reports/mailbox/receipt.ts';
import { type IntakeLine, intakeLines, type PartId, type ReportId } from '../../../../src/reports/report.ts';
import { allKeyPairs, openPartContent, openReportKey } from '../../../../src/reports/sealing/sealed-report.ts';
import { unwrapByReceipt } from '../../../../src/reports/sealing/sealing.ts';
import { testKeys } from '../../../harness/keys.ts';
import { stores } from '../../reports/open-intake.ts';
import { openMailbox } from '../../reports/wire.ts';
import type { Application } from './application.ts';
import type { Written } from './writers.ts';

type Report = {
  readonly id: ReportId;
  readonly lookUp: Buffer;
  readonly sealedKey: Buffer;
  readonly receiptKey: Buffer;
};
type Part = { readonly reportId: ReportId; readonly id: PartId; readonly sealed: Buffer };

/** A report that is kept, opened with the keys of those who read it. */
type Kept = { readonly report: Report; readonly key: Buffer; readonly words: string };

export type Counted = {
  readonly reports: number;
  readonly forms: number;
  readonly inserts: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
};

const sampleSize = 2;

export class Account {
  readonly #application: Application;
  readonly #kept = new Map<string, Kept>();
  readonly #all: Written[] = [];

  constructor(application: Application) {
    this.#application = application;
  }

  /** What one round was told. */
  async count(written: Written): Promise<Counted> {
    this.#all.push(written);
    for (const line of intakeLines) await this.#openNew(line);
    return this.#compare(written);
  }

  /** All rounds once more: a later fault could take away what an earlier one left. */
  async countAll(): Promise<Counted> {
    this.#kept.clear();
    for (const line of intakeLines) await this.#openNew(line);
    const all: Counted[] = [];
    for (const written of this.#all) all.push(await this.#compare(written));
    const sum = (of: 'reports' | 'forms' | 'inserts') => all.reduce((total, one) => total + one[of], 0);
    return {
      reports: sum('reports'),
      forms: sum('forms'),
      inserts: sum('inserts'),
      lost: all.flatMap(({ lost }) => lost),
      doubled: all.flatMap(({ doubled }) => doubled),
    };
  }

  async #compare({ told, weeks, inserts }: Written): Promise<Counted> {
    const lost: string[] = [];
    for (const [digits, what] of told.shown) if (!this.#opens(digits, what)) lost.push(what);
    const { counting } = this.#application;
    const kept = await weeksNamed(counting.main, [...weeks]);
    for (const name of weeks) if (!kept.has(name)) lost.push(name);
    const doubled = [...kept].filter(([, many]) => many > 1).map(([name]) => name);
    const present = await insertsWith(counting.main, [...inserts]);
    for (const id of inserts) if (!present.has(id)) lost.push(`insert ${id}`);
    return {
      reports: told.shown.size,
      forms: weeks.size,
      inserts: inserts.size,
      lost,
      doubled: [...doubled, ...this.#reportsTwice(new Set(told.shown.values()))],
    };
  }

  #opens(digits: string, what: string): boolean {
    const receipt = readReceipt(digits);
    const kept = receipt && this.#kept.get(lookUpValueOf(receipt).toString('hex'));
    if (!receipt || !kept) return false;
    return (
      unwrapByReceipt(receipt, kept.report.id, kept.report.receiptKey).equals(kept.key) && kept.words.includes(what)
    );
  }

  #reportsTwice(texts: ReadonlySet<string>): string[] {
    const many = new Map<string, number>();
    for (const { words } of this.#kept.values()) {
      const text = /Report [\d-]+\./.exec(words)?.[0] ?? '';
      many.set(text, (many.get(text) ?? 0) + 1);
    }
    return [...many].filter(([text, times]) => times > 1 && texts.has(text)).map(([text]) => text);
  }

  async #openNew(line: IntakeLine): Promise<void> {
    const db = this.#application.counting[stores[line]];
    const pairs = allKeyPairs(testKeys, line);
    const reports = (await db
      .selectFrom('reports')
      .select(['id', 'lookUp', 'sealedKey', 'receiptKey'])
      .execute()) as Report[];
    const fresh = reports.filter(({ lookUp }) => !this.#kept.has(lookUp.toString('hex')));
    const parts = await partsOf(
      db,
      fresh.map(({ id }) => id),
    );
    for (const report of fresh) {
      const key = openReportKey(pairs, report.id, report.sealedKey);
      const own = parts.filter(({ reportId }) => reportId === report.id);
      const words = own.flatMap((part) => Object.values(openPartContent(key, line, part))).join('\n');
      this.#kept.set(report.lookUp.toString('hex'), { report, key, words });
    }
  }
}

async function partsOf(db: Db, ids: readonly string[]): Promise<readonly Part[]> {
  const { rows } =
    await sql<Part>`select report_id, id, sealed from report_parts where report_id = any(${ids})`.execute(db);
  return rows;
}

async function weeksNamed(db: Db, names: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ name: string; many: number }>`
    select name, count(*)::int as many from weeks where name = any(${names}) group by name`.execute(db);
  return new Map(rows.map(({ name, many }) => [name, many]));
}

async function insertsWith(db: Db, ids: readonly string[]): Promise<Set<string>> {
  const { rows } = await sql<{ id: string }>`select id from trial_inserts where id = any(${ids}::uuid[])`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** Some through the page itself, as their reporters would: how many do not open. */
export async function openSome(application: Application, { told }: Written): Promise<number> {
  let closed = 0;
  for (const receipt of [...told.shown.keys()].slice(-sampleSize))
    if (!(await openMailbox(application.urls[0], receipt)).opens) closed += 1;
  return closed;
}
