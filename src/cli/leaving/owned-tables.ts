/** Whose rows each table holds, for the file that an agency takes with it: by the policy, by the lists below, or left out with a reason. Pure. */
import type { AreaPolicy, StoreName, TableShape } from '../../platform/access-policy/access.ts';
import { ownerOf } from '../../platform/access-policy/relation-functions.ts';
import type { Side } from '../../vocabulary/people.ts';

/** Where the policy names no owner of a row, because nobody’s look at it has to be shown to one. */
const moreOwners: Readonly<Record<string, NonNullable<TableShape['owner']>>> = {
  access_log: { column: 'owner_id' },
  access_reviews: { column: 'agency_id' },
  break_glass: { column: 'agency_id' },
  break_glass_reviews: 'parent',
  briefing_readings: 'parent',
  briefing_times: 'operation',
  capacity_reports: { column: 'agency_id' },
  child_notifications: 'parent',
  confirmation_decisions: 'parent',
  contact_notes: 'parent',
  deconfliction_questions: { column: 'agency_id' },
  deconfliction_tags: { column: 'agency_id' },
  encounter_names: 'parent',
  first_nights: 'parent',
  grants: 'operation',
  guideline_readings: { column: 'agency_id' },
  handover_readings: 'parent',
  identity_request_decisions: 'parent',
  identity_request_ends: 'parent',
  information_answers: 'parent',
  intelligence_item_terms: { column: 'agency_id' },
  intelligence_share_receipts: 'parent',
  intelligence_entity_terms: { column: 'agency_id' },
  intelligence_possible_links: { column: 'agency_id' },
  member_terms: { column: 'agency_id' },
  name_checks: 'parent',
  note_acknowledgements: 'parent',
  note_facts: 'parent',
  operation_members: 'operation',
  press_notices: { column: 'agency_id' },
  press_rounds: 'parent',
  publication_certificates: 'parent',
  publications: 'parent',
  published_numbers: { column: 'agency_id' },
  reception_rota: { column: 'agency_id' },
  referral_messages: 'parent',
  release_events: 'parent',
  release_pictures: 'parent',
  release_stops: { column: 'agency_id' },
  release_withdrawals: 'parent',
  report_term_sets: { column: 'agency_id' },
  report_terms: { column: 'agency_id' },
  return_certificates: 'operation',
  return_changes: 'operation',
  return_first_signatures: 'operation',
  return_records: 'parent',
  return_second_signatures: 'operation',
  return_signatures: 'operation',
  return_workings: 'parent',
  safeguarding_exceptions: { column: 'agency_id' },
  screenings: 'parent',
  searches: 'parent',
  source_identity_decisions: 'parent',
  team_members: 'operation',
  temporary_access: { column: 'agency_id' },
  visit_attendees: 'parent',
  wristband_people: 'parent',
};

/** Of those, the record above, where no class of records names it. */
const moreParents: Readonly<Record<string, NonNullable<TableShape['parent']>>> = {
  publication_certificates: ['publications', 'publication_id'],
};

/** A link goes with the person, not with the reception centre: the person may be another agency’s. */
const otherParents: Readonly<Record<string, NonNullable<TableShape['parent']>>> = {
  wristband_people: ['persons', 'person_id'],
};

/** Rows that go with several agencies: names behind the ids of other records, agreements, and requests with their answers. */
const sharedTables: Readonly<Record<string, string>> = {
  agencies: 'true',
  members: 'true',
  information_requests: '$1::uuid in (x.agency_id, x.recipient)',
  information_answers:
    'exists (select 1 from information_requests q where q.id = x.id and $1::uuid in (q.agency_id, q.recipient))',
  agreements: '$1::uuid = any (x.agencies)',
  agreements_versions: "x.record -> 'agencies' ? $1::text",
};

const signingIn = 'It is for signing in here.';
const ownWorkings = 'It is for the work of this installation.';
const publicWords = 'They are words of the public site, on its pages.';
const provesTheLog = 'It proves the log of all agencies: safelight audit verify reads it.';
const namesNobody = 'It counts for the whole partnership and names nobody.';

/** What goes with nobody, and why. */
const leftOut: Readonly<Record<string, string>> = {
  accounts: signingIn,
  code_generators: signingIn,
  count_requests: ownWorkings,
  disposed_referrals: namesNobody,
  idempotency_keys: ownWorkings,
  invitations: signingIn,
  keys_to_destroy: ownWorkings,
  linked_accounts: signingIn,
  log_checkpoints: provesTheLog,
  log_cosignatures: provesTheLog,
  log_keys: provesTheLog,
  log_leaves: provesTheLog,
  log_nodes: provesTheLog,
  log_witnesses: provesTheLog,
  name_digests: ownWorkings,
  notice_readings: ownWorkings,
  notices: ownWorkings,
  notification_channels: ownWorkings,
  notification_messages: ownWorkings,
  outbox: ownWorkings,
  passkeys: signingIn,
  policy_versions: 'It is the same for all agencies: safelight policy show writes it.',
  protected_counts: namesNobody,
  public_setting_decisions: publicWords,
  public_settings: publicWords,
  public_site_open_before_settings: publicWords,
  recovery_codes: signingIn,
  report_contacts: 'A custodian decides, each time, who may know the name of a reporter.',
  report_drafts: 'Nobody but the person who is typing it can open it.',
  sessions: signingIn,
  sign_in_attempts: signingIn,
  sign_in_challenges: signingIn,
  sign_in_notices: signingIn,
  sign_in_salts: signingIn,
  sign_on_attempts: signingIn,
  single_sign_on: signingIn,
};

/** Enforcement alone may read these, whichever agency leads the operation. */
const enforcementTables = [
  'arrests',
  'child_notifications',
  'encounter_names',
  'made_papers',
  'observations',
  'screenings',
  'searches',
  'seizures',
];
const enforcementAlone = 'Enforcement alone may read it, whichever agency leads the operation.';

/** Of a table of earlier versions the table of the record; of any other itself. */
export const recordTableOf = (table: string): string => table.replace(/_versions$/, '');

/** Why a table goes with no agency of this side; undefined where it goes along. */
export const whyLeftOut = (table: string, side: Side): string | undefined =>
  leftOut[table] ??
  (side === 'help' && enforcementTables.includes(recordTableOf(table)) ? enforcementAlone : undefined);

/** Of colleagues at other agencies no more than the name behind an id. */
const ofOthers: Readonly<Record<string, string>> = {
  members: `case when x.agency_id = $1::uuid then to_jsonb(x)
    else jsonb_build_object('id', x.id, 'name', x.name, 'agency_id', x.agency_id) end`,
};

export type OwnedTable = {
  readonly name: string;
  /** The row `x` as JSON. */
  readonly row: string;
  /** Whether several agencies get a row. */
  readonly shared: boolean;
  /** Whether rows may be another agency’s. The log then finds the owner of each. */
  readonly ownersDiffer: boolean;
  /** What is true of the agency’s rows: SQL on the row `x`, with the agency’s id as `$1`. */
  readonly belongs: string;
};

/** Every table of one store whose rows go with an agency. Refuses a table of which nobody said whose its rows are, and that is not left out with a reason. */
export function listOwnedTables(policy: AreaPolicy, store: StoreName, side: Side): readonly OwnedTable[] {
  const shapes = joinShapes(policy, store);
  return [...shapes.keys()]
    .filter((name) => whyLeftOut(name, side) === undefined)
    .sort()
    .map((name) => ({
      name,
      row: ofOthers[name] ?? 'to_jsonb(x)',
      shared: sharedTables[name] !== undefined,
      ownersDiffer: ['agencies', 'information_requests', 'members'].includes(name),
      belongs: sharedTables[name] ?? `${ownerOf(shapes, name, 'x')} = $1::uuid`,
    }));
}

/** What the classes of records say of a table; the first one that says a thing counts. Earlier versions belong to whom the record belongs. */
function joinShapes(policy: AreaPolicy, store: StoreName): ReadonlyMap<string, TableShape> {
  const shapes = new Map<string, TableShape>();
  for (const recordClass of Object.values(policy).filter((one) => (one.store ?? 'main') === store))
    for (const [name, shape] of Object.entries(recordClass.tables)) shapes.set(name, { ...shape, ...shapes.get(name) });
  for (const [name, shape] of shapes) {
    const record = recordTableOf(name);
    const owner = shape.owner ?? moreOwners[name];
    const parent = otherParents[name] ?? shape.parent ?? moreParents[name];
    if (record !== name && shapes.has(record)) shapes.set(name, { owner: 'parent', parent: [record, 'id'] });
    else shapes.set(name, { ...shape, ...(owner && { owner }), ...(parent && { parent }) });
  }
  return shapes;
}
