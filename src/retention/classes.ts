/** Classes of a person's record, what restarts the retention period of each, and what may extend it. Pure: fixed by the application, not by an agency's rule. */

/** A person who is both a victim and a suspect has two records, each with its own class and period. */
export const recordClasses = [
  'met without concern',
  'person helped',
  'victim or witness',
  'offence of any other kind',
  'serious offence',
  'public protection',
] as const;
export type RecordClass = (typeof recordClasses)[number];

export const retentionEventKinds = [
  'help given',
  'help ended',
  'reply from the person',
  'contact as a victim',
  'contact as a witness',
  'offence',
  'suspected offence',
  'evidence of risk to others',
  'request from another law enforcement body',
  'disclosure to employers',
] as const;
export type RetentionEventKind = (typeof retentionEventKinds)[number];

const asSuspect: readonly RetentionEventKind[] = [
  'offence',
  'suspected offence',
  'evidence of risk to others',
  'request from another law enforcement body',
  'disclosure to employers',
];

/**
 * What restarts the retention period. A clear period runs from the last contact as an offender or a suspect (domain 3.3).
 * Contact as a victim, help or a reply therefore never prolongs it. A later meeting also never prolongs the record of somebody
 * about whom there was no concern.
 */
export const restarts: Readonly<Record<RecordClass, readonly RetentionEventKind[]>> = {
  'met without concern': [],
  'person helped': ['help given', 'help ended', 'reply from the person', 'contact as a victim'],
  'victim or witness': ['reply from the person', 'contact as a victim', 'contact as a witness'],
  'offence of any other kind': asSuspect,
  'serious offence': asSuspect,
  'public protection': asSuspect,
};

/** Why a record is kept beyond its period. */
export const keepReasons = ['legal hold', 'linked record', 'help goes on'] as const;
export type KeepReason = (typeof keepReasons)[number];

/** A court's hold keeps any record. Continuing help keeps records of help, never a suspect's; a case keeps the records of its people. */
export const keepReasonClasses: Readonly<Record<KeepReason, readonly RecordClass[]>> = {
  'legal hold': recordClasses,
  'linked record': recordClasses.filter((one) => one !== 'met without concern'),
  'help goes on': ['person helped', 'victim or witness'],
};

/** The rule of the support agencies: their records of people met without concern are erased at most this many days after the meeting. No law asks for it; records of police follow the rules of police. */
export const daysWithoutConcern = 28;

/** Readers see the erasure date of a record on this many consecutive days before it. */
export const daysOfWarning = 14;
