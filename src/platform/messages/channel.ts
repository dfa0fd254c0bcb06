/** What a way to reach members outside Safelight can do, and which ways are switched on. */
import type { Config } from '../config.ts';
import { openMail } from './mail.ts';
import type { Channel, Outcome } from './message.ts';
import { openTextGateway } from './text-gateway.ts';

/** The id is the same for each try of one message: servers and gateways know a repeat by it. */
export type Notice = { readonly id: string; readonly to: string };

export type Sender = {
  /** Tells that something is new, in the words that are the same for every message. Never throws. */
  readonly send: (message: Notice) => Promise<Outcome>;
  /** Sends the code that confirms an address. */
  readonly sendCode: (message: Notice & { readonly code: string }) => Promise<Outcome>;
  readonly close: () => void;
};

/** Opened when first used, because most processes send nothing. */
export type Senders = {
  readonly has: (channel: Channel) => boolean;
  readonly of: (channel: Channel) => Promise<Sender>;
  readonly close: () => Promise<void>;
};

export function openSenders({ messages, origin }: Pick<Config, 'messages' | 'origin'>): Senders {
  let open: Partial<Record<Channel, Promise<Sender>>> = {};
  const opened = (channel: Channel): Promise<Sender> => {
    const { mail, text } = messages;
    if (channel === 'email' && mail) return openMail(mail, origin);
    if (channel === 'text' && text) return Promise.resolve(openTextGateway(text));
    throw new Error(`messages by ${channel} are switched off`);
  };
  return {
    has: (channel) => messages[channel === 'email' ? 'mail' : 'text'] !== undefined,
    of: (channel) => {
      open[channel] ??= opened(channel);
      return open[channel];
    },
    close: async () => {
      const before = Object.values(open);
      open = {};
      for (const one of before) (await one).close();
    },
  };
}
