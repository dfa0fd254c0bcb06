/** Routes of the media list: the newsrooms of an agency, add one, take one off. */
import { z } from 'zod';
import { formRoute } from '../../platform/forms/form-route.ts';
import { FormId, OptionalLine, RequiredLine } from '../../platform/forms/forms.ts';
import { type App, IdPath, may } from '../../platform/http/server.ts';
import type { AreaParts } from '../../platform/http/sites.ts';
import { isEmailAddress } from '../../platform/messages/address.ts';
import { newTimelessId } from '../../vocabulary/ids.ts';
import { mediaListPaths } from '../../vocabulary/paths/newsroom.ts';
import { accept, refuse } from '../../vocabulary/result.ts';
import { addContactPage, mediaListPage, removeContactPage } from './pages.ts';
import * as store from './store.ts';

const ContactForm = z.object({
  id: FormId<store.ContactId>(),
  newsroom: RequiredLine('Enter the name of the newsroom', 120),
  address: RequiredLine('Enter the e-mail address', 254).refine(
    isEmailAddress,
    'Enter one e-mail address, like news@paper.example',
  ),
  covers: OptionalLine(120).transform((text) => text ?? ''),
});

export async function mediaListRoutes(app: App, { senders }: AreaParts): Promise<void> {
  app.get(mediaListPaths.list.route, may('press contact.read'), async (request, reply) =>
    reply.list(mediaListPage(await store.listContacts(request.db), { sends: senders.has('email') })),
  );

  formRoute(app, mediaListPaths.add.route, {
    may: may('press contact.add'),
    load: async () => ({ id: newTimelessId<'press contact'>() }),
    form: ContactForm,
    page: ({ id }) => addContactPage(id),
    event: 'press contact added',
    subject: (_, { id }) => id,
    details: () => ({ kind: 'collection', fields: ['newsroom', 'address', 'covers'] }),
    change: async (tx, _, values, { actor, now }) => {
      if ((await store.listContacts(tx)).length >= store.mostContacts) return refuse('full');
      const by = { agencyId: actor.agencyId, addedBy: actor.memberId, addedAt: now };
      return (await store.addContact(tx, { ...values, ...by })) ? accept(true) : refuse('listed');
    },
    refusals: {
      full: { '': `A media list holds ${store.mostContacts} newsrooms at most. Take one off first.` },
      listed: { address: 'This address is on the list already' },
    },
    next: () => mediaListPaths.list(),
  });

  formRoute(app, mediaListPaths.remove.route, {
    may: may('press contact.remove', IdPath),
    load: ({ db, params }) => store.getContact(db, params.id),
    form: z.object({}),
    page: removeContactPage,
    event: 'press contact removed',
    subject: ({ id }) => id,
    details: () => ({ kind: 'erasure', fields: ['newsroom', 'address', 'covers'] }),
    change: async (tx, { id }) => {
      await store.removeContact(tx, id);
      return accept(true);
    },
    refusals: {},
    next: () => mediaListPaths.list(),
  });
}
