/** A paper that staff print: what it says, as typed parts. What no record fills is a line to complete by hand. Pure. */
import type { Marking } from '../../vocabulary/marking.ts';

/** Text of a record; null where somebody completes it by hand. */
export type PaperValue = string | null;

export type PaperRow = {
  readonly asks: string;
  readonly says: PaperValue;
  /** How many ruled lines it has where nothing fills it: one, unless it says more. */
  readonly lines?: number;
};

export type PaperSection = {
  readonly title: string;
  readonly lead?: readonly string[];
  /** Begins on a new sheet, so that what belongs together is signed on one page. */
  readonly newPage?: true;
} & (
  | { readonly kind: 'rows'; readonly rows: readonly PaperRow[] }
  | {
      readonly kind: 'table';
      readonly columns: readonly string[];
      /** How wide each column is beside the others; all alike, where nothing is said. */
      readonly widths?: readonly number[];
      readonly rows: readonly (readonly PaperValue[])[];
      /** Empty rows at the end, to write in. */
      readonly blankRows?: number;
      /** Said instead of a table without rows. */
      readonly empty?: string;
    }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  /** For each of these people a line for name, signature, date and time. */
  | { readonly kind: 'signatures'; readonly people: readonly string[] }
);

/** Where a legal statement was read, and when it was last compared. */
export type PaperSource = { readonly title: string; readonly url: string; readonly checkedOn: string };

export type StaffPaper = {
  readonly title: string;
  /** Which operation, place or record it is about. */
  readonly about: string;
  readonly marking: Marking;
  /** Large type, for a paper that a member of the public reads and signs. It does not name who printed it. */
  readonly givenOut?: true;
  readonly lead: readonly string[];
  readonly sections: readonly PaperSection[];
  readonly sources: readonly PaperSource[];
  /** In small print at the end: what somebody must check before they rely on the paper. On its page and in its PDF alike. */
  readonly notes?: readonly string[];
};

/** The foot of each sheet, without its page number. */
export type PaperStamp = {
  /** Null where the paper has no number yet. */
  readonly version: number | null;
  /** When the version was made, in words. */
  readonly made: string | null;
  /** Null on a paper that is given out: the access log knows it. */
  readonly printedBy: string | null;
};

/** The member who prints, as each paper says it. */
export const formatPrinter = (actor: { readonly memberName: string; readonly agencyName: string }): string =>
  `${actor.memberName}, ${actor.agencyName}`;

export const noVersion = 'Draft without a version number';

/** One line that tells two printed papers apart. */
export const formatStamp = ({ version, made, printedBy }: PaperStamp): string =>
  `${version === null ? noVersion : `Version ${version}, made ${made}`}.${printedBy ? ` Printed by ${printedBy}.` : ''}`;

/** What is written above a line that no record fills. */
export const toCompleteByHand = 'To complete by hand';

/** Text of a record, or a line to complete by hand where it is empty. */
export const orBlank = (text: string | number | null | undefined): PaperValue =>
  text === null || text === undefined || String(text).trim() === '' ? null : String(text);
