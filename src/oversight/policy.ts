/** Access to the logs, and to answering people who ask about their data. Only a request opens content, to the lead of the agency that holds the records. */
import type { AreaPolicy, RecordClass, Rule, StoreName } from '../platform/access-policy/access.ts';
import type { Side } from '../vocabulary/people.ts';

const lead: Rule = {
  roles: ['data-protection lead'],
  relation: 'own agency',
  purpose: 'audit',
  verbs: ['read'],
};

/** A member cannot answer for their own access or in another member's name. */
const ofAnother = {
  sql: 'agency_id = (select ctx.agency()) and answered_by = (select ctx.member()) and member_id <> (select ctx.member())',
  words: 'it is their own agency’s, in their own name, and about somebody else’s access',
} as const;

/** The same rules in each database; those of the safeguarding database are for support agencies alone. */
function ofStore(store: StoreName, side?: Side) {
  const atHelp = side ? { side } : {};
  const shared = {
    marking: 'OFFICIAL-SENSITIVE: PERSONAL DATA',
    store,
    looks: { none: 'each page that shows it writes a row of its own' },
  } as const;
  const asked = (relation: string): Rule[] => [
    {
      ...lead,
      ...atHelp,
      relation: { sql: relation, words: 'the person asked what is held on her, and their agency answers for it' },
    },
  ];
  const requests = (actions: RecordClass['actions']): RecordClass => ({
    ...shared,
    means:
      'That a person asked what is held on her, how the answer reaches her safely, and what was decided about words of others',
    tables: { subject_requests: { agency: 'agency_id', owner: { column: 'agency_id' } } },
    rules: [{ ...lead, ...atHelp, verbs: ['read', 'add', 'change'] }],
    actions,
  });
  const answers = (actions: RecordClass['actions']): RecordClass => ({
    ...shared,
    means: 'What was found of an access that stood out, and by whom',
    tables: { access_answers: { agency: 'agency_id' } },
    rules: [
      { ...lead, ...atHelp },
      { ...lead, ...atHelp, relation: ofAnother, verbs: ['add'] },
      { ...lead, ...atHelp, roles: ['auditor'], relation: 'any' },
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
  return { asked, requests, answers, opened, any: [{ ...lead, ...atHelp, relation: 'any' }] as const };
}

const main = ofStore('main');
const apart = ofStore('safeguarding', 'help');

export const oversightPolicy: AreaPolicy = {
  'subject request': main.requests({
    'request.read': ['read', 'audit'],
    'request.open': ['add', 'audit'],
    'request.change': ['change', 'audit'],
  }),
  'subject request behind the wall': apart.requests({
    'help request.read': ['read', 'audit'],
    'help request.open': ['add', 'audit'],
    'help request.change': ['change', 'audit'],
  }),
  'answered access': main.answers({ 'access.read': ['read', 'audit'], 'access.answer': ['add', 'audit'] }),
  'answered access behind the wall': apart.answers({
    'help access.read': ['read', 'audit'],
    'help access.answer': ['add', 'audit'],
  }),
  'person who asks': main.opened(
    'A person met, to the data-protection lead who answers her request',
    { encounters: {} },
    main.asked('id = any ((select ctx.asked_for())::uuid[])'),
  ),
  'arrest of who asks': main.opened(
    'An arrest, to the data-protection lead who answers the person’s request',
    { arrests: {} },
    main.asked('id = any ((select ctx.asked_for())::uuid[]) or encounter_id = any ((select ctx.asked_for())::uuid[])'),
  ),
  'visit of who asks': main.opened(
    'The visit at which the person was met, to the lead who answers her request',
    { visits: {} },
    main.asked('id in (select e.visit_id from encounters e) or id in (select a.visit_id from arrests a)'),
  ),
  'place of who asks': main.opened(
    'The town in which the person was met, to the lead who answers her request',
    { premises: { groups: { place: ['id', 'town'] } } },
    main.asked('id in (select v.premises_id from visits v)').map((rule) => ({ ...rule, fields: 'place' })),
  ),
  'records of who asks': main.opened(
    'What hangs on the person met or arrested, to the lead who answers her request',
    {
      encounters_versions: { parent: ['encounters', 'id'] },
      encounter_names: { parent: ['encounters', 'id'] },
      encounter_names_versions: { parent: ['encounter_names', 'id'] },
      observations: { parent: ['encounters', 'encounter_id'] },
      observations_versions: { parent: ['observations', 'id'] },
      arrests_versions: { parent: ['arrests', 'id'] },
      screenings: { parent: ['arrests', 'id'] },
      screenings_versions: { parent: ['screenings', 'id'] },
      seizures: { parent: ['visits', 'visit_id'] },
    },
    main.any,
  ),
  'note of who asks': apart.opened(
    'What the person said of herself, to the lead of the agency that wrote it, who answers her request',
    { notes: {} },
    apart.asked(
      'agency_id = (select ctx.agency()) and (id = any ((select ctx.asked_for())::uuid[]) or encounter_id = any ((select ctx.asked_for())::uuid[]))',
    ),
  ),
  'known of who asks': apart.opened(
    'The record of the person, to the lead of the agency that keeps it, who answers her request',
    { persons: {} },
    apart.asked(
      'agency_id = (select ctx.agency()) and (id = any ((select ctx.asked_for())::uuid[]) or origin_id = any ((select ctx.asked_for())::uuid[]))',
    ),
  ),
  'agreed by who asks': apart.opened(
    'What the person agreed to, or what was told without it, to the lead of the agency that asked her, who answers her request',
    { consents: {}, disclosures: {} },
    apart.asked('agency_id = (select ctx.agency()) and person_id = any ((select ctx.asked_for())::uuid[])'),
  ),
  'told of who asks': apart.opened(
    'Who was told what of the person, to the lead of the agency that told it, who answers her request',
    { person_grants: {} },
    apart.asked('from_agency = (select ctx.agency()) and person_id = any ((select ctx.asked_for())::uuid[])'),
  ),
  'help for who asks': apart.opened(
    'What hangs on such a note or record, to the lead who answers the request',
    {
      notes_versions: { parent: ['notes', 'id'] },
      take_ups: { parent: ['notes', 'note_id'] },
      facts: { parent: ['notes', 'note_id'] },
      referrals_versions: { parent: ['referrals', 'id'] },
      referral_messages: { parent: ['referrals', 'referral_id'] },
      persons_versions: { parent: ['persons', 'id'] },
      person_acts: { parent: ['persons', 'person_id'] },
      tasks: { parent: ['persons', 'person_id'] },
      concerns: { parent: ['persons', 'person_id'] },
      concerns_versions: { parent: ['concerns', 'id'] },
      protective_notices: { parent: ['persons', 'person_id'] },
      information_decisions: { parent: ['persons', 'person_id'] },
      keeping_facts: { parent: ['persons', 'person_id'] },
      wristband_people: { parent: ['persons', 'person_id'] },
      wristband_needs: { parent: ['wristbands', 'wristband_id'] },
      first_nights: { parent: ['wristbands', 'wristband_id'] },
      person_papers: { parent: ['persons', 'person_id'] },
    },
    apart.any,
  ),
  'kept of who asks': apart.opened(
    'What keeps or ends that which was written of a meeting without a record, to the lead who answers the request',
    { keeping_facts: {} },
    apart.asked('agency_id = (select ctx.agency()) and encounter_id = any ((select ctx.asked_for())::uuid[])'),
  ),
  'help asked for who asks': apart.opened(
    'A request for help made of such a note or record, to the lead who answers the request',
    { referrals: {} },
    apart.asked('note_id in (select n.id from notes n) or person_id in (select p.id from persons p)'),
  ),
  'number of who asks': apart.opened(
    'The number that such a person wore at reception, to the lead who answers the request',
    { wristbands: {} },
    apart.asked('id in (select l.wristband_id from wristband_people l)'),
  ),
};
