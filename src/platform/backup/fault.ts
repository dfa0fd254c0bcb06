/** What is wrong with a backup, for a person: what it is, and what to do. */

export class BackupFault extends Error {
  readonly cure: string;

  /** Both are whole sentences. */
  constructor(what: string, cure: string) {
    super(what);
    this.cure = cure;
  }
}

/** What is wrong lies outside the backup, so it says nothing about it. */
export class OutsideFault extends BackupFault {}

/** The keys that were given do not belong to it. */
export class WrongKeys extends OutsideFault {}

/** Somebody stopped it. */
export class StoppedWork extends BackupFault {}

export const takeAnother = 'Use another backup, and take a new one now.';

/** No incremental backup can rest on what is there. A full one can be taken. */
export class NeedsFull extends BackupFault {}

/** Any error as a fault. */
export const toFault = (error: unknown, cure = takeAnother): BackupFault =>
  error instanceof BackupFault
    ? error
    : new BackupFault(`${(error instanceof Error ? error.message : String(error)).replace(/\.?$/, '')}.`, cure);
