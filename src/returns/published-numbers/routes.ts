/** The route of the ledger, for analysts and press officers of the agency that leads the operation. */
import { z } from 'zod';
import { type App, may } from '../../platform/http/server.ts';
import { PageQuery, pageSize, paginate, withQuery } from '../../platform/rendering/paging.ts';
import { returnPaths } from '../../vocabulary/paths/returns.ts';
import { findIndicators, ledgerPage } from './pages.ts';
import { listPublishedNumbers, listReleasedNumbers } from './store.ts';

const LedgerQuery = PageQuery.extend({ words: z.string().trim().max(100).catch('') });

export function ledgerRoute(app: App): void {
  app.get(returnPaths.ledger.route, may('published number.read', z.unknown(), LedgerQuery), async (request, reply) => {
    const { page, words } = request.query;
    const search = { words, indicators: words === '' ? [] : findIndicators(words) };
    const { numbers, total } = await listPublishedNumbers(request.db, search, { page, size: pageSize });
    const pages = paginate(page, pageSize, total, (number) =>
      withQuery(returnPaths.ledger(), { words: words || undefined, page: number }),
    );
    const mayReadReturns = request.can('return.read');
    const mayReadReleases = request.can('release.read');
    const returned = numbers.filter(({ source }) => source === 'return').map(({ operationId }) => operationId);
    const released = await listReleasedNumbers(request.db, [...new Set(returned)]);
    return reply.page(
      'returns/published-numbers/ledger',
      ledgerPage(numbers, { words, mayReadReturns, mayReadReleases, pages, released, now: request.now }),
    );
  });
}
