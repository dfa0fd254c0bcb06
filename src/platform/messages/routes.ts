/** Routes by which a member chooses messages outside Safelight, and administrators see how they arrive. */
import { randomInt } from 'node:crypto';
import { z } from 'zod';
import { type MemberId, newId } from '../../vocabulary/ids.ts';
import { messagePaths } from '../../vocabulary/paths/platform.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { formRoute } from '../forms/form-route.ts';
import { answersOf, NothingAsked, readForm } from '../forms/forms.ts';
import { found } from '../http/problem.ts';
import { type App, may, type Request } from '../http/server.ts';
import type { AreaParts } from '../http/sites.ts';
import { fillForm } from '../rendering/pages.ts';
import { withQuery } from '../rendering/paging.ts';
import type { Senders } from './channel.ts';
import { deliveryPage } from './delivery-page.ts';
import { addressForms, ChannelPath, CodeForm, QuietForm } from './forms.ts';
import * as store from './member-store.ts';
import type { Channel } from './message.ts';
import * as page from './pages.ts';

const minutesOfCode = 15;
const minutesBetweenCodes = 2;
const mostTries = 5;

type ChannelRequest = Request & { readonly params: { readonly channel: Channel } };

const readOwn = async ({ db, actor, params }: ChannelRequest): Promise<store.OwnChannel | undefined> =>
  (await store.listOwnChannels(db, actor.memberId)).find(({ channel }) => channel === params.channel);

const getOwn = async (request: ChannelRequest): Promise<store.OwnChannel> =>
  found(await readOwn(request), 'notification channel');

export async function messageRoutes(app: App, { senders }: AreaParts): Promise<void> {
  app.get(messagePaths.channels.route, may('notification channel.read'), async (request, reply) => {
    const own = await store.listOwnChannels(request.db, request.actor.memberId);
    return reply.sections(page.channelsPage({ own, has: senders.has }));
  });
  app.get(messagePaths.delivery.route, may('message delivery.read'), async ({ db, now }, reply) => {
    const counts = await store.countDelivery(db, now);
    const failing = await store.listFailingAddresses(db, now);
    return reply.sections(deliveryPage({ counts, failing, has: senders.has }));
  });
  quietRoute(app);
  addressRoutes(app, senders);
  codeRoute(app);
  endRoutes(app);
}

/** Quiet hours are kept with an address. */
const leaveWithoutAddress = (own: readonly store.OwnChannel[]): string | undefined =>
  own.length === 0 ? messagePaths.channels() : undefined;

function quietRoute(app: App): void {
  formRoute(app, messagePaths.quiet.route, {
    may: may('notification channel.change'),
    load: ({ db, actor }) => store.listOwnChannels(db, actor.memberId),
    form: QuietForm,
    instead: leaveWithoutAddress,
    skip: leaveWithoutAddress,
    page: page.quietPage,
    saves: 'Quiet hours',
    event: 'notification channel.quiet hours set',
    subject: (_own, _values, { actor }) => actor.memberId,
    change: async (tx, _own, { quietFrom, quietUntil }, { actor }) => {
      const none = quietFrom === quietUntil;
      const hours = none
        ? { quietFrom: null, quietUntil: null }
        : { quietFrom: toMinute(quietFrom), quietUntil: toMinute(quietUntil) };
      return accept(await store.saveOwnChannel(tx, actor.memberId, hours));
    },
    refusals: {},
    next: () => messagePaths.channels(),
  });
}

const toMinute = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** By hand: the code is sent after the transaction, because a mail server can be slow. */
function addressRoutes(app: App, senders: Senders): void {
  const { route } = messagePaths.address;
  app.get(route, may('notification channel.change', ChannelPath), async (request, reply) => {
    const { channel } = request.params;
    return reply.form(fillForm(page.addressPage(channel, await readOwn(request), senders.has(channel))));
  });

  app.post(route, may('notification channel.change', ChannelPath), async (request, reply) => {
    const { channel } = request.params;
    const mine = await readOwn(request);
    const show = (errors: Parameters<typeof fillForm>[2]) =>
      reply.form(fillForm(page.addressPage(channel, mine, senders.has(channel)), answersOf(request.body), errors));
    const form = readForm(addressForms[channel], request.body);
    if (!form.ok) return show(form.errors);
    if (!senders.has(channel)) return show({});
    const { address } = form.values;
    const code = String(randomInt(1_000_000)).padStart(6, '0');
    const saved = await saveNewAddress(request, { address, code });
    if (!saved.ok) return show(page.tooSoon);
    if (saved.value === 'unchanged') return reply.redirect(messagePaths.channels(), 303);
    const { kind } = await (await senders.of(channel)).sendCode({ id: newId(), to: address, code });
    return reply.redirect(
      withQuery(messagePaths.code(channel), { failed: kind === 'accepted' ? undefined : 'yes' }),
      303,
    );
  });
}

const saveNewAddress = (
  request: ChannelRequest,
  { address, code }: { readonly address: string; readonly code: string },
) =>
  request.change('notification channel.address set', request.actor.memberId, async (tx) => {
    const { channel } = request.params;
    const memberId = request.actor.memberId as MemberId;
    const before = await store.lockOwnChannel(tx, memberId, channel);
    if (before?.confirmedAt && before.address === address) {
      await store.dropNewAddress(tx, before);
      return accept('unchanged' as const);
    }
    const sentAt = before?.codeUntil && before.codeUntil.getTime() - minutesOfCode * 60_000;
    if (sentAt && request.now.getTime() - sentAt < minutesBetweenCodes * 60_000) return refuse('too soon');
    const codeUntil = new Date(request.now.getTime() + minutesOfCode * 60_000);
    const id = before?.id ?? newId<'notification channel'>();
    await store.saveAddress(tx, { id, memberId, channel }, { address, code, codeUntil });
    return accept('to confirm' as const);
  });

const Yes = z.literal('yes').optional().catch(undefined);
const CodeQuery = z.object({ failed: Yes, wrong: Yes });

function codeRoute(app: App): void {
  formRoute(app, messagePaths.code.route, {
    may: may('notification channel.change', ChannelPath, CodeQuery),
    load: getOwn,
    form: CodeForm,
    page: (mine, typed, _errors, { query }) => ({
      ...page.codePage(mine, query.failed === 'yes'),
      ...(!typed && query.wrong && { errors: page.codeErrors.wrong }),
    }),
    event: 'notification channel.code entered',
    subject: ({ memberId }) => memberId,
    change: async (tx, mine, { code }, { now }) => {
      const current = await store.lockOwnChannel(tx, mine.memberId, mine.channel);
      if (!current?.codeUntil || current.codeUntil < now || current.codeTries >= mostTries) return refuse('over');
      // A wrong code is counted, so this is kept.
      return accept(await store.tryCode(tx, current, code, now));
    },
    refusals: page.codeErrors,
    next: (confirmed, { channel }) =>
      confirmed ? messagePaths.channels() : withQuery(messagePaths.code(channel), { wrong: 'yes' }),
  });
}

function endRoutes(app: App): void {
  formRoute(app, messagePaths.switched.route, {
    may: may('notification channel.change', ChannelPath),
    load: getOwn,
    form: NothingAsked,
    page: page.switchPage,
    event: 'notification channel.switched',
    subject: ({ memberId }) => memberId,
    change: async (tx, { memberId, channel, switchedOn }) =>
      accept(await store.saveOwnChannel(tx, memberId, { switchedOn: !switchedOn }, channel)),
    refusals: {},
    next: () => messagePaths.channels(),
  });

  formRoute(app, messagePaths.remove.route, {
    may: may('notification channel.remove', ChannelPath),
    load: getOwn,
    form: NothingAsked,
    page: page.removePage,
    event: 'notification channel.removed',
    subject: ({ memberId }) => memberId,
    details: () => ({ kind: 'erasure' }),
    change: async (tx, { memberId, channel }, _nothing, { now }) =>
      accept(await store.removeOwnChannel(tx, memberId, channel, now)),
    refusals: {},
    next: () => messagePaths.channels(),
  });
}
