/** Readers of metadata that share no code with the cleaner: exifr, and ExifTool where Perl is. Whatever they find in a clean copy beyond its shape is a field too many. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import exifr from 'exifr';

const run = promisify(execFile);

/** The picture's own shape, and what the container cannot be without. */
const shape =
  /^(ImageWidth|ImageHeight|ImageSize|Megapixels|BitDepth|BitsPerSample|ColorType|ColorComponents|Compression|Filter|Interlace|EncodingProcess|YCbCrSubSampling|JFIFVersion|ResolutionUnit|XResolution|YResolution|ThumbnailWidth|ThumbnailHeight|bitsPerSample|bitDepth|colorType|FileType|FileTypeExtension|MIMEType)$/;
const shapeOfFilm =
  /^(MajorBrand|MinorVersion|CompatibleBrands|MediaDataSize|MediaDataOffset|MovieHeaderVersion|TimeScale|Duration|PreferredRate|PreferredVolume|PreviewTime|PreviewDuration|PosterTime|SelectionTime|SelectionDuration|CurrentTime|NextTrackID|TrackHeaderVersion|TrackID|TrackDuration|TrackLayer|TrackVolume|MatrixStructure|MediaHeaderVersion|MediaTimeScale|MediaDuration|HandlerType|GraphicsMode|OpColor|CompressorID|SourceImageWidth|SourceImageHeight|VideoFrameRate|Rotation|AvgBitrate|EBMLVersion|EBMLReadVersion|DocType|DocTypeVersion|DocTypeReadVersion|TimecodeScale|TrackNumber|TrackType|CodecID|VideoScanType|DisplayUnit|ColorProfiles|ColorPrimaries|TransferCharacteristics|MatrixCoefficients|VideoFullRangeFlag|BufferSize|MaxBitrate|AverageBitrate|PixelAspectRatio|EBMLMaxIDLength|EBMLMaxSizeLength|SeekID|SeekPosition|SeekIDs|MediaData|MediaDataLength|HandlerClass|AVCConfiguration|SampleToChunk|SampleSizes|ChunkOffset|TimeToSampleTable|SyncSampleTable|CompositionTimeToSample|TrackUID|TrackLacing|TrackDefault|TrackForced|TrackUsed|VideoWidth|VideoHeight|VideoCodecID|AudioCodecID|DefaultDuration)$/;
/** Facts about the tool and about the file on disk, not about its contents. */
const notOfTheFile = /^(System|ExifTool|SourceFile)/;
/** Words that every such file bears, or that say nothing. */
const says = (name: string, value: unknown): boolean => {
  const text = String(value);
  if (/(Create|Modify)Date$/.test(name)) return !/^0000|^1904|^1970/.test(text);
  if (name === 'MediaLanguageCode' || name === 'TrackLanguage') return text !== 'und' && text !== '';
  if (name === 'HandlerDescription') return !/^(MediabunnyVideoHandler|MediabunnySoundHandler)$/.test(text);
  // With what it was made here.
  if (name === 'MuxingApp' || name === 'WritingApp' || name === 'CompressorName')
    return !/^Mediabunny v[\d.]+$/.test(text);
  return true;
};

export const hasPerl = (): Promise<boolean> =>
  run('perl', ['-v']).then(
    () => true,
    () => false,
  );

/** By name of the file, what was found in it. Takes pictures and films that were made here. */
export async function foundIn(copies: ReadonlyMap<string, Buffer>, perl: boolean): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  const add = (file: string, field: string) => found.set(file, [...(found.get(file) ?? []), field]);
  for (const [file, bytes] of copies) {
    if (/\.(jpg|png)$/.test(file)) {
      const read: unknown = await exifr.parse(bytes, true).catch(() => undefined);
      for (const [name, value] of Object.entries(read ?? {}))
        if (!shape.test(name)) add(file, `exifr ${name}=${String(value).slice(0, 40)}`);
    }
  }
  if (!perl) return found;
  const folder = await mkdtemp(join(tmpdir(), 'safelight-copies-'));
  try {
    for (const [file, bytes] of copies) await writeFile(join(folder, file), bytes);
    const tool = join(dirname(createRequire(import.meta.url).resolve('exiftool-vendored.pl')), 'bin/exiftool');
    const { stdout } = await run('perl', [tool, '-config', '', '-j', '-G1', '-a', '-u', '-q', '-r', folder], {
      maxBuffer: 256 * 1024 * 1024,
    });
    for (const { SourceFile, ...fields } of JSON.parse(stdout || '[]') as Record<string, unknown>[])
      for (const [name, value] of Object.entries(fields)) {
        const [group = '', tag = ''] = name.split(':');
        if (notOfTheFile.test(group) || shape.test(tag) || shapeOfFilm.test(tag) || !says(tag, value)) continue;
        add(String(SourceFile).slice(folder.length + 1), `${name}=${String(value).slice(0, 40)}`);
      }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
