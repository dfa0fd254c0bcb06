/** Looks for text of reports, and for receipts, in every file that a server left behind: tables, write-ahead log, temporary files, logs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** In every text of a report: never by chance in anything else. */
export const canary = 'Zwielichtkanarie';

/** As a database, a log or a form on the wire might have written it. */
const spellings: readonly Buffer[] = [
  Buffer.from(canary),
  Buffer.from(canary, 'utf16le'),
  Buffer.from(Buffer.from(canary).toString('hex')),
  Buffer.from(Buffer.from(canary).toString('hex').toUpperCase()),
  ...[0, 1, 2].map((before) =>
    Buffer.from(
      Buffer.from('x'.repeat(before) + canary)
        .toString('base64')
        .slice(before === 0 ? 0 : 4, -4),
    ),
  ),
];

const receipts = /(?<!\d)(?:[0-4]\d{3}(?:[ +]|%20|\\n|\n)?){7}[0-4]\d{3}(?!\d)/g;

export type Remains = { readonly files: number; readonly bytes: number; readonly found: readonly string[] };

export function remainsIn(folder: string, shown: ReadonlySet<string>): Remains {
  const known = new Set([...shown].map((receipt) => receipt.replaceAll(/\D/g, '')));
  const found: string[] = [];
  let [files, bytes] = [0, 0];
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !existsSync(path)) continue; // The server drops files while we read.
    const content = readFileSync(path);
    files += 1;
    bytes += content.length;
    if (spellings.some((one) => content.includes(one))) found.push(`what was told in ${path.slice(folder.length)}`);
    for (const [text] of content.toString('latin1').matchAll(receipts))
      if (known.has(text.replaceAll(/%20|\D/g, ''))) found.push(`a receipt in ${path.slice(folder.length)}`);
  }
  return { files, bytes, found };
}
