/** A document as pictures of its pages: what it shows, and nothing that it carries. */
import { PDFiumLibrary } from '@hyzyla/pdfium';
import { maxParts } from '../copy.ts';
import { encodeJpeg } from './jpeg.ts';
import { CannotClean, readWasm } from './parts.ts';
import { encodePng } from './pictures.ts';

/** A page of A4 at 120 dots an inch; a larger one is made smaller. */
const mostDotsOfPage = 1_400_000;
const wanted = 120 / 72;

async function openDocument(bytes: Uint8Array) {
  const machine = readWasm('@hyzyla/pdfium/pdfium.wasm', 'pdfium.wasm');
  const library = await PDFiumLibrary.init({ wasmBinary: new Uint8Array(machine).buffer });
  return library.loadDocument(bytes);
}

/** As a PNG, a dot for each point. */
export async function drawFirstPage(bytes: Uint8Array): Promise<Buffer> {
  const page = (await openDocument(bytes)).getPage(0);
  const { width, height, data } = await page.render({ scale: 1, render: 'bitmap' });
  return encodePng({ width, height, data });
}

export async function renderPages(bytes: Uint8Array): Promise<Buffer[]> {
  const document = await openDocument(bytes);
  const count = document.getPageCount();
  if (count === 0) throw new CannotClean('damaged');
  if (count > maxParts) throw new CannotClean('too large unpacked');
  const pages: Buffer[] = [];
  for (const page of document.pages()) {
    const { originalWidth, originalHeight } = page.getOriginalSize();
    const dots = originalWidth * originalHeight;
    if (!(dots > 0) || dots > 1e9) throw new CannotClean('damaged');
    const scale = Math.min(wanted, Math.sqrt(mostDotsOfPage / dots));
    const { width, height, data } = await page.render({ scale, render: 'bitmap', renderFormFields: true });
    pages.push(
      await encodeJpeg(3, { width, height }, (into) => {
        for (let dot = 0, from = 0, to = 0; dot < width * height; dot += 1, from += 4, to += 3) {
          into[to] = data[from] ?? 0;
          into[to + 1] = data[from + 1] ?? 0;
          into[to + 2] = data[from + 2] ?? 0;
        }
      }),
    );
  }
  return pages;
}
