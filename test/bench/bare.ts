/** The divisors: bare `node:http`. `bare.ts buffer FILE ENCODING` sends one buffer; `bare.ts template` makes a 12.9 kB page from template strings with escaping. Prints its port. */
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';

const [kind, file = '', encoding = ''] = process.argv.slice(2);

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escaped = (text: string): string => text.replace(/[&<>"']/g, (found) => entities[found] ?? '');

function bufferAnswer(): (response: ServerResponse) => void {
  const body = readFileSync(file);
  const headers = {
    'content-type': 'text/html; charset=utf-8',
    'content-encoding': encoding,
    'content-length': body.length,
  };
  return (response) => response.writeHead(200, headers).end(body);
}

/** As large as the peer's page that performance goals were set against. */
function templateAnswer(): (response: ServerResponse) => void {
  const field = (index: number, token: string): string =>
    `<div class="govuk-form-group"><label class="govuk-label" for="field-${index}">${escaped(`What did you see, <and> where & when? (${index})`)}</label><div class="govuk-hint">${escaped("A few words are enough; you don't need to be sure")}</div><input class="govuk-input" id="field-${index}" name="field-${index}" value="${escaped(token)}" type="text"></div>`;
  return (response) => {
    const token = Math.random().toString(36);
    const fields = Array.from({ length: 38 }, (_, index) => field(index, token)).join('\n');
    const page = `<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Report</title></head><body><main>${fields}</main></body></html>`;
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-length': Buffer.byteLength(page) })
      .end(page);
  };
}

const answer = kind === 'buffer' ? bufferAnswer() : templateAnswer();
const server = createServer((_request, response) => answer(response));
server.listen(0, '127.0.0.1', () => console.log((server.address() as { port: number }).port));
process.on('SIGTERM', () => process.exit(0));
