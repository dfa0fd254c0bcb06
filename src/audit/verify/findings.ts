/** What is wrong with a log, and where: places and times, never what a row says. */

export type Finding = {
  /** The leaf, counted from nought, where one is meant. */
  readonly index?: number;
  /** The row's place: transaction and number. */
  readonly row?: string;
  /** When the row says that it happened. */
  readonly at?: string;
  readonly what: string;
};

const maxKept = 100;

/** Keeps the first hundred and counts the rest: a log may be wrong from one place on to its end. */
export class Findings {
  readonly kept: Finding[] = [];
  count = 0;

  add(what: string, where: Omit<Finding, 'what'> = {}): void {
    this.count += 1;
    if (this.kept.length < maxKept) this.kept.push({ ...where, what });
  }
}

/** One finding as a sentence. */
export function formatFinding({ index, row, at, what }: Finding): string {
  const where = [
    index !== undefined && `leaf ${index}`,
    row && `row ${row}`,
    at && `event of ${/^[-+:. 0-9]+$/.test(at) ? at : 'a time that is none'}`,
  ].filter(Boolean);
  return where.length === 0 ? what : `${where.join(', ')}: ${what}`;
}
