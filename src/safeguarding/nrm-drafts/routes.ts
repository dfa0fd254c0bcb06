/** Routes to raise a concern and to view one. Read, decide, change, answer. */

import { periods, reasonableGroundsAim, toPrintedForm } from '../../nrm/index.ts';
import { holidaysOf, type NationCode, nationOf } from '../../nrm/submitters/index.ts';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import { buttonRoute } from '../../platform/forms/form-route.ts';
import { type App, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { determineAgeTreatment } from '../../vocabulary/age.ts';
import { floorToHour } from '../../vocabulary/calendar/moments.ts';
import { isWorkingDay } from '../../vocabulary/calendar/working-days.ts';
import { type AgencyId, type MemberId, newTimelessId } from '../../vocabulary/ids.ts';
import { nrmPaths } from '../../vocabulary/paths/safeguarding/nrm.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { frameOf, readCaseFrame } from '../case/read-frame.ts';
import { calendarOf } from '../deadlines/work-calendar.ts';
import { findRequestDraft, firstResponderRequestRoutes } from '../first-responder-requests/routes.ts';
import { nrmCountRoutes } from '../nrm-counts/routes.ts';
import { blockedPage, draftPage } from '../nrm-decisions/export-pages.ts';
import { mustAskToStay } from '../nrm-decisions/pages.ts';
import { type CaseListener, nrmDecisionRoutes } from '../nrm-decisions/routes.ts';
import { partRoutes } from '../nrm-form/routes.ts';
import type { Person } from '../people/person.ts';
import { listPeople } from '../people/store.ts';
import { nrmReferralFields, openNrmReferral, readPerson, readWorker } from './audited-reads.ts';
import { NrmReferralPath, PersonPath } from './forms.ts';
import { caseOf, emptyContent, findOngoingReferral, type NrmReferral, type NrmReferralId } from './nrm-referral.ts';
import { listPage, nrmReferralPage, raisePage } from './pages.ts';
import { routeQuestionRoutes } from './route-question-routes.ts';
import { addNrmReferral, listNrmReferrals, listNrmReferralsOf, lockForPerson } from './store.ts';

export const nrmReferralRoutes =
  (follows: CaseListener) =>
  async (app: App, parts: AreaParts): Promise<void> => {
    const { keys } = parts;
    await raisingRoutes(app, keys);
    await readingRoutes(app, keys);
    await routeQuestionRoutes(app, keys);
    await partRoutes(app, keys);
    await nrmDecisionRoutes(app, keys, follows);
    await firstResponderRequestRoutes(app, parts, follows);
    await nrmCountRoutes(app, parts);
  };

async function raisingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(nrmPaths.raise.route, may('nrm referral.raise', PersonPath), async (request, reply) => {
    const { id } = request.params;
    const person = await readPerson(request, keys, id);
    const all = await listNrmReferralsOf(
      request.look('nrm referrals.listed', id, { fields: nrmReferralFields }),
      keys,
      id,
    );
    request.returned(all.map((one) => one.id));
    const open = findOngoingReferral(all);
    if (open) return reply.redirect(nrmPaths.referral(open.id), 303);
    const { submits, takers } = await readWorker(request, undefined);
    const { frame } = await readCaseFrame(request, person, 'nrm');
    return reply.sections({ ...frame, ...raisePage(person, { submits, takers }) });
  });

  buttonRoute(app, nrmPaths.raise.route, {
    may: may('nrm referral.raise', PersonPath),
    load: async (request): Promise<Raising> => ({
      person: await readPerson(request, keys, request.params.id),
      id: newTimelessId<'concern'>(),
    }),
    saves: 'NRM referral',
    event: 'nrm referral.raised',
    subject: ({ id }) => id,
    details: () => ({ kind: 'collection', fields: nrmReferralFields }),
    change: async (tx, raising, _, { actor, now }) => {
      const { person, id } = raising;
      await lockForPerson(tx, person.id);
      raising.there = findOngoingReferral(await listNrmReferralsOf(tx, keys, person.id))?.id;
      if (raising.there) return refuse('open already');
      const by = { agencyId: actor.agencyId as AgencyId, authorId: actor.memberId as MemberId };
      const raised = { ...emptyContent, id, personId: person.id, ...by, raisedAt: floorToHour(now), revision: 1 };
      return accept(await addNrmReferral(tx, keys, raised));
    },
    refused: (_, { id, there }) => nrmPaths.referral(there ?? id),
    next: (_, { id }) => nrmPaths.referral(id),
  });
}

type Raising = {
  readonly person: Person;
  readonly id: NrmReferralId;
  /** The referral that was open already. */
  there?: NrmReferralId | undefined;
};

const listedMost = 50;

async function readingRoutes(app: App, keys: UnitKeys): Promise<void> {
  app.get(nrmPaths.referrals.route, may('nrm referral.read'), async (request, reply) => {
    const listed = await listNrmReferrals(
      request.look('nrm referrals.listed', null, { fields: nrmReferralFields }),
      keys,
      listedMost,
    );
    request.returned(listed.map(({ id }) => id));
    const ids = listed.map(({ personId }) => personId);
    const people = await listPeople(request.look('people.listed', null, { fields: ['called', 'age'] }), keys, ids);
    request.returned([...people.keys()]);
    const { agencies } = await readWorker(request, undefined);
    const of = { today: request.today, most: listedMost };
    return reply.sections(listPage(listed, people, agencies, of));
  });

  app.get(nrmPaths.referral.route, may('nrm referral.read', NrmReferralPath), async (request, reply) => {
    const whole = await openNrmReferral(request, keys, request.params.id);
    const { concern, person, made, agencies, names, submits, takers, nation, handedOn, handTo } = whole;
    const councils = request.can('referral.make') ? whole.councils : undefined;
    const age = determineAgeTreatment(person, request.today);
    const page = nrmReferralPage({
      concern,
      made,
      called: person.called,
      agencies,
      names,
      submits,
      takers,
      councils,
      handedOn,
      handTo,
      handable: findRequestDraft(whole, request.today)?.draft ?? null,
      today: request.today,
      aim: await targetDateOf(concern, nationOf(nation)),
      mustBeAsked: mustAskToStay(concern, age),
    });
    return reply.case({ ...frameOf(request, person, agencies, 'nrm'), ...page });
  });

  app.get(nrmPaths.draft.route, may('nrm referral.read', NrmReferralPath), async (request, reply) => {
    const { concern, person, made } = await openNrmReferral(request, keys, request.params.id);
    if (!made.leaving) return reply.case(blockedPage(concern, made, person.called));
    return reply.page(
      'safeguarding/nrm-drafts/draft',
      draftPage(concern, made.leaving, toPrintedForm(made.leaving, made.left)),
    );
  });
}

/** The target date of a reasonable grounds decision, by the bank holidays of the nation on the form. */
export async function targetDateOf(concern: NrmReferral, code: NationCode): Promise<string | null> {
  const held = caseOf(concern);
  if (!held) return null;
  const { nation, holidays } = await calendarOf(holidaysOf[code]);
  return reasonableGroundsAim(periods, held.referredOn, (day) => isWorkingDay(day, nation, holidays));
}
