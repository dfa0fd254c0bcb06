/** An address as a picture that a phone's camera reads. */

/** An SVG for the page itself: dark on light by night too, because cameras ask for that. The label says it to whoever cannot see it, and is ours. */
export async function pictureOf(address: string, label: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  const svg = renderSVG(address, { ecc: 'M', border: 4, pixelSize: 4 });
  return svg.replace('<svg ', `<svg role="img" aria-label="${label}" `);
}
