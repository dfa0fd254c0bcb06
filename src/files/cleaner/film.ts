/** A film in a new container: its pictures and its sound as they are, and nothing that lies beside them. */
import {
  BufferSource,
  BufferTarget,
  Conversion,
  Input,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import { CannotClean } from './parts.ts';

export async function filmAnew(bytes: Uint8Array, kind: 'mp4' | 'webm'): Promise<Buffer> {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM, MATROSKA] });
  const target = new BufferTarget();
  const format = kind === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat();
  const output = new Output({ format, target });
  const conversion = await Conversion.init({ input, output, tags: {}, showWarnings: false });
  // What would have to be unpacked and packed again needs what only a browser has.
  if (!conversion.isValid || conversion.discardedTracks.some(({ track }) => track.type === 'video'))
    throw new CannotClean('damaged');
  await conversion.execute();
  if (!target.buffer) throw new CannotClean('damaged');
  return Buffer.from(target.buffer);
}
