/** Where what is known of one person on two sides is to be found: notices and requests, each by its own side's addresses. */
import type { Address, Making } from './addresses.ts';
import type { List } from './lists.ts';

type At = (before: string, after?: string) => Address['url'];
const help = 'safeguarding/safeguarding';
const empty = { empty: true } as const;
const every = { all: () => true } as const;

type Makings = Readonly<Record<'page' | 'form' | 'helpPage' | 'helpForm', Making>> & { readonly at: At };
/** What was approved in this world was sent: there is nothing to send. */
const sent = { may: () => false } as const;

export const sidesAddresses = ({ page, form, helpPage, helpForm, at }: Makings): Address[] => [
  helpPage('custody safeguarding notice.send', 'persons', at('safeguarding/custody-notices/of'), empty),
  helpPage('custody safeguarding notice.send', 'disclosures', at('safeguarding/custody-notices/approved'), sent),
  helpPage('information decision.make', 'disclosures', at('safeguarding/information-requests/approved'), sent),
  helpPage('custody safeguarding notice.read', 'custody_notices', at('safeguarding/custody-notices')),
  helpForm('custody safeguarding notice.withdraw', 'custody_notices', at('safeguarding/custody-notices', '/take-back')),
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
