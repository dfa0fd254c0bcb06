/** A person’s consents, and disclosures made on them, for a subject access request. The data-protection lead of the disclosing agency reads them while the request is open. */

import { sql } from 'kysely';
import type { UnitKeys } from '../../platform/crypto/crypto.ts';
import type { AuditedReader } from '../../platform/database/database.ts';
import { formatMoments } from '../../platform/forms/correction.ts';
import type { PersonId } from '../../vocabulary/ids.ts';
import { createLines, type Part, type ShownColumn } from '../../vocabulary/records-held.ts';
import { wordsOf } from '../../vocabulary/value-words.ts';
import { wasDisclosed } from '../disclosures/outside-referrals.ts';
import { listDisclosures } from '../disclosures/store.ts';
import { type ConsentTables, listConsentRefusals, listConsents, listGrants } from './store.ts';

const consentLabels: readonly ShownColumn[] = [
  ['wording', 'What you were asked, word for word'],
  ['shownWording', 'The same words in your language, as they were shown'],
  ['items', 'What you agreed to'],
  ['purpose', 'What for'],
  ['how', 'Who said that you agree'],
  ['language', 'In which language it was explained'],
  ['interpreted', 'Interpreter'],
  ['interpreter', 'The interpreter', 'another person'],
  ['givenAt', 'You agreed in the hour after'],
  ['until', 'It held until'],
  ['withdrawnAt', 'You took it back in the hour after'],
];
const refusalLabels: readonly ShownColumn[] = [
  ['wording', 'What you were asked, word for word'],
  ['shownWording', 'The same words in your language, as they were shown'],
  ['items', 'What it was about'],
  ['purpose', 'What for'],
  ['how', 'Who said that you do not agree'],
  ['language', 'In which language it was explained'],
  ['interpreted', 'Interpreter'],
  ['interpreter', 'The interpreter', 'another person'],
  ['givenAt', 'You said no in the hour after'],
];
const disclosureLabels: readonly ShownColumn[] = [
  ['basis', 'Why it was lawful to tell without your agreement'],
  ['reasons', 'The reasons that were written down', 'an agency’s own remark'],
  ['cannotWait', 'Why it could not wait', 'an agency’s own remark'],
  ['items', 'What it was about'],
  ['purpose', 'What for'],
  ['askedAt', 'Asked for in the hour after'],
  ['approvedAt', 'Allowed in the hour after'],
  ['refusedAt', 'Refused in the hour after: nothing was told on it'],
  ['reviewResult', 'What a second person found afterwards'],
  ['said', 'What the second person wrote', 'an agency’s own remark'],
  ['until', 'It was to hold until'],
];
const grantLabels: readonly ShownColumn[] = [
  ['words', 'What they were shown'],
  ['purpose', 'What for'],
  ['madeAt', 'From the hour of'],
  ['until', 'Until'],
  ['ended', 'How it ended'],
  ['endedAt', 'It ended in the hour after'],
];

export async function readHeldConsents(
  db: AuditedReader<ConsentTables>,
  keys: UnitKeys,
  about: readonly string[],
): Promise<Part[]> {
  const { rows } = await sql<{ id: PersonId }>`
    select person_id as id from consents where person_id = any (${[...about]}::uuid[])
    union select person_id from disclosures where person_id = any (${[...about]}::uuid[])
    union select person_id from person_grants where person_id = any (${[...about]}::uuid[]) order by 1`.execute(db);
  const parts: Part[] = [];
  for (const { id } of rows) {
    for (const consent of await listConsents(db, keys, [id]))
      parts.push({
        title: 'What you agreed to',
        lines: createLines(`consents/${consent.id}`, formatMoments(consent), consentLabels),
      });
    for (const refusal of await listConsentRefusals(db, keys, [id]))
      parts.push({
        title: 'What you said no to',
        lines: createLines(`consents/${refusal.id}`, formatMoments(refusal), refusalLabels),
      });
    for (const disclosure of await listDisclosures(db, keys, [id]))
      parts.push({
        title: wasDisclosed(disclosure, disclosure.plan !== null)
          ? 'What was told without your agreement'
          : 'What was asked to be told without your agreement',
        lines: createLines(`disclosures/${disclosure.id}`, formatMoments(disclosure), disclosureLabels),
      });
    for (const grant of await listGrants(db, keys, [id])) {
      const words = grant.shown.map((one) => `${wordsOf(one.item)}: ${one.words}`).join('; ');
      parts.push({
        title: 'What another agency was shown',
        lines: createLines(`person_grants/${grant.id}`, formatMoments({ ...grant, words }), grantLabels),
      });
    }
  }
  return parts;
}
