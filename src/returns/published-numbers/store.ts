/** The ledger of published numbers, read under the publisher role. The database writes it when a return is signed or a text is published. */
import type { Reader } from '../../platform/database/database.ts';
import type { Quantity } from '../../vocabulary/figures.ts';

/** What gave a number. */
export const numberSources = ['return', 'release'] as const;

export type PublishedNumber = {
  readonly operationId: string;
  readonly codeName: string;
  readonly source: (typeof numberSources)[number];
  readonly sourceId: string;
  readonly version: number;
  readonly indicator: string;
  readonly part: string;
  readonly quantity: Quantity;
  readonly at: Date;
  readonly withdrawnAt: Date | null;
};

export type PublishedNumberTables = {
  publishedNumbers: PublishedNumber & { readonly id: string };
};

/** A number as a release gave it, or will give it. */
export type ReleasedNumber = Pick<
  PublishedNumber,
  'operationId' | 'indicator' | 'part' | 'quantity' | 'at' | 'withdrawnAt'
>;

/** What is searched for: words of the part, a key of an indicator, or the number. */
export type LedgerSearch = { readonly words: string; readonly indicators: readonly string[] };

/** One page of the numbers of operations that the member’s agency leads, latest first, and how many there are. */
export async function listPublishedNumbers(
  db: Reader<PublishedNumberTables>,
  { words, indicators }: LedgerSearch,
  { page, size }: { readonly page: number; readonly size: number },
): Promise<{ readonly numbers: PublishedNumber[]; readonly total: number }> {
  let found = db.selectFrom('publishedNumbers as n');
  if (words !== '') {
    const like = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
    found = found.where((row) =>
      row.or([
        row('n.part', 'ilike', like),
        row('n.codeName', 'ilike', like),
        ...(indicators.length > 0 ? [row('n.indicator', 'in', [...indicators])] : []),
      ]),
    );
  }
  const { total } = await found.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
  const numbers = await found
    .select(['n.operationId', 'n.codeName', 'n.source', 'n.sourceId', 'n.version', 'n.indicator', 'n.part'])
    .select(['n.quantity', 'n.at', 'n.withdrawnAt'])
    .orderBy('n.at', 'desc')
    .orderBy('n.indicator')
    .orderBy('n.part')
    .orderBy('n.id')
    .limit(size)
    .offset((page - 1) * size)
    .execute();
  return { numbers, total };
}

/** What releases of these operations gave, latest first: whether a number of a return is public shows in them. */
export const listReleasedNumbers = async (
  db: Reader<PublishedNumberTables>,
  operationIds: readonly string[],
): Promise<ReleasedNumber[]> =>
  operationIds.length === 0
    ? []
    : db
        .selectFrom('publishedNumbers as n')
        .select(['n.operationId', 'n.indicator', 'n.part', 'n.quantity', 'n.at', 'n.withdrawnAt'])
        .where('n.source', '=', 'release')
        .where('n.operationId', 'in', [...operationIds])
        .orderBy('n.at', 'desc')
        .orderBy('n.id')
        .limit(2_000)
        .execute();
