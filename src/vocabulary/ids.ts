/** Types for ids, so that the compiler distinguishes a visit's from an operation's. */
import { randomUUID, randomUUIDv7 } from 'node:crypto';

declare const named: unique symbol;
export type Id<Name extends string> = string & { readonly [named]: Name };

export type AgencyId = Id<'agency'>;
export type MemberId = Id<'member'>;
export type WeekId = Id<'week'>;
export type OperationId = Id<'operation'>;
export type PartnerId = Id<'partner'>;
export type PremisesId = Id<'premises'>;
export type TeamId = Id<'team'>;
export type VisitId = Id<'visit'>;
export type EncounterId = Id<'encounter'>;
export type ReturnId = Id<'return'>;
export type ReleaseId = Id<'release'>;
/** A person in the safeguarding database: an encounter's id until the person has their own record. */
export type PersonId = Id<'person'>;

/** A UUIDv7: sorts by the time at which its first writer created it. */
export const newId = <Name extends string>(): Id<Name> => randomUUIDv7() as Id<Name>;

/** A UUIDv4, for what must not tell when it was written (reports, persons, all that safeguarding holds). */
export const newTimelessId = <Name extends string>(): Id<Name> => randomUUID() as Id<Name>;
