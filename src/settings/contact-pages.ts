/** Contacts and hours: the list, one contact, its form, the press “Checked today”, and approving several at once. */
import { backTo, type Cell, type FormPage, type SectionsPage } from '../platform/rendering/pages.ts';
import type { Service } from '../public/contacts/index.ts';
import type { SettingVersion } from '../public/settings/index.ts';
import { longDay } from '../vocabulary/calendar/days.ts';
import { settingsPaths } from '../vocabulary/paths/settings.ts';
import { ageOfContact, type ContactState, stateOfContact } from './contact.ts';
import { answersOfService, contactFields, describeContact } from './contact-fields.ts';
import type { Contact } from './contacts-of-today.ts';
import type { Content } from './partnership-forms.ts';

const text = (words: string) => ({ text: words });

const tags: Readonly<Record<ContactState, (age: number) => Cell>> = {
  withheld: () => ({ text: 'Hidden', tag: 'grey' }),
  old: (age) => ({ text: `Checked ${age} days ago`, tag: 'orange' }),
  'hours not confirmed': () => ({ text: 'Hours not confirmed', tag: 'yellow' }),
  'not confirmed by two people': () => ({ text: 'Not confirmed by two people', tag: 'blue' }),
  confirmed: () => ({ text: 'Confirmed', tag: 'green' }),
};

const stateCell = ({ service, byTwo }: Contact, today: string): Cell =>
  tags[stateOfContact(service, byTwo, today)](ageOfContact(service, today));

export type ContactRights = { readonly propose: boolean; readonly decide: boolean };

export const contactsPage = (contacts: readonly Contact[], today: string, may: ContactRights): SectionsPage => ({
  title: 'Contacts and hours',
  back: { href: settingsPaths.settings(), text: 'Settings' },
  lead: [
    'The public pages show these contacts. One member checks a contact against its sources. Another member approves that.',
    'After 90 days without a check, the public pages say “hours not confirmed” and show the contact below those that are confirmed.',
  ],
  actions: [
    ...(may.propose ? [{ href: settingsPaths.checkedContacts(), text: 'Confirm contacts that I checked today' }] : []),
    ...(may.decide && contacts.some(({ waiting }) => waiting)
      ? [{ href: settingsPaths.decideContacts(), text: 'Approve checks of colleagues', secondary: true }]
      : []),
    ...(may.propose ? [{ href: settingsPaths.newContact(), text: 'Add a service', secondary: true }] : []),
  ],
  sections: [
    {
      kind: 'table',
      caption: 'Services',
      stack: true,
      columns: ['Service', 'State', 'Date checked', 'Proposal'].map(text),
      rows: contacts.map((contact) => {
        const { service, waiting } = contact;
        return [
          { text: service.name, href: settingsPaths.service(service.id) },
          stateCell(contact, today),
          text(longDay(service.dateChecked)),
          waiting
            ? {
                text: 'Waits for approval',
                href: settingsPaths.version(waiting.setting.id),
                hidden: `: ${service.name}`,
              }
            : text('None'),
        ];
      }),
      empty: 'No services yet. Add the first one.',
    },
  ],
});

const nothingWaits = (waiting: SettingVersion | undefined) =>
  waiting ? { warning: 'A proposal waits for approval. If you save this form, your proposal replaces it.' } : undefined;

export const contactPage = (contact: Contact, content: Content, today: string, may: ContactRights): SectionsPage => {
  const { service, waiting } = contact;
  return {
    title: service.name,
    back: { href: settingsPaths.contacts(), text: 'Contacts and hours' },
    lead: ['This is what the public site knows of the service now.'],
    actions: may.propose
      ? [
          { post: settingsPaths.checkedService(service.id), text: 'Checked today, nothing changed' },
          { href: settingsPaths.editService(service.id), text: 'Change this contact', secondary: true },
        ]
      : [],
    sections: [
      {
        kind: 'summary',
        rows: [
          { key: text('State'), value: text(String(stateCell(contact, today).text)) },
          ...describeContact(content).map(([label, words]) => ({ key: text(label), value: text(words || 'Nothing') })),
        ],
      },
      ...(waiting
        ? [
            {
              kind: 'list' as const,
              title: 'Proposal',
              items: [{ href: settingsPaths.version(waiting.setting.id), text: 'A proposal waits for approval' }],
            },
          ]
        : []),
    ],
  };
};

export const contactFormPage = (service: Service | undefined, waiting: SettingVersion | undefined): FormPage => ({
  title: service ? `Change ${service.name}` : 'Add a service',
  ...backTo(
    service ? settingsPaths.service(service.id) : settingsPaths.contacts(),
    service?.name ?? 'Contacts and hours',
  ),
  lead: [
    'Compare each answer with the service’s own page, or ask the service. Another member approves your proposal before the public sees it.',
  ],
  ...nothingWaits(waiting),
  button: 'Save as a proposal',
  fields: (ask) => contactFields(ask, answersOfService(service)),
});

const checkOption = ({ service }: Contact, today: string) => ({
  value: service.id,
  text: service.name,
  hint: text(`Checked on ${longDay(service.dateChecked)}, ${ageOfContact(service, today)} days ago`),
});

export const checkedContactsPage = (contacts: readonly Contact[], today: string): FormPage => ({
  title: 'Confirm contacts that you checked today',
  ...backTo(settingsPaths.contacts(), 'Contacts and hours'),
  lead: [
    'Compare each service with its sources: number, hours, languages and what it keeps confidential. Select it only if nothing changed.',
    'Your name stays with the check. Another member approves it.',
  ],
  button: 'Save as proposals',
  fields: (ask) => [
    ask.many(
      'services',
      'Checked today, nothing changed',
      contacts.filter(({ service }) => service.withheld === null).map((contact) => checkOption(contact, today)),
    ),
  ],
});

/** Proposals of colleagues that change nothing but the date checked. */
export const decideContactsPage = (
  waiting: readonly { readonly version: SettingVersion; readonly name: string; readonly by: string }[],
): FormPage => ({
  title: 'Approve checks of colleagues',
  ...backTo(settingsPaths.contacts(), 'Contacts and hours'),
  lead: [
    'In these proposals the date checked alone changes. Select those that you know are right. Open a proposal with other changes by its own page.',
  ],
  ...(waiting.length === 0 && {
    closed: true,
    warning: 'You have no such proposals to approve. You cannot approve your own.',
  }),
  button: 'Approve',
  fields: (ask) => [
    ask.many(
      'versions',
      'Which contacts do you approve?',
      waiting.map(({ version, name, by }) => ({
        value: version.setting.id,
        text: name,
        hint: text(`Checked on ${longDay(String(version.setting.content.dateChecked))} by ${by}`),
      })),
    ),
  ],
});
