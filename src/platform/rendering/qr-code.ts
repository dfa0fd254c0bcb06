/** An address as a picture that a phone's camera reads. */

/** An SVG for the page itself: dark on light in dark mode too, because cameras need that. The label is for screen readers and is our own text, so it is not escaped. */
export async function renderQrCode(address: string, label: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  const svg = renderSVG(address, { ecc: 'M', border: 4, pixelSize: 4 });
  return svg.replace('<svg ', `<svg role="img" aria-label="${label}" `);
}
