/** Accepts forms as long as their answers may be in any language. The start of a longer one is kept, so that the writer gets an answer on their journey and in their language. */
import type { IncomingMessage } from 'node:http';
import { parse } from 'node:querystring';
import type { App } from '../../platform/http/server.ts';
import { maxFormBytes } from '../../vocabulary/answer-lengths.ts';

/** Up to this size a form is read to its end and the excess discarded. A longer one is refused. */
const maxReadBytes = 8 * maxFormBytes;
const maxFields = 200;

export type LongForms = { readonly isTruncated: (request: { readonly raw: IncomingMessage }) => boolean };

async function readBeginning(
  coming: AsyncIterable<Buffer>,
): Promise<{ readonly start: Buffer; readonly cut: boolean }> {
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of coming) {
    if (bytes < maxFormBytes) pieces.push(piece.subarray(0, maxFormBytes - bytes));
    bytes += piece.length;
    if (bytes > maxReadBytes) throw Object.assign(new Error('it does not end'), { statusCode: 413 });
  }
  return { start: Buffer.concat(pieces), cut: bytes > maxFormBytes };
}

/** What may have been cut through in the middle of a letter ends before it. */
const dropPartialCharacter = (start: string): string =>
  start.replace(/%[\da-f]?$/i, '').replace(/%[c-f][\da-f](?:%[89ab][\da-f]){0,2}$/i, '');

/** Reads the forms of the routes registered on `app`. */
export function readLongForms(app: App): LongForms {
  const truncated = new WeakSet<IncomingMessage>();
  app.removeContentTypeParser('application/x-www-form-urlencoded');
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    async (request: { readonly raw: IncomingMessage }, payload: AsyncIterable<Buffer>) => {
      const { start, cut } = await readBeginning(payload);
      if (cut) truncated.add(request.raw);
      const text = start.toString('latin1');
      return parse(cut ? dropPartialCharacter(text) : text, undefined, undefined, { maxKeys: maxFields });
    },
  );
  return { isTruncated: ({ raw }) => truncated.has(raw) };
}
