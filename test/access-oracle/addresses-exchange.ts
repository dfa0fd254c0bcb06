/** Where a coordinator's weeks, the documents that came and the keys are to be found. */
import type { Address, Making } from './addresses.ts';
import type { Row } from './world.ts';

type Parts = {
  readonly page: Making;
  readonly form: Making;
  readonly file: Making;
  readonly taking: Readonly<Record<string, string>>;
  readonly at: (before: string, after?: string) => (row: Row) => string;
};
const here = { door: 'main/statistics' } as const;
const empty = { ...here, empty: true } as const;
const weeks = 'returns/exchange/weeks';

export const exchangeAddresses = ({ page, form, file, taking, at }: Parts): Address[] => [
  ...['', '/totals', '/breakdowns', '/map', '/joint-visits'].map((what) =>
    page('exchange.read', 'exchange_weeks', at(weeks, what), here),
  ),
  page('received return.read', 'exchange_weeks', at(weeks, '/documents'), here),
  form('exchange week.change', 'exchange_weeks', at(weeks, '/edit'), empty),
  page('received return.upload', 'exchange_weeks', at(weeks, '/upload'), here),
  file('exchange.read', 'exchange_weeks', at(weeks, '/tasking'), here),
  ...['csv', 'json', 'xlsx'].map((shape) =>
    file('received return.export', 'exchange_weeks', at(weeks, '/export'), { ...here, asking: { ...taking, shape } }),
  ),
  page('received return.read', 'exchange_documents', at('returns/exchange/documents'), here),
  form('exchange key.end', 'exchange_keys', at('returns/exchange/keys', '/end'), here),
  page('tasking.read', 'received_taskings', at('taskings')),
  page('coordinator key.compare', 'received_taskings', at('taskings', '/key')),
  // Only a tasking in force fills a week: of those here, the imported one.
  page('tasking.use', 'received_taskings', at('taskings', '/new-week'), {
    may: (_me, { received_by }) => received_by !== null,
  }),
  form('coordinator key.end', 'coordinator_keys', at('taskings/keys', '/end')),
  form(
    'planned visit.change',
    'planned_visits',
    ({ id, premises_id }) => `/staff/premises/${premises_id}/visits/${id}/joint`,
    { empty: true },
  ),
];
