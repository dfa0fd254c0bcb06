/** Routes for retention: set rules, place holds, order erasures, see what is due and what was erased. */

import { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { answersOf, NothingAsked } from '../../platform/forms/forms.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { retentionPaths } from '../../vocabulary/paths/safeguarding/retention.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import {
  type AgencyRetentionRule,
  aboutOf,
  checkStatement,
  itemStatus,
  type RetainedItem,
  statements,
} from './erasure.ts';
import { IdPath, RuleForm, StatementForm } from './forms.ts';
import * as page from './pages.ts';
import * as store from './store.ts';

const shownFields = ['class', 'hold', 'review', 'due'];

export async function retentionRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await rulesRoutes(app, keys);
  await recordRoutes(app, keys);

  app.get(
    retentionPaths.certificates.route,
    may('erasure certificate.read', z.unknown(), PageQuery),
    async (request, reply) => {
      const asked = { page: request.query.page, size: pageSize };
      const { certificates, total } = await store.listCertificates(request.db, asked);
      const pages = paginate(asked.page, pageSize, total, (to) =>
        withQuery(retentionPaths.certificates(), { page: to }),
      );
      return reply.list(page.certificatesPage(certificates, pages));
    },
  );
}

async function rulesRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(retentionPaths.list.route, may('kept person.read'), async (request, reply) => {
    const db = request.look('kept people.listed', null, { fields: shownFields });
    const rules = await store.listRules(db);
    const all = await store.listRetainedItems(db);
    const judged = all.map((kept) => ({ kept, stands: itemStatus(kept, rules, request.today) }));
    const open = await store.listOpenFacts(db, keys);
    const named = [...page.listNextErasures(judged), ...page.listItemsToReview(judged)].map(({ kept }) => kept.id);
    request.returned([...new Set([...named, ...open.map(aboutOf)])]);
    const sets = request.can('keeping.set');
    return reply.sections(page.retentionPage({ judged, rules, open, today: request.today, sets }));
  });

  formRoute(app, retentionPaths.rule.route, {
    may: may('keeping.set'),
    load: async () => undefined,
    form: RuleForm,
    check: (_, { validFrom }, { today }) => (validFrom < today ? page.tooEarly : undefined),
    page: (_, _typed, _errors, { today }) => page.rulePage(today, newTimelessId()),
    event: 'keeping.rule set',
    subject: (_, { id }) => id,
    details: () => ({ fields: ['months'] }),
    change: async (tx, _, { notBeforeAge, ...said }, { actor, now, today }) => {
      const rule: AgencyRetentionRule = {
        ...said,
        agencyId: actor.agencyId as AgencyId,
        notBeforeAge: notBeforeAge === 'no' ? null : Number(notBeforeAge),
        recordedOn: today,
        setBy: actor.memberId as MemberId,
        setAt: floorToHour(now),
      };
      return accept(await store.addRule(tx, rule));
    },
    refusals: {},
    next: () => retentionPaths.list(),
  });
}

/** One record’s retention, with the facts recorded about it. */
async function recordOf(request: Request, keys: UnitKeys, id: string) {
  const db = request.look('kept person.shown', id, { fields: shownFields, owner: request.actor.agencyId });
  const kept: RetainedItem = await store.getRetainedItem(db, id);
  const facts = await store.listFacts(db, keys, id);
  const stands = itemStatus(kept, await store.listRules(db), request.today);
  // The data-protection lead may order an erasure.
  return {
    kept,
    facts,
    stands,
    orders: request.can('keeping.set'),
    says: request.can('kept person.say'),
    reads: kept.kind === 'record' ? request.can('person.read') : await opensNote(request, kept),
  };
}

/** Whether the member can open the note. Its retention is shown even to members who cannot. */
const opensNote = async (request: Request, { noteId }: RetainedItem): Promise<boolean> =>
  noteId !== null && request.can('note.read') && request.under('note.read', (db) => store.opensNote(db, noteId));

async function recordRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(retentionPaths.record.route, may('kept person.read', IdPath), async (request, reply) =>
    reply.form(page.recordPage(await recordOf(request, keys, request.params.id), newTimelessId())),
  );

  // Not a form route: more people may see it than may say something.
  app.post(retentionPaths.record.route, may('kept person.say', IdPath), async (request, reply) => {
    const shown = await recordOf(request, keys, request.params.id);
    const again = (errors: FormErrors) =>
      reply.form(page.recordPage(shown, newTimelessId()), answersOf(request.body), errors);
    const form = readForm(StatementForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, saying, reviewOn } = form.values;
    const there = retentionPaths.record(shown.kept.id);
    // A repeated form records the fact once.
    if (shown.facts.some((fact) => fact.id === id)) return reply.redirect(there, 303);
    const wrong = checkStatement(saying, reviewOn, { of: shown.stands, today: request.today, orders: shown.orders });
    if (wrong) return again(page.refusals[wrong]);
    const fact = composeFact(request, shown.kept, form.values);
    const said = await request.change(
      `kept person.${fact.what === 'hold' ? 'held' : fact.what === 'asked to go' ? 'ordered to go' : 'said'}`,
      shown.kept.id,
      async (tx) => {
        if (fact.what === 'asked to go' && !(await store.isErasureRequested(tx, shown.kept.id)))
          return refuse('not asked');
        return store.addFact(tx, keys, fact);
      },
      { fields: [fact.what] },
    );
    return said.ok ? reply.redirect(there, 303) : again(page.refusals[said.refusal]);
  });

  factEndRoute(app, keys);
}

function factEndRoute(app: App, keys: UnitKeys): void {
  formRoute(app, retentionPaths.factEnd.route, {
    may: may('kept person.end', IdPath),
    load: async (request) => {
      const { id } = request.params;
      const fact = await store.getFact(request.look('keeping fact.shown', id, { fields: ['reason'] }), keys, id);
      // Only the data-protection lead ends a court’s hold.
      if (fact.what === 'hold' && !request.can('keeping.set')) throw new Problem('forbidden', 'not theirs to end');
      return fact;
    },
    form: NothingAsked,
    page: page.endPage,
    event: 'kept person.held no longer',
    subject: aboutOf,
    change: async (tx, fact, _, { actor, today }) =>
      (await store.endFact(tx, fact.id, actor.memberId as MemberId, today)) ? accept(true) : refuse('ended already'),
    refusals: { 'ended already': page.endedAlready },
    next: (_, fact) => retentionPaths.record(aboutOf(fact)),
  });
}

function composeFact(
  { actor, today }: Request,
  { kind, id: keptId }: RetainedItem,
  { id, saying, because, reviewOn }: z.output<typeof StatementForm>,
) {
  return {
    id,
    personId: kind === 'record' ? keptId : null,
    encounterId: kind === 'meeting' ? keptId : null,
    agencyId: actor.agencyId as AgencyId,
    ...statements[saying],
    reason: because,
    reviewOn: saying === 'held' ? reviewOn : null,
    recordedOn: today,
    recordedBy: actor.memberId as MemberId,
    endedOn: null,
    endedBy: null,
  };
}
