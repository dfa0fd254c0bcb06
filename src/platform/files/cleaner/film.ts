/** Copies a film into a new container: its pictures and sound unchanged, packet by packet, and nothing else from the file. */
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  type EncodedPacket,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  type InputTrack,
  MATROSKA,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  WEBM,
  WebMOutputFormat,
} from 'mediabunny';
import { CannotClean } from './parts.ts';

/** The container would say when it was made: the beginning of its own calendar says nothing. */
Date.now = () => -2_082_844_800_000;

type TrackCopy = {
  readonly packets: EncodedPacketSink;
  /** Adds a packet to the copy. */
  readonly add: (packet: EncodedPacket) => Promise<void>;
  /** How its packets tell the length of their parts, where they do. */
  readonly lengthBytes: number | undefined;
  end: number;
};

export async function remuxFilm(bytes: Uint8Array, kind: 'mp4' | 'webm'): Promise<Buffer> {
  const input = new Input({ source: new BufferSource(bytes), formats: [MP4, QTFF, WEBM, MATROSKA] });
  const target = new BufferTarget();
  const format = kind === 'mp4' ? new Mp4OutputFormat({ fastStart: 'in-memory' }) : new WebMOutputFormat();
  const output = new Output({ format, target });
  const [picture, sound] = await Promise.all([input.getPrimaryVideoTrack(), input.getPrimaryAudioTrack()]);
  const codec = await picture?.getCodec();
  const config = await picture?.getDecoderConfig();
  if (!picture || !codec || !config || !format.getSupportedVideoCodecs().includes(codec))
    throw new CannotClean('damaged');
  const source = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(source, { rotation: await picture.getRotation() });
  const strands: TrackCopy[] = [
    {
      packets: new EncodedPacketSink(picture),
      add: (packet) => source.add(packet, { decoderConfig: config }),
      lengthBytes: lengthBytesOf(codec, config.description),
      end: 0,
    },
  ];
  const heard = await sound?.getCodec();
  const hearing = await sound?.getDecoderConfig();
  if (sound && heard && hearing && format.getSupportedAudioCodecs().includes(heard)) {
    const beside = new EncodedAudioPacketSource(heard);
    output.addAudioTrack(beside);
    strands.push({
      packets: new EncodedPacketSink(sound),
      add: (packet) => beside.add(packet, { decoderConfig: hearing }),
      lengthBytes: undefined,
      end: 0,
    });
  }
  const starts = await Promise.all(
    [picture, sound].filter((one): one is never => !!one).map((one: InputTrack) => one.getFirstTimestamp()),
  );
  await output.start();
  await copyPackets(strands, Math.min(...starts));
  await output.finalize();
  if (!target.buffer) throw new CannotClean('damaged');
  return Buffer.from(target.buffer);
}

/** The strand that is behind goes next, so that neither waits for the other. */
async function copyPackets(strands: readonly TrackCopy[], start: number): Promise<void> {
  const next = await Promise.all(strands.map(({ packets }) => packets.getFirstPacket()));
  for (;;) {
    const [at] = strands
      .map((_, index) => index)
      .filter((index) => next[index])
      .sort((one, other) => (strands[one]?.end ?? 0) - (strands[other]?.end ?? 0));
    const strand = at === undefined ? undefined : strands[at];
    const packet = at === undefined ? undefined : next[at];
    if (at === undefined || !strand || !packet) return;
    if (!isWhole(packet.data, strand.lengthBytes)) throw new CannotClean('damaged');
    strand.end = packet.timestamp - start;
    await strand.add(packet.clone({ timestamp: packet.timestamp - start }));
    next[at] = await strand.packets.getNextPacket(packet);
  }
}

/** Of H.264 and H.265, as their head says. */
function lengthBytesOf(codec: string, description: ArrayBufferView | ArrayBufferLike | undefined): number | undefined {
  const at = { avc: 4, hevc: 21 }[codec];
  if (at === undefined || !description) return undefined;
  const head = ArrayBuffer.isView(description)
    ? new Uint8Array(description.buffer, description.byteOffset, description.byteLength)
    : new Uint8Array(description);
  return ((head[at] ?? 0) & 3) + 1;
}

/** An index that points elsewhere in the file would copy the bytes found there. The lengths of its parts then do not add up. */
function isWhole(packet: Uint8Array, lengthBytes: number | undefined): boolean {
  if (lengthBytes === undefined) return true;
  let at = 0;
  while (at + lengthBytes < packet.length) {
    let length = 0;
    for (let byte = 0; byte < lengthBytes; byte += 1) length = length * 256 + (packet[at + byte] ?? 0);
    if (length === 0 || ((packet[at + lengthBytes] ?? 0) & 0x80) !== 0) return false;
    at += lengthBytes + length;
  }
  return at === packet.length;
}
