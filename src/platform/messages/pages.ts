/** The pages by which a member chooses messages outside Safelight. */
import { messagePaths, notificationPaths } from '../../vocabulary/paths/platform.ts';
import type { FormErrors } from '../forms/forms.ts';
import { backTo, type FormPage, type Section, type SectionsPage } from '../rendering/pages.ts';
import type { OwnChannel } from './member-store.ts';
import { type Channel, channels, formatMinute, minutesBetweenMessages, minutesBetweenUrgent } from './message.ts';
import { textBody } from './text.ts';

export const channelNames: Readonly<Record<Channel, string>> = { email: 'E-mail', text: 'Text message' };
const addressNames: Readonly<Record<Channel, string>> = { email: 'E-mail address', text: 'Mobile number' };

const whatMessagesSay = `Every message says the same: “${textBody}” It names no person, place, operation or kind of news.`;
const off: Readonly<Record<Channel, string>> = {
  email: 'E-mails are switched off for this site. Your administrator can ask the operator to set a mail server.',
  text: 'Text messages are switched off for this site. Your administrator can ask the operator to set a text gateway.',
};

type Shown = { readonly own: readonly OwnChannel[]; readonly has: (channel: Channel) => boolean };

const describeState = ({ confirmedAt, switchedOn }: OwnChannel): string => {
  if (!confirmedAt) return 'Not confirmed yet';
  return switchedOn ? 'On' : 'Off';
};

const describeChange = (address: string, newAddress: string): string =>
  `Messages go to ${address} until you confirm ${newAddress}.`;

function channelSection(channel: Channel, { own, has }: Shown): Section {
  const title = channelNames[channel];
  if (!has(channel)) return { kind: 'words', title, lead: [off[channel]] };
  const mine = own.find((one) => one.channel === channel);
  const set = {
    href: messagePaths.address(channel),
    text: `${mine ? 'Change' : 'Add'} your ${addressNames[channel].toLowerCase().replace('e-mail', 'e-mail')}`,
  };
  if (!mine) return { kind: 'words', title, lead: ['No messages this way yet.'], links: [set] };
  return {
    kind: 'summary',
    title,
    ...(mine.newAddress && { lead: [describeChange(mine.address, mine.newAddress)] }),
    rows: [
      { key: { text: addressNames[channel] }, value: { text: mine.address } },
      { key: { text: 'Messages' }, value: { text: describeState(mine) } },
    ],
    links: [
      ...(mine.confirmedAt
        ? [
            {
              href: messagePaths.switched(channel),
              text: mine.switchedOn ? `Stop messages by ${nameIn(channel)}` : `Start messages by ${nameIn(channel)}`,
            },
          ]
        : []),
      ...(mine.confirmedAt && !mine.newAddress ? [] : [{ href: messagePaths.code(channel), text: 'Enter the code' }]),
      set,
      { href: messagePaths.remove(channel), text: `Remove your ${addressNames[channel].toLowerCase()}` },
    ],
  };
}

const nameIn = (channel: Channel): string => channelNames[channel].toLowerCase();

const quietSection = (own: readonly OwnChannel[]): Section => {
  const [one] = own;
  const hours =
    one?.quietFrom === null || one?.quietUntil === null || !one
      ? 'You have no quiet hours.'
      : `No messages from ${formatMinute(one.quietFrom)} to ${formatMinute(one.quietUntil)}.`;
  return {
    kind: 'words',
    title: 'Quiet hours',
    lead: [
      hours,
      'Urgent news still reaches you: somebody in danger, a child, a deadline of a police request, or a custody safeguarding notice.',
    ],
    links: [{ href: messagePaths.quiet(), text: 'Change your quiet hours' }],
  };
};

export const channelsPage = (shown: Shown): SectionsPage => ({
  title: 'Messages outside Safelight',
  back: { href: notificationPaths.notifications(), text: 'Notifications' },
  lead: [
    whatMessagesSay,
    `You get at most one message each way in ${minutesBetweenMessages} minutes. Urgent news comes at once, and at most every ${minutesBetweenUrgent} minutes. Each message covers everything that is new.`,
  ],
  sections: [
    ...channels.map((channel) => channelSection(channel, shown)),
    ...(shown.own.length > 0 ? [quietSection(shown.own)] : []),
  ],
});

const backToChannels = backTo(messagePaths.channels(), 'Messages outside Safelight');

const hints: Readonly<Record<Channel, string>> = {
  email: 'Use your work address. Other people who read it can see that you use Safelight.',
  text: 'Use a phone that only you read. The message can show on a locked screen.',
};

const describeCode = (mine: OwnChannel | undefined): string =>
  mine?.confirmedAt
    ? `We send a code to the new one. Messages go to ${mine.address} until you have entered the code.`
    : 'We send a code to it. Messages begin when you have entered the code.';

export const addressPage = (channel: Channel, mine: OwnChannel | undefined, has: boolean): FormPage => ({
  title: addressNames[channel],
  ...backToChannels,
  lead: has ? [describeCode(mine)] : [off[channel]],
  ...(!has && { closed: true }),
  button: 'Send the code',
  fields: (ask) => [
    ask.text('address', addressNames[channel], {
      hint: hints[channel],
      autocomplete: channel === 'email' ? 'email' : 'tel',
      value: mine?.newAddress ?? mine?.address,
    }),
  ],
});

export const tooSoon: FormErrors = { address: 'We sent a code less than two minutes ago. Wait, then try again' };

export const codePage = ({ channel, address, newAddress }: OwnChannel, failed: boolean): FormPage => ({
  title: 'Enter the code',
  caption: newAddress ?? address,
  ...backToChannels,
  lead: [
    failed
      ? 'The code could not be sent, or we do not know whether it arrived. If it does not come, check the address and ask for another code after two minutes.'
      : 'We sent a code with six digits. It works for 15 minutes.',
    ...(newAddress ? [describeChange(address, newAddress)] : []),
  ],
  button: 'Confirm',
  fields: (ask) => [ask.text('code', 'Code', { inputmode: 'numeric', autocomplete: 'one-time-code' })],
  more: { href: messagePaths.address(channel), text: 'Send another code' },
});

export const codeErrors = {
  wrong: { code: 'This is not the code that we sent last. Check it, or ask for another code' },
  over: { code: 'This code no longer works. Ask for another code' },
} as const satisfies Record<string, FormErrors>;

export const switchPage = ({ channel, switchedOn, address }: OwnChannel): FormPage => ({
  title: switchedOn ? `Stop messages by ${nameIn(channel)}` : `Start messages by ${nameIn(channel)}`,
  caption: address,
  ...backToChannels,
  lead: [switchedOn ? 'You still see your notifications when you sign in.' : whatMessagesSay],
  button: switchedOn ? 'Stop messages' : 'Start messages',
});

export const removePage = ({ channel, address }: OwnChannel): FormPage => ({
  title: `Remove your ${addressNames[channel].toLowerCase()}`,
  caption: address,
  ...backToChannels,
  lead: ['Safelight deletes it and sends nothing there any more.'],
  button: 'Remove',
  dangerous: true,
});

export const quietPage = (own: readonly OwnChannel[]): FormPage => {
  const [one] = own;
  return {
    title: 'Quiet hours',
    ...backToChannels,
    lead: [
      'Messages wait until quiet hours end. Urgent ones do not wait. Enter the same time twice for no quiet hours.',
    ],
    fields: (ask) => [
      ask.time('quietFrom', 'From', { value: formatMinute(one?.quietFrom ?? 20 * 60) }),
      ask.time('quietUntil', 'Until', { value: formatMinute(one?.quietUntil ?? 7 * 60) }),
    ],
  };
};
