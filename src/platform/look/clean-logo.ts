/** Makes a logo of a file that somebody chose: cleaned, small enough, and of a shape that fits. */

import { formatSize } from '../../vocabulary/sizes.ts';
import { clean, cleaningFailureMessages } from '../files/index.ts';
import { Problem } from '../http/problem.ts';
import { compilePaper, PaperRefused } from '../paper/compile.ts';
import { cleanSvg } from './clean-svg.ts';
import { bytesOf, forPaper, highest, type LogoPicture, mostLogoBytes, mostUploadBytes, widest } from './logo.ts';
import { svgFaultMessage } from './svg-fault.ts';

/** What is wrong and what to do, in the words of the form. */
export type CleanedLogo =
  | { readonly ok: true; readonly logo: LogoPicture }
  | { readonly ok: false; readonly error: string };
const refuseWith = (error: string): CleanedLogo => ({ ok: false, error });

const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export async function cleanLogo(bytes: Buffer): Promise<CleanedLogo> {
  if (bytes.length === 0) return refuseWith('The file is empty. Choose another file');
  if (bytes.length > mostUploadBytes)
    return refuseWith(`The file is larger than ${formatSize(mostUploadBytes)}. Choose a smaller one`);
  const cleaned = bytes.subarray(0, 8).equals(pngSignature) ? await cleanPng(bytes) : cleanDrawing(bytes);
  return cleaned.ok ? checkLogo(cleaned.logo) : cleaned;
}

/** From its pixels, so that nothing else of the file is kept. */
async function cleanPng(bytes: Buffer): Promise<CleanedLogo> {
  const copy = await clean('png', bytes);
  if (!copy.ok) return refuseWith(`The PNG cannot be used: ${cleaningFailureMessages[copy.refusal]}. Choose another`);
  const [picture] = copy.value.parts;
  if (copy.value.type !== 'image/png' || !picture) return refuseWith('The PNG has too many dots. Choose a smaller one');
  const png = Buffer.from(picture);
  // Width and height open the first part of a PNG.
  const logo = { format: 'png', width: png.readUInt32BE(16), height: png.readUInt32BE(20) } as const;
  return { ok: true, logo: { ...logo, data: png.toString('base64') } };
}

function cleanDrawing(bytes: Buffer): CleanedLogo {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return refuseWith(svgFaultMessage('not an SVG', ''));
  }
  if (!/^\s*</.test(text)) return refuseWith(svgFaultMessage('not an SVG', ''));
  const cleaned = cleanSvg(text);
  if (!cleaned.ok) return refuseWith(svgFaultMessage(cleaned.refusal, cleaned.part));
  const { svg, width, height } = cleaned.value;
  return { ok: true, logo: { format: 'svg', data: svg, width, height } };
}

async function checkLogo(logo: LogoPicture): Promise<CleanedLogo> {
  const { length } = bytesOf(logo);
  if (length > mostLogoBytes)
    return refuseWith(
      `The logo is ${formatSize(length)} after cleaning. It can have ${formatSize(mostLogoBytes)}. ${logo.format === 'svg' ? 'Export a simpler drawing' : 'Choose a smaller PNG, or an SVG'}`,
    );
  const ratio = logo.width / logo.height;
  if (ratio > widest || ratio < 1 / highest)
    return refuseWith(
      `The logo must be at most ${widest} times as wide as high, and at most twice as high as wide. Choose one of another shape`,
    );
  return (await isPrintable(logo)) ? { ok: true, logo } : refuseWith('The logo cannot be printed. Export it again');
}

const trial = `
#set document(title: "Logo")
#pdf.artifact(image(bytes(data.bytes), format: data.format, width: data.width * 1mm))
`;

/** A logo that the papers refuse would take every paper away. Where this machine makes no paper, there is none to lose. */
async function isPrintable(logo: LogoPicture): Promise<boolean> {
  try {
    await compilePaper(trial, forPaper(logo, { width: 40, height: 40 }));
    return true;
  } catch (error) {
    if (error instanceof Problem) return true;
    if (error instanceof PaperRefused) return false;
    throw error;
  }
}
