/** What a return is, which stage it may be signed at, and what signing pins. Pure: no clock, no database, no wording. */
import { createHash } from 'node:crypto';
import { serialiseCanonically } from '../vocabulary/canonical-json.ts';
import type { Cell, Figures, Indicator, OperationFacts, Quantity, SignedReturn } from '../vocabulary/figures.ts';
import { type Breakdown, breakdowns, exactly, indicators } from '../vocabulary/figures.ts';
import type { OperationId, ReturnId } from '../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../vocabulary/result.ts';
import { type Check, checkQualifications } from './counting/checks.ts';
import { formatCellName } from './counting/counting.ts';
import type { ProtectedPopulation } from './counting/protected-population.ts';
import type { Qualifications } from './counting/qualify.ts';

export type Stage = SignedReturn['stage'];
export type Signature = {
  readonly signedBy: string;
  readonly signedAt: Date;
  readonly digest: string;
  /** The second person of a final return or of a revision of one; null where one signature is enough, and on final returns from before there were two. */
  readonly countersignedBy: string | null;
  readonly countersignedAt: Date | null;
};

export type Return = {
  readonly id: ReturnId;
  readonly operationId: OperationId;
  readonly version: number;
  readonly stage: Stage;
  /** The edition of definitions that it was counted by. */
  readonly definitions: string;
  readonly facts: OperationFacts;
  /** As they may be said, and as press will see them. */
  readonly figures: Figures;
  /** How each population of people helped was protected; empty on returns from before tables were declared. */
  readonly protection: readonly ProtectedPopulation[];
  readonly note: string | null;
  readonly madeBy: string;
  readonly madeAt: Date;
  readonly signature: Signature | null;
};

/** The analyst's working data, closed to press and coordinators: exact counts, reasons for qualifications, and checks. */
export type Workings = {
  readonly counted: Figures;
  readonly qualifications: Qualifications;
  readonly checks: readonly Check[];
};

/** The stage of a version that is not said to be final. */
export const getOpenStage = (version: number): Stage => (version === 1 ? 'provisional' : 'revised');

/** Every check of the return as it is now, including those on its words. */
export const listChecks = ({ counted, qualifications, checks }: Workings): Check[] => [
  ...checks,
  ...checkQualifications(counted, qualifications),
];

export const listFailedChecks = (workings: Workings, stops: Check['stops']): Check[] =>
  listChecks(workings).filter((check) => !check.holds && check.stops === stops);

/** Which version a new count becomes: it replaces an unsigned one, or is the next. A final return is reopened only with a reason. */
export function nextVersion(
  latest: Return | undefined,
  reason: string | null,
): Result<{ readonly version: number; readonly replaces: Return | null }, 'reason missing'> {
  if (!latest) return accept({ version: 1, replaces: null });
  if (!latest.signature) return accept({ version: latest.version, replaces: latest });
  if (latest.stage === 'final' && !reason) return refuse('reason missing');
  return accept({ version: latest.version + 1, replaces: null });
}

export type SignRefusal =
  | 'already signed'
  | 'waits for a second'
  | 'changed since you looked'
  | 'checks fail'
  | 'not all done'
  | 'operation not over'
  | 'recount first'
  | 'glass not reviewed';

export type Signing = {
  readonly final: boolean;
  /** The digest of what the analyst was shown. */
  readonly seen: string;
  readonly recordsChanged: boolean;
  /** The calendar day in London, and the operation's last day as it is planned now. */
  readonly today: string;
  readonly lastDay: string;
  /** An analyst signed it for a second signature, and nothing changed since. */
  readonly waiting: boolean;
  /** How many emergency accesses to the operation still need a review. */
  readonly glassToReview: number;
};

/** The last day that a final return waits for: as it was counted, or later where the plan was extended. */
export const getLastDay = ({ facts }: Pick<Return, 'facts'>, endsOn: string): string =>
  endsOn > facts.localDates[1] ? endsOn : facts.localDates[1];

/** Decides the stage at which a return is signed. A final one needs the operation over, everything done, and a count that nothing has overtaken. */
export function checkSigning(
  operationReturn: Return,
  workings: Workings,
  { final, seen, recordsChanged, today, lastDay, waiting, glassToReview }: Signing,
): Result<Stage, SignRefusal> {
  if (operationReturn.signature) return refuse('already signed');
  if (waiting) return refuse('waits for a second');
  if (seen !== calculateDigest(operationReturn)) return refuse('changed since you looked');
  if (listFailedChecks(workings, 'signing').length > 0) return refuse('checks fail');
  if (!final) return accept(getOpenStage(operationReturn.version));
  if (today <= lastDay) return refuse('operation not over');
  if (listFailedChecks(workings, 'final').length > 0) return refuse('not all done');
  if (glassToReview > 0) return refuse('glass not reviewed');
  return recordsChanged ? refuse('recount first') : accept('final');
}

type Signable = Pick<Return, 'version' | 'stage' | 'definitions' | 'facts' | 'figures'> & {
  readonly operationId: string;
  readonly protection?: Return['protection'];
};

/** What a signature covers: operation, version, stage, definitions, figures and how they were protected. */
export function calculateDigest(signable: Signable): string {
  const { operationId, version, stage, definitions, facts, figures, protection = [] } = signable;
  // Returns from before tables were declared keep the digest that they were signed with.
  const protectedBy = protection.length > 0 ? protection : undefined;
  const pinned = serialiseCanonically({ operationId, version, stage, definitions, facts, figures, protectedBy });
  return createHash('sha256').update(pinned).digest('hex');
}

/** One number that differs between two versions; undefined where one of them does not give it. */
export type Difference = {
  readonly indicator: Indicator;
  readonly breakdown: Breakdown | null;
  readonly of: Cell['of'];
  readonly before: Quantity | undefined;
  readonly after: Quantity | undefined;
};

/** What the later figures change, in the order of the indicators. A part that only one version has counts as zero in the other. */
export function compareFigures(before: Figures, after: Figures): Difference[] {
  const found: Difference[] = [];
  for (const indicator of Object.keys(indicators) as Indicator[]) {
    const [old, now] = [before[indicator], after[indicator]];
    if (!isSameQuantity(old?.total, now?.total))
      found.push({ indicator, breakdown: null, of: {}, before: old?.total, after: now?.total });
    for (const breakdown of Object.keys(breakdowns) as Breakdown[]) {
      const [oldCells, newCells] = [old?.breakdowns[breakdown], now?.breakdowns[breakdown]];
      const parts = new Map(
        [...(oldCells ?? []), ...(newCells ?? [])].map(({ of }) => [formatCellName(breakdown, of), of]),
      );
      for (const [name, of] of parts) {
        const [was, is] = [oldCells, newCells].map(
          (cells) =>
            cells && (cells.find((cell) => formatCellName(breakdown, cell.of) === name)?.quantity ?? exactly(0)),
        );
        if (!isSameQuantity(was, is)) found.push({ indicator, breakdown, of, before: was, after: is });
      }
    }
  }
  return found;
}

const isSameQuantity = (a: Quantity | undefined, b: Quantity | undefined): boolean =>
  serialiseCanonically(a ?? null) === serialiseCanonically(b ?? null);
