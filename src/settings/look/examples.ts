/** Logos for tests. */
import encode, { init } from '@jsquash/png/encode.js';
import { readWasm } from '../../platform/files/cleaner/parts.ts';

/** As a drawing program writes it: classes, a gradient, a document type, and words of its own. */
export const drawnLogo = `<?xml version="1.0" encoding="utf-8"?>
<!-- Generator: Some Drawing Program -->
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">
<svg version="1.1" id="Layer_1" xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" x="0px" y="0px" viewBox="0 0 240 80" style="enable-background:new 0 0 240 80;" xml:space="preserve">
<metadata><secret>Drawn by Ines Inventor</secret></metadata>
<style type="text/css"><![CDATA[.st0{fill:#005EA5;}.st1{fill:none;stroke:#FFFFFF;stroke-width:8;}]]></style>
<title>Tick</title>
<defs><linearGradient id="g" xlink:href="#stops"/><linearGradient id="stops"><stop offset="0" style="stop-color:#f47738"/><stop offset="1" style="stop-color:#b3130f"/></linearGradient></defs>
<circle class="st0" cx="40" cy="40" r="36" inkscape:label="disc"/>
<path class="st1" d="M24 40l12 14 22-28"/>
<rect x="90" y="24" width="140" height="12" style="fill:#005ea5"/>
<rect x="90" y="46" width="100" height="12" fill="url(#g)"/>
</svg>`;

/** A PNG in one colour with a stripe, and words of a camera between its parts. */
export async function pngLogo(width = 240, height = 80): Promise<Buffer> {
  await init(readWasm('@jsquash/png/codec/pkg/squoosh_png_bg.wasm', 'squoosh_png_bg.wasm'));
  const data = new Uint8ClampedArray(width * height * 4);
  for (let dot = 0; dot < width * height; dot += 1)
    data.set(dot % width < width / 3 ? [0, 94, 165, 255] : [255, 255, 255, 255], dot * 4);
  const png = Buffer.from(await encode({ data, width, height } as Parameters<typeof encode>[0]));
  const words = Buffer.from('Comment\0Drawn by Ines Inventor', 'latin1');
  const part = Buffer.alloc(8 + words.length + 4);
  part.writeUInt32BE(words.length);
  part.write('tEXt', 4, 'latin1');
  words.copy(part, 8);
  const { crc32 } = await import('node:zlib');
  part.writeUInt32BE(crc32(part.subarray(4, 8 + words.length)), 8 + words.length);
  // After the first part, which is 25 bytes long.
  return Buffer.concat([png.subarray(0, 33), part, png.subarray(33)]);
}
