/** Counting an operation: reads its records in both stores, computes with no connection held, and keeps the count as a return. */
import { listAgencies } from '../identity/agencies/index.ts';
import { getOperation, getOperationFacts, readCountablePlan } from '../operations/plan/index.ts';
import { findPower, powerName } from '../operations/powers-of-entry/index.ts';
import { answersOf } from '../platform/forms/forms.ts';
import { type App, type FormErrors, IdPath, may, type Request, readForm } from '../platform/http/server.ts';
import { announce } from '../platform/notifications/index.ts';
import { readHelp } from '../safeguarding/referrals/index.ts';
import { type CountableVisits, isEntered, readCountableVisits, readVisitDays } from '../visits/index.ts';
import type { OperationFacts } from '../vocabulary/figures.ts';
import { newId, type OperationId, type ReturnId } from '../vocabulary/ids.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { accept } from '../vocabulary/result.ts';
import { checkCount, checkDates } from './counting/checks.ts';
import { type Records, unknownValue } from './counting/counting.ts';
import { countIndicators, getEdition } from './counting/definitions.ts';
import { controlChecks, controlCount } from './counting/disclosure-control.ts';
import { applyQualifications } from './counting/qualify.ts';
import { CountForm } from './forms.ts';
import { countErrors, countPage } from './pages.ts';
import { getOpenStage, nextVersion, type Return } from './return.ts';
import { addReturn, countChangesAhead, getWorkings, listVersions, lockLatest, replaceCount } from './store.ts';

/** Not a form route: the records are read and counted before the change begins, so that no connection is held meanwhile. */
export function countRoutes(app: App): void {
  app.get(returnPaths.count.route, may('return.count', IdPath), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const [latest] = await listVersions(request.db, operation.id);
    return reply.form(countPage(operation, latest, request.today));
  });

  app.post(returnPaths.count.route, may('return.count', IdPath), async (request, reply) => {
    const operation = await getOperation(request.db, request.params.id);
    const known = { latest: (await listVersions(request.db, operation.id))[0] };
    const again = (errors: FormErrors) =>
      reply.form(countPage(operation, known.latest, request.today), answersOf(request.body), errors);
    const form = readForm(CountForm, request.body);
    if (!form.ok) return again(form.errors);
    const counted = await countOperation(request, operation.id, form.values.note, known);
    if (!counted.ok) return again(countErrors[counted.refusal]);
    return reply.redirect(returnPaths.return(counted.value), 303);
  });
}

/** Reads the main store, then the safeguarding store, never both at once; computes with no connection held; then writes. */
async function countOperation(
  request: Request,
  operationId: OperationId,
  note: string | null,
  known: { latest: Return | undefined },
) {
  const changesAhead = await countChangesAhead(request.db, operationId, request.now);
  const { facts, records, days } = await readRecords(request, operationId);
  const edition = getEdition(request.today);
  const exact = countIndicators(edition, records);
  // From here on nothing holds an exact number or a reference of the safeguarding database.
  const checks = controlChecks([...checkCount(records, exact), checkDates(days, facts.localDates)]);
  const counted = controlCount(exact);
  return request.change(
    'return counted',
    operationId,
    async (tx) => {
      const latest = await lockLatest(tx, operationId);
      // Somebody may have signed meanwhile: a form that is shown again says what is there now.
      known.latest = latest;
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
        definitions: edition.label,
        facts,
        figures: applyQualifications(counted.figures, qualifications),
        note: note ?? replaces?.note ?? null,
        madeBy: request.actor.memberId,
        madeAt: request.now,
        workings: { counted: counted.figures, qualifications, checks },
        behind: counted.countedRecords,
        changesAhead,
      };
      await (replaces ? replaceCount(tx, made) : addReturn(tx, made));
      const among = { operation: operationId, agency: null, colleagues: ['analyst'], except: made.madeBy } as const;
      if (!replaces) await announce(tx, made.id, { kind: 'return to sign', among });
      return accept<ReturnId>(made.id);
    },
    { kind: 'combination' },
  );
}

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
}> {
  const facts = await getOperationFacts(request.db, operationId);
  const plan = await readCountablePlan(request.db, operationId);
  const visits = await readCountableVisits(request.db, operationId);
  const days = await readVisitDays(request.db, operationId);
  const agencies = new Map((await listAgencies(request.db)).map(({ id, name }) => [id as string, name]));
  const help = await request.under('fact.count', (db) => readHelp(db, operationId));
  const records = {
    ...plan,
    ...visits,
    facts: help.facts,
    referrals: help.referrals.map(({ id, toAgency, state }) => ({
      id,
      state,
      organisation: agencies.get(toAgency) ?? 'not known',
    })),
    visits: visits.visits.map((visit) => ({ ...visit, basis: formatPowerUsed(visit) })),
    powers: plan.powers.map((power) => ({
      ...power,
      basis: powerName(power.basis),
      isWarrant: findPower(power.basis, request.today)?.kind === 'warrant',
    })),
  };
  return { facts, records, days };
}
