/** Who may ask what of the check between agencies: planners and commanders for their operations, triage for intelligence. */
import { memberNames } from '../../identity/agencies/index.ts';
import { findPlannedVisit, formatHours, listReadInFull, startOf } from '../../operations/plan/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { fingerprintOf, openExchangeKey } from '../../platform/crypto/exchange-key.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, NothingAsked, readForm } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, may, type Request, saving } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { addDays, longDay } from '../../vocabulary/calendar/days.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { newId } from '../../vocabulary/ids.ts';
import { intelligencePaths, deconflictionPaths as paths } from '../../vocabulary/paths/intelligence.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { type EntityId, entityName } from '../entities/entity.ts';
import { getEntity, openEntities } from '../entities/store.ts';
import { toCheckInputs } from './check-inputs.ts';
import { daysAhead, type Match, stateOfMatch } from './deconfliction.ts';
import * as formPages from './form-pages.ts';
import * as forms from './forms.ts';
import * as pages from './pages.ts';
import * as store from './store.ts';

const matchFields = ['partyName', 'contactName', 'contactTelephone', 'contactHours'];
const mostMatches = 200;
const mostOperations = 50;
const mostHours = 100;
const dayMs = 86_400_000;

export async function deconflictionRoutes(app: App, { keys, origin, mode }: AreaParts): Promise<void> {
  overviewRoute(app, keys);
  matchRoutes(app, keys);
  contactRoute(app);
  hiddenRoutes(app);
  partnerRoutes(app, keys, { origin, isTrial: mode !== 'live' });
  compareRoutes(app, keys);
}

/** The own visit or entity of a match, under the reader's own rights. */
async function showTarget(request: Request, keys: UnitKeys, match: Match): Promise<pages.ShownTarget> {
  if (match.operationId === null) {
    const db = request.look('intelligence entity.shown', match.target, { fields: ['kind', 'content'] });
    const [entity] = await openEntities(db, keys, [match.target as EntityId]);
    const words = entity ? entityName(entity.content) : 'Intelligence that was removed';
    const href = entity && pages.hrefOfEntity(entity.id);
    return { words, href, when: 'No visit is planned', startsAt: undefined };
  }
  const visit = await findPlannedVisit(request.db, match.target);
  if (!visit) return { words: 'A visit that was removed', href: undefined, when: 'Not known', startsAt: undefined };
  const { premises, day } = visit;
  return {
    words: [premises.name, premises.address, premises.town].filter(Boolean).join(', '),
    href: pages.hrefOfPremises(premises.id),
    when: `${longDay(day)}, ${formatHours(visit)}`,
    startsAt: startOf(visit),
  };
}

async function showMatch(request: Request, keys: UnitKeys, match: Match): Promise<pages.ShownMatch> {
  const target = await showTarget(request, keys, match);
  return { match, target, state: stateOfMatch(match, target.startsAt, request.now) };
}

function overviewRoute(app: App, keys: UnitKeys): void {
  app.get(paths.checks.route, may('deconfliction.read'), async (request, reply) => {
    const { db, now, actor } = request;
    const looked = request.look('deconfliction matches.listed', null, { fields: matchFields });
    const matches = await store.listMatches(looked, mostMatches);
    request.returned(matches.map(({ id }) => id));
    const shown: pages.ShownMatch[] = [];
    for (const match of matches) shown.push(await showMatch(request, keys, match));
    const plans = request.can('hidden operation.set');
    const operations = plans ? await listOwnOperations(request) : [];
    const names = new Map(operations.map(({ id, codeName }) => [id as string, codeName]));
    const hidden = plans ? await store.listHidden(db) : [];
    return reply.sections(
      pages.overviewPage({
        contact: await store.findContact(db, actor.agencyId),
        matches: shown,
        partners: await store.listPartners(db),
        hidden: hidden.map((one) => ({ ...one, codeName: names.get(one.operationId) ?? 'An operation' })),
        asked: await store.listAsked(db, new Date(now.getTime() - daysAhead * dayMs), mostHours),
        may: {
          setContact: request.can('deconfliction contact.set'),
          addPartner: request.can('deconfliction partner.add'),
          hide: plans,
        },
      }),
    );
  });
}

function matchRoutes(app: App, keys: UnitKeys): void {
  app.get(paths.match.route, may('deconfliction match.read', forms.MatchPath), async (request, reply) => {
    const db = request.look('deconfliction match.shown', request.params.id, { fields: matchFields });
    const match = await store.getMatch(db, request.params.id);
    const shown = await showMatch(request, keys, match);
    const names = await memberNames(db, match.acknowledgedBy ? [match.acknowledgedBy] : []);
    const acknowledges = request.can('deconfliction match.acknowledge');
    return reply.case(pages.matchPage({ ...shown, names, acknowledges }));
  });
  app.post(
    paths.acknowledge.route,
    saving('Call', may('deconfliction match.acknowledge', forms.MatchPath)),
    async (request, reply) => {
      const { id } = request.params;
      const { actor, now } = request;
      await store.getMatch(request.look('deconfliction match.shown', id, { fields: ['target'] }), id);
      await request.change(
        'deconfliction match.acknowledged',
        id,
        async (tx) => accept(await store.acknowledge(tx, id, actor.memberId as MemberId, now)),
        { fields: ['acknowledgedAt'] },
      );
      return reply.redirect(paths.match(id), 303);
    },
  );
}

function contactRoute(app: App): void {
  formRoute(app, paths.contact.route, {
    may: may('deconfliction contact.set'),
    load: async ({ db, actor }) => {
      const contact = await store.findContact(db, actor.agencyId);
      return { id: contact?.id ?? newId<'deconfliction contact'>(), contact };
    },
    form: forms.ContactForm,
    page: ({ contact }) => formPages.contactPage(contact),
    saves: 'Contact',
    event: 'deconfliction contact.set',
    subject: ({ id }) => id,
    details: () => ({ fields: ['name', 'telephone', 'hours'] }),
    change: async (tx, { id }, values, { actor, now }) => {
      const own = { id, agencyId: actor.agencyId as AgencyId, setBy: actor.memberId as MemberId, setAt: now };
      return accept(await store.saveContact(tx, { ...own, ...values }));
    },
    refusals: {},
    next: () => paths.checks(),
  });
}

/** Those that the member takes part in and the own agency leads. */
async function listOwnOperations({ db, actor: { agencyId, operations } }: Request) {
  const readable = await listReadInFull(db, { agencyId, operations }, mostOperations);
  return readable.filter((one) => operations.includes(one.id) && one.agencyId === agencyId);
}

function hiddenRoutes(app: App): void {
  formRoute(app, paths.hide.route, {
    may: may('hidden operation.set'),
    load: async (request) => {
      const before = new Set((await store.listHidden(request.db)).map(({ operationId }) => operationId));
      const operations = (await listOwnOperations(request)).filter(({ id }) => !before.has(id));
      return { id: newId<'hidden operation'>(), operations };
    },
    form: forms.HideForm,
    page: ({ operations }) => formPages.hidePage(operations),
    saves: 'Decision',
    event: 'hidden operation.set',
    subject: ({ id }) => id,
    details: () => ({ fields: ['reason'] }),
    change: async (tx, { id, operations }, { operationId, reason }, { actor, now }) => {
      if (!operations.some(({ id }) => id === operationId)) return refuse('not yours');
      const own = { agencyId: actor.agencyId as AgencyId, hiddenBy: actor.memberId as MemberId, hiddenAt: now };
      return accept(await store.hideOperation(tx, { id, operationId, reason, ...own }));
    },
    refusals: forms.hideErrors,
    next: () => paths.checks(),
  });
  formRoute(app, paths.show.route, {
    may: may('hidden operation.end', forms.HiddenPath),
    load: async (request) => {
      const hidden = await store.getHidden(request.db, request.params.id);
      const operations = await listOwnOperations(request);
      return { hidden, codeName: operations.find(({ id }) => id === hidden.operationId)?.codeName ?? 'An operation' };
    },
    form: NothingAsked,
    page: ({ hidden, codeName }) => formPages.showPage(hidden, codeName),
    saves: 'Decision',
    event: 'hidden operation.ended',
    subject: ({ hidden }) => hidden.id,
    details: () => ({ kind: 'erasure', fields: ['reason'] }),
    change: async (tx, { hidden }) => accept(await store.showOperation(tx, hidden.operationId)),
    refusals: {},
    next: () => paths.checks(),
  });
}

type Instance = { readonly origin: string; readonly isTrial: boolean };

function partnerRoutes(app: App, keys: UnitKeys, { origin, isTrial }: Instance): void {
  const own = ({ actor }: Request) => ({ key: openExchangeKey(keys), origin, agencyId: actor.agencyId });
  app.get(paths.addPartner.route, may('deconfliction partner.add'), async (request, reply) =>
    reply.form(formPages.partnerPage(own(request))),
  );
  // Not a form route: it has two steps. The line is pasted, then its fingerprint is shown and compared.
  app.post(paths.addPartner.route, saving('Partner', may('deconfliction partner.add')), async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(forms.PartnerForm(isTrial), request.body);
    if (!form.ok) return reply.form(formPages.partnerPage(own(request)), typed, form.errors);
    const { values } = form;
    const ownKey = openExchangeKey(keys).publicKey;
    if (values.line.publicKey === ownKey)
      return reply.form(formPages.partnerPage(own(request)), typed, {
        line: 'This line is of your own Safelight, whose agencies are compared without it. Paste the line of the other agency',
      });
    const isShown = values.shown === fingerprintOf(values.line.publicKey);
    if (!isShown || values.compared !== 'yes')
      return reply.form(
        formPages.comparePartnerPage(values, fingerprintOf(ownKey)),
        isShown ? typed : undefined,
        isShown ? formPages.askedToCompare : undefined,
      );
    await keepPartner(request, values);
    return reply.redirect(paths.checks(), 303);
  });
  formRoute(app, paths.endPartner.route, {
    may: may('deconfliction partner.end', forms.PartnerPath),
    load: ({ db, params }) => store.getPartner(db, params.id),
    form: NothingAsked,
    page: formPages.endPartnerPage,
    saves: 'Partner',
    event: 'deconfliction partner.ended',
    subject: ({ id }) => id,
    details: () => ({ fields: ['endedAt'] }),
    change: async (tx, { id }, _, { actor, now }) =>
      (await store.endPartner(tx, id, actor.memberId as MemberId, now)) ? accept(true) : refuse('ended before'),
    refusals: forms.partnerErrors,
    next: () => paths.checks(),
  });
}

/** Once, however often it is pressed. */
async function keepPartner(request: Request, { name, line }: forms.PartnerAnswers): Promise<void> {
  const { db, actor, now } = request;
  const known = (await store.listPartners(db)).some(
    (one) => one.endedAt === null && one.publicKey === line.publicKey && one.theirAgency === line.agencyId,
  );
  if (known) return;
  const id = newId<'deconfliction partner'>();
  const own = { agencyId: actor.agencyId as AgencyId, addedBy: actor.memberId as MemberId, addedAt: now };
  const theirs = { origin: line.origin, theirAgency: line.agencyId, publicKey: line.publicKey };
  await request.change(
    'deconfliction partner.added',
    id,
    async (tx) => accept(await store.addPartner(tx, { id, name, ...theirs, ...own })),
    { kind: 'collection', fields: ['name', 'origin', 'publicKey'] },
  );
}

function compareRoutes(app: App, keys: UnitKeys): void {
  const load = async (request: Request & { readonly params: { readonly id: EntityId } }) => {
    const db = request.look('intelligence entity.shown', request.params.id, { fields: ['kind', 'content'] });
    const entity = await getEntity(db, keys, request.params.id);
    return { entity, until: addDays(request.today, daysAhead) };
  };
  formRoute(app, paths.compare.route, {
    may: may('deconfliction subject.add', forms.ComparePath),
    load,
    form: NothingAsked,
    page: ({ entity: { id, content }, until }) =>
      formPages.comparePage(content, id, until, toCheckInputs(content).length > 0),
    saves: 'Decision',
    event: 'deconfliction subject.added',
    subject: ({ entity }) => entity.id,
    details: () => ({ fields: ['until'] }),
    change: async (tx, { entity, until }, _, { actor, now }) => {
      const inputs = toCheckInputs(entity.content);
      if (inputs.length === 0) return refuse('too little known');
      const own = { agencyId: actor.agencyId as AgencyId, addedBy: actor.memberId as MemberId, addedAt: now };
      return accept(await store.addSubject(tx, keys, { id: entity.id, until, ...own }, inputs));
    },
    refusals: forms.compareErrors,
    next: (_, { entity }) => intelligencePaths.entity(entity.id),
  });
  formRoute(app, paths.stopComparing.route, {
    may: may('deconfliction subject.end', forms.ComparePath),
    load: async (request) => {
      if (!(await store.findSubject(request.db, request.params.id))) throw notFound('compared entry');
      return load(request);
    },
    form: NothingAsked,
    page: ({ entity: { id, content } }) => formPages.stopComparingPage(content, id),
    saves: 'Decision',
    event: 'deconfliction subject.ended',
    subject: ({ entity }) => entity.id,
    details: () => ({ kind: 'erasure', fields: ['until'] }),
    change: async (tx, { entity }) => accept(await store.endSubject(tx, entity.id)),
    refusals: {},
    next: (_, { entity }) => intelligencePaths.entity(entity.id),
  });
}
