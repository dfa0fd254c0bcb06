/** Where what people type is meant to lie: by hand, from the forms. A new form brings its columns here, and nothing else does. Of the safeguarding store there is none: what a person said lies there under seal. */
const typed: Readonly<Record<string, string>> = {
  access_log: 'reason',
  accounts: 'email',
  agencies: 'name official_name',
  arrests: 'offence residence custody_ref',
  briefings: 'content',
  cuttings: 'source text title file_name area url',
  decisions: 'words reason alternative decided_by despite',
  encounter_names: 'reason',
  encounters: 'language',
  members: 'name title',
  observations: 'context explanation',
  opening_decisions: 'reasons',
  openings: 'reason',
  operation_members: 'duty',
  operations: 'code_name unit area',
  partners: 'printed_name official_name brings',
  planned_visits: 'reason',
  powers: 'held_by reference note',
  premises: 'name address town postcode reason risks languages interpreter referrer_on_call referrer_contact',
  publications: 'title description key_points body share_text searched issued_by',
  release_acts: 'note',
  releases: 'title shown_title area description key_points body justified share_text correction decisions quotes',
  return_workings: 'records',
  returns: 'note figures',
  screenings: 'reason screened_by',
  searches: 'rooms force_used damage',
  seizures: 'description exhibit_ref',
  teams: 'name',
  visits: 'answered_by basis_ground immigration_ground others',
  weeks: 'name lead countries note',
  withdrawals: 'why',
};

/** `store table.column`; and the earlier versions of such a record, with the reason for which it was replaced. */
export const isMeant = (column: string): boolean => {
  const [, table = '', name = ''] = /^main (\w+)\.(\w+)$/.exec(column) ?? [];
  const record = table.replace(/_versions$/, '');
  if (record !== table) return typed[record] !== undefined && (name === 'record' || name === 'reason');
  return (
    typed[table]?.split(' ').includes(name) ??
    /^safeguarding (notes_versions|referrals_versions|access_log)\.reason$/.test(column)
  );
};

/** Weeks, and the names of agencies, are open to every member of the partnership by the policy table. */
export const isOpenToAll = (found: string): boolean =>
  /^an outsider of a [a-z ]+ is shown \/staff\/(weeks\/(new|:id\/edit)|accounts\/agencies\/new) /.test(found);
