/** Routes of the enforcement side: make a victim information request and see its answer. */
import { listAgencies } from '../../identity/agencies/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import type { HomeItems } from '../../platform/http/home.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { type AgencyId, type MemberId, newId } from '../../vocabulary/ids.ts';
import { accept } from '../../vocabulary/result.ts';
import { decisionsHome } from './decision-pages.ts';
import { decisionRoutes } from './decision-routes.ts';
import { AskForm, RequestPath, TestAnswer, testField } from './forms.ts';
import { editionOn, testsOf } from './law.ts';
import { askPage, askRefusals, home, requestPage, requestsPage } from './pages.ts';
import { auditRequestRead } from './reads.ts';
import { asksForCounselling, dueOf, type InformationRequest, mayAsk } from './request.ts';
import * as store from './store.ts';

export const requestFields = ['who', 'reference', 'kinds', 'tests', 'handling', 'notice', 'noticeWhy', 'words'];

export async function informationRequestRoutes(app: App, parts: AreaParts): Promise<void> {
  await requestListRoutes(app, parts.keys);
  await newRequestRoutes(app, parts.keys);
  await decisionRoutes(app, parts);
}

const readAgencies = (request: Request) => request.under('agency.read', listAgencies);
const namesOf = (agencies: Awaited<ReturnType<typeof readAgencies>>) =>
  new Map(agencies.map(({ id, name }) => [id as string, name]));

const isPolice = (agencies: Awaited<ReturnType<typeof readAgencies>>, id: string): boolean =>
  ['police force', 'regional crime unit'].includes(agencies.find((one) => one.id === id)?.kind ?? '');

async function requestListRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get('/information-requests', may('information request.read'), async (request, reply) => {
    const all = await store.listRequests(
      auditRequestRead(request, 'information requests.listed', null, requestFields),
      keys,
    );
    request.returned(all.map(({ request: { id } }) => id));
    const agencies = await readAgencies(request);
    const asks = request.can('information request.ask') && isPolice(agencies, request.actor.agencyId);
    return reply.page('platform/page', requestsPage(all, namesOf(agencies), { now: request.now, asks }));
  });

  app.get('/information-requests/:id', may('information request.read', RequestPath), async (request, reply) => {
    const { id } = request.params;
    const db = auditRequestRead(request, 'information request.shown', id, requestFields);
    const asked = await store.getRequest(db, keys, id);
    const agencies = namesOf(await readAgencies(request));
    const mine = asked.request.recipient === request.actor.agencyId && request.can('information decision.make');
    const decide = mine ? `${decisionsHome}/${id}/decide` : undefined;
    return reply.page('platform/page', requestPage(asked, agencies, { now: request.now, decide }));
  });
}

async function newRequestRoutes(app: App, keys: UnitKeys): Promise<void> {
  const around = async (request: Request) => {
    const agencies = await readAgencies(request);
    return {
      recipients: agencies.filter(({ side, kind }) => side === 'help' && kind !== 'coordinator'),
      police: isPolice(agencies, request.actor.agencyId),
      edition: editionOn(request.today),
    };
  };

  app.get('/information-requests/new', may('information request.ask'), async (request, reply) => {
    const { recipients, police, edition } = await around(request);
    const errors = police ? {} : askRefusals['not police'];
    return reply.page('platform/form', { ...askPage(edition, recipients, {}, errors), closed: !police });
  });

  app.post('/information-requests/new', may('information request.ask'), async (request, reply) => {
    const { recipients, police, edition } = await around(request);
    const typed = answersOf(request.body);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', { ...askPage(edition, recipients, typed, errors), closed: !police });
    if (!police) return again(askRefusals['not police']);
    const form = readForm(AskForm, request.body);
    const tests = form.ok ? testsOf(edition, asksForCounselling(form.values.kinds)) : testsOf(edition, false);
    const answered = tests.map((test) => {
      const field = testField(edition.tests.indexOf(test));
      return { field, ...test, said: TestAnswer.safeParse(typed[field] ?? '') };
    });
    const missing = Object.fromEntries(
      answered.flatMap(({ field, asks, said }) =>
        said.success ? [] : [[field, `${asks}: answer in at least a sentence`]],
      ),
    );
    if (!form.ok) return again({ ...form.errors, ...missing });
    if (Object.keys(missing).length > 0) return again(missing);
    const { to, exception, noticeWhy, ...said } = form.values;
    if (!recipients.some(({ id }) => id === to)) return again({ to: 'Select an agency of the list' });
    if (exception && !edition.noticeExceptions.includes(exception))
      return again({ exception: 'Select a reason of the list' });
    if (said.notice !== 'given to the person' && !exception) return again({ exception: 'Select a reason of the list' });
    const asked: InformationRequest = {
      ...said,
      id: newId<'information request'>(),
      agencyId: request.actor.agencyId as AgencyId,
      askedBy: request.actor.memberId as MemberId,
      recipient: to as AgencyId,
      law: edition.name,
      tests: Object.fromEntries(answered.map(({ name, said: { data } }) => [name, data ?? ''])),
      noticeWhy: [exception, noticeWhy].filter(Boolean).join('. ') || null,
      askedAt: request.now,
      dueAt: dueOf(request.now),
    };
    const stands = mayAsk(
      asked,
      tests.map(({ name }) => name),
    );
    if (!stands.ok) return again(askRefusals[stands.refusal]);
    await request.change(
      'information request.asked',
      asked.id,
      async (tx) => accept(await store.addRequest(tx, keys, asked)),
      { kind: 'collection', fields: requestFields, owner: to, recipient: to },
    );
    return reply.redirect(`${home}/${asked.id}`, 303);
  });
}

/** For leads of support agencies until the deadline. It reads the safeguarding database; if that log cannot be reached, only this part of the home page is left out. */
export const informationRequestHomeItems: HomeItems = {
  action: 'information request.read',
  title: 'Police ask for information',
  apart: async (request) => {
    if (!request.can('information decision.make')) return [];
    await request.under('information decision.make', async (_db, look) =>
      auditRequestRead(request, 'information requests.waiting counted', null, ['dueAt'], look),
    );
    const count = await request.under('information request.read', (db) =>
      store.countWaiting(db, request.actor.agencyId, request.now),
    );
    return count === 0 ? [] : [{ text: 'What police asked for, and until when', href: decisionsHome, count }];
  },
};
