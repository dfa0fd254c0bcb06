/** A film in a new container: its pictures and its sound as they are, packet by packet, and nothing that lies beside them. */
import {
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
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

type Strand = {
  readonly packets: EncodedPacketSink;
  readonly source: EncodedVideoPacketSource | EncodedAudioPacketSource;
  readonly config: object;
  end: number;
};

export async function filmAnew(bytes: Uint8Array, kind: 'mp4' | 'webm'): Promise<Buffer> {
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
  const strands: Strand[] = [{ packets: new EncodedPacketSink(picture), source, config, end: 0 }];
  const heard = await sound?.getCodec();
  const hearing = await sound?.getDecoderConfig();
  if (sound && heard && hearing && format.getSupportedAudioCodecs().includes(heard)) {
    const beside = new EncodedAudioPacketSource(heard);
    output.addAudioTrack(beside);
    strands.push({ packets: new EncodedPacketSink(sound), source: beside, config: hearing, end: 0 });
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
async function copyPackets(strands: readonly Strand[], start: number): Promise<void> {
  const next = await Promise.all(strands.map(({ packets }) => packets.getFirstPacket()));
  for (;;) {
    const [at] = strands
      .map((_, index) => index)
      .filter((index) => next[index])
      .sort((one, other) => (strands[one]?.end ?? 0) - (strands[other]?.end ?? 0));
    const strand = at === undefined ? undefined : strands[at];
    const packet = at === undefined ? undefined : next[at];
    if (at === undefined || !strand || !packet) return;
    strand.end = packet.timestamp - start;
    await strand.source.add(packet.clone({ timestamp: packet.timestamp - start }), {
      decoderConfig: strand.config,
    } as never);
    next[at] = await strand.packets.getNextPacket(packet);
  }
}
