/** Who decides on a request of police: a lead of the agency that was asked, behind the wall. */
import { explained, explainedRefusals } from '../consent/index.ts';
import { listAgencies } from '../partnership/index.ts';
import { findPeople, type Person, treated } from '../persons/index.ts';
import { hourOf } from '../platform/audit.ts';
import { digest, type UnitKeys } from '../platform/crypto.ts';
import type { RoomParts } from '../platform/doors.ts';
import { answersOf } from '../platform/forms.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../platform/http.ts';
import { notFound } from '../platform/problem.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../vocabulary/ids.ts';
import { agreementPage, decidePage, decisionRefusals, decisionsHome, decisionsPage } from './decision-pages.ts';
import { AgreedForm, DecideForm, RequestPath } from './forms.ts';
import { editionNamed, testsOf } from './law.ts';
import { type AgreedTo, agreementWords, asksForCounselling, type Decision, decide, type RequestId } from './request.ts';
import * as store from './store.ts';

const askedFields = ['who', 'reference', 'kinds', 'tests', 'handling', 'notice', 'noticeWhy'];
const decisionFields = ['personId', 'outcome', 'ground', 'kinds', 'reasons', 'agreed'];

export async function decisionRoutes(app: App, { keys }: RoomParts): Promise<void> {
  app.get('/safeguarding/information-requests', may('information decision.read'), async (request, reply) => {
    const decisions = await store.listDecisions(
      request.look('information decisions.listed', null, { fields: decisionFields }),
      keys,
    );
    request.returned(decisions.map(({ id }) => id));
    const { all, agencies } = await received(request, keys);
    const byId = new Map(all.map((one) => [one.request.id, one]));
    const done = new Set(decisions.map(({ requestId }) => requestId));
    const waiting = all.filter(({ request: { id, dueAt } }) => !done.has(id) && request.now < dueAt);
    const decided = decisions.map((decision) => ({ decision, asked: byId.get(decision.requestId) }));
    const page = decisionsPage(waiting, decided, agencies, request.can('information decision.make'));
    return reply.page('platform/page', page);
  });

  const path = '/safeguarding/information-requests/:id/decide';
  app.get(path, may('information decision.make', RequestPath), async (request, reply) => {
    const { asked, ...around } = await opened(request, keys, request.params.id);
    return reply.page('platform/form', decidePage(asked, around));
  });

  app.post(path, may('information decision.make', RequestPath), async (request, reply) => {
    const { asked, ...around } = await opened(request, keys, request.params.id);
    const again = (errors: FormErrors) =>
      reply.page('platform/form', decidePage(asked, around, answersOf(request.body), errors));
    if (around.decided) return again(decisionRefusals['decided already']);
    const form = readForm(DecideForm, request.body);
    if (!form.ok) return again(form.errors);
    const { person: chosen, outcome, passed, agreement, kinds, words, reasons } = form.values;
    const person = around.found.find(({ id }) => id === chosen);
    const names = around.tests.map(({ name }) => name);
    const treatedAs = person && { treatedAs: treated(person, request.today) };
    const judged = { outcome, person: treatedAs, passed, agreement, kinds, words };
    const ground = decide(asked.request, names, judged, request.now);
    if (!ground.ok) return again(decisionRefusals[ground.refusal]);
    const gives = outcome === 'give what was agreed';
    let agreed: AgreedTo | null = null;
    if (gives && person && ground.value === 'the person agreed') {
      const police = around.agencies.get(asked.request.agencyId) ?? 'Police';
      const lines = agreementWords(police, kinds, words ?? '');
      const shown = { words: lines, digest: digest(lines.join('\n')) };
      const typed = answersOf(request.body);
      const show = (errors: FormErrors) =>
        reply.page('information-requests/words', agreementPage(asked, shown, person, typed, errors));
      if (typed.digest === undefined) return show({});
      const said = readForm(AgreedForm, request.body);
      if (!said.ok) return show(said.errors);
      if (said.values.digest !== shown.digest)
        return show({ '': 'The words have changed since. Show or read out these' });
      const stood = explained(said.values, person);
      if (!stood.ok) return show(explainedRefusals[stood.refusal]);
      agreed = { ...stood.value, how: said.values.how, wording: lines.join('\n'), digest: shown.digest };
    }
    const agencyId = request.actor.agencyId as AgencyId;
    const decision: Decision = {
      id: newTimelessId<'information decision'>(),
      requestId: asked.request.id,
      agencyId,
      decidedBy: request.actor.memberId as MemberId,
      personId: person?.id ?? null,
      outcome,
      ground: ground.value,
      kinds: gives ? kinds : [],
      reasons,
      agreed,
      decidedAt: hourOf(request.now),
    };
    const done = await request.change(
      gives ? 'information request.answered' : 'information request.given nothing',
      decision.id,
      async (tx) => {
        const added = await store.addDecision(tx, keys, decision);
        if (added.ok && gives)
          await store.sendAnswer(tx, keys, { requestId: decision.requestId, agencyId, kinds, words: words ?? '' });
        return added;
      },
      gives
        ? { kind: 'disclosure', fields: kinds, recipient: asked.request.agencyId, reason: ground.value ?? '' }
        : { kind: 'collection', fields: decisionFields },
    );
    if (!done.ok) return again(decisionRefusals[done.refusal]);
    return reply.redirect(decisionsHome, 303);
  });
}

/** What her agency was asked, read before the wall, as whoever asks may. */
const received = (request: Request, keys: UnitKeys, id?: RequestId) =>
  request.under('information request.read', async (db, look) => {
    const seen = look(id ? 'information request.shown' : 'information requests.listed', id ?? null, {
      fields: askedFields,
    });
    const all = (await store.listRequests(seen, keys, id && [id])).filter(
      ({ request: asked }) => asked.recipient === request.actor.agencyId,
    );
    if (!id) request.returned(all.map(({ request: asked }) => asked.id));
    const agencies = new Map((await listAgencies(db)).map((one) => [one.id as string, one.name]));
    return { all, agencies };
  });

/** With the people here who are called as police say, among those whose records she may read: each is a look. */
async function opened(request: Request, keys: UnitKeys, id: RequestId) {
  const [decided] = await store.listDecisions(
    request.look('information decision.shown', null, { fields: decisionFields }),
    keys,
    id,
  );
  request.returned(decided ? [decided.id] : []);
  const { all, agencies } = await received(request, keys, id);
  const [asked] = all;
  if (!asked) throw notFound('request');
  const found = await request.under('person.read', async (_db, look) => {
    const people: Person[] = await findPeople(
      look('people.searched', null, { fields: ['called', 'yearOfBirth'] }),
      keys,
      { name: asked.request.who, yearOfBirth: null },
    );
    request.returned(people.map((one) => one.id));
    return people;
  });
  const edition = editionNamed(asked.request.law);
  const tests = edition ? testsOf(edition, asksForCounselling(asked.request.kinds)) : [];
  return { asked, agencies, found, tests, decided };
}
