/** Tables of the safeguarding database that an answer leaves out, each with its reason. A table neither answered from nor named here fails the tests. Pure. */

/** Tables about a person that are not answered row by row. The lead who answers sees the reason. */
export const withheldTables: Readonly<Record<string, string>> = {
  name_digests: 'Keyed digests of the person’s names, for the person search. The names are in the answer.',
  withdrawn_grants: 'Notices to another agency to stop using data. The answer shows how and when access ended.',
  reports:
    'Reports of somebody else about the person. The source must stay safe. The agency of that reporting line decides what the person receives.',
  report_parts: 'The sealed parts of such a report.',
  report_contacts: 'Contact details of the reporter.',
  report_files: 'Files of such a report.',
  report_intakes: 'Members who handle such a report.',
  source_identity_requests: 'Requests to open the source of a report.',
  source_identity_decisions: 'Decisions on these requests.',
  danger_urgent_pages: 'Alerts about a report of danger, with the members alerted.',
  subject_access_requests: 'This request and earlier ones. The answer shows their outcome.',
  access_log: 'The log. Entries about the person are in the answer, with the role of the member and without names.',
  handovers: 'Handovers between shifts, about many people at once. They are not linked to a person.',
  case_meetings:
    'Meetings of agencies about many cases: day, place and who was present. They name no person. What they decided about the person is in the answer.',
  reception_debriefs: 'Debriefs of workers after a shift at a reception centre. They are not linked to a person.',
  person_erasure_certificates: 'Certificates of erased records. A record that still exists has none.',
  idempotency_keys:
    'Form answers that members sent in the last 14 hours. Only the pages of those members hold the keys.',
  submitted_nrm_referrals:
    'Which kind of first responder sent an NRM referral, to be counted, under a pseudonym. The referral is in the answer.',
  disposed_referrals: 'Counts of erased records, which identify no person.',
};

/** Tables without data about people who get help: rules, working hours, agencies and Safelight's own data. */
export const tablesWithoutClientData: ReadonlySet<string> = new Set([
  ...['access_reviews', 'reading_hours', 'guideline_readings', 'handover_readings', 'person_retention_rules'],
  ...['keys_to_destroy', 'log_checkpoints', 'log_cosignatures', 'log_keys', 'log_leaves', 'log_nodes'],
  ...['on_call_shifts', 'outbox', 'reception_rota', 'reception_centres', 'report_erasure_certificates'],
  ...['protected_counts', 'report_retention_holds', 'report_retention_rules'],
]);
