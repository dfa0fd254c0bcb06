/** Who compares reports to police, decides what is about the same matter, and makes intelligence of a report: the readers of the line, at their own agency. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import { marking, policeLine } from '../line-policies.ts';

const { readers, purpose } = policeLine;
const agency = { agency: 'agency_id', owner: { column: 'agency_id' } } as const;
const own = (verbs: Rule['verbs'], fields?: string): Rule => ({
  ...readers,
  purpose,
  relation: 'own agency',
  verbs,
  ...(fields !== undefined && { fields }),
});
const inOwnName = (column: string): Rule => ({
  ...readers,
  purpose,
  relation: {
    sql: `${column} = (select ctx.member()) and agency_id = (select ctx.agency())`,
    words: 'they write it in their own name, for their own agency',
  },
  verbs: ['add'],
});

export const sameMatterPolicy: AreaPolicy = {
  'report comparison': {
    means: 'Keyed terms that find reports to police about the same matter',
    marking,
    looks: { none: 'They are digests; the reports that they are made from are logged.' },
    tables: { report_term_sets: { agency: 'agency_id' }, report_terms: { agency: 'agency_id' } },
    rules: [own(['read', 'add', 'remove'])],
    actions: { 'report comparison.keep': ['add', purpose] },
  },
  'same matter decision': {
    means: 'Decisions that two reports to police are about the same matter or not',
    marking,
    looks: 'each',
    tables: { report_matter_decisions: { ...agency, groups: { undone: ['undone_by', 'undone_at'] } } },
    rules: [own(['read']), inOwnName('decided_by'), own(['change'], 'undone')],
    actions: { 'same matter decision.record': ['add', purpose] },
  },
  'accepted report': {
    means: 'Which reports to police became intelligence',
    marking,
    looks: { none: 'It is shown with the report, whose look is logged.' },
    tables: { report_acceptances: agency },
    rules: [own(['read']), inOwnName('accepted_by')],
    actions: {},
  },
};
