/** Sets up an agency's own sign-in, and links accounts to members. Read, decide, change, answer. */

import { z } from 'zod';
import { refuseOn, uniqueViolation } from '../../platform/database/violations.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { listPeople } from '../members/store.ts';
import { LinkForm, SettingsForm } from './forms.ts';
import { type Client, Providers } from './oidc.ts';
import {
  editSettingsPage,
  issuerErrors,
  linkAccountPage,
  settingsErrors,
  settingsPage,
  unlinkAccountPage,
} from './pages.ts';
import { checkIssuer as issuerOf } from './provider.ts';
import { returnAddress } from './routes.ts';
import {
  addLink,
  findSettings,
  listLinks,
  openSecret,
  removeLink,
  removeSettings,
  type Settings,
  saveSettings,
  sealSecret,
} from './store.ts';

const PersonPath = z.object({ person: z.uuid() });
const address = '/staff/single-sign-on/settings';

export async function settingsRoutes(app: App, { keys, mode, origin, signOnSecrets }: AreaParts): Promise<void> {
  const live = mode === 'live';
  app.get('/single-sign-on/settings', may('single sign-on.read'), async (request, reply) => {
    const { actor, db } = request;
    const settings = await findSettings(db, actor.agencyId);
    const links = await listLinks(db, actor.agencyId);
    const fromEnvironment = settings !== undefined && signOnSecrets[settings.clientId] !== undefined;
    const returnTo = returnAddress(origin, actor.agencyId);
    return reply.page('platform/page', settingsPage(settings, { returnTo, fromEnvironment, links }));
  });

  app.get('/single-sign-on/settings/edit', may('single sign-on.set'), async (request, reply) =>
    reply.page('platform/form', editSettingsPage(await findSettings(request.db, request.actor.agencyId))),
  );

  app.post('/single-sign-on/settings/edit', may('single sign-on.set'), async (request, reply) => {
    const { actor, body, now } = request;
    const before = await findSettings(request.db, actor.agencyId);
    await request.work.endReading(); // A slow issuer holds no connection.
    const again = (errors: FormErrors) =>
      reply.page('platform/form', editSettingsPage(before, { ...answersOf(body), secret: '' }, errors));
    const form = readForm(SettingsForm, body);
    if (!form.ok) return again(form.errors);
    const { issuer, clientId, secret, demands } = form.values;
    const fits = issuerOf(issuer, { live });
    if (!fits.ok) return again(issuerErrors[fits.refusal]);
    if (live && demands.length === 0) return again(settingsErrors['no demand']);
    const agencyId = actor.agencyId as AgencyId;
    const kept = before?.clientId === clientId && before.issuer === issuer ? before.secretSealed : null;
    const secretSealed = secret === '' ? kept : sealSecret(keys, agencyId, secret);
    const settings: Settings = { agencyId, issuer, clientId, demands, secretSealed };
    const open = signOnSecrets[clientId] ?? openSecret(keys, settings);
    if (!open) return again(issuerErrors['not a client']);
    if (!(await isIssuerReachable({ ...settings, secret: open }, now))) return again(issuerErrors['not reached']);
    await request.change(
      'single sign-on.set',
      agencyId,
      async (tx) => accept(await saveSettings(tx, settings, { memberId: actor.memberId, at: now })),
      { fields: ['issuer', 'clientId', 'demands', ...(secret === '' ? [] : ['secret'])] },
    );
    return reply.redirect(address, 303);
  });

  app.post('/single-sign-on/settings/remove', may('single sign-on.set'), async (request, reply) => {
    const { agencyId } = request.actor;
    await request.change('single sign-on.removed', agencyId, async (tx) => accept(await removeSettings(tx, agencyId)), {
      kind: 'erasure',
      fields: ['issuer', 'clientId', 'secret', 'demands'],
    });
    return reply.redirect(address, 303);
  });

  linkRoutes(app);
}

async function isIssuerReachable(client: Client, now: Date): Promise<boolean> {
  try {
    await new Providers().find(client, now);
    return true;
  } catch {
    return false;
  }
}

function linkRoutes(app: App): void {
  const getSettings = async (request: Request): Promise<Settings> => {
    const settings = await findSettings(request.db, request.actor.agencyId);
    if (!settings) throw notFound('single sign-on');
    return settings;
  };
  const listOtherMembers = async ({ actor, db, now }: Request) =>
    (await listPeople(db, actor.agencyId)).filter(
      ({ id, endedAt }) => id !== actor.memberId && (endedAt === null || endedAt > now),
    );

  app.get('/single-sign-on/settings/link', may('single sign-on.set'), async (request, reply) => {
    await getSettings(request);
    return reply.page('platform/form', linkAccountPage(await listOtherMembers(request)));
  });

  app.post('/single-sign-on/settings/link', may('single sign-on.set'), async (request, reply) => {
    const { actor, body, now } = request;
    const { issuer, agencyId } = await getSettings(request);
    const people = await listOtherMembers(request);
    const again = (errors: FormErrors) => reply.page('platform/form', linkAccountPage(people, answersOf(body), errors));
    const form = readForm(LinkForm, body);
    if (!form.ok) return again(form.errors);
    if (form.values.memberId === actor.memberId) return again(settingsErrors['own account']);
    const person = people.find(({ id }) => id === form.values.memberId);
    if (!person) return again({ memberId: 'Select somebody who is here' });
    const by = { linkedBy: actor.memberId as MemberId, linkedAt: now };
    const link = { agencyId, issuer, subject: form.values.subject, memberId: person.id, ...by };
    const linked = await request.change(
      'single sign-on.linked',
      person.id,
      (tx) => refuseOn({ [uniqueViolation]: 'linked already' } as const, () => addLink(tx, link)),
      { fields: ['subject'] },
    );
    if (!linked.ok) return again(settingsErrors[linked.refusal]);
    return reply.redirect(address, 303);
  });

  app.get('/single-sign-on/settings/unlink/:person', may('single sign-on.set', PersonPath), async (request, reply) => {
    const links = await listLinks(request.db, request.actor.agencyId);
    const link = links.find(({ memberId }) => memberId === request.params.person);
    if (!link) throw notFound('link');
    return reply.page('platform/form', unlinkAccountPage(link));
  });

  app.post('/single-sign-on/settings/unlink/:person', may('single sign-on.set', PersonPath), async (request, reply) => {
    const { actor, params } = request;
    const unlinked = await request.change(
      'single sign-on.unlinked',
      params.person,
      async (tx) => ((await removeLink(tx, actor.agencyId, params.person)) ? accept(true) : refuse('not there')),
      { kind: 'erasure', fields: ['subject'] },
    );
    if (!unlinked.ok) throw notFound('link');
    return reply.redirect(address, 303);
  });
}
