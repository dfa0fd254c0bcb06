/** Who may make a numbered version of a letter or a handover, and see the versions. The words are read from the records, under their own rules. */
import type { AreaPolicy } from '../../platform/access-policy/access.ts';
import { helpActions, helperRoles, helpRule, ofOwnAgency, ownName, safeguardingRecord } from '../shared-policy.ts';

const looks = { none: 'a number, a time and titles of sections: the words are read from their records' } as const;
/** Who may not read a person’s actions learns of no paper that names them. */
const namesReadable = `not exists (select from unnest(safeguarding_papers.actions) a (id)
  where not exists (select from person_actions t where t.id = a.id))`;
const ofOwnLetter = {
  sql: `${ownName} and exists (select 1 from person_grants g
    where g.id = safeguarding_papers.grant_id and g.from_agency = (select ctx.agency()))`,
  words: 'they make it in their own name, of what their own agency shared',
} as const;
const ofReadableActions = {
  sql: `agency_id = (select ctx.agency()) and ${namesReadable}`,
  words: 'their agency made it, and they can read every action that it names',
} as const;
const ofOwnHandover = {
  sql: `${ownName} and ${namesReadable}`,
  words: 'they make it in their own name and can read every action that it names',
} as const;

export const papersPolicy: AreaPolicy = {
  'letter version': {
    ...safeguardingRecord,
    means: 'Versions of letters to other agencies: number, time, and which sections changed',
    looks,
    tables: { safeguarding_papers: { ...ofOwnAgency, parent: ['person_grants', 'grant_id'] } },
    rules: [helpRule(helperRoles, 'own agency', 'read'), helpRule(helperRoles, ofOwnLetter, 'add')],
    actions: helpActions({ 'letter.read': 'read', 'letter.make': 'add' }),
  },
  'handover version': {
    ...safeguardingRecord,
    means: 'Versions of printed handovers: number, time, and which sections changed',
    looks,
    tables: { safeguarding_papers: { owner: ofOwnAgency.owner, parent: ['handovers', 'handover_id'] } },
    rules: [helpRule(helperRoles, ofReadableActions, 'read'), helpRule(helperRoles, ofOwnHandover, 'add')],
    actions: helpActions({ 'handover paper.read': 'read', 'handover paper.make': 'add' }),
  },
};
