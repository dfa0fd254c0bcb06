/** Classes of a person's record, what lets the time of each begin anew, and what may keep it beyond its time. Pure: law of the house, which no agency's rule changes. */

/** A person with two sides has two records, each of one class and with a time of its own. */
export const recordClasses = [
  'met without concern',
  'person helped',
  'victim or witness',
  'offence of any other kind',
  'serious offence',
  'public protection',
] as const;
export type RecordClass = (typeof recordClasses)[number];

export const happeningKinds = [
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
export type HappeningKind = (typeof happeningKinds)[number];

const asSuspect: readonly HappeningKind[] = [
  'offence',
  'suspected offence',
  'evidence of risk to others',
  'request from another law enforcement body',
  'disclosure to employers',
];

/**
 * What lets time begin anew. A clear period runs since somebody last came to notice as an offender or a suspect (domain 3.3),
 * so that who comes as a victim, is helped or replies never prolongs it; and no later meeting prolongs that of somebody
 * about whom there was no concern.
 */
export const restarts: Readonly<Record<RecordClass, readonly HappeningKind[]>> = {
  'met without concern': [],
  'person helped': ['help given', 'help ended', 'reply from the person', 'contact as a victim'],
  'victim or witness': ['reply from the person', 'contact as a victim', 'contact as a witness'],
  'offence of any other kind': asSuspect,
  'serious offence': asSuspect,
  'public protection': asSuspect,
};

/** Why a record stays beyond its time. */
export const keepReasons = ['legal hold', 'linked record', 'help goes on'] as const;
export type KeepReason = (typeof keepReasons)[number];

/** A court's hold keeps anything. Help that goes on keeps what was written to help, and no suspect's record; a case keeps those who are part of it. */
export const keeps: Readonly<Record<KeepReason, readonly RecordClass[]>> = {
  'legal hold': recordClasses,
  'linked record': recordClasses.filter((one) => one !== 'met without concern'),
  'help goes on': ['person helped', 'victim or witness'],
};

/** People met without concern are let go so many days after the meeting, at the latest (design 3.14). */
export const daysWithoutConcern = 28;

/** Whatever is destroyed was named to its readers on so many days running before. */
export const daysOfWarning = 14;
