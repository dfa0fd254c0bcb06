/** Routes of keys: register one, end one, and read the own key of this instance. */
import { z } from 'zod';
import { fingerprintOf, openExchangeKey } from '../../../platform/crypto/exchange-key.ts';
import { formRoute } from '../../../platform/forms/form-route.ts';
import { answersOf, NothingAsked, readForm } from '../../../platform/forms/forms.ts';
import { type App, IdPath, may, type Request, saving } from '../../../platform/http/server.ts';
import type { AreaParts } from '../../../platform/http/sites.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import { type AgencyId, newId } from '../../../vocabulary/ids.ts';
import { exchangePaths } from '../../../vocabulary/paths/exchange.ts';
import { accept, refuse } from '../../../vocabulary/result.ts';
import { type ExchangeKeyAnswers, ExchangeKeyForm } from '../forms.ts';
import { reporterKey } from '../inbox/inbox.ts';
import * as store from '../store.ts';
import {
  askedToCompare,
  compareFingerprintPage,
  endKeyPage,
  keyErrors,
  keyFormPage,
  keysPage,
  ownKeyPage,
} from './key-pages.ts';

export function keyRoutes(app: App, { keys }: Pick<AreaParts, 'keys'>): void {
  app.get(exchangePaths.keys.route, may('exchange.read', z.unknown(), KeysQuery), async (request, reply) => {
    const listed = await store.listKeys(request.db);
    return reply.list(keysPage(listed, listed.find(({ id }) => id === request.query.registered)?.name));
  });

  app.get(exchangePaths.ownKey.route, may('return.read'), async (_request, reply) =>
    reply.sections(ownKeyPage(openExchangeKey(keys))),
  );

  addKeyRoute(app);

  formRoute(app, exchangePaths.endKey.route, {
    may: may('exchange key.end', IdPath),
    load: ({ db, params }) => store.getKey(db, params.id),
    form: NothingAsked,
    page: (key) => endKeyPage(key),
    event: 'exchange key.ended',
    subject: ({ id }) => id,
    details: () => ({ fields: ['ended_at'] }),
    change: async (tx, { id }, _values, { now }) =>
      (await store.endKey(tx, id, now)) ? accept(true) : refuse('ended before'),
    refusals: keyErrors,
    next: () => exchangePaths.keys(),
  });
}

/** What the page of a document with an unknown key fills in. */
const filledIn = (most: number) => z.string().max(most).optional().catch(undefined);
const KeyQuery = z.object({
  ...{ name: filledIn(200), country: filledIn(2), level: filledIn(20), key: filledIn(200) },
  document: z.uuid().optional().catch(undefined),
});
const KeysQuery = z.object({ registered: z.uuid().optional().catch(undefined) });

/** Not a form route: it has two steps. The key is pasted, then its fingerprint is shown and compared. */
function addKeyRoute(app: App): void {
  app.get(exchangePaths.addKey.route, may('exchange key.add', z.unknown(), KeyQuery), async (request, reply) =>
    reply.form(keyFormPage(request.query.document), request.query),
  );

  // The page after it says more than “Key saved.”
  app.post(exchangePaths.addKey.route, saving(null, may('exchange key.add')), async (request, reply) => {
    const typed = answersOf(request.body);
    const form = readForm(ExchangeKeyForm, request.body);
    if (!form.ok) return reply.form(keyFormPage(KeyQuery.parse(typed).document), typed, form.errors);
    const { values } = form;
    const same = (await store.listKeys(request.db)).filter(
      ({ publicKey, endedAt }) => publicKey === values.key && endedAt === null,
    );
    if (same.some((one) => reporterKey(one) === reporterKey(values)))
      return reply.form(keyFormPage(values.document), typed, {
        key: 'This key is registered for this reporter already',
      });
    if (values.shown !== fingerprintOf(values.key)) return reply.form(compareFingerprintPage(values, same));
    const errors = {
      ...(values.compared !== 'yes' && { compared: askedToCompare.compared }),
      ...(same.length > 0 && values.several !== 'yes' && { several: askedToCompare.several }),
    };
    if (Object.keys(errors).length > 0) return reply.form(compareFingerprintPage(values, same), typed, errors);
    const registered = await keepKey(request, values);
    return reply.redirect(
      values.document
        ? withQuery(exchangePaths.document(values.document), { key: 'registered' })
        : withQuery(exchangePaths.keys(), { registered }),
      303,
    );
  });
}

async function keepKey(request: Request, { name, country, level, key }: ExchangeKeyAnswers): Promise<string> {
  const { actor, now } = request;
  const id = newId<'exchange key'>();
  await request.change(
    'exchange key.registered',
    id,
    async (tx) =>
      accept(
        await store.addKey(tx, {
          ...{ id, name, country, level, publicKey: key, endedAt: null },
          ...{ agencyId: actor.agencyId as AgencyId, registeredBy: actor.memberId, registeredAt: now },
        }),
      ),
    { kind: 'collection', fields: ['name', 'country', 'level', 'public_key'] },
  );
  return id;
}
