/** Where typed text is meant to be stored, and on which pages it may appear: written by hand, from the forms. */
import type { Viewer } from './canary-forms.ts';
import { type Sent, wasRead } from './canary-secrets.ts';

/** For this search, add the columns of a new form here and nowhere else. A person's words in the safeguarding database have none: they are sealed. */
const typed: Readonly<Record<string, string>> = {
  access_reviews: 'words',
  access_log: 'reason',
  accounts: 'email',
  agencies: 'name official_name',
  agreements: 'reference dpia_reference withdrawn_reason',
  arrests: 'offence residence custody_ref',
  reading_hours: 'readers must_act immigration notice on_call',
  break_glass: 'reason',
  briefing_times: 'place reason',
  briefings: 'content',
  source_identity_decisions: 'reasons',
  source_identity_requests: 'reason',
  confirmation_decisions: 'grounds',
  custodian_shifts: 'reached',
  imported_releases: 'source text title file_name area url words claims discrepancies',
  policy_log: 'words reason alternative decided_by despite against',
  encounter_names: 'reason',
  coordinator_keys: 'name',
  deconfliction_contacts: 'name telephone hours',
  deconfliction_partners: 'name',
  deconfliction_hidden: 'reason',
  intelligence_items: 'system_reference',
  intelligence_shares: 'purpose recall_reason',
  intelligence_link_decisions: 'reason',
  intelligence_proposals: 'reason',
  intelligence_sources: 'original_reference',
  district_maps: 'source shapes',
  exchange_documents: 'file_name content',
  exchange_keys: 'name',
  exchange_weeks: 'name national_operation area definitions tasking reporters',
  received_taskings: 'content',
  encounters: 'language services_told',
  break_glass_reviews: 'reasons',
  invitations: 'name title email',
  log_witnesses: 'name key',
  members: 'name title',
  notification_channels: 'address new_address',
  observations: 'context explanation',
  identity_request_decisions: 'reasons',
  identity_request_ends: 'reasons',
  identity_requests: 'reason',
  on_call_shifts: 'reached',
  operation_members: 'duty',
  operations: 'code_name unit area',
  partner_defaults: 'printed_name official_name resources',
  passkeys: 'name',
  partner_invitations: 'reason said_by',
  partners: 'printed_name official_name resources',
  plan_files: 'title',
  planned_visits: 'reason',
  powers: 'granted_by held_by reference note',
  premises: 'name address town postcode reason risks languages interpreter referrer_on_call referrer_contact',
  child_notifications: 'services adult',
  public_setting_decisions: 'reason',
  public_settings: 'part content',
  published_numbers: 'code_name part quantity',
  published_weeks: 'week_id name source_url figures details',
  press_contacts: 'newsroom address covers',
  publications:
    'title area description key_points body share_text searched issued_by quotes sources figures cautions corrections imported_from picture',
  release_events: 'note',
  releases:
    'title shown_title area description key_points body justified share_text correction cautions decisions quotes justifications imported_from picture',
  submitted_releases: 'text figures',
  report_erasure_certificates: 'source',
  report_retention_holds: 'reason ended_because',
  report_retention_rules: 'source',
  return_records: 'cell',
  return_second_signatures: 'reason',
  return_workings: 'records counted',
  returns: 'note figures facts',
  count_requests: 'note',
  safeguarding_exceptions: 'reason',
  screenings: 'reason screened_by',
  searches:
    'rooms force_used damage officer_in_charge roles witness_refused consent_from consent_by_word_because consent_language',
  seizures: 'description exhibit_ref found_where found_by',
  single_sign_on: 'issuer client_id',
  subject_access_requests: 'reference safety marks',
  teams: 'name',
  visit_photos: 'room caption',
  visits: 'answered_by basis_ground immigration_ground others',
  weeks: 'name lead countries note',
  release_withdrawals: 'why',
};

/** Not a person's words: towns of a plan and names of agencies in counts as they were shown, the language of a talk or an explanation, how to reach the author of a note, the reason for a change or a log row, and questions and answers about access. */
const typedBehind =
  /^safeguarding (protected_counts\.(tables|cases)|notes\.(language|author_phone)|notes_versions\.record|(notes_versions|referrals_versions|persons_versions|access_log)\.reason|subject_access_requests\.(reference|safety|marks)|access_reviews\.words|attendances\.(readers|must_act|immigration|notice|on_call)|contact_(decisions\.reasons|openings\.reason)|on_call_shifts\.reached|guideline_readings\.source|consents\.language|retention_(rules|certificates)\.source|report_retention_holds\.(reason|ended_because)|(person|report)_retention_rules\.source)$/;

/** `store table.column`; and the earlier versions of such a record, with the reason for which it was replaced. */
const isTyped = (column: string): boolean => {
  const [, table = '', name = ''] = /^main (\w+)\.(\w+)$/.exec(column) ?? [];
  const record = table.replace(/_versions$/, '');
  if (record !== table) return typed[record] !== undefined && (name === 'record' || name === 'reason');
  return typed[table]?.split(' ').includes(name) ?? typedBehind.test(column);
};

const isPassword = ({ field }: Sent): boolean => /^(password|present|wanted|again|code|secret)$/.test(field);

/** A person's words in the safeguarding database, their name, a password: no column and no file contains these as typed. */
export const isSealed = (sent: Sent): boolean =>
  isPassword(sent) ||
  (sent.form.startsWith('/staff/safeguarding/') &&
    // The reason for an export is not the person's words, and is in the log.
    sent.form !== '/staff/safeguarding/grants/:id/file' &&
    // The recipient of an exported draft or count is not the person's words: the log keeps it.
    !/\/(nrm-referrals\/(:id|counts)|people\/:id)\/export$/.test(sent.form) &&
    /^(wants|words|reason|reasons|reach|interpreter)$/.test(sent.field)) ||
  // Of a person's record all that is typed, names first; why it was corrected is chosen.
  (/^\/staff\/safeguarding\/people(\/|$)/.test(sent.form) &&
    !/\/(consents|refer|export)(\/|$)/.test(sent.form) &&
    sent.field !== 'why') ||
  // Why a record is held or goes.
  (/^\/staff\/safeguarding\/retention\//.test(sent.form) && sent.field === 'because') ||
  (sent.form === '/staff/safeguarding/actions/:id/finish' && sent.field === 'endedWith') ||
  // The number under which the service has the person.
  (sent.form === '/staff/safeguarding/referrals/:id/finish' && sent.field === 'number') ||
  // Of a concern all that is typed, but why its draft is taken along.
  (/^\/staff\/safeguarding\/nrm-referrals\//.test(sent.form) && !/\/export$/.test(sent.form)) ||
  /^\/(report(\/|$)|staff\/(safeguarding\/)?reports\/(:id\/(write|refer|no-action)|phone|partner-form|internal-log)$)/.test(
    sent.form,
  ) ||
  (/^\/staff\/safeguarding\/custody-notices\//.test(sent.form) && sent.field === 'reference') ||
  sent.form === '/staff/information-requests/new' ||
  (sent.form === '/staff/encounters/:id/name/record' && sent.field === 'name') ||
  // What intelligence says, and how it may be handled.
  (sent.form.startsWith('/staff/intelligence/') &&
    !/^\/staff\/intelligence\/(proposals|checks)\//.test(sent.form) &&
    /^(text|conditions|name|aliases|born|address|postcode|registration|description|number|account|provider|powers|risks)$/.test(
      sent.field,
    )) ||
  // Of an officer's referral all that is typed, but why its draft is taken along.
  (/^\/staff\/nrm-referrals\//.test(sent.form) && !/\/export$/.test(sent.form));

/** What the server was asked to keep, and said that it did. */
const wasKept = ({ manner, status }: Sent): boolean =>
  (manner === 'as asked' || manner === 'not fitting') && wasRead(status) && status !== 422;

export const mayLieIn = (column: string, sent: Sent): boolean => wasKept(sent) && !isSealed(sent) && isTyped(column);

/** Forms, and the fields of each, that the policy table opens to every member, or to one role at any agency. */
const openToAll: readonly (readonly [form: RegExp, field: RegExp])[] = [
  [/^\/staff\/(weeks\/(new|:id\/(edit|copy))|accounts\/agencies\/new)$/, /./],
  // A week that is added with its operation.
  [/^\/staff\/operations\/new$/, /^week(Name|Lead)$/],
  [/^\/staff\/agreements\/(new|:id\/edit)$/, /^(reference|dpiaReference)$/],
  [/^\/staff\/accounts\/(new|:id\/roles)$/, /^(name|title)$/],
  [/^\/staff\/temporary-access\/new$/, /^names$/],
  [/^\/staff\/(safeguarding\/)?reports\/attendance\/set$/, /./],
  [/^\/staff\/settings\//, /./],
  [/^\/staff\/exceptions\/(new|:id\/end)$/, /^reason$/],
  [/^\/staff\/oversight\/(unusual|safeguarding)\/answer$/, /^words$/],
];

/** Auditors of any agency read the log with its reasons, and of emergency access the names of operations. */
const openToAuditors: readonly (readonly [form: RegExp, field: RegExp, at: RegExp])[] = [
  [/^\/staff\/premises\/:id\/powers\/:power$/, /^why$/, /^\/staff\/oversight\//],
  [/^\/staff\/encounters\/:id\/name\/record$/, /^reason$/, /^\/staff\/oversight\//],
  [/^\/staff\/operations\/:id\/edit$/, /^codeName$/, /^\/staff\/emergency-access\/audit$/],
];

/** Everything held on a person goes to the lead who answers the person's request. */
const answersHer = /^\/staff\/oversight\/(behind\/)?requests\/:id(\/|$)/;

/** Answers with the sealed name to an officer who gave a reason; without one it asks for it. */
const opensName = '/staff/encounters/:id/name';
/** Answers with a referral of an officer, likewise. */
const reviewsReferral = '/staff/nrm-referrals/:id/review';

/** Triage reads the reports of its agency, and its data-protection lead the requests for information. Text in the safeguarding database is for support agencies and its author; a name appears only in the answer to a member who gave a reason. */
export function mayBeShownTo({ name, side }: Viewer, sent: Sent, at: string): boolean {
  const { form, field } = sent;
  if (!wasKept(sent) || isPassword(sent)) return false;
  if (side === 'public') return /^\/staff\/((safeguarding\/)?reports\/attendance\/set$|settings\/)/.test(form);
  if (side === 'outside')
    return [...openToAll, ...openToAuditors].some(
      ([ofForm, ofField, place]) => ofForm.test(form) && ofField.test(field) && (place?.test(at) ?? true),
    );
  if (side === 'invited') return form === '/staff/accounts/new';
  if (field === 'email') return name.startsWith('administrator');
  // The requesters of a police request and the members asked read it.
  if (form === '/staff/information-requests/new')
    return (
      side === 'help' || sent.by === name || (name === 'protection' && at.startsWith('/staff/information-requests'))
    );
  if (
    /^\/staff\/reports\/(:id\/(write|refer|no-action)|phone|partner-form|internal-log)$/.test(form) &&
    name === 'triage'
  )
    return at.startsWith('/staff/reports/');
  if (form.startsWith('/staff/intelligence/') && isSealed(sent))
    return (
      (name === 'triage' && at.startsWith('/staff/intelligence')) ||
      (name === 'planner' && at.startsWith('/staff/intelligence/proposals'))
    );
  if (form.startsWith('/staff/safeguarding/')) return side === 'help' || sent.by === name;
  // Its author reads it, and a planner or commander of the agency who says why.
  if (/^\/staff\/nrm-referrals\/.*(?<!export)$/.test(form))
    return sent.by === name || (side === 'enforcement' && at === reviewsReferral) || answersHer.test(at);
  if (form === '/staff/encounters/:id/name/record' && side === 'enforcement' && at === opensName) return true;
  return !isSealed(sent) || answersHer.test(at);
}
