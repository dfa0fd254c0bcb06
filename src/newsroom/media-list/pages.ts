/** Pages of the media list: the newsrooms, the forms, and how the e-mails about a release went. */
import { hoursToTry, isOfAddress, type MessageState, reasonsOfSettings } from '../../platform/messages/message.ts';
import { backTo, type FormPage, type ListPage, type Section } from '../../platform/rendering/pages.ts';
import { longDay } from '../../vocabulary/calendar/days.ts';
import { formatMoment } from '../../vocabulary/calendar/moments.ts';
import { dayOf } from '../../vocabulary/calendar/wall-clock.ts';
import { mediaListPaths, newsroomPaths } from '../../vocabulary/paths/newsroom.ts';
import type { Delivery, Occasion, PressContact } from './store.ts';

const text = (words: string) => ({ text: words });

const whatHappens =
  'When your release becomes public, is corrected or is withdrawn, each newsroom gets an e-mail of its own. It holds the public text and no more.';

export const mediaListPage = (contacts: readonly PressContact[], { sends }: { readonly sends: boolean }): ListPage => ({
  title: 'Media list',
  caption: 'Newsrooms that get the releases of your agency',
  back: { href: newsroomPaths.list(), text: 'Releases' },
  lead: [
    whatHappens,
    ...(sends ? [] : ['No mail server is set, so nothing is sent. Ask the operator to set one.']),
    'Take a newsroom off at once when it asks. Safelight then deletes its address, and how e-mails to it went.',
  ],
  actions: [{ href: mediaListPaths.add(), text: 'Add a newsroom' }],
  list: {
    kind: 'table',
    stack: true,
    caption: 'Newsrooms',
    columns: ['Newsroom', 'E-mail address', 'Area or language', 'Added', 'Change'].map(text),
    rows: contacts.map(({ id, newsroom, address, covers, addedAt }) => [
      text(newsroom),
      text(address),
      text(covers || 'not given'),
      text(longDay(dayOf(addedAt))),
      { text: `Take off ${newsroom}`, href: mediaListPaths.remove(id) },
    ]),
    empty: 'None. A newsroom that you add appears here.',
  },
});

export const addContactPage = (id: string): FormPage => ({
  title: 'Add a newsroom',
  ...backTo(mediaListPaths.list(), 'Media list'),
  lead: [
    'Add only newsrooms that asked for your releases. Use the address of the desk, not of one person, where there is one.',
  ],
  action: mediaListPaths.add(),
  button: 'Add the newsroom',
  fields: (ask) => [
    ask.formId(id),
    ask.text('newsroom', 'Newsroom', { hint: 'For example, “Lea Vale Observer, news desk”' }),
    ask.text('address', 'E-mail address', { type: 'email', spellcheck: false }),
    ask.text('covers', 'Area or language (optional)'),
  ],
});

export const removeContactPage = ({ id, newsroom, address }: PressContact): FormPage => ({
  title: 'Take this newsroom off the list',
  caption: newsroom,
  ...backTo(mediaListPaths.list(), 'Media list'),
  lead: [
    `${address} gets no more e-mails, not even about a correction or withdrawal. Safelight deletes the address, and how e-mails to it went.`,
  ],
  action: mediaListPaths.remove(id),
  button: 'Take it off',
  dangerous: true,
  fields: () => [],
});

const occasionWords: Record<Occasion, string> = {
  published: 'Published',
  corrected: 'Corrected',
  withdrawn: 'Withdrawn',
};

const stateWords: Record<MessageState, string> = {
  waiting: 'Waiting',
  again: 'To be tried again',
  sending: 'Being sent',
  accepted: 'Accepted by the mail server',
  refused: 'Refused',
  unknown: 'Unknown',
  'not needed': 'Not sent',
};

/** What the state means for the press office, and the next step. */
function nextStep({ state, reason }: Delivery): string {
  const ofSettings = reason !== null && reasonsOfSettings.includes(reason);
  if (ofSettings && state !== 'accepted') return 'The mail server does not accept this site. Tell the operator.';
  switch (state) {
    case 'again':
      return `The mail server did not take it. Safelight tries for ${hoursToTry} hours.`;
    case 'refused':
      return isOfAddress(reason) ? 'The address was refused. Ask the newsroom for another.' : 'Tell the operator.';
    case 'unknown':
      return 'No answer came. It may have arrived, so Safelight does not send it again. Ask the newsroom.';
    case 'not needed':
      return 'The release had changed or was withdrawn before it was sent.';
    default:
      return 'Nothing to do';
  }
}

/** Nothing where no e-mail about the release was queued. */
export const deliveriesSection = (deliveries: readonly Delivery[]): Section[] =>
  deliveries.length === 0
    ? []
    : [
        {
          kind: 'table',
          id: 'deliveries',
          stack: true,
          caption: 'E-mails to your media list',
          columns: ['Newsroom', 'What happened', 'State', 'Since', 'What to do'].map(text),
          rows: deliveries.map((delivery) =>
            [
              delivery.newsroom,
              occasionWords[delivery.occasion],
              stateWords[delivery.state],
              delivery.settledAt ? formatMoment(delivery.settledAt) : '',
              nextStep(delivery),
            ].map(text),
          ),
        },
      ];
