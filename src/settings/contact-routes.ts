/** Contacts and hours: their list, one contact, and how members check and approve them. Read, decide, change, answer. */
import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { memberNames } from '../identity/agencies/index.ts';
import { dayOf } from '../platform/clock.ts';
import { getMemberName } from '../platform/forms/correction.ts';
import { buttonRoute, formRoute } from '../platform/forms/form-route.ts';
import { countedTask, type HomeItems, listDue } from '../platform/http/home.ts';
import { notFound } from '../platform/http/problem.ts';
import { type App, type FormErrors, may, type Request } from '../platform/http/server.ts';
import type { AreaParts } from '../platform/http/sites.ts';
import { entryOfService, type Service } from '../public/contacts/index.ts';
import { addSettingDecisions, addVersions, mayDecideOn, type SettingVersion } from '../public/settings/index.ts';
import { parseService } from '../public/signs/index.ts';
import { type MemberId, newId } from '../vocabulary/ids.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { accept, refuse } from '../vocabulary/result.ts';
import { isDueForCheck } from './contact.ts';
import { contactForm } from './contact-form.ts';
import {
  checkedContactsPage,
  contactFormPage,
  contactPage,
  contactsPage,
  decideContactsPage,
} from './contact-pages.ts';
import { type Contact, listContacts } from './contacts-of-today.ts';
import type { Content } from './partnership-forms.ts';

/** The day on which a visitor of the public site would read them. */
const todayOf = ({ now }: Pick<Request, 'now'>): string => dayOf(now);

const ServicePath = z.object({ service: z.string().min(1).max(60) });
type ServiceRequest = Request & { readonly params: z.output<typeof ServicePath> };

async function loadContact(request: ServiceRequest) {
  const contact = (await listContacts(request.db, request.now)).find(
    ({ service }) => service.id === request.params.service,
  );
  if (!contact) throw notFound('service');
  return { contact, id: newId<'public setting'>(), today: todayOf(request) };
}

const errors: Record<'nothing changed' | 'nothing selected' | 'known already', FormErrors> = {
  'nothing changed': { '': 'You changed nothing. Change an answer or the date checked, or cancel.' },
  'nothing selected': { services: 'Select at least one contact', versions: 'Select at least one contact' },
  'known already': { name: 'A service of that name is in the list already' },
};

/** “Rape Crisis (Essex)” becomes “rape crisis essex”. */
const partOf = (name: string): string =>
  name
    .toLowerCase()
    .normalize('NFD')
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim()
    .slice(0, 60)
    .trim();

export async function contactRoutes(app: App, parts: AreaParts): Promise<void> {
  app.get(settingsPaths.contacts.route, may('public setting.read'), async (request, reply) =>
    reply.sections(contactsPage(await listContacts(request.db, request.now), todayOf(request), rightsOf(request))),
  );
  app.get(settingsPaths.service.route, may('public setting.read', ServicePath), async (request, reply) => {
    const { contact, today } = await loadContact(request);
    return reply.sections(contactPage(contact, entryOfService(contact.service), today, rightsOf(request)));
  });
  editRoutes(app);
  checkedRoutes(app);
  decideRoute(app, parts);
}

const rightsOf = ({ can }: Pick<Request, 'can'>) => ({
  propose: can('public setting.propose'),
  decide: can('public setting.decide'),
});

const proposalOf = (id: string, service: string, content: Content, { actor, now }: Request) =>
  ({
    id: id as SettingVersion['setting']['id'],
    kind: 'contacts',
    part: service,
    content,
    proposedBy: actor.memberId as MemberId,
    proposedAt: now,
  }) as const;

function editRoutes(app: App): void {
  formRoute(app, settingsPaths.editService.route, {
    may: may('public setting.propose', ServicePath),
    load: loadContact,
    form: ({ contact: { service }, today }) => contactForm({ id: service.id, before: entryOfService(service), today }),
    page: ({ contact: { service, waiting } }) =>
      contactFormPage(waiting ? (parseService(waiting.setting.content) ?? service) : service, waiting),
    event: 'public setting.proposed',
    subject: ({ id }) => id,
    details: ({ contact }) => ({ fields: ['contacts', contact.service.id] }),
    change: async (tx, { contact: { service, waiting, byTwo }, id }, content, request) => {
      const public_ = waiting?.setting.content ?? entryOfService(service);
      const known = parseService(public_);
      if ((waiting || byTwo) && known && isDeepStrictEqual(parseService(content), known))
        return refuse('nothing changed');
      await addVersions(tx, [proposalOf(id, service.id, content, request)]);
      return accept(id);
    },
    refusals: errors,
    next: (id) => settingsPaths.version(id),
  });

  formRoute(app, settingsPaths.newContact.route, {
    may: may('public setting.propose'),
    load: async (request: Request) => ({
      contacts: await listContacts(request.db, request.now),
      id: newId<'public setting'>(),
      today: todayOf(request),
    }),
    // The name makes the id: the form cannot know it before.
    form: ({ today }) => contactForm({ id: 'new', before: undefined, today }),
    page: () => contactFormPage(undefined, undefined),
    event: 'public setting.proposed',
    subject: ({ id }) => id,
    details: (_, content) => ({ fields: ['contacts', partOf(String(content.name))] }),
    change: async (tx, { contacts, id }, content, request) => {
      const part = partOf(String(content.name));
      if (part === '' || contacts.some(({ service }) => service.id === part)) return refuse('known already');
      await addVersions(tx, [proposalOf(id, part, { ...content, id: part }, request)]);
      return accept(id);
    },
    refusals: errors,
    next: (id) => settingsPaths.version(id),
  });
}

const checkedOn = (service: Service, today: string): Content => ({ ...entryOfService(service), dateChecked: today });

function checkedRoutes(app: App): void {
  buttonRoute(app, settingsPaths.checkedService.route, {
    may: may('public setting.propose', ServicePath),
    load: loadContact,
    event: 'public setting.proposed',
    subject: ({ id }) => id,
    details: ({ contact }) => ({ fields: ['contacts', contact.service.id, 'dateChecked'] }),
    change: async (tx, { contact: { service }, id, today }, _, request) => {
      await addVersions(tx, [proposalOf(id, service.id, checkedOn(service, today), request)]);
      return accept(id);
    },
    next: (id) => settingsPaths.version(id),
  });

  formRoute(app, settingsPaths.checkedContacts.route, {
    may: may('public setting.propose'),
    load: async (request: Request) => ({
      contacts: await listContacts(request.db, request.now),
      today: todayOf(request),
    }),
    form: z.object({ services: z.preprocess(asList, z.array(z.string())) }),
    page: ({ contacts, today }) => checkedContactsPage(contacts, today),
    event: 'public setting.proposed',
    subject: () => null,
    details: (_, { services }) => ({ fields: ['contacts', 'dateChecked', ...services] }),
    change: async (tx, { contacts, today }, { services }, request) => {
      const checked = contacts.filter(({ service }) => services.includes(service.id) && service.withheld === null);
      if (checked.length === 0) return refuse('nothing selected');
      await addVersions(
        tx,
        checked.map(({ service }) => proposalOf(newId(), service.id, checkedOn(service, today), request)),
      );
      return accept(true);
    },
    refusals: errors,
    next: () => settingsPaths.contacts(),
  });
}

const asList = (value: unknown): unknown[] =>
  value === undefined || value === '' ? [] : Array.isArray(value) ? value : [value];

/** Proposals in which the date checked alone changes, and on which this member may decide. */
const listChecks = (contacts: readonly Contact[], actor: Request['actor']) =>
  contacts.flatMap(({ service, waiting }) => {
    if (!waiting || !mayDecideOn(waiting, actor).ok) return [];
    const proposed = parseService(waiting.setting.content);
    const same = proposed && isDeepStrictEqual({ ...proposed, dateChecked: service.dateChecked }, service);
    return same ? [{ version: waiting, name: service.name }] : [];
  });

function decideRoute(app: App, { siteSettings }: AreaParts): void {
  formRoute(app, settingsPaths.decideContacts.route, {
    may: may('public setting.decide'),
    load: async (request: Request) => {
      const checks = listChecks(await listContacts(request.db, request.now), request.actor);
      const names = await memberNames(
        request.db,
        checks.map(({ version }) => version.setting.proposedBy),
      );
      return checks.map((one) => ({ ...one, by: getMemberName(names, one.version.setting.proposedBy) }));
    },
    form: z.object({ versions: z.preprocess(asList, z.array(z.string())) }),
    page: decideContactsPage,
    event: 'public setting.approved',
    subject: () => null,
    details: (checks, { versions }) => ({
      fields: [
        'contacts',
        ...checks.flatMap(({ version: { setting } }) => (versions.includes(setting.id) ? [setting.part] : [])),
      ],
    }),
    change: async (tx, checks, { versions }, { actor, now }) => {
      const chosen = checks.filter(({ version }) => versions.includes(version.setting.id));
      if (chosen.length === 0) return refuse('nothing selected');
      const decidedBy = actor.memberId as MemberId;
      return addSettingDecisions(
        tx,
        chosen.map(({ version: { setting } }) => ({
          ...{ id: setting.id, approved: true, reason: null, decidedBy, decidedAt: now },
        })),
      );
    },
    refusals: {
      ...errors,
      'decided already': { '': 'Somebody has decided on one of these already. Open the page again.' },
      replaced: { '': 'A newer version of one of these was proposed. Open the page again.' },
    },
    next: () => {
      siteSettings.forget();
      return settingsPaths.contacts();
    },
  });
}

/** Contacts that somebody should check before the public pages mark them as old. */
export const contactsHomeItems: HomeItems = {
  action: 'public setting.propose',
  waiting: async (db, { now }) => {
    const due = (await listContacts(db, now)).filter(({ service }) => isDueForCheck(service, dayOf(now)));
    return listDue([
      {
        what: countedTask(due.length, 'Check a contact', 'Check # contacts'),
        detail:
          'Last checked 60 days ago or longer. After 90 days the public site says that the hours are not confirmed.',
        status: 'needs attention',
        href: settingsPaths.contacts(),
        count: due.length,
      },
    ]);
  },
};
