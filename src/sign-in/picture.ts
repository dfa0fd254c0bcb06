/** An address as a picture that a phone's camera reads. */

/** An SVG for the page itself: dark on light by night too, because cameras ask for that. */
export async function pictureOf(address: string): Promise<string> {
  const { renderSVG } = await import('uqr');
  const svg = renderSVG(address, { ecc: 'M', border: 4, pixelSize: 4 });
  return svg.replace('<svg ', '<svg role="img" aria-label="Picture to scan with the authenticator app" ');
}
