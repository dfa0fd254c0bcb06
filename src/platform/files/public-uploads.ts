/** Files in a form on a journey: which area accepts those of its form, and how one stream of answers and files is read. */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { maxFormBytes } from '../../vocabulary/answer-lengths.ts';

export type SentFile = {
  /** As the reporter's device calls it. */
  readonly name: string;
  readonly content: Readable;
};

/** What an area does with a file as it arrives. The result goes to its route, by `uploaded`. */
export type UploadHandler = {
  /** The answers that came before the file in the form. Undefined where no file is accepted: the file is discarded. */
  readonly open: (answers: ReadonlyMap<string, string>) => Promise<FileReceiver | undefined>;
};
export type FileReceiver = {
  readonly take: (file: SentFile) => Promise<unknown>;
  /** The form was not read to its end: nothing that was taken in is to stay. */
  readonly drop: () => Promise<void>;
};

export const isMultipart = ({ headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  /^multipart\/form-data\s*;/i.test(headers['content-type'] ?? '');

/** Answers may be as long as in any other form; longer ones are truncated and the page says so. Areas limit the files. A form with more files than this is dropped without a message. */
const limits = { fieldNameSize: 100, fieldSize: 128 * 1024, fields: 60, files: 40, parts: 20_000, headerPairs: 20 };
const mostAnswers = maxFormBytes;
const maxTotalBytes = 1_024 * 1024 * 1024;

export class InvalidForm extends Error {}

export type UploadedForm = {
  readonly answers: URLSearchParams;
  readonly brought: readonly unknown[];
  /** An answer was too long and was cut: no file that came along was kept. */
  readonly cut: boolean;
};

/** Reads the form to its end. Throws for content that is no form, breaks off or never ends; then none of its files are kept. */
export async function readUploads(
  stream: Readable,
  headers: IncomingMessage['headers'],
  openFor: (answers: ReadonlyMap<string, string>) => Promise<FileReceiver | undefined>,
): Promise<UploadedForm> {
  const answers = new URLSearchParams();
  const brought: unknown[] = [];
  const waiting: Promise<void>[] = [];
  const coming = new Set<Readable>();
  let cut = false;
  let taker: Promise<FileReceiver | undefined> | undefined;
  const form = await openFormReader(headers);
  try {
    await new Promise<void>((done, fail) => {
      let bytes = 0;
      let letters = 0;
      let lost = false;
      const lose = (problem: string): void => {
        lost = true;
        stream.unpipe(form);
        form.removeAllListeners('finish');
        fail(new InvalidForm(problem));
        for (const content of coming) content.destroy(new InvalidForm(problem));
      };
      stream.on('data', (piece: Buffer) => {
        bytes += piece.length;
        if (bytes <= maxTotalBytes) return;
        lose('it does not end');
        stream.destroy();
      });
      stream.once('error', () => lose('it broke off'));
      stream.once('close', () => !stream.readableEnded && lose('it broke off'));
      // A part may come without a name, whatever the types say.
      form.on('field', (name: string | undefined, value: string | undefined, nameCut, valueCut) => {
        if (name === undefined || value === undefined) return lose('an answer has no name');
        letters += name.length + value.length;
        if (nameCut || letters > mostAnswers) return lose('an answer is too long');
        cut ||= Boolean(valueCut);
        answers.append(name, value);
      });
      form.on('file', (_name, content, filename) => {
        content.on('error', () => {});
        // What was lost may still hold pieces of more.
        if (!filename || lost) {
          content.resume();
          return;
        }
        const place = waiting.length; // As chosen, whichever is sealed first.
        coming.add(content);
        taker ??= openFor(new Map(answers));
        const taking = taker.then(async (one) => {
          if (one) brought[place] = await one.take({ name: filename, content });
          content.resume();
          coming.delete(content);
        });
        waiting.push(taking);
        taking.catch((error: unknown) => {
          content.resume();
          fail(error);
        });
      });
      for (const limit of ['partsLimit', 'fieldsLimit'] as const) form.once(limit, () => lose('it has too many parts'));
      form.once('error', () => lose('it is no form'));
      form.once('finish', () => Promise.all(waiting).then(() => done(), fail));
      stream.pipe(form);
    });
    if (cut) await (await taker)?.drop();
    return { answers, brought: cut ? [] : brought.filter((one) => one !== undefined), cut };
  } catch (error) {
    stream.resume();
    await Promise.allSettled(waiting);
    await (await taker?.catch(() => undefined))?.drop();
    throw error;
  }
}

type FormReader = InstanceType<typeof import('@fastify/busboy').Busboy>;

/** Loaded when the first form with files comes. */
async function openFormReader(headers: IncomingMessage['headers']): Promise<FormReader> {
  const { default: busboy } = await import('@fastify/busboy'); // A bundle gives it no other name.
  try {
    return new busboy.Busboy({ headers: headers as { 'content-type': string }, limits });
  } catch (error) {
    throw new InvalidForm(error instanceof Error ? error.message : 'it is no form');
  }
}

/** As the parser of forms gives it. */
export function toFormBody(fields: Iterable<readonly [string, string]>): object {
  const body: Record<string, string | string[]> = Object.create(null);
  for (const [name, value] of fields) {
    const before = body[name];
    body[name] = before === undefined ? value : [before, value].flat();
  }
  return body;
}
