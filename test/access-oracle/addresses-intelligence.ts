/** Where intelligence, and what triage decides about a report to police, is to be found by its own address. */
import type { Address, Making } from './addresses.ts';
import type { Me } from './oracle.ts';
import type { Row } from './world.ts';

const empty = { empty: true } as const;
const asking = { why: 'for a partner or the coordinator of the operation', words: 'Reference 7', shape: 'json' };

/** A closed or withdrawn report is not closed again: the page explains this to its reader. */
const whileItGoesOn = {
  tells: true,
  may: (_me: Me, { state }: Row): boolean => state === 'open' || state === 'asked',
} as const;

export const intelligenceAddresses = (
  page: Making,
  form: Making,
  file: Making,
  at: (before: string, after?: string) => Address['url'],
): Address[] => [
  page('report.answer', 'reports', at('reports', '/refer'), { ...empty, ...whileItGoesOn }),
  page('report.answer', 'reports', at('reports', '/no-action'), { ...empty, ...whileItGoesOn }),
  form('same matter decision.record', 'report_matter_decisions', at('reports/same-matter/decisions', '/undo')),
  page('intelligence item.read', 'intelligence_items', at('intelligence')),
  form('intelligence item.correct', 'intelligence_items', at('intelligence', '/correct'), empty),
  form('intelligence item.correct', 'intelligence_items', at('intelligence', '/system-reference')),
  form('intelligence item.correct', 'intelligence_items', at('intelligence', '/review'), empty),
  form('intelligence item.correct', 'intelligence_items', at('intelligence', '/dispose'), empty),
  file('intelligence item.export', 'intelligence_items', at('intelligence', '/export'), { asking }),
  page('intelligence entity.read', 'intelligence_entities', at('intelligence/named')),
  page('intelligence entity.read', 'intelligence_entities', at('intelligence/named', '/chart')),
  form('intelligence entity.add', 'intelligence_entities', at('intelligence/named', '/remove')),
  form('intelligence entity.add', 'intelligence_items', at('intelligence', '/add-person'), empty),
  form('intelligence proposal.make', 'intelligence_entities', at('intelligence/named', '/propose'), empty),
  page('intelligence proposal.read', 'intelligence_proposals', at('intelligence/proposals')),
  form('intelligence proposal.decide', 'intelligence_proposals', at('intelligence/proposals', '/accept'), empty),
  form('intelligence proposal.decide', 'intelligence_proposals', at('intelligence/proposals', '/decline'), empty),
  form('intelligence proposal.decide', 'intelligence_proposals', at('intelligence/proposals', '/result'), empty),
  page('intelligence share.read', 'intelligence_shares', at('intelligence/received'), {
    may: (me: Me, { to_agency_id }: Row): boolean => to_agency_id === me.agency,
  }),
  form('intelligence share.recall', 'intelligence_shares', at('intelligence/shares', '/recall'), {
    ...empty,
    may: (me: Me, { agency_id }: Row): boolean => agency_id === me.agency,
  }),
  form('intelligence share.make', 'intelligence_items', at('intelligence', '/share'), empty),
  page('deconfliction match.read', 'deconfliction_matches', at('intelligence/checks/matches')),
  form('deconfliction partner.end', 'deconfliction_partners', at('intelligence/checks/partners', '/end')),
  form('hidden operation.end', 'deconfliction_hidden', at('intelligence/checks/hidden', '/end')),
  form('deconfliction subject.add', 'intelligence_entities', at('intelligence/named', '/compare')),
  form('deconfliction subject.end', 'intelligence_entities', at('intelligence/named', '/compare/end')),
  form('link decision.record', 'intelligence_link_decisions', at('intelligence/links/decisions', '/undo')),
  form('intelligence item.record', 'reports', at('intelligence/from-report'), {
    ...empty,
    may: (_me: Me, { state }: Row): boolean => state !== 'withdrawn',
    tells: true,
  }),
];
