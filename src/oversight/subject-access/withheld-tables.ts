/** Tables of the safeguarding database that an answer leaves out, each with its reason. A table neither answered from nor named here fails the tests. Pure. */

/** Tables about a person that are not answered row by row. The lead who answers sees the reason. */
export const withheldTables: Readonly<Record<string, string>> = {
  name_digests: 'Keyed digests of the person’s names, by which the record is found. The names are in the answer.',
  withdrawn_grants: 'That another agency was told to stop using something. How and when it ended is in the answer.',
  reports:
    'What somebody else told of the person. Who told must stay safe: whoever answers for that line of reports decides what the person is told of it.',
  report_parts: 'The sealed parts of such a report.',
  report_contacts: 'How to reach whoever told it.',
  report_files: 'What came with such a report.',
  report_intakes: 'Who deals with such a report.',
  source_identity_requests: 'That somebody asked to open who told a report.',
  source_identity_decisions: 'What was decided of that.',
  danger_urgent_pages: 'That a report told of danger, and who was rung.',
  subject_access_requests: 'This request and earlier ones. The answer shows their outcome.',
  access_log: 'The log. Its lines about the person are in the answer, by the part that somebody has, without names.',
  handovers: 'What one shift tells the next, of many at once: it lies under no person’s key and is found by none.',
  reception_debriefs: 'A worker’s debrief after a shift at a reception centre: found by no person.',
  person_erasure_certificates: 'That a record is gone. While there is one to ask about, there is none.',
  idempotency_keys:
    'Answers to forms that a member sent in the last 14 hours, sealed under keys that are in their pages alone.',
  disposed_referrals: 'Counts of what was let go, which lead to nobody.',
};

/** Tables without data about people who get help: rules, working hours, agencies and Safelight's own data. */
export const tablesWithoutClientData: ReadonlySet<string> = new Set([
  ...['access_reviews', 'reading_hours', 'guideline_readings', 'handover_readings', 'person_retention_rules'],
  ...['keys_to_destroy', 'log_checkpoints', 'log_cosignatures', 'log_keys', 'log_leaves', 'log_nodes'],
  ...['on_call_shifts', 'outbox', 'reception_rota', 'reception_centres', 'report_erasure_certificates'],
  ...['report_retention_holds', 'report_retention_rules'],
]);
