/** The reader of forms that bring files, with whatever comes on the wire. */
import { Readable } from 'node:stream';
import { InvalidForm, readUploads } from '../../../src/platform/files/public-uploads.ts';
import { bent, type Hand, meaningless } from './hostile.ts';
import type { Run } from './parsers.ts';

const edge = '----WebKitFormBoundaryq3VtPwH1';

type Sent = { readonly body: string; readonly answers: number; readonly files: readonly string[] };

function rightForm({ below, one }: Hand): Sent {
  const answers = ['to', 'way', 'language', 'step', 'draft', 'question'].slice(0, 1 + below(6));
  const files = Array.from({ length: below(4) }, () =>
    one(['photo', 'x'.repeat(3_000), '\r\n--', `\r\n--${edge.slice(0, 20)}`, '']),
  );
  const parts = [
    ...answers.map(
      (name) => `Content-Disposition: form-data; name="${name}"\r\n\r\n${one(['/report', 'post', 'ŁÓ', ''])}`,
    ),
    ...files.map(
      (content) =>
        `Content-Disposition: form-data; name="files"; filename="${one(['a.jpg', 'ü.png', 'C:\\\\x.mp4'])}"\r\nContent-Type: ${one(['image/jpeg', 'text/plain', 'x'])}\r\n\r\n${content}`,
    ),
  ];
  return {
    body: `${parts.map((part) => `--${edge}\r\n${part}\r\n`).join('')}--${edge}--\r\n`,
    answers: answers.length,
    files,
  };
}

/** In pieces as a network might cut it. */
function* pieces(bytes: Buffer, { below, one }: Hand): Generator<Buffer> {
  const most = one([1, 7, 200, 65_536]);
  let at = 0;
  // Byte by byte only while it is short.
  const step = bytes.length > 4_000 ? Math.max(most, 200) : most;
  while (at < bytes.length) {
    const length = 1 + below(step);
    yield bytes.subarray(at, at + length);
    at += length;
  }
}

export function multipartRun(): Run {
  return async (hand) => {
    const way = hand.below(10);
    const right = rightForm(hand);
    const body = Buffer.from(way === 0 ? right.body : way === 1 ? meaningless(hand) : bent(hand, right.body));
    const type = `multipart/form-data; boundary=${edge}`;
    const header = hand.below(20) === 0 ? bent(hand, type).replaceAll(/[\r\n]/g, '') : type;
    const taken: string[] = [];
    let dropped = false;
    const stream = Readable.from(pieces(body, hand), { objectMode: false });
    try {
      const { answers, brought } = await readUploads(stream, { 'content-type': header }, async () => ({
        take: async ({ content }) => {
          const all: Buffer[] = [];
          for await (const piece of content) all.push(piece as Buffer);
          const whole = Buffer.concat(all).toString();
          taken.push(whole);
          return whole;
        },
        drop: async () => {
          dropped = true;
        },
      }));
      if (brought.length !== taken.length || dropped) throw new Error('the parts read differ from the parts sent');
      if (way !== 0 || header !== type) return 'read';
      if ([...answers].length !== right.answers) throw new Error('an answer of a right form was not read');
      if (brought.join('|') !== right.files.join('|')) throw new Error('a file of a right form was not read as it is');
      return 'read, as it was sent';
    } catch (error) {
      if (!(error instanceof InvalidForm)) throw error;
      if (way === 0 && header === type) throw new Error(`a right form was no form: ${error.message}`);
      if (taken.length > 0 && !dropped) throw new Error('something of a broken form was kept');
      return 'no form';
    }
  };
}
