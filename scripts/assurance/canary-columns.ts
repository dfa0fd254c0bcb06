/** Where what people type is meant to lie, and on whose pages it may stand: by hand, from the forms. */
import type { Viewer } from './canary-forms.ts';
import { type Sent, wasRead } from './canary-secrets.ts';

/** A new form brings its columns here, and nothing else does. Of the safeguarding store there is none: what a person said lies there under seal. */
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
const isTyped = (column: string): boolean => {
  const [, table = '', name = ''] = /^main (\w+)\.(\w+)$/.exec(column) ?? [];
  const record = table.replace(/_versions$/, '');
  if (record !== table) return typed[record] !== undefined && (name === 'record' || name === 'reason');
  return (
    typed[table]?.split(' ').includes(name) ??
    /^safeguarding (notes_versions|referrals_versions|access_log)\.reason$/.test(column)
  );
};

const isPassword = ({ field }: Sent): boolean => /^(password|present|wanted|again|code)$/.test(field);

/** What a person said behind the wall, her name, a password: it lies in no column and no file as it was typed. */
export const isSealed = (sent: Sent): boolean =>
  isPassword(sent) ||
  (sent.form.startsWith('/staff/safeguarding/') && /^(wants|words|reason)$/.test(sent.field)) ||
  (sent.form === '/staff/encounters/:id/name/record' && sent.field === 'name');

/** What the server was asked to keep, and said that it did. */
const wasKept = ({ manner, status }: Sent): boolean =>
  (manner === 'as asked' || manner === 'not fitting') && wasRead(status) && status !== 422;

export const mayLieIn = (column: string, sent: Sent): boolean => wasKept(sent) && !isSealed(sent) && isTyped(column);

/** Weeks, and the names of agencies, are open to every member of the partnership by the policy table. */
const openToAll = /^\/staff\/(weeks\/(new|:id\/edit)|accounts\/agencies\/new)$/;

/** Behind the wall, what somebody of help's side wrote is for help's side alone; a name stands only in the answer to who said why. */
export function mayBeShownTo({ side }: Viewer, sent: Sent): boolean {
  if (!wasKept(sent) || isPassword(sent)) return false;
  if (side === 'outside') return openToAll.test(sent.form);
  if (side === 'public') return false;
  if (side === 'invited') return sent.form === '/staff/accounts/new';
  if (sent.form.startsWith('/staff/safeguarding/')) return side === 'help';
  return !isSealed(sent);
}
