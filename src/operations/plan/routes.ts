/** Who may ask what of a plan and of the premises in it: read, decide, change, answer. */
import { z } from 'zod';
import { memberNames } from '../../identity/agencies/index.ts';
import type { AnyTables, Reader, Writer } from '../../platform/database/database.ts';
import { getVersion, listEarlierVersions } from '../../platform/database/earlier-versions.ts';
import { editConflict } from '../../platform/forms/correction.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound, Problem } from '../../platform/http/problem.ts';
import {
  type Answers,
  type App,
  type FormErrors,
  may,
  type Reply,
  type Request,
  readForm,
} from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery } from '../../platform/rendering/paging.ts';
import type { Model } from '../../platform/rendering/views.ts';
import { type MemberId, newId, type OperationId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { matchLookup } from '../../vocabulary/visibility.ts';
import { listObjections, type PlanPermissions } from '../plan-check/advice-model.ts';
import type { Plan } from '../plan-check/entry-check.ts';
import { checkPlan, withoutDecisions } from '../plan-check/plan-check.ts';
import type { Decision, DecisionKind } from '../policy-log/decision.ts';
import { addDecision } from '../policy-log/store.ts';
import { listTeamDays, type TeamDay } from '../premises-restriction/store.ts';
import { isLedBy } from '../weeks/operation.ts';
import { changedFields } from '../weeks/routes.ts';
import { getOperation } from '../weeks/store.ts';
import { historyPage } from './entry-pages.ts';
import {
  GoDecisionForm,
  ImmigrationForm,
  LanguagesForm,
  NoReferrerForm,
  PremisesForm,
  ReferrerForm,
  RisksForm,
} from './forms.ts';
import {
  immigrationPage,
  languagesPage,
  noReferrerPage,
  premisesFormPage,
  premisesPage,
  referrerPage,
  risksPage,
} from './pages.ts';
import { goDecisionPage, type PlanAccess, planPage } from './plan-pages.ts';
import { mayRefer, type Premises } from './premises.ts';
import * as store from './store.ts';
import type { VisitRecords } from './visit-outcome.ts';

const IdPath = z.object({ id: z.uuid() });

/** One plan, as far as the member may see it. */
export async function getPlan(request: Request, operationId: string): Promise<Plan> {
  const plan = await loadPlan(request.look('plan.shown', operationId, { fields: ['premises', 'powers'] }), operationId);
  request.returned(plan.premises.map(({ id }) => id));
  return plan;
}

async function loadPlan(db: Reader<AnyTables>, operationId: string): Promise<Plan> {
  const [plan] = await store.listPlans(db, [await getOperation(db, operationId)]);
  if (!plan) throw notFound('operation');
  return plan;
}

/** The visits that were begun, as far as the reader may see them: the areas that record visits list them. */
const createVisitRecordsReader =
  ({ areas }: AreaParts) =>
  async (request: Request): Promise<VisitRecords> => {
    const lists = areas.flatMap(({ visitStates }) => visitStates ?? []);
    const made = await Promise.all(lists.map((list) => list(request.db)));
    return new Map(made.flat().map((one) => [one.id, one]));
  };

/** What the member may do with this plan: as a participant, by role, and by the leading agency. */
function getPlanPermissions(request: Request, { operation }: Pick<Plan, 'operation'>): PlanPermissions {
  const named = request.actor.operations.includes(operation.id);
  return {
    change: named && request.can('target.plan'),
    leads: request.can('taking part.change') && isLedBy(operation, request.actor.agencyId),
    decide: named && request.can('decision.add'),
  };
}

function getPlanAccess(request: Request, plan: Plan, days: readonly TeamDay[] = []): PlanAccess {
  const { actor } = request;
  const { id } = plan.operation;
  const [named, glass] = [actor.operations.includes(id), actor.glassOperation === id];
  const mending = getPlanPermissions(request, plan);
  const plans = named && request.can('target.read');
  return {
    ...mending,
    plan: plans || glass,
    visits: named && request.can('visit.read'),
    teams: request.can('briefing.read') ? actor.teams : [],
    briefings: request.can('briefing.read'),
    days,
    named,
    times: (named || mending.leads) && request.can('briefing time.set'),
    glass,
    mayBreak: request.can('break-glass.start') && actor.partnerOperations.includes(id) && !glass,
  };
}

/** Emergency access shows the plan without its policy log. */
const listAdvice = (plan: Plan, { named }: PlanAccess, today: string) =>
  named ? checkPlan(plan, today) : withoutDecisions(checkPlan(plan, today));

/** A new entry of the policy log, made by the member of this request. */
export function createDecision(
  request: Request,
  operationId: OperationId,
  about: string | null,
  kind: DecisionKind,
  said: Pick<Decision, 'words' | 'reason' | 'alternative' | 'decidedBy'> &
    Partial<Pick<Decision, 'against' | 'despite'>>,
): Decision {
  return {
    id: newId(),
    operationId,
    about,
    kind,
    against: [],
    despite: null,
    ...said,
    recordedBy: request.actor.memberId as MemberId,
    recordedAt: request.now,
  };
}

async function planRoutes(app: App, parts: AreaParts): Promise<void> {
  const madeSeen = createVisitRecordsReader(parts);
  app.get('/operations/:id', may('operation.read', IdPath, PageQuery), async (request, reply) => {
    const plan = await getPlan(request, request.params.id);
    const sight = getPlanAccess(request, plan, await listTeamDays(request.db));
    const advice = sight.plan ? listAdvice(plan, sight, request.today) : [];
    const { page } = request.query;
    const made = await madeSeen(request);
    return reply.page('operations/plan/plan', planPage(plan, advice, sight, { made, page, today: request.today }));
  });

  app.get('/operations/:id/proceed', may('decision.add', IdPath), async (request, reply) => {
    const plan = await getPlanOfParticipant(request, request.params.id);
    return reply.page(
      'operations/plan/form',
      goDecisionPage(plan, checkPlan(plan, request.today), getPlanPermissions(request, plan)),
    );
  });

  app.post('/operations/:id/proceed', may('decision.add', IdPath), async (request, reply) => {
    const plan = await getPlanOfParticipant(request, request.params.id);
    const advice = checkPlan(plan, request.today);
    const again = (errors: FormErrors) =>
      reply.page(
        'operations/plan/form',
        goDecisionPage(plan, advice, getPlanPermissions(request, plan), answersOf(request.body), errors),
      );
    const form = readForm(GoDecisionForm, request.body);
    if (!form.ok) return again(form.errors);
    const { kind, despite, ...rest } = form.values;
    const unlawful = kind === 'go' && advice.some((one) => one.kind === 'unlawful');
    if (unlawful && !despite) return again({ despite: 'Say why it goes ahead although something unlawful stands' });
    const said = { ...rest, against: listObjections(advice), despite: unlawful ? despite : null };
    const { id, codeName } = plan.operation;
    const words = `${kind === 'go' ? 'Go' : 'No-go'} for ${codeName}`;
    const decision = createDecision(request, id, null, kind, { words, ...said });
    await request.change('decision.written', decision.id, async (tx) => accept(await addDecision(tx, decision)), {
      kind: 'collection',
    });
    return reply.redirect(`/staff/operations/${id}`, 303);
  });

  app.get('/operations/:id/premises/new', may('target.plan', IdPath), async (request, reply) => {
    const { operation } = await getPlanOfParticipant(request, request.params.id);
    return reply.page('platform/form', premisesFormPage(operation, {}));
  });

  app.post('/operations/:id/premises/new', may('target.plan', IdPath), async (request, reply) => {
    const { operation } = await getPlanOfParticipant(request, request.params.id);
    const form = readForm(PremisesForm, request.body);
    if (!form.ok)
      return reply.page('platform/form', premisesFormPage(operation, {}, answersOf(request.body), form.errors));
    const { base: _new, ...place } = form.values;
    const premises: Premises = {
      id: newId(),
      operationId: operation.id,
      ...place,
      risks: null,
      languages: [],
      interpreter: null,
      referrerId: null,
      referrerOnCall: null,
      referrerContact: null,
      immigrationEntry: null,
    };
    const add = async (tx: Writer<store.PlanTables>) => accept(await store.addPremises(tx, premises));
    await request.change('premises.added', premises.id, add, { kind: 'collection', fields: Object.keys(place) });
    return reply.redirect(`/staff/premises/${premises.id}`, 303);
  });
}

/** The plan, for who takes part in it by name; for others there is nothing here. */
async function getPlanOfParticipant(request: Request, id: string): Promise<Plan> {
  if (!request.actor.operations.includes(id)) throw notFound('operation');
  return getPlan(request, id);
}

/** One of the premises with the plan around it. */
export async function getPremisesInPlan(request: Request, id: string): Promise<{ plan: Plan; premises: Premises }> {
  const db = request.look('premises.shown', id, { fields: ['address', 'reason', 'risks', 'powers', 'visits'] });
  const premises = matchLookup(await store.lookUpPremises(db, id, 'operation'), {
    full: (place) => place,
    restricted: () => undefined,
    nothing: () => undefined,
  });
  if (!premises) throw notFound('premises');
  return { plan: await loadPlan(db, premises.operationId), premises };
}

async function premisesRoutes(app: App, parts: AreaParts): Promise<void> {
  const madeSeen = createVisitRecordsReader(parts);
  app.get('/premises/:id', may('target.open', IdPath), async (request, reply) => {
    const { plan, premises } = await getPremisesInPlan(request, request.params.id);
    if (!getPlanAccess(request, plan).plan)
      throw new Problem('forbidden', 'the team sees these premises in its briefing only');
    const here = [
      premises.id,
      ...plan.visits.filter(({ premisesId }) => premisesId === premises.id).map(({ id }) => id),
    ];
    const decisions = plan.decisions.filter(({ about }) => about !== null && here.includes(about as Premises['id']));
    const sight = getPlanAccess(request, plan);
    const advice = listAdvice(plan, sight, request.today).filter(({ about }) => about.id === premises.id);
    const made = await madeSeen(request);
    return reply.page(
      'operations/plan/premises',
      premisesPage({ plan, premises, advice, decisions, sight, made }, request.today),
    );
  });

  app.get('/premises/:id/history', may('target.read', IdPath), async (request, reply) => {
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
    return reply.page('platform/page', historyPage(plan, premises, history, names));
  });

  premisesFormRoutes(app, 'edit', PremisesForm, (premises, base, { plan }, typed, errors) =>
    premisesFormPage(plan.operation, { premises, base }, typed, errors),
  );
  premisesFormRoutes(app, 'risks', RisksForm, (premises, base, _around, typed, errors) =>
    risksPage(premises, base, typed, errors),
  );
  premisesFormRoutes(app, 'languages', LanguagesForm, (premises, base, _around, typed, errors) =>
    languagesPage(premises, base, typed, errors),
  );
  premisesFormRoutes(app, 'referrer', ReferrerForm, (premises, base, { plan }, typed, errors) =>
    referrerPage(premises, plan.agencies, base, typed, errors),
  );
  premisesFormRoutes(
    app,
    'no-referrer',
    NoReferrerForm,
    (premises, base, _around, typed, errors) => noReferrerPage(premises, base, typed, errors),
    ({ decidedBy, reason, alternative }, premises) => ({
      changed: { referrerId: null, referrerOnCall: null, referrerContact: null },
      decision: {
        kind: 'no referrer',
        said: { words: `${premises.name}: nobody who can refer`, decidedBy, reason, alternative },
      },
    }),
  );
  premisesFormRoutes(
    app,
    'immigration',
    ImmigrationForm,
    (premises, base, _around, typed, errors) => immigrationPage(premises, base, typed, errors),
    ({ immigrationEntry, decidedBy, reason, alternative }, premises) => ({
      changed: { immigrationEntry },
      decision: {
        kind: 'immigration entry',
        said: { words: `${premises.name}: immigration ${immigrationEntry}`, decidedBy, reason, alternative },
      },
    }),
  );
}

type PremisesChange = {
  readonly changed: Partial<Premises>;
  readonly decision?: {
    readonly kind: DecisionKind;
    readonly said: Pick<Decision, 'words' | 'reason' | 'alternative' | 'decidedBy'>;
  };
};
type PremisesFormPage = (
  premises: Premises,
  base: number,
  around: { readonly plan: Plan },
  typed?: Answers,
  errors?: FormErrors,
) => Model;

/** One part of the premises with a page of its own: shown, read, saved with its earlier version kept, and with its decision where it is one. */
function premisesFormRoutes<Form extends z.ZodType<{ base: number }>>(
  app: App,
  name: string,
  schema: Form,
  page: PremisesFormPage,
  decide: (values: z.output<Form>, premises: Premises) => PremisesChange = ({ base: _base, ...changed }) => ({
    changed,
  }),
): void {
  const shown = async (request: Request, id: string) => {
    const { plan, premises } = await getPremisesInPlan(request, id);
    return { plan, premises, now: await getVersion(request.db, 'premises', premises.id) };
  };

  app.get(`/premises/:id/${name}`, may('target.change', IdPath), async (request, reply) => {
    const { plan, premises, now } = await shown(request, request.params.id);
    return reply.page('platform/form', page(premises, now, { plan }));
  });

  app.post(`/premises/:id/${name}`, may('target.change', IdPath), async (request, reply) => {
    const { plan, premises, now } = await shown(request, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page(premises, now, { plan }, answersOf(request.body), errors));
    const form = readForm(schema, request.body);
    if (!form.ok) return again(form.errors);
    const { changed, decision } = decide(form.values, premises);
    const wrong = changed.referrerId && !plan.agencies.some((one) => one.id === changed.referrerId && mayRefer(one));
    if (wrong) return again({ referrerId: 'Select an organisation that can refer' });
    const saved = await request.change(
      `premises.${name} changed`,
      premises.id,
      async (tx) => {
        const current = await store.lockPremises(tx, premises.id);
        if ((await getVersion(tx, 'premises', premises.id)) !== form.values.base) return refuse('changed meanwhile');
        await store.savePremises(tx, { ...current, ...changed });
        if (decision)
          await addDecision(
            tx,
            createDecision(request, premises.operationId, premises.id, decision.kind, decision.said),
          );
        return accept(true);
      },
      { fields: changedFields<object>(premises, { ...premises, ...changed }) },
    );
    if (!saved.ok) return again(editConflict);
    return redirectToPremises(reply, premises);
  });
}

export const redirectToPremises = (reply: Reply, premises: Pick<Premises, 'id'>, anchor = '') =>
  reply.redirect(`/staff/premises/${premises.id}${anchor}`, 303);

export async function operationsRoutes(app: App, parts: AreaParts): Promise<void> {
  await planRoutes(app, parts);
  await premisesRoutes(app, parts);
}
