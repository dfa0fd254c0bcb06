/** A mail server and a text gateway with trouble of chance: in what they answer, and in the network before them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { openRelay, type Relay, relayTroubles } from '../../../fixtures/message-relay.ts';
import { openMailServer, openTextServer } from '../../../fixtures/message-servers.ts';

type Scope = Parameters<typeof openMailServer>[0];

const mailTroubles = ['refuse', 'busy', 'cut before the answer', 'cut before the message', 'slow'] as const;
const gatewayTroubles = ['refuse', 'busy', 'fail', 'cut', 'redirect', 'no reference', 'silent'] as const;

/** Of all messages, the share that a server fails, and of all moments, the share in which the network does. */
const [failing, broken] = [0.35, 0.4];

export async function openNetwork(t: Scope, random: () => number) {
  const relays: Relay[] = [];
  const via = async (port: number): Promise<number> => {
    const relay = await openRelay(t, port);
    relays.push(relay);
    return relay.port;
  };
  const [mail, gateway] = [await openMailServer(t, { via }), await openTextServer(t, { via })];
  const chooseOne = <One>(share: number, all: readonly One[]): One | undefined =>
    random() < share ? all[Math.floor(random() * all.length)] : undefined;
  const change = async (relay: Relay, signal: AbortSignal): Promise<void> => {
    while (!signal.aborted) {
      await relay.set(chooseOne(broken, relayTroubles));
      await sleep(50 + random() * 700, undefined, { signal }).catch(() => {});
    }
    await relay.set(undefined);
  };
  /** Servers and network fail while this runs, and are whole again after it. */
  const inTrouble = async (run: () => Promise<void>): Promise<void> => {
    mail.state.choose = () => chooseOne(failing, mailTroubles);
    gateway.state.choose = () => chooseOne(failing, gatewayTroubles);
    const over = new AbortController();
    const changing = relays.map((relay) => change(relay, over.signal));
    try {
      await run();
    } finally {
      over.abort();
      await Promise.all(changing);
      mail.state.choose = undefined;
      gateway.state.choose = undefined;
    }
  };
  return { mail, gateway, inTrouble, environment: { ...mail.environment, ...gateway.environment } };
}
