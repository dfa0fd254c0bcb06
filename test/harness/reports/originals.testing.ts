/** A report with files that lie sealed where they would, and the people around taking one out. For tests. */
import { Readable } from 'node:stream';
import type { TestContext } from 'node:test';
import { Decrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { FilesFolder, isCopied, newFileKey } from '../../../src/platform/files/index.ts';
import { fileAddressOf } from '../../../src/reports/file-pages.ts';
import { pairOf } from '../../../src/reports/intake.ts';
import { addressOf } from '../../../src/reports/reading-pages.ts';
import type { Line, ReportId } from '../../../src/reports/report.ts';
import { sealFiles } from '../../../src/reports/told-files.ts';
import { newTimelessId } from '../../../src/vocabulary/ids.ts';
import type { HouseOptions, Visitor } from '../house.ts';
import { dbOf, openAttended } from './attended.testing.ts';

type Attended = Awaited<ReturnType<typeof openAttended>>;
type File = { readonly content: Uint8Array; readonly name: string; readonly originals?: 'yes' | 'no' };

/** As the public form would have put it there. */
export async function putFile(
  house: Pick<Attended, 'keys' | 'clock' | 'db' | 'safeguardingDb'> & {
    readonly config: { readonly filesFolder: string };
  },
  line: Line,
  reportId: ReportId,
  { content, name, originals = 'yes' }: File,
): Promise<string> {
  const [id, key] = [newTimelessId<'file'>() as string, await newFileKey()];
  const folder = new FilesFolder(house.config.filesFolder);
  const taken = await folder.takeIn({ id, key, side: 'as it came' }, Readable.from([content]), house.clock.now());
  if (typeof taken === 'string') throw new Error(`the file was not taken in: ${taken}`);
  const answers = { who: line === 'police' ? 'worried' : 'me', originals };
  const file = { id, key: key.toString('base64'), name, ...taken };
  const db = dbOf(house, line);
  const before = await db.selectFrom('reportFiles').select('id').where('reportId', '=', reportId).execute();
  for (const { copied: _copied, ...row } of sealFiles(pairOf(house.keys, line), answers, [file]))
    await db
      .insertInto('reportFiles')
      .values({
        ...row,
        reportId,
        place: before.length,
        state: isCopied(taken.kind) ? 'waiting' : 'as it came',
      })
      .execute();
  return id;
}

export const asking = {
  purpose: 'to have it examined as evidence',
  reason: 'The examiner asks for the file itself, not for a copy of it',
  hours: '4',
} as const;
export const decided = 'The reporter said yes, and the examiner is sworn';
export const why = { why: 'for a court, a lawyer or an inquiry', words: 'Forensic unit, reference F-12' } as const;

export async function keyPair() {
  const secret = await generateX25519Identity();
  const open = async (file: Uint8Array): Promise<Buffer> => {
    const decrypter = new Decrypter();
    decrypter.addIdentity(secret);
    return Buffer.from(await decrypter.decrypt(file));
  };
  return { secret, recipient: await identityToRecipient(secret), open };
}

export async function openWithFiles(
  t: TestContext,
  line: Line,
  files: readonly File[],
  { options = {}, told: more = {} }: { options?: HouseOptions; told?: Parameters<Attended['told']>[1] } = {},
) {
  const house = await openAttended(t, options);
  const told = await house.told(line, more);
  const ids: string[] = [];
  for (const file of files) ids.push(await putFile(house, line, told.id, file));
  const agency = house.agencies[line];
  const reader = await house.signIn(house.readers[line]);
  const custodian = await house.signIn(await house.member(agency, ['custodian'], 'Cass Custodian'));
  const at = (id: string, what = ''): string => `${fileAddressOf[line]}/${id}${what}`;
  const askFor = async (id: string, more: Record<string, string> = {}, by: Visitor = reader): Promise<string> => {
    const answer = await by.post(at(id, '/ask'), { ...asking, ...more });
    if (answer.statusCode !== 303) throw new Error(`${answer.statusCode}: ${answer.body}`);
    return String(answer.headers.location);
  };
  const decide = async (request: string, decision: 'open it' | 'refuse' = 'open it'): Promise<void> => {
    const now = await house.signIn(custodian.member); // A session ends when nobody uses it for a while.
    const answer = await now.post(`${request}/decide`, { decision, reasons: decided });
    if (answer.statusCode !== 303) throw new Error(`${answer.statusCode}: ${answer.body}`);
  };
  const logOf = (id: string) =>
    dbOf(house, line)
      .selectFrom('accessLog')
      .select(['kind', 'event', 'fields', 'recipient', 'reason', 'action', 'ownerId'])
      .where('subject', '=', id)
      .orderBy('xid')
      .orderBy('id')
      .execute();
  return {
    house,
    line,
    told,
    ids,
    reader,
    custodian,
    agency,
    at,
    reportAt: `${addressOf[line]}/${told.id}`,
    askFor,
    decide,
    logOf,
    db: dbOf(house, line),
    later: (hours: number) => house.clock.move(new Date(house.clock.now().getTime() + hours * 3_600_000)),
  };
}
