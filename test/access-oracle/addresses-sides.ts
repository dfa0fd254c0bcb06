/** Where what is known of one person on two sides is to be found: notices and requests, each by its own side's addresses. */
import type { Address } from './addresses.ts';
import type { List } from './lists.ts';

type Making = (action: string, table: string, url: Address['url'], more?: Partial<Address>) => Address;
type At = (before: string, after?: string) => Address['url'];
const help = 'safeguarding/safeguarding';
const empty = { empty: true } as const;
const every = { all: () => true } as const;

export const sidesAddresses = ({ page, form, at }: { page: Making; form: Making; at: At }): Address[] => [
  page('custody safeguarding notice.send', 'persons', at('safeguarding/custody-notices/of'), { door: help, ...empty }),
  // What was approved in this world was sent: there is nothing to send.
  page('custody safeguarding notice.send', 'disclosures', at('safeguarding/custody-notices/approved'), {
    door: help,
    may: () => false,
  }),
  page('information decision.make', 'disclosures', at('safeguarding/information-requests/approved'), {
    door: help,
    may: () => false,
  }),
  page('custody safeguarding notice.read', 'custody_notices', at('safeguarding/custody-notices'), { door: help }),
  form('custody safeguarding notice.withdraw', 'custody_notices', at('safeguarding/custody-notices', '/take-back'), {
    door: help,
  }),
  page('custody notice.read', 'received_custody_notices', at('custody-notices')),
  form('custody notice.hear', 'custody_urgent_pages', at('custody-notices', '/pass-on'), empty),
  form('custodian shift.end', 'custodian_shifts', at('custody-notices/on-call', '/end')),
  page('information request.read', 'information_requests', at('information-requests')),
  page('information decision.make', 'information_requests', at('safeguarding/information-requests', '/decide'), {
    ...empty,
    may: (me, { recipient }) => recipient === me.agency,
  }),
];

export const sidesLists = (
  list: (action: string, table: string, url: string, more?: Partial<List>) => List,
): List[] => [
  list('custody safeguarding notice.read', 'custody_notices', 'safeguarding/custody-notices', {
    door: help,
    ...every,
  }),
  list('custody urgent page.read', 'custody_urgent_pages', 'custody-notices', every),
  list('custodian shift.read', 'custodian_shifts', 'custody-notices/on-call', every),
  list('information request.read', 'information_requests', 'information-requests', every),
  list('information decision.read', 'information_decisions', 'safeguarding/information-requests', { door: help }),
];
