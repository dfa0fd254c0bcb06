/** Who may ask what of a plan and of the premises in it: read, decide, change, answer. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { editConflict } from '../../platform/forms/correction.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import { type Answers, type App, type FormErrors, IdPath, may, type Request } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { FormPage } from '../../platform/rendering/pages.ts';
import { PageQuery } from '../../platform/rendering/paging.ts';
import { newId } from '../../vocabulary/ids.ts';
import { operationPaths, premisesPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { listLatestBriefings } from '../briefings/store.ts';
import { listObjections } from '../plan-check/advice-model.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { checkPlan } from '../plan-check/plan-check.ts';
import { listPlanFiles } from '../plan-files/store.ts';
import { createDecision } from '../policy-log/create-decision.ts';
import type { Decision, DecisionKind } from '../policy-log/decision.ts';
import { readOwnName } from '../policy-log/routes.ts';
import { addDecision, addDecisions } from '../policy-log/store.ts';
import { listOperationTabs } from '../weeks/operation-tabs.ts';
import { changedFields } from '../weeks/routes.ts';
import {
  createGoDecisionForm,
  ImmigrationForm,
  LanguagesForm,
  NoReferrerForm,
  PremisesForm,
  ReferrerForm,
  RisksForm,
} from './forms.ts';
import { premisesPage } from './pages.ts';
import { goDecisionPage, premisesListPage } from './plan-pages.ts';
import {
  createVisitRecordsReader,
  getPlan,
  getPlanAccess,
  getPlanOfParticipant,
  getPlanPermissions,
  getPremisesInPlan,
  listAdvice,
  mayDecideGo,
} from './plan-reader.ts';
import { historyPage } from './planned-visit-pages.ts';
import { mayRefer, type Premises } from './premises.ts';
import { copiedReasonHint, findCopiedReason, findImmigrationBefore, findReferrerBefore } from './premises-before.ts';
import * as pages from './premises-form-pages.ts';
import * as store from './store.ts';
import { findMissingReasons, joinReasons, listLeftOut, listUnlawfulPlaces, type UnlawfulPlace } from './unlawful-go.ts';

/** `imported`: how many a file has just added. */
const PremisesQuery = PageQuery.extend({
  imported: z.coerce.number().int().min(1).max(1_000).optional().catch(undefined),
});

/** Files of the operation as a whole, or of one of its premises. */
const readPlanFiles = (request: Request, operationId: string, premisesId: string | null) =>
  listPlanFiles(request.look('plan files.listed', premisesId ?? operationId, { fields: ['title', 'kind'] }), {
    operationId,
    premisesId,
  });

async function planRoutes(app: App, parts: AreaParts): Promise<void> {
  const madeSeen = createVisitRecordsReader(parts);
  app.get(operationPaths.premises.route, may('target.open', IdPath, PremisesQuery), async (request, reply) => {
    const plan = await getPlan(request, request.params.id);
    const access = getPlanAccess(request, plan);
    if (!access.plan) throw notFound('operation');
    const files = access.named ? await readPlanFiles(request, plan.operation.id, null) : undefined;
    const around = {
      made: await madeSeen(request, plan.operation.id),
      page: request.query.page,
      imported: request.query.imported,
      today: request.today,
      files,
    };
    const tabs = listOperationTabs(request, plan.operation, 'premises');
    return reply.sections({ ...premisesListPage(plan, access, around), ...tabs });
  });

  goDecisionRoute(app, madeSeen);
}

function goDecisionRoute(app: App, readVisits: ReturnType<typeof createVisitRecordsReader>): void {
  formRoute(app, operationPaths.goDecision.route, {
    may: may('decision.add', IdPath),
    load: async (request) => {
      const plan = await getPlanOfParticipant(request, request.params.id);
      const name = await readOwnName(request);
      const made = await readVisits(request, plan.operation.id);
      // This form answers the missing decision.
      const advice = checkPlan(plan, request.now, made).filter(({ rule }) => rule !== 'no go');
      const unlawful = listUnlawfulPlaces(plan, advice, made);
      const latest = await listLatestBriefings(request.db, plan.operation.id);
      const briefingReaders = new Map<string, readonly string[]>(latest.map(({ teamId, readBy }) => [teamId, readBy]));
      return { id: newId<'decision'>(), plan, made, advice, name, unlawful, briefingReaders };
    },
    form: ({ unlawful }) => createGoDecisionForm(unlawful.map(({ field }) => field)),
    check: ({ unlawful }, values) => findSilence(values.kind === 'go' ? unlawful : [], values),
    page: ({ plan, advice, unlawful, name, made, briefingReaders }, typed, errors, request) => {
      const may = getPlanPermissions(request, plan);
      const around = { may, name, made, briefingReaders, unlawful, today: request.today };
      return goDecisionPage(plan, advice, around, typed, errors);
    },
    show: (reply, page) => reply.page('operations/plan/form', page),
    saves: 'Decision',
    event: 'decision.written',
    subject: ({ id }) => id,
    details: () => ({ kind: 'collection' }),
    change: async (tx, { id, plan: { operation }, advice, unlawful }, values, request) => {
      if (!mayDecideGo(request)) return refuse('not a commander');
      const { kind, decidedBy, reason, alternative } = values;
      const against = kind === 'go' ? unlawful : [];
      const said = {
        ...{ decidedBy, reason, alternative },
        words: `${kind === 'go' ? 'Go' : 'No-go'} for ${operation.codeName}`,
        against: listObjections(advice),
        despite: joinReasons(against, values),
      };
      await addDecision(tx, { ...createDecision(request, operation.id, null, kind, said), id });
      // Their identifiers are later than that of the go, which orders what was recorded in the same minute.
      await addDecisions(
        tx,
        listLeftOut(against, values).map((visit) => createLeftOutEntry(request, operation.id, visit, decidedBy)),
      );
      return accept(true);
    },
    refusals: { 'not a commander': { '': 'A commander of this operation decides whether it goes ahead. Ask one' } },
    next: (_, { plan }) => operationPaths.operation(plan.operation.id),
  });
}

const findSilence = (unlawful: readonly UnlawfulPlace[], values: object): FormErrors | undefined => {
  const missing = findMissingReasons(unlawful, values);
  const error = 'Enter why it goes ahead despite the legal problem';
  return missing.length > 0 ? Object.fromEntries(missing.map(({ field }) => [field, error])) : undefined;
};

const createLeftOutEntry = (
  request: Request,
  operationId: Plan['operation']['id'],
  { id, words }: { readonly id: string; readonly words: string },
  decidedBy: string,
): Decision =>
  createDecision(request, operationId, id, 'visit left out', {
    words,
    reason: 'It is unlawful as planned, and the commander gave no reason to go ahead there.',
    alternative: null,
    decidedBy,
  });

async function premisesRoutes(app: App, parts: AreaParts): Promise<void> {
  const madeSeen = createVisitRecordsReader(parts);
  app.get(premisesPaths.premises.route, may('target.open', IdPath), async (request, reply) => {
    const { plan, premises } = await getPremisesInPlan(request, request.params.id);
    if (!getPlanAccess(request, plan).plan)
      throw new Problem('forbidden', 'the team sees these premises in its briefing only');
    const here = [
      premises.id,
      ...plan.visits.filter(({ premisesId }) => premisesId === premises.id).map(({ id }) => id),
    ];
    const decisions = plan.decisions.filter(({ about }) => about !== null && here.includes(about as Premises['id']));
    const sight = getPlanAccess(request, plan);
    const made = await madeSeen(request, plan.operation.id);
    const files = await readPlanFiles(request, premises.operationId, premises.id);
    const advice = listAdvice(plan, sight, request.now, made).filter(({ about }) => about.id === premises.id);
    return reply.page('operations/plan/premises', {
      ...premisesPage({ plan, premises, advice, decisions, sight, made, files }, request.today),
      ...listOperationTabs(request, plan.operation, 'premises'),
    });
  });

  app.get(premisesPaths.history.route, may('target.read', IdPath), async (request, reply) => {
    const { plan, premises } = await getPremisesInPlan(request, request.params.id);
    const history = {
      place: await listEarlierVersions(request.db, 'premises', premises.id),
      powers: await store.listVersionsAtPremises(request.db, 'powers', premises.id),
      visits: await store.listVersionsAtPremises(request.db, 'planned_visits', premises.id),
    };
    const all = [...history.place, ...history.powers, ...history.visits];
    const names = await memberNames(
      request.db,
      all.map(({ replacedBy }) => replacedBy),
    );
    return reply.case(historyPage(plan, premises, history, names));
  });

  premisesFormRoutes(app);
}

function premisesFormRoutes(app: App): void {
  premisesFormRoute(app, 'edit', premisesPaths.change.route, {
    form: PremisesForm,
    page: ({ premises, now }) => pages.premisesFormPage(premises, now),
  });
  premisesFormRoute(app, 'risks', premisesPaths.risks.route, {
    form: RisksForm,
    page: ({ premises, now }) => pages.risksPage(premises, now),
  });
  premisesFormRoute(app, 'languages', premisesPaths.languages.route, {
    form: LanguagesForm,
    page: ({ premises, now }) => pages.languagesPage(premises, now),
  });
  premisesFormRoute(app, 'referrer', premisesPaths.referrer.route, {
    form: ReferrerForm,
    page: ({ plan, premises, now }) =>
      pages.referrerPage(premises, plan.agencies, now, findReferrerBefore(plan, premises.id)),
  });
  premisesFormRoute(app, 'no-referrer', premisesPaths.noReferrer.route, {
    form: NoReferrerForm,
    page: ({ premises, now, name }) => pages.noReferrerPage(premises, now, name),
    decide: ({ decidedBy, reason, alternative }, premises) => ({
      changed: { referrerId: null, referrerOnCall: null, referrerContact: null },
      decision: {
        kind: 'no referrer',
        said: { words: `${premises.name}: nobody who can refer`, decidedBy, reason, alternative },
      },
    }),
  });
  premisesFormRoute(app, 'immigration', premisesPaths.immigration.route, {
    form: ImmigrationForm,
    page: ({ plan, premises, now, name }) => {
      const before = findImmigrationBefore(plan, premises.id);
      const { reason, alternative } = before ?? {};
      const reasonHint = before && copiedReasonHint(before);
      return pages.immigrationPage(premises, now, { decidedBy: name, reason, alternative, reasonHint });
    },
    check: ({ plan, premises }, { immigrationEntry: chosen, reason }) => {
      const copied = findCopiedReason(findImmigrationBefore(plan, premises.id), { chosen, reason });
      return copied ? { reason: copied } : undefined;
    },
    decide: ({ immigrationEntry, decidedBy, reason, alternative }, premises) => ({
      changed: { immigrationEntry },
      decision: {
        kind: 'immigration entry',
        said: { words: `${premises.name}: immigration ${wordsOf(immigrationEntry)}`, decidedBy, reason, alternative },
      },
    }),
  });
}

type PremisesChange = {
  readonly changed: Partial<Premises>;
  readonly decision?: {
    readonly kind: DecisionKind;
    readonly said: Pick<Decision, 'words' | 'reason' | 'alternative' | 'decidedBy'>;
  };
};
/** Premises in their plan, and the version that is there now. */
type ShownPremises = { readonly plan: Plan; readonly premises: Premises; readonly now: number; readonly name: string };
type PremisesPart<Form extends z.ZodType> = {
  readonly form: Form;
  readonly page: (shown: ShownPremises, typed: Answers | undefined, errors: FormErrors) => FormPage;
  readonly check?: (shown: ShownPremises, values: z.output<Form>) => FormErrors | undefined;
  /** What is written; what was typed, where nothing is said. */
  readonly decide?: (values: z.output<Form>, premises: Premises) => PremisesChange;
};

/** One part of the premises with a page of its own: shown, read, saved with its earlier version kept, and with its decision where it is one. */
function premisesFormRoute<Form extends z.ZodType<{ base: number }>>(
  app: App,
  name: string,
  route: string,
  { form, page, check, decide = ({ base: _base, ...changed }) => ({ changed }) }: PremisesPart<Form>,
): void {
  formRoute(app, route, {
    may: may('target.change', IdPath),
    load: async (request): Promise<ShownPremises> => {
      const { plan, premises } = await getPremisesInPlan(request, request.params.id);
      const now = await getVersion(request.db, 'premises', premises.id);
      return { plan, premises, now, name: await readOwnName(request) };
    },
    form,
    check: (shown, values) => {
      const { plan, premises } = shown;
      const { referrerId } = decide(values, premises).changed;
      const wrong = referrerId && !plan.agencies.some((one) => one.id === referrerId && mayRefer(one));
      return wrong ? { referrerId: 'Select an organisation that can refer' } : check?.(shown, values);
    },
    page,
    saves: 'Premises',
    event: `premises.${name} changed`,
    subject: ({ premises }) => premises.id,
    details: ({ premises }, values) => ({
      fields: changedFields<object>(premises, { ...premises, ...decide(values, premises).changed }),
    }),
    change: async (tx, { premises }, values, request) => {
      const { changed, decision } = decide(values, premises);
      const { id, operationId } = premises;
      const current = await store.lockPremises(tx, id);
      if ((await getVersion(tx, 'premises', id)) !== values.base) return refuse('changed meanwhile');
      await store.savePremises(tx, { ...current, ...changed });
      if (decision) await addDecision(tx, createDecision(request, operationId, id, decision.kind, decision.said));
      return accept(true);
    },
    refusals: { 'changed meanwhile': editConflict },
    next: (_, { premises }) => premisesPaths.premises(premises.id),
  });
}

export async function operationsRoutes(app: App, parts: AreaParts): Promise<void> {
  await planRoutes(app, parts);
  await premisesRoutes(app, parts);
}
