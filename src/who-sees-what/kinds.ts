/** The kinds of record as people call them, in the order of the work: on the page and in the document alike. */

export const groups = [
  'Who works here, and signing in',
  'What the public tells',
  'Planning',
  'Opened in need',
  'At the door',
  'Help for people, behind the wall',
  'Counting',
  'Publishing',
  'Answering for it',
  'People who ask what is held on them',
  'Safelight’s own workings',
] as const;
export type Group = (typeof groups)[number];

const named: Readonly<Record<Group, Readonly<Record<string, string>>>> = {
  'Who works here, and signing in': {
    agency: 'Agencies',
    member: 'Members',
    account: 'Addresses that members sign in with',
    term: 'Roles that members held, and when',
    invitation: 'Invitations',
    joining: 'Joining by an invitation',
    confirmation: 'What waits for a second person',
    'decision on a confirmation': 'What a second person found',
    'safeguarding exception': 'Exceptions for safeguarding roles',
    'way in': 'Passkeys, codes and what one is told of them',
    'own password': 'One’s own password',
    session: 'Where somebody is signed in',
    'own session': 'Being signed in',
    beginning: 'Being half signed in',
    leaving: 'Signing out',
    'single sign-on': 'An agency’s own sign-in',
    'linked account': 'Whose account there is whose',
    'signing on': 'Going to one’s agency to sign in',
    'shift pass': 'Shift passes',
    'pass holder': 'Volunteers on a shift pass',
    'using a pass': 'Signing in with a shift pass',
    notice: 'Notices',
    'notice reading': 'Who has read a notice',
  },
  'What the public tells': {
    report: 'Reports to police',
    'report part': 'What was told to police, and written back',
    'report file': 'Photos and files sent to police',
    'reporter contact': 'Who told a report to police',
    'line attendance': 'Who reads reports to police, and when',
    'help report': 'Reports to the support side',
    'help report part': 'What was told to the support side, and written back',
    'help report file': 'Photos and files sent to the support side',
    'help reporter contact': 'Who told a report to the support side',
    'help line attendance': 'Who reads reports to the support side, and when',
    'report draft': 'Reports half told',
  },
  Planning: {
    week: 'Weeks of action',
    operation: 'Operations',
    'operation of own agency': 'That one’s own agency takes part',
    'own part': 'What one’s own agency brings',
    'taking part': 'Who takes part: partners, people, teams',
    'operation grant': 'Letting people into an operation',
    grant: 'What was granted to whom',
    target: 'Premises, powers and visits of the plan',
    'own target': 'Premises that one’s own team visits',
    'own power': 'Powers of entry for one’s own team',
    'planned visit': 'Planned visits',
    'power of entry in law': 'Powers of entry in law',
    decision: 'Decisions about the plan',
    briefing: 'Briefings',
    'briefing reading': 'Who has read a briefing',
    'briefing time': 'When and where a team is briefed',
  },
  'Opened in need': {
    'break glass': 'Broken glass',
    'glass review': 'Reviews of broken glass',
    'operation under glass': 'An operation, under broken glass',
    'target under glass': 'The plan, under broken glass',
    'briefing under glass': 'Briefings, under broken glass',
    'name opening': 'Requests to open a sealed name',
    'decision on an opening': 'What a custodian decided on such a request',
    'early end of an opening': 'That a custodian ended what was opened',
  },
  'At the door': {
    visit: 'Visits',
    attendance: 'Who attended a visit',
    encounter: 'People met, without a name',
    'encounter name': 'Names of people met, under seal',
    sign: 'Signs that somebody saw',
    arrest: 'Arrests',
    screening: 'Screening after an arrest',
    search: 'Searches',
    seizure: 'What was seized',
  },
  'Help for people, behind the wall': {
    note: 'What a person said, and was told',
    'earlier note': 'Earlier versions of what a person said',
    'take-up': 'Who looks after what a person wants',
    referral: 'Referrals for help',
    'earlier referral': 'Earlier versions of referrals',
    fact: 'What is counted of help, without a person',
  },
  Counting: {
    return: 'Returns',
    'return workings': 'What stands behind a return',
    signature: 'Signatures under returns',
    'changed since': 'That records changed after they were counted',
    'taking part, counted': 'Who takes part, for counting',
    'counted premises': 'Premises, for counting',
    'counted power': 'Powers of entry, for counting',
    'counted visit': 'Planned visits, for counting',
    'counted fact': 'Facts of help, for counting',
  },
  Publishing: {
    release: 'Releases',
    'earlier release': 'Earlier versions of releases',
    'release act': 'Who wrote, approved and published a release',
    withdrawal: 'Withdrawals, with the reason',
    'certified figures': 'Signed figures, for the newsroom',
    publication: 'What was published',
    'public page': 'What everybody may read',
    'public withdrawal': 'That something public was withdrawn',
    cutting: 'Releases of others',
  },
  'Answering for it': {
    log: 'The log: who looked at what',
    'safeguarding log': 'The log behind the wall',
    'answered access': 'What was found of an access that stood out',
    'answered access behind the wall': 'What was found of an access behind the wall',
    'policy version': 'This page, and its earlier versions',
    witness: 'Witnesses of the log',
    seal: 'The seal on the log',
    'safeguarding seal': 'The seal on the log behind the wall',
  },
  'People who ask what is held on them': {
    'subject request': 'Requests of people',
    'subject request behind the wall': 'Requests of people, behind the wall',
    'person who asks': 'The record of meeting who asks',
    'arrest of who asks': 'The arrest of who asks',
    'visit of who asks': 'The visit at which who asks was met',
    'place of who asks': 'The town in which who asks was met',
    'records of who asks': 'What else is held on who asks',
    'note of who asks': 'What who asks had said',
    'help for who asks': 'The help for who asks',
  },
  'Safelight’s own workings': {
    news: 'News between parts of Safelight',
    'safeguarding news': 'News between parts of Safelight, behind the wall',
    'sign-in try': 'Tries to sign in, counted',
    'seal as witnesses see it': 'The seal, as witnesses fetch it',
    checkpoint: 'Checkpoints of the seal',
    cosignature: 'Signatures of witnesses',
    'cosignature seen': 'Signatures of witnesses, for audit',
    'safeguarding seal as witnesses see it': 'The seal behind the wall, as witnesses fetch it',
    'safeguarding checkpoint': 'Checkpoints of the seal behind the wall',
    'safeguarding cosignature': 'Signatures of witnesses, behind the wall',
    'safeguarding cosignature seen': 'Signatures of witnesses behind the wall, for audit',
  },
};

const places = new Map(
  groups.flatMap((group, at) =>
    Object.entries(named[group]).map(([kind, name], within) => [kind, { group, name, at, within }] as const),
  ),
);

export type Called = { readonly group: Group; readonly name: string };

/** A kind that is too new to be named here stands among Safelight's own, by the table's own name. */
export const calledOf = (kind: string): Called & { readonly at: number; readonly within: number } =>
  places.get(kind) ?? { group: 'Safelight’s own workings', name: kind, at: groups.length, within: 0 };

export const isNamed = (kind: string): boolean => places.has(kind);

/** A sentence about a kind that another hangs on, by the name that people have for it. */
export const plainly = (sentence: string): string =>
  sentence.replaceAll(/they may see the ([\p{L}’, -]+?) that it belongs to/gu, (whole, kind: string) =>
    isNamed(kind) ? `they may see the record that it belongs to, under “${calledOf(kind).name}”` : whole,
  );
