/** The cleaner: a process that has no key, no database, no setting and no file but its own program. A file comes in, a working copy goes out, or a number that says why there is none. */

import './no-network.ts';
import { encodeCopy, failureExitCodes, type WorkingCopy } from '../copy.ts';
import { type CopyableKind, copyableKinds, firstPage } from '../file-kind.ts';
import { CannotClean } from './parts.ts';

const kind = [...copyableKinds, firstPage].find((one) => one === process.argv[2]) as Asked | undefined;

/** The most dots of a picture that is made smaller for the public; otherwise it keeps its own size. */
const mostDots = process.argv[3] === undefined ? undefined : Number(process.argv[3]);

type Asked = CopyableKind | typeof firstPage;

async function copyOf(bytes: Uint8Array, kind: Asked): Promise<WorkingCopy> {
  switch (kind) {
    case 'jpeg': {
      const { reencodeJpeg: anew } = await import('./jpeg.ts');
      return { type: 'image/jpeg', parts: [await anew(bytes, mostDots)] };
    }
    case 'png':
    case 'webp': {
      const { reencodePng: pngAnew, reencodeWebp: webpAnew } = await import('./pictures.ts');
      const { type, bytes: picture } = await (kind === 'png' ? pngAnew(bytes, mostDots) : webpAnew(bytes, mostDots));
      return { type, parts: [picture] };
    }
    case 'pdf': {
      const { renderPages: pagesAnew } = await import('./pdf.ts');
      return { type: 'image/jpeg', parts: await pagesAnew(bytes) };
    }
    case firstPage: {
      const { drawFirstPage } = await import('./pdf.ts');
      return { type: 'image/png', parts: [await drawFirstPage(bytes)] };
    }
    case 'mp4':
    case 'webm': {
      const { remuxFilm: filmAnew } = await import('./film.ts');
      return { type: `video/${kind}`, parts: [await filmAnew(bytes, kind)] };
    }
  }
}

try {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  if (!kind) throw new CannotClean('damaged');
  const copy = encodeCopy(await copyOf(Buffer.concat(pieces.splice(0)), kind));
  process.stdout.end(copy, () => process.exit(0));
} catch (error) {
  process.exit(failureExitCodes[error instanceof CannotClean ? error.reason : 'damaged']);
}
