/** The cleaner: a process that has no key, no database, no setting and no file but its own program. A file comes in, a working copy goes out, or a number that says why there is none. */

import './no-network.ts';
import { type Copy, endsWith, packed } from '../copy.ts';
import { type Copied, copied } from '../file-kind.ts';
import { CannotClean } from './parts.ts';

const kind = copied.find((one) => one === process.argv[2]);

async function copyOf(bytes: Uint8Array, kind: Copied): Promise<Copy> {
  switch (kind) {
    case 'jpeg': {
      const { anew } = await import('./jpeg.ts');
      return { type: 'image/jpeg', parts: [await anew(bytes)] };
    }
    case 'png':
    case 'webp': {
      const { pngAnew, webpAnew } = await import('./pictures.ts');
      const { type, bytes: picture } = await (kind === 'png' ? pngAnew(bytes) : webpAnew(bytes));
      return { type, parts: [picture] };
    }
    case 'pdf': {
      const { pagesAnew } = await import('./pdf.ts');
      return { type: 'image/jpeg', parts: await pagesAnew(bytes) };
    }
    case 'mp4':
    case 'webm': {
      const { filmAnew } = await import('./film.ts');
      return { type: `video/${kind}`, parts: [await filmAnew(bytes, kind)] };
    }
  }
}

try {
  const pieces: Buffer[] = [];
  for await (const piece of process.stdin) pieces.push(piece as Buffer);
  if (!kind) throw new CannotClean('damaged');
  const copy = packed(await copyOf(Buffer.concat(pieces.splice(0)), kind));
  process.stdout.end(copy, () => process.exit(0));
} catch (error) {
  process.exit(endsWith[error instanceof CannotClean ? error.reason : 'damaged']);
}
