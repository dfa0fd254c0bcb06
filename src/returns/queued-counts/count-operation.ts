/** Counting an operation: reads its records in both stores, computes with no connection held, and keeps the count as a return. */
import { listAgencies } from '../../identity/agencies/index.ts';
import { getOperationFacts, type OperationInWeek, readCountablePlan } from '../../operations/plan/index.ts';
import { findPower, listPowersInForce, powerName } from '../../operations/powers-of-entry/index.ts';
import { Problem } from '../../platform/http/problem.ts';
import type { Request } from '../../platform/http/server.ts';
import { announce } from '../../platform/notifications/index.ts';
import { addProtectedCounts, listProtectedCounts, readHelp } from '../../safeguarding/referrals/index.ts';
import { type CountableVisits, isEntered, readCountableVisits, readVisitDays } from '../../visits/index.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import type { OperationFacts } from '../../vocabulary/figures.ts';
import { newId, type OperationId, type ReturnId } from '../../vocabulary/ids.ts';
import { accept, type Result, refuse } from '../../vocabulary/result.ts';
import { type Check, checkCount, checkDates } from '../counting/checks.ts';
import { type Counted, type Records, unknownValue } from '../counting/counting.ts';
import type { Around } from '../counting/declared-tables.ts';
import { countIndicators } from '../counting/definitions.ts';
import { controlChecks, type KeptRelease, type ProtectedCount, protectCount } from '../counting/disclosure-control.ts';
import type { QueriedNumber } from '../counting/fact-counts.ts';
import { queryIndicators } from '../counting/fact-store.ts';
import { applyQualifications } from '../counting/qualify.ts';
import { checkQueries } from '../counting/query-check.ts';
import { chooseEdition } from '../exchange/tasking/received.ts';
import { listTaskingsOfWeek } from '../exchange/tasking/received-store.ts';
import { getOpenStage, nextVersion } from '../return.ts';
import { addReturn, countChangesAhead, getWorkings, lockLatest, replaceCount } from '../store.ts';
import { finishCountRequest } from './store.ts';

/** An operation as it was counted exactly, before its figures of people helped are protected. Nothing of it is shown or kept. */
export type ExactCount = {
  readonly operationId: OperationId;
  readonly definitions: string;
  readonly facts: OperationFacts;
  readonly records: Records;
  readonly around: Around;
  readonly exact: Counted;
  readonly checks: readonly Check[];
  readonly changesAhead: number;
};

/** Reads the main store, then the safeguarding store, never both at once. */
export async function countExactly(
  request: Request,
  { id: operationId, weekId }: Pick<OperationInWeek, 'id' | 'weekId'>,
): Promise<ExactCount> {
  const tasked = await listTaskingsOfWeek(request.db, weekId);
  const changesAhead = await countChangesAhead(request.db, operationId, request.now);
  const { facts, records, days, around, queried } = await readRecords(request, operationId);
  const edition = chooseEdition(
    request.today,
    tasked.flatMap(({ document }) => document.definitions),
  );
  const exact = countIndicators(edition, records);
  const checks = controlChecks([
    ...checkCount(records, exact),
    checkDates(days, facts.localDates),
    checkQueries(exact.figures, queried, powerName),
  ]);
  return { operationId, definitions: edition.label, facts, records, around, exact, checks, changesAhead };
}

/** `given up`: somebody was told that this count was stopped. */
type KeepRefusal = 'reason missing' | 'given up';

/** Protects the figures of people helped with no connection held, and keeps the return together with what the request for it became. */
export async function protectAndKeep(
  request: Request,
  asked: { readonly id: string; readonly note: string | null },
  { exact, records, around, ...count }: ExactCount,
): Promise<Result<ReturnId, KeepRefusal>> {
  const made = await protectInTurn(request, count.operationId, exact, records, around);
  // From here on nothing holds an exact number or a reference of the safeguarding database.
  const keep = (): Promise<Result<ReturnId, KeepRefusal>> => keepReturn(request, asked, count, made);
  return keep().catch((error: unknown) => {
    // Another process counted the operation for the first time at this moment: this count takes its place.
    if (!(error instanceof Problem && error.kind === 'conflict')) throw error;
    return keep();
  });
}

function keepReturn(
  request: Request,
  { id, note }: { readonly id: string; readonly note: string | null },
  { operationId, definitions, facts, checks, changesAhead }: Omit<ExactCount, 'exact' | 'records' | 'around'>,
  { counted, populations, checks: around }: ProtectedCount,
): Promise<Result<ReturnId, KeepRefusal>> {
  return request.change<ReturnId, KeepRefusal>(
    'return counted',
    operationId,
    async (tx) => {
      const latest = await lockLatest(tx, operationId);
      // Somebody may have signed meanwhile.
      const next = nextVersion(latest, note);
      if (!next.ok) return next;
      const { version, replaces } = next.value;
      // A new count keeps qualifications. If one is no longer true, a check blocks the signature.
      const qualifications = latest ? (await getWorkings(tx, latest.id)).qualifications : {};
      const made = {
        id: replaces?.id ?? newId<'return'>(),
        operationId,
        version,
        stage: getOpenStage(version),
        definitions,
        facts,
        figures: applyQualifications(counted.figures, qualifications),
        note: note ?? replaces?.note ?? null,
        madeBy: request.actor.memberId,
        madeAt: request.now,
        protection: populations,
        workings: { counted: counted.figures, qualifications, checks: [...checks, ...around] },
        behind: counted.countedRecords,
        changesAhead,
      };
      if (!(await finishCountRequest(tx, id, made.id))) return refuse('given up');
      await (replaces ? replaceCount(tx, made) : addReturn(tx, made));
      const among = { operation: operationId, agency: null, colleagues: ['analyst'], except: made.madeBy } as const;
      if (!replaces) await announce(tx, made.id, { kind: 'return to sign', among });
      return accept<ReturnId>(made.id);
    },
    { kind: 'combination' },
  );
}

/**
 * What is to be shown is kept before it is: a count that nobody sees in the end makes later ones more careful, and does no
 * harm. Counts of one operation wait for one another: the next one is protected together with what this one kept. Another process may keep
 * a count meanwhile; then this one is protected again, at most ten times.
 */
function protectInTurn(...[request, operationId, exact, records, around]: ToProtect): Promise<ProtectedCount> {
  const before = lastTurns.get(operationId) ?? Promise.resolve();
  const made = before.then(() => protectTogether(request, operationId, exact, records, around));
  const turn = made
    .catch(() => undefined)
    .then(() => {
      if (lastTurns.get(operationId) === turn) lastTurns.delete(operationId);
    });
  lastTurns.set(operationId, turn);
  return made;
}

/** By operation: what is kept of one protects no other. */
const lastTurns = new Map<OperationId, Promise<unknown>>();

type ToProtect = [request: Request, operationId: OperationId, exact: Counted, records: Records, around: Around];

async function protectTogether(
  ...[request, operationId, exact, records, around, triesLeft = 10]: [...ToProtect, triesLeft?: number]
): Promise<ProtectedCount> {
  const earlier = (await request.under('fact.count', (db) => listProtectedCounts(db, operationId))) as KeptRelease[];
  const made = await protectCount(exact, records, { around, earlier, today: request.today });
  if (made.releases.length === 0) return made;
  try {
    await request.changeUnder('protected count.keep', 'protected count kept', operationId, (tx) =>
      addProtectedCounts(tx, operationId, made.releases, floorToHour(request.now)),
    );
    return made;
  } catch (error) {
    if (triesLeft <= 1 || !(error instanceof Problem && error.kind === 'conflict')) throw error;
    return protectTogether(request, operationId, exact, records, around, triesLeft - 1);
  }
}

const listWarrants = (today: string): string[] =>
  listPowersInForce(today).flatMap(({ id, kind }) => (kind === 'warrant' ? [id] : []));

/** The power as a return names it, only if somebody entered. */
const formatPowerUsed = ({ answer, basis }: CountableVisits['visits'][number]): string => {
  if (basis) return powerName(basis);
  return answer === null || isEntered(answer) ? unknownValue : 'nobody entered';
};

async function readRecords(
  request: Request,
  operationId: OperationId,
): Promise<{
  readonly facts: OperationFacts;
  readonly records: Records;
  readonly days: ReadonlyMap<string, string>;
  readonly around: Around;
  readonly queried: readonly QueriedNumber[];
}> {
  const facts = await getOperationFacts(request.db, operationId);
  const plan = await readCountablePlan(request.db, operationId);
  const visits = await readCountableVisits(request.db, operationId);
  const days = await readVisitDays(request.db, operationId);
  const queried = await queryIndicators(request.db, [operationId], listWarrants(request.today));
  const everyAgency = await listAgencies(request.db);
  const agencies = new Map(everyAgency.map(({ id, name }) => [id as string, name]));
  const help = await request.under('fact.count', (db) => readHelp(db, operationId));
  const around = {
    towns: plan.premises.map(({ town }) => town),
    organisations: everyAgency.filter(({ side }) => side === 'help').map(({ name }) => name),
    responders: everyAgency.filter(({ side }) => side === 'enforcement').map(({ name }) => name),
  };
  const records = {
    ...plan,
    ...visits,
    facts: help.facts,
    submittedReferrals: help.submittedReferrals,
    referrals: help.referrals.map(({ id, toAgency, state }) => ({
      id,
      state,
      organisation: agencies.get(toAgency) ?? unknownValue,
    })),
    officerReferrals: visits.officerReferrals.map(({ agencyId, ...referral }) => ({
      ...referral,
      organisation: agencies.get(agencyId) ?? unknownValue,
    })),
    visits: visits.visits.map((visit) => ({ ...visit, basis: formatPowerUsed(visit) })),
    powers: plan.powers.map((power) => ({
      ...power,
      basis: powerName(power.basis),
      isWarrant: findPower(power.basis, request.today)?.kind === 'warrant',
    })),
  };
  return { facts, records, days, around, queried };
}
