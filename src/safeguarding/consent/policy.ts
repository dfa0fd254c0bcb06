/** Permissions for consents, disclosures and grants. Only support agencies write and read them; a recipient reads only its grants while they last. */
import type { AreaPolicy, Rule } from '../../platform/access-policy/access.ts';
import { custodyPurpose, policePurpose } from '../../vocabulary/information-shared.ts';
import { helpActions, helperRoles, helpRule, ownName, safeguardingRecord } from '../shared-policy.ts';

/** Members who keep a person’s record have the same rights as those who met the person. */
const helpers: Rule = helpRule(helperRoles, 'author', 'read');
const leads: Rule = { ...helpers, roles: ['safeguarding lead'], relation: 'member' };
/** The agency that the person said no to is not told so, except where that agency asked. */
const notRefusedAgency =
  'not (consents.refused and consents.recipient = (select ctx.agency()) and consents.agency_id <> (select ctx.agency()))';
const consentsInOwnOperation: Rule = {
  ...leads,
  relation: {
    sql: `operation_id = any ((select ctx.operations())::uuid[]) and ${notRefusedAgency}`,
    words:
      'they were added to the operation. If another agency asked, they do not see that the person refused their own',
  },
};
const consentsOfReadableRecord: Rule = {
  ...helpers,
  relation: {
    sql: `exists (select 1 from persons p where p.id = consents.person_id) and ${notRefusedAgency}`,
    words:
      'it is about a person whose record they can read. If another agency asked, they do not see that the person refused their own',
  },
};
const caseworkers: Rule = { ...helpers, roles: ['partner caseworker'], relation: 'recipient' };

/** A person about whom the member can read a note or a record. */
const knownPerson = (table: string): string =>
  `(exists (select 1 from notes n where n.encounter_id = ${table}.person_id and n.operation_id = ${table}.operation_id)
    or exists (select 1 from persons p where p.id = ${table}.person_id and p.operation_id is not distinct from ${table}.operation_id))`;
/** Readers of a person’s record also read the person’s consents and disclosures. */
const aboutReadableRecord = (table: string): Rule => ({
  ...helpers,
  relation: {
    sql: `exists (select 1 from persons p where p.id = ${table}.person_id)`,
    words: 'it is about a person whose record they can read',
  },
});
/** For custody and police, only the author and second persons of the agency can read the disclosure here. After sending, the module that sent it decides who may know. */
const toSupportAgency = `disclosures.purpose not in ('${custodyPurpose}', '${policePurpose}')`;
const inOwnOperation: Rule = {
  ...leads,
  relation: {
    sql: `operation_id = any ((select ctx.operations())::uuid[]) and ${toSupportAgency}`,
    words: 'they were added to the operation. The disclosure asks for help and is not sent to custody or police',
  },
};
const helpForReadableRecord: Rule = {
  ...helpers,
  relation: {
    sql: `exists (select 1 from persons p where p.id = disclosures.person_id) and ${toSupportAgency}`,
    words: 'the disclosure asks for help for a person whose record they can read. It is not sent to custody or police',
  },
};
const endForReadableRecord: Rule = {
  ...helpers,
  relation: {
    sql: `exists (select 1 from person_grants g join persons p on p.id = g.person_id where g.id = withdrawn_grants.id)`,
    words: 'it is about a person whose record they can read',
  },
};
/** Members who work with a record that was opened from the request must learn that access ended. */
const endForOpenedRecord: Rule = {
  ...helpers,
  relation: {
    sql: `exists (select 1 from persons p where p.origin_id = withdrawn_grants.referral_id)`,
    words: 'they can read the record that somebody opened from the referral',
  },
};
const inOwnName = (table: string) =>
  ({
    sql: `${ownName} and ${knownPerson(table)}`,
    words:
      'they write this record in their own name, for their own agency, about a person whose note or record they can read',
  }) as const;
const askedInOwnName = {
  sql: `asked_by = (select ctx.member()) and agency_id = (select ctx.agency()) and ${knownPerson('disclosures')}
    and (timing = 'after approval' or timing = 'at once' and (select ctx.roles()) && array['safeguarding lead', 'data-protection lead'])`,
  words:
    'they ask in their own name to share information about a person whose note or record they can read. A second person must still approve it. Only members who can approve disclosures can disclose without waiting for approval',
} as const;
/** Second persons at the disclosing agency. They need not know the person, so that an agency with only one lead has another approver. */
const secondPersons: Rule = helpRule(['safeguarding lead', 'data-protection lead'], 'own agency', 'read', 'change');
const onReadableGround = {
  sql: `author_id = (select ctx.member()) and from_agency = (select ctx.agency())
    and (exists (select 1 from consents c where c.id = consent_id) or exists (select 1 from disclosures d where d.id = disclosure_id))`,
  words: 'they give it in their own name, for their own agency, and can read the consent or disclosure that allows it',
} as const;
const whileGranted = {
  sql: 'recipient = (select ctx.agency()) and ended_at is null and until > (select ctx.now())',
  words: 'it is granted to their agency and has not ended',
  of: 'recipient',
} as const;

export const consentPolicy: AreaPolicy = {
  consent: {
    ...safeguardingRecord,
    means: 'People’s consents and their withdrawal. Each consent is for one recipient and one purpose',
    tables: { consents: { operation: 'operation_id', author: 'author_id', owner: { column: 'agency_id' } } },
    rules: [
      { ...helpers, verbs: ['read', 'change'] },
      { ...consentsInOwnOperation, verbs: ['read', 'change'] },
      { ...consentsOfReadableRecord, verbs: ['read', 'change'] },
      { ...helpers, relation: inOwnName('consents'), verbs: ['add'] },
    ],
    actions: helpActions({ 'consent.read': 'read', 'consent.record': 'add', 'consent.withdraw': 'change' }),
  },
  'disclosure without consent': {
    ...safeguardingRecord,
    means: 'Disclosures without consent: recipient, lawful basis, reasons and the decision of a second person',
    tables: {
      disclosures: {
        operation: 'operation_id',
        author: 'asked_by',
        agency: 'agency_id',
        owner: { column: 'agency_id' },
      },
    },
    rules: [
      helpers,
      inOwnOperation,
      helpForReadableRecord,
      secondPersons,
      { ...helpers, relation: askedInOwnName, verbs: ['add'] },
    ],
    actions: helpActions({ 'disclosure.ask': 'add', 'disclosure.approve': 'change', 'disclosure.read': 'read' }),
  },
  'grant to see': {
    ...safeguardingRecord,
    means: 'Information about a person that one recipient can read until a set day',
    tables: {
      person_grants: {
        operation: 'operation_id',
        author: 'author_id',
        recipient: 'recipient',
        owner: { column: 'from_agency' },
      },
    },
    rules: [
      helpers,
      leads,
      aboutReadableRecord('person_grants'),
      { ...helpers, relation: onReadableGround, verbs: ['add'] },
      { ...caseworkers, relation: whileGranted },
    ],
    actions: helpActions({
      'grant.make': 'add',
      'shared information.read': 'read',
      'shared information.export': 'read',
    }),
  },
  'end of a grant': {
    ...safeguardingRecord,
    means: 'Notices that tell an agency that its access has ended, and whether the agency confirmed the notice',
    tables: {
      withdrawn_grants: {
        operation: 'operation_id',
        author: 'author_id',
        recipient: 'recipient',
        owner: { column: 'from_agency' },
      },
    },
    rules: [helpers, leads, endForReadableRecord, endForOpenedRecord, { ...caseworkers, verbs: ['read', 'change'] }],
    actions: helpActions({ 'grant end.read': 'read', 'grant end.acknowledge': 'change' }),
  },
};
