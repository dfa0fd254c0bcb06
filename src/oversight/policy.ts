/** Access to the logs, and to answering people who ask about their data. Only a request opens content, to the lead of the agency that holds the records. */
import type { AreaPolicy, RecordClass, Rule, StoreName } from '../platform/access-policy/access.ts';
import type { Side } from '../vocabulary/people.ts';

const leadRule: Rule = {
  roles: ['data-protection lead'],
  relation: 'own agency',
  purpose: 'audit',
  verbs: ['read'],
};

/** A member cannot answer for their own access or in another member's name. */
const notOwnAccess = {
  sql: 'agency_id = (select ctx.agency()) and answered_by = (select ctx.member()) and member_id <> (select ctx.member())',
  words: 'they write this record in their own name, for their own agency, about another member’s access',
} as const;

/** The same rules in each database; those of the safeguarding database are for support agencies alone. */
function createStoreRules(store: StoreName, side?: Side) {
  const atHelp = side ? { side } : {};
  const shared = {
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    store,
    looks: { none: 'each page that shows it writes a row of its own' },
  } as const;
  const asked = (relation: string): Rule[] => [
    {
      ...leadRule,
      ...atHelp,
      relation: {
        sql: relation,
        words: 'it is about a person who made a subject access request, which the member’s agency answers',
      },
    },
  ];
  const requests = (actions: RecordClass['actions']): RecordClass => ({
    ...shared,
    means: 'People’s requests for the data held on them, with the safe delivery and the redactions of each answer',
    tables: { subject_access_requests: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [{ ...leadRule, ...atHelp, verbs: ['read', 'add', 'change'] }],
    actions,
  });
  const answers = (actions: RecordClass['actions']): RecordClass => ({
    ...shared,
    means: 'Reviews of unusual access',
    tables: { access_reviews: { agency: 'agency_id' } },
    rules: [
      { ...leadRule, ...atHelp },
      { ...leadRule, ...atHelp, relation: notOwnAccess, verbs: ['add'] },
      { ...leadRule, ...atHelp, roles: ['auditor'], relation: 'any' },
    ],
    actions,
  });
  const opened = (means: string, tables: RecordClass['tables'], rules: readonly Rule[]): RecordClass => ({
    ...shared,
    means,
    looks: 'each',
    tables,
    rules,
    actions: {},
  });
  const leaving = (actions: RecordClass['actions']): RecordClass => ({
    ...shared,
    means: 'A file of all records of the member’s own agency when it leaves, made at the command line',
    tables: {},
    rules: [{ ...leadRule, ...atHelp, relation: 'any' }],
    actions,
  });
  return { asked, requests, answers, leaving, opened, any: [{ ...leadRule, ...atHelp, relation: 'any' }] as const };
}

const mainStore = createStoreRules('main');
const safeguardingStore = createStoreRules('safeguarding', 'help');

export const oversightPolicy: AreaPolicy = {
  'subject request': mainStore.requests({
    'request.read': ['read', 'audit'],
    'request.open': ['add', 'audit'],
    'request.change': ['change', 'audit'],
  }),
  'subject request behind the wall': safeguardingStore.requests({
    'help request.read': ['read', 'audit'],
    'help request.open': ['add', 'audit'],
    'help request.change': ['change', 'audit'],
  }),
  'answered access': mainStore.answers({ 'access.read': ['read', 'audit'], 'access.answer': ['add', 'audit'] }),
  'answered access behind the wall': safeguardingStore.answers({
    'help access.read': ['read', 'audit'],
    'help access.answer': ['add', 'audit'],
  }),
  'agency export': mainStore.leaving({ 'agency export.make': ['read', 'audit'] }),
  'agency export behind the wall': safeguardingStore.leaving({ 'help agency export.make': ['read', 'audit'] }),
  'person who asks': mainStore.opened(
    'The record of a person encountered, which the data-protection lead reads to answer the person’s subject access request',
    { encounters: {} },
    mainStore.asked('id = any ((select ctx.asked_for())::uuid[])'),
  ),
  'arrest of who asks': mainStore.opened(
    'An arrest record, which the data-protection lead reads to answer the person’s subject access request',
    { arrests: {} },
    mainStore.asked(
      'id = any ((select ctx.asked_for())::uuid[]) or encounter_id = any ((select ctx.asked_for())::uuid[])',
    ),
  ),
  'officer referral of who asks': mainStore.opened(
    'An NRM referral of an officer, which the data-protection lead of their agency reads to answer the person’s subject access request',
    { nrm_referrals: {} },
    mainStore.asked(
      'agency_id = (select ctx.agency()) and (arrest_id = any ((select ctx.asked_for())::uuid[]) or encounter_id = any ((select ctx.asked_for())::uuid[]))',
    ),
  ),
  'visit of who asks': mainStore.opened(
    'A visit record, which the data-protection lead reads to answer the subject access request of a person encountered there',
    { visits: {} },
    mainStore.asked('id in (select e.visit_id from encounters e) or id in (select a.visit_id from arrests a)'),
  ),
  'place of who asks': mainStore.opened(
    'The town where a person was encountered, which the data-protection lead reads to answer the person’s subject access request',
    { premises: { groups: { place: ['id', 'town'] } } },
    mainStore.asked('id in (select v.premises_id from visits v)').map((rule) => ({ ...rule, fields: 'place' })),
  ),
  'records of who asks': mainStore.opened(
    'Other records of a person encountered or arrested, which the data-protection lead reads to answer the person’s subject access request',
    {
      encounters_versions: { parent: ['encounters', 'id'] },
      encounter_names: { parent: ['encounters', 'id'] },
      encounter_names_versions: { parent: ['encounter_names', 'id'] },
      observations: { parent: ['encounters', 'encounter_id'] },
      observations_versions: { parent: ['observations', 'id'] },
      arrests_versions: { parent: ['arrests', 'id'] },
      screenings: { parent: ['arrests', 'id'] },
      screenings_versions: { parent: ['screenings', 'id'] },
      child_notifications: { parent: ['arrests', 'id'] },
      child_notifications_versions: { parent: ['child_notifications', 'id'] },
      nrm_referrals_versions: { parent: ['nrm_referrals', 'id'] },
      nrm_referral_contents: { parent: ['nrm_referrals', 'id'] },
      nrm_referral_contents_versions: { parent: ['nrm_referral_contents', 'id'] },
      seizures: { parent: ['visits', 'visit_id'] },
    },
    mainStore.any,
  ),
  'note of who asks': safeguardingStore.opened(
    'An agency’s notes about a person, which that agency’s data-protection lead reads to answer the person’s subject access request',
    { notes: {} },
    safeguardingStore.asked(
      'agency_id = (select ctx.agency()) and (id = any ((select ctx.asked_for())::uuid[]) or encounter_id = any ((select ctx.asked_for())::uuid[]))',
    ),
  ),
  'known of who asks': safeguardingStore.opened(
    'A person’s record at a support agency, which that agency’s data-protection lead reads to answer the person’s subject access request',
    { persons: {} },
    safeguardingStore.asked(
      'agency_id = (select ctx.agency()) and (id = any ((select ctx.asked_for())::uuid[]) or origin_id = any ((select ctx.asked_for())::uuid[]))',
    ),
  ),
  'agreed by who asks': safeguardingStore.opened(
    'An agency’s consents and disclosures about a person, which that agency’s data-protection lead reads to answer the person’s subject access request',
    { consents: {}, disclosures: {} },
    safeguardingStore.asked('agency_id = (select ctx.agency()) and person_id = any ((select ctx.asked_for())::uuid[])'),
  ),
  'told of who asks': safeguardingStore.opened(
    'Information about a person that an agency shared. Its data-protection lead reads the information to answer a subject access request',
    { person_grants: {} },
    safeguardingStore.asked(
      'from_agency = (select ctx.agency()) and person_id = any ((select ctx.asked_for())::uuid[])',
    ),
  ),
  'printed of who asks': safeguardingStore.opened(
    'Versions of printed letters and handovers about a person, which the data-protection lead reads to answer the person’s subject access request',
    { safeguarding_papers: {} },
    safeguardingStore.asked(
      `agency_id = (select ctx.agency()) and (
        grant_id in (select g.id from person_grants g where g.person_id = any ((select ctx.asked_for())::uuid[]))
        or exists (select 1 from person_actions t join persons p on p.id = t.person_id
          where t.id = any (safeguarding_papers.actions)
            and (p.id = any ((select ctx.asked_for())::uuid[]) or p.origin_id = any ((select ctx.asked_for())::uuid[]))))`,
    ),
  ),
  'help for who asks': safeguardingStore.opened(
    'Other records of a person at support agencies, which the data-protection lead reads to answer the person’s subject access request',
    {
      notes_versions: { parent: ['notes', 'id'] },
      note_acknowledgements: { parent: ['notes', 'note_id'] },
      note_facts: { parent: ['notes', 'note_id'] },
      referrals_versions: { parent: ['referrals', 'id'] },
      referral_messages: { parent: ['referrals', 'referral_id'] },
      persons_versions: { parent: ['persons', 'id'] },
      contact_notes: { parent: ['persons', 'person_id'] },
      person_actions: { parent: ['persons', 'person_id'] },
      meeting_cases: { parent: ['persons', 'person_id'] },
      nrm_drafts: { parent: ['persons', 'person_id'] },
      nrm_drafts_versions: { parent: ['nrm_drafts', 'id'] },
      custody_notices: { parent: ['persons', 'person_id'] },
      information_decisions: { parent: ['persons', 'person_id'] },
      retention_facts: { parent: ['persons', 'person_id'] },
      wristband_people: { parent: ['persons', 'person_id'] },
      wristband_needs: { parent: ['wristbands', 'wristband_id'] },
      first_nights: { parent: ['wristbands', 'wristband_id'] },
      person_documents: { parent: ['persons', 'person_id'] },
    },
    safeguardingStore.any,
  ),
  'kept of who asks': safeguardingStore.opened(
    'Details for the data-protection lead who answers a subject access request: how long a note is kept if it has no record',
    { retention_facts: {} },
    safeguardingStore.asked(
      'agency_id = (select ctx.agency()) and encounter_id = any ((select ctx.asked_for())::uuid[])',
    ),
  ),
  'help asked for who asks': safeguardingStore.opened(
    'Referrals about a person, which the data-protection lead reads to answer the person’s subject access request',
    { referrals: {} },
    safeguardingStore.asked('note_id in (select n.id from notes n) or person_id in (select p.id from persons p)'),
  ),
  'number of who asks': safeguardingStore.opened(
    'The person’s wristband number at reception. The data-protection lead who answers the person’s subject access request can see it',
    { wristbands: {} },
    safeguardingStore.asked('id in (select l.wristband_id from wristband_people l)'),
  ),
};
