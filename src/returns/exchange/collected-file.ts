/** Takes one uploaded file into memory, as far as it can be long. */
import type { FileReceiver } from '../../platform/files/public-uploads.ts';
import { receiveFiles } from '../../platform/files/staff-uploads.ts';
import type { Request } from '../../platform/http/server.ts';

const collectFile = (mostBytes: number): FileReceiver => ({
  drop: async () => {},
  take: async ({ name, content }): Promise<Buffer | undefined> => {
    const pieces: Buffer[] = [];
    let bytes = 0;
    for await (const piece of content as AsyncIterable<Buffer>) {
      // The piece that goes beyond says that the file is too large.
      if (bytes <= mostBytes) pieces.push(piece);
      bytes += piece.length;
    }
    return bytes === 0 && name === '' ? undefined : Buffer.concat(pieces);
  },
});

/** The file, which may be longer than allowed by one piece; undefined where none was selected. */
export async function receiveInMemory(request: Request, mostBytes: number): Promise<Buffer | undefined> {
  const files = await receiveFiles(request, collectFile(mostBytes));
  return files.find((one): one is Buffer => Buffer.isBuffer(one));
}
