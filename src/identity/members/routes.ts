/** The members of one's own agency: who is here, their roles, and until when. Read, decide, change, answer. */

import { z } from 'zod';
import { instantAt } from '../../platform/clock.ts';
import type { AnyTables, Writer } from '../../platform/database/database.ts';
import { formRoute } from '../../platform/forms/form-route.ts';
import { type App, may, type Request } from '../../platform/http/server.ts';
import { withQuery } from '../../platform/rendering/paging.ts';
import { addDays } from '../../vocabulary/calendar/days.ts';
import type { MemberId } from '../../vocabulary/ids.ts';
import { accountPaths, agencyPaths, singleSignOnPaths } from '../../vocabulary/paths/identity.ts';
import { temporaryAccessPaths } from '../../vocabulary/paths/operations.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { checkRolesAllowed } from '../agencies/member.ts';
import { endMember, listRoleTerms } from '../agencies/store.ts';
import { CancelLeavingForm, LeavingForm, PeopleQuery, RoleChangeForm } from './forms.ts';
import { memberErrors } from './invitation-pages.ts';
import { listInvitations } from './invitation-store.ts';
import * as page from './pages.ts';
import { checkLeaving, checkRoleChange, type Person, stateOfPerson } from './person.ts';
import * as store from './store.ts';

const PersonPath = z.object({ id: z.uuid().transform((id) => id as MemberId) });
const DoneQuery = z.object({ done: z.enum(['changed', 'leaves', 'stays']).optional().catch(undefined) });

const doneMessages = {
  changed: 'Changed. They are signed out. Roles that you added begin when a second person has confirmed them.',
  leaves: 'The last day is saved. Their roles end at the end of that day.',
  stays: 'Saved. They stay.',
} as const;

const addressAfter = (id: string, done: keyof typeof doneMessages): string =>
  withQuery(accountPaths.account(id), { done });

/** Of the member's own agency alone; members of others are not found. */
const load = ({ db, actor, params }: Request & { readonly params: { readonly id: MemberId } }): Promise<Person> =>
  store.getPerson(db, actor.agencyId, params.id);

/** Locks all members of the agency until the transaction ends. */
async function lockPerson({ actor }: Request, tx: Writer<AnyTables>, id: MemberId) {
  const people = await store.lockPeople(tx, actor.agencyId);
  return { people, person: people.find((one) => one.id === id) };
}

export async function peopleRoutes(app: App): Promise<void> {
  app.get(accountPaths.accounts.route, may('account.read', z.unknown(), PeopleQuery), async (request, reply) => {
    const { actor, db, now, query, can } = request;
    const people = await store.listPeople(db, actor.agencyId);
    const invitations = await listInvitations(db, actor.agencyId);
    const more = [
      { href: agencyPaths.agencies(), text: 'Organisations', action: 'agency.add' },
      { href: temporaryAccessPaths.list(), text: 'Temporary access', action: 'temporary access.read' },
      {
        href: singleSignOnPaths.settings(),
        text: 'Single sign-on',
        action: 'single sign-on.read',
      },
    ].filter(({ action }) => can(action));
    const { agencyName } = actor;
    return reply.page(
      'identity/members/people',
      page.peoplePage({ agencyName, people, invitations, now, query, more }),
    );
  });

  app.get(accountPaths.account.route, may('account.read', PersonPath, DoneQuery), async (request, reply) => {
    const { actor, now, params, query } = request;
    const person = await store.getPerson(request.look('account.shown', params.id), actor.agencyId, params.id);
    const terms = await listRoleTerms(request.db, person.id);
    const done = query.done && doneMessages[query.done];
    return reply.case(page.personPage(person, { now, self: person.id === actor.memberId, terms, done }));
  });

  roleRoutes(app);
  leavingRoutes(app);
}

function roleRoutes(app: App): void {
  formRoute(app, accountPaths.roles.route, {
    may: may('account.change', PersonPath),
    load,
    form: RoleChangeForm,
    page: (person, typed, _errors, { actor, now }) => {
      if (typed) return page.roleChangePage(person);
      const allowed = checkRoleChange(person, { title: '', roles: [] }, { memberId: actor.memberId, now });
      return { ...page.roleChangePage(person), errors: allowed.ok ? {} : page.roleChangeErrors[allowed.refusal] };
    },
    event: 'account.moved',
    subject: ({ id }) => id,
    details: (_, { reason }) => ({ fields: ['title', 'roles'], reason }),
    change: async (tx, { id }, { title, roles }, request) => {
      const { actor, now } = request;
      const { person } = await lockPerson(request, tx, id);
      if (!person) return refuse('not here');
      const moved = checkRoleChange(person, { title, roles }, { memberId: actor.memberId, now });
      if (!moved.ok) return moved;
      const fit = checkRolesAllowed(actor.side, roles, { recorded: await store.hasException(tx, id) });
      return fit.ok ? store.refuseLastLead(() => store.saveRoleChange(tx, id, moved.value)) : fit;
    },
    refusals: { ...page.roleChangeErrors, ...memberErrors },
    next: (_, { id }) => addressAfter(id, 'changed'),
  });
}

function leavingRoutes(app: App): void {
  formRoute(app, accountPaths.end.route, {
    may: may('account.end', PersonPath),
    load,
    form: LeavingForm,
    page: (person, typed, _errors, { now, today }) => {
      if (typed) return page.leavingPage(person, today);
      const left = stateOfPerson(person, now) === 'left';
      return { ...page.leavingPage(person, today), errors: left ? page.leavingErrors['not here'] : {} };
    },
    event: (_, { when }) => (when === 'now' ? 'account.ended' : 'account.end set'),
    subject: ({ id }) => id,
    details: (_, { when, reason }) =>
      when === 'now' ? { kind: 'erasure', fields: recordsEndedWithMember, reason } : { fields: ['endedAt'], reason },
    change: async (tx, { id }, { when, lastDay }, request) => {
      const { now } = request;
      const at = when === 'now' || !lastDay ? now : instantAt(addDays(lastDay, 1), '00:00');
      const { people, person } = await lockPerson(request, tx, id);
      if (!person) return refuse('not here');
      const leaves = checkLeaving(person, at, { now, others: people });
      if (!leaves.ok) return leaves;
      return store.refuseLastLead(async () => {
        if (when === 'now') await endMember(tx, id, now);
        else await store.saveLeaving(tx, id, at);
      });
    },
    refusals: page.leavingErrors,
    // Members who end their own account are signed out by this, and are redirected to sign in.
    next: (_, { id }, { when }) => (when === 'now' ? accountPaths.accounts() : addressAfter(id, 'leaves')),
  });

  formRoute(app, accountPaths.stay.route, {
    may: may('account.change', PersonPath),
    load,
    form: CancelLeavingForm,
    page: page.cancelLeavingPage,
    event: 'account.end undone',
    subject: ({ id }) => id,
    details: (_, { reason }) => ({ fields: ['endedAt'], reason }),
    change: async (tx, { id }, _, request) => {
      const { person } = await lockPerson(request, tx, id);
      if (!person || stateOfPerson(person, request.now) === 'left') return refuse('not here');
      return accept(await store.saveLeaving(tx, id, null));
    },
    refusals: page.leavingErrors,
    next: (_, { id }) => addressAfter(id, 'stays'),
  });
}

/** For the log: what database triggers end with a member, by name. */
export const recordsEndedWithMember = [
  'account',
  'sessions',
  'passkeys',
  'recovery codes',
  'grants',
  'teams',
  'invitations',
  'shift passes',
  'single sign-on',
] as const;
