/** Routes for retention: set rules, place holds, order erasures, see what is due and what was erased. */

import { z } from 'zod';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { Problem } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
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

const path = page.home.replace('/staff', '');
const shownFields = ['class', 'hold', 'review', 'due'];

export async function retentionRoutes(app: App, { keys }: AreaParts): Promise<void> {
  await rulesRoutes(app, keys);
  await recordRoutes(app, keys);

  app.get(`${path}/certificates`, may('erasure certificate.read', z.unknown(), PageQuery), async (request, reply) => {
    const asked = { page: request.query.page, size: pageSize };
    const { certificates, total } = await store.listCertificates(request.db, asked);
    const pages = paginate(asked.page, pageSize, total, (to) => withQuery(`${page.home}/certificates`, { page: to }));
    return reply.page('platform/page', page.certificatesPage(certificates, pages));
  });
}

async function rulesRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(path, may('kept person.read'), async (request, reply) => {
    const db = request.look('kept people.listed', null, { fields: shownFields });
    const rules = await store.listRules(db);
    const all = await store.listRetainedItems(db);
    const judged = all.map((kept) => ({ kept, stands: itemStatus(kept, rules, request.today) }));
    const open = await store.listOpenFacts(db, keys);
    const named = [...page.listNextErasures(judged), ...page.listItemsToReview(judged)].map(({ kept }) => kept.id);
    request.returned([...new Set([...named, ...open.map(aboutOf)])]);
    const sets = request.can('keeping.set');
    return reply.page('platform/page', page.retentionPage({ judged, rules, open, today: request.today, sets }));
  });

  app.get(`${path}/rule`, may('keeping.set'), async (request, reply) =>
    reply.page('platform/form', page.rulePage(request.today, newTimelessId())),
  );

  app.post(`${path}/rule`, may('keeping.set'), async (request, reply) => {
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page.rulePage(request.today, newTimelessId(), answersOf(request.body), errors));
    const form = readForm(RuleForm, request.body);
    if (!form.ok) return again(form.errors);
    if (form.values.validFrom < request.today) return again(page.tooEarly);
    const { memberId, agencyId } = request.actor;
    const { notBeforeAge, ...said } = form.values;
    const rule: AgencyRetentionRule = {
      ...said,
      agencyId: agencyId as AgencyId,
      notBeforeAge: notBeforeAge === 'no' ? null : Number(notBeforeAge),
      saidOn: request.today,
      setBy: memberId as MemberId,
      setAt: floorToHour(request.now),
    };
    await request.change('keeping.rule set', rule.id, async (tx) => accept(await store.addRule(tx, rule)), {
      fields: ['months'],
    });
    return reply.redirect(page.home, 303);
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
  app.get(`${path}/:id`, may('kept person.read', IdPath), async (request, reply) =>
    reply.page('platform/form', page.recordPage(await recordOf(request, keys, request.params.id), newTimelessId())),
  );

  app.post(`${path}/:id`, may('kept person.say', IdPath), async (request, reply) => {
    const shown = await recordOf(request, keys, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', page.recordPage(shown, newTimelessId(), answersOf(request.body), errors));
    const form = readForm(StatementForm, request.body);
    if (!form.ok) return again(form.errors);
    const { id, saying, because, reviewOn } = form.values;
    const there = `${page.home}/${shown.kept.id}`;
    // A repeated form records the fact once.
    if (shown.facts.some((fact) => fact.id === id)) return reply.redirect(there, 303);
    const wrong = checkStatement(saying, reviewOn, { of: shown.stands, today: request.today, orders: shown.orders });
    if (wrong) return again(page.refusals[wrong]);
    const { memberId, agencyId } = request.actor;
    const { what, detail } = statements[saying];
    const fact = {
      id,
      personId: shown.kept.kind === 'record' ? shown.kept.id : null,
      encounterId: shown.kept.kind === 'meeting' ? shown.kept.id : null,
      agencyId: agencyId as AgencyId,
      what,
      detail,
      reason: because,
      reviewOn: saying === 'held' ? reviewOn : null,
      saidOn: request.today,
      saidBy: memberId as MemberId,
      endedOn: null,
      endedBy: null,
    };
    const said = await request.change(
      `kept person.${what === 'hold' ? 'held' : what === 'asked to go' ? 'ordered to go' : 'said'}`,
      shown.kept.id,
      async (tx) => {
        if (what === 'asked to go' && !(await store.isErasureRequested(tx, shown.kept.id))) return refuse('not asked');
        return store.addFact(tx, keys, fact);
      },
      { fields: [what] },
    );
    if (!said.ok) return again(page.refusals[said.refusal]);
    return reply.redirect(there, 303);
  });

  /** Only the data-protection lead ends a court’s hold. */
  const own = async (request: Request, id: string) => {
    const fact = await store.getFact(request.look('keeping fact.shown', id, { fields: ['reason'] }), keys, id);
    if (fact.what === 'hold' && !request.can('keeping.set')) throw new Problem('forbidden', 'not theirs to end');
    return fact;
  };
  app.get(`${path}/facts/:id/end`, may('kept person.end', IdPath), async (request, reply) =>
    reply.page('platform/form', page.endPage(await own(request, request.params.id))),
  );
  app.post(`${path}/facts/:id/end`, may('kept person.end', IdPath), async (request, reply) => {
    const fact = await own(request, request.params.id);
    const ended = await request.change('kept person.held no longer', aboutOf(fact), async (tx) =>
      (await store.endFact(tx, fact.id, request.actor.memberId as MemberId, request.today))
        ? accept(true)
        : refuse('ended already'),
    );
    if (!ended.ok) return reply.page('platform/form', page.endPage(fact, page.endedAlready));
    return reply.redirect(`${page.home}/${aboutOf(fact)}`, 303);
  });
}
