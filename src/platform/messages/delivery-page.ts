/** The page that tells administrators how messages to members of their agency arrive, and what to do where they do not. No content, no address, no time. */
import { messagePaths } from '../../vocabulary/paths/platform.ts';
import type { Section, SectionsPage } from '../rendering/pages.ts';
import type { DeliveryCount, FailingAddress } from './member-store.ts';
import {
  type Channel,
  channels,
  expired,
  hoursToTry,
  isOfAddress,
  type MessageState,
  reasonsOfSettings,
} from './message.ts';
import { channelNames } from './pages.ts';
import { subject } from './text.ts';

const stateWords: Readonly<Record<MessageState, string>> = {
  waiting: 'waiting',
  again: 'to be tried again',
  sending: 'being sent',
  accepted: 'accepted by the server',
  refused: 'refused',
  unknown: 'unknown',
  'not needed': 'not needed',
};

const servers: Readonly<Record<Channel, string>> = { email: 'mail server', text: 'text gateway' };
const addresses: Readonly<Record<Channel, string>> = { email: 'e-mail address', text: 'mobile number' };

/** What the state means, and the next step. */
function explain({ channel, state, reason }: DeliveryCount): string {
  const server = servers[channel];
  if (reason && reasonsOfSettings.includes(reason) && (state === 'again' || state === 'refused'))
    return `The ${server} does not accept the settings of this site. Ask the operator to check them.`;
  switch (state) {
    case 'again':
      return `The ${server} did not take it. Safelight tries for ${hoursToTry} hours. If this lasts more than an hour, tell the operator.`;
    case 'refused':
      if (isOfAddress(reason))
        return `The ${server} refused the ${addresses[channel]}. See “Members whose last message was refused”.`;
      return reason === expired
        ? `The ${server} took nothing for ${hoursToTry} hours. Tell the operator. Members see their notifications when they sign in.`
        : `The ${server} refused the message. Tell the operator.`;
    case 'unknown':
      return 'No answer came, even to a second try. It may have arrived, once or twice. If it happens often, tell the operator.';
    case 'not needed':
      return 'The member had read it, or had stopped messages, before it was sent. Nothing to do.';
    case 'waiting':
      return 'It waits for quiet hours, or for the pause between two messages. Nothing to do.';
    default:
      return 'Nothing to do.';
  }
}

const failingSection = (failing: readonly FailingAddress[]): Section => ({
  kind: 'table',
  caption: 'Members whose last message was refused',
  columns: [{ text: 'Member' }, { text: 'Ask them to check' }],
  rows: failing.map(({ member, channel }) => [{ text: member }, { text: `their ${addresses[channel]}` }]),
  empty: 'None. A member whose address or number is refused appears here.',
});

export const deliveryPage = ({
  counts,
  failing,
  has,
}: {
  readonly counts: readonly DeliveryCount[];
  readonly failing: readonly FailingAddress[];
  readonly has: (channel: Channel) => boolean;
}): SectionsPage => ({
  title: 'Delivery of messages',
  back: { href: messagePaths.channels(), text: 'Messages outside Safelight' },
  lead: [
    'These messages tell members of your agency that something is new. The page counts those on their way, and those of the last seven days.',
    'Accepted means that a server took the message. It does not mean that the member read it.',
  ],
  sections: [
    {
      kind: 'summary',
      title: 'Ways',
      rows: channels.map((channel) => ({
        key: { text: channelNames[channel] },
        value: { text: has(channel) ? 'On' : `Off. Ask the operator to set a ${servers[channel]}` },
      })),
    },
    failingSection(failing),
    {
      kind: 'table',
      stack: true,
      caption: 'Messages',
      columns: [
        { text: 'Way' },
        { text: 'State' },
        { text: 'Messages', numeric: true },
        { text: 'What it means' },
        { text: 'Code for the operator' },
      ],
      rows: counts.map((one) => [
        { text: channelNames[one.channel] },
        { text: stateWords[one.state] },
        { text: one.count },
        { text: explain(one) },
        { text: one.reason ?? 'none' },
      ]),
      empty: `No messages yet. An e-mail has the subject “${subject}”.`,
    },
  ],
});
