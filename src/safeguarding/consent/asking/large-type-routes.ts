/** The words of a consent in very large type, to show at arm's length: of a question before the answer, and of a consent as it was kept. */

import { largeWordsPage } from '../../../nrm/consent-words/index.ts';
import { type App, may } from '../../../platform/http/server.ts';
import type { AreaParts } from '../../../platform/http/sites.ts';
import { withQuery } from '../../../platform/rendering/paging.ts';
import { newTimelessId } from '../../../vocabulary/ids.ts';
import { consentPaths } from '../../../vocabulary/paths/safeguarding/consent.ts';
import * as input from '../forms.ts';
import * as store from '../store.ts';

import { type ConsentDependencies, composeConsent, findRecipient, listAskable, readAsked } from './question.ts';

export function largeTypeRoutes(app: App, { keys }: AreaParts, later: ConsentDependencies): void {
  const asking = may('consent.record', input.PersonPath, input.WordsQuery);
  app.get(consentPaths.askingInLargeType.route, asking, async (request, reply) => {
    const { personId } = request.params;
    const found = await readAsked(request, keys, later, personId);
    const question = request.query;
    const recipient = question && findRecipient(question, listAskable(question.act, found));
    if (!question || !recipient?.ok) return reply.redirect(consentPaths.asking(personId), 303);
    const words = composeConsent(request, found, { ...question, id: newTimelessId() }, recipient.values);
    const page = largeWordsPage(words, consentPaths.overview(personId));
    return reply.page('nrm/consent-words/large-words', page);
  });

  app.get(consentPaths.largeType.route, may('consent.read', input.ConsentPath), async (request, reply) => {
    const { id } = request.params;
    const db = request.look('consent.shown', id, { fields: ['wording', 'shownWording', 'language'] });
    const consent = await store.getConsent(db, keys, id);
    const back = withQuery(consentPaths.overview(consent.personId), { view: 'person' });
    return reply.page('nrm/consent-words/large-words', largeWordsPage(consent, back));
  });
}
