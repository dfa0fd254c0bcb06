/** Sets up an agency's own sign-in, and links accounts to members. Read, decide, change, answer. */

import { z } from 'zod';
import { buttonRoute, formRoute } from '../../platform/forms/form-route.ts';
import { answersOf } from '../../platform/forms/forms.ts';
import { notFound } from '../../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request, readForm } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import type { AgencyId, MemberId } from '../../vocabulary/ids.ts';
import { singleSignOnPaths } from '../../vocabulary/paths/identity.ts';
import { accept } from '../../vocabulary/result.ts';
import { listPeople } from '../members/store.ts';
import { LinkForm, SettingsForm } from './forms.ts';
import { type Client, Providers } from './oidc.ts';
import * as page from './pages.ts';
import { checkIssuer as issuerOf } from './provider.ts';
import { returnAddress } from './routes.ts';
import * as store from './store.ts';

const PersonPath = z.object({ person: z.uuid() });
export async function settingsRoutes(app: App, parts: AreaParts): Promise<void> {
  const { origin, signOnSecrets } = parts;
  app.get(singleSignOnPaths.settings.route, may('single sign-on.read'), async (request, reply) => {
    const { actor, db } = request;
    const settings = await store.findSettings(db, actor.agencyId);
    const links = await store.listLinks(db, actor.agencyId);
    const fromEnvironment = settings !== undefined && signOnSecrets[settings.clientId] !== undefined;
    const returnTo = returnAddress(origin, actor.agencyId);
    return reply.sections(page.settingsPage(settings, { returnTo, fromEnvironment, links }));
  });

  editRoutes(app, parts);

  buttonRoute(app, singleSignOnPaths.removeSettings.route, {
    may: may('single sign-on.set'),
    load: async ({ actor }) => actor.agencyId,
    event: 'single sign-on.removed',
    subject: (agencyId) => agencyId,
    details: () => ({ kind: 'erasure', fields: ['issuer', 'clientId', 'secret', 'demands'] }),
    change: async (tx, agencyId) => accept(await store.removeSettings(tx, agencyId)),
    next: () => singleSignOnPaths.settings(),
  });

  linkRoutes(app);
}

/** Saved only once the issuer has answered: asking it holds no connection. */
function editRoutes(app: App, { keys, mode, signOnSecrets }: AreaParts): void {
  const live = mode === 'live';
  app.get(singleSignOnPaths.editSettings.route, may('single sign-on.set'), async (request, reply) =>
    reply.form(page.editSettingsPage(await store.findSettings(request.db, request.actor.agencyId))),
  );

  app.post(singleSignOnPaths.editSettings.route, may('single sign-on.set'), async (request, reply) => {
    const { actor, body, now } = request;
    const before = await store.findSettings(request.db, actor.agencyId);
    await request.work.endReading();
    const again = (errors: FormErrors) =>
      reply.form(page.editSettingsPage(before), { ...answersOf(body), secret: '' }, errors);
    const form = readForm(SettingsForm, body);
    if (!form.ok) return again(form.errors);
    const { issuer, clientId, secret, demands } = form.values;
    const fits = issuerOf(issuer, { live });
    if (!fits.ok) return again(page.issuerErrors[fits.refusal]);
    if (live && demands.length === 0) return again(page.settingsErrors['no demand']);
    const agencyId = actor.agencyId as AgencyId;
    const kept = before?.clientId === clientId && before.issuer === issuer ? before.secretSealed : null;
    const secretSealed = secret === '' ? kept : store.sealSecret(keys, agencyId, secret);
    const settings: store.Settings = { agencyId, issuer, clientId, demands, secretSealed };
    const open = signOnSecrets[clientId] ?? store.openSecret(keys, settings);
    if (!open) return again(page.issuerErrors['not a client']);
    if (!(await isIssuerReachable({ ...settings, secret: open }, now))) return again(page.issuerErrors['not reached']);
    await request.change(
      'single sign-on.set',
      agencyId,
      async (tx) => accept(await store.saveSettings(tx, settings, { memberId: actor.memberId, at: now })),
      { fields: ['issuer', 'clientId', 'demands', ...(secret === '' ? [] : ['secret'])] },
    );
    return reply.redirect(singleSignOnPaths.settings(), 303);
  });
}

async function isIssuerReachable(client: Client, now: Date): Promise<boolean> {
  try {
    await new Providers().find(client, now);
    return true;
  } catch {
    return false;
  }
}

async function getSettings({ db, actor }: Request): Promise<store.Settings> {
  const settings = await store.findSettings(db, actor.agencyId);
  if (!settings) throw notFound('single sign-on');
  return settings;
}

/** The agency's settings, and those of its members whom an administrator may link. */
async function loadForLinking(request: Request) {
  const { actor, db, now } = request;
  const settings = await getSettings(request);
  const people = (await listPeople(db, actor.agencyId)).filter(
    ({ id, endedAt }) => id !== actor.memberId && (endedAt === null || endedAt > now),
  );
  return { settings, people };
}

function linkRoutes(app: App): void {
  formRoute(app, singleSignOnPaths.link.route, {
    may: may('single sign-on.set'),
    load: loadForLinking,
    form: LinkForm,
    check: ({ people }, { memberId }, { actor }) => {
      if (memberId === actor.memberId) return page.settingsErrors['own account'];
      return people.some(({ id }) => id === memberId) ? undefined : page.settingsErrors['not here'];
    },
    page: ({ people }) => page.linkAccountPage(people),
    event: 'single sign-on.linked',
    subject: (_, { memberId }) => memberId,
    details: () => ({ fields: ['subject'] }),
    change: async (tx, { settings: { issuer, agencyId } }, { memberId, subject }, { actor, now }) =>
      store.addLink(tx, {
        agencyId,
        issuer,
        subject,
        memberId: memberId as MemberId,
        linkedBy: actor.memberId as MemberId,
        linkedAt: now,
      }),
    refusals: page.settingsErrors,
    next: () => singleSignOnPaths.settings(),
  });

  app.get(singleSignOnPaths.unlink.route, may('single sign-on.set', PersonPath), async (request, reply) => {
    const links = await store.listLinks(request.db, request.actor.agencyId);
    const link = links.find(({ memberId }) => memberId === request.params.person);
    if (!link) throw notFound('link');
    return reply.form(page.unlinkAccountPage(link));
  });

  buttonRoute(app, singleSignOnPaths.unlink.route, {
    may: may('single sign-on.set', PersonPath),
    load: async ({ params }) => params.person,
    event: 'single sign-on.unlinked',
    subject: (person) => person,
    details: () => ({ kind: 'erasure', fields: ['subject'] }),
    change: async (tx, person, _, { actor }) => {
      if (!(await store.removeLink(tx, actor.agencyId, person))) throw notFound('link');
      return accept(true);
    },
    next: () => singleSignOnPaths.settings(),
  });
}
