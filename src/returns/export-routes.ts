/** Export of a signed return as a table or as data, after asking for the reason. */
import { z } from 'zod';
import { toCsv, toFileName } from '../platform/exports/csv.ts';
import {
  ExportForm,
  type ExportPageOptions,
  exportPage,
  formatExportReason,
} from '../platform/exports/export-reason.ts';
import { answersOf } from '../platform/forms/forms.ts';
import { notFound } from '../platform/http/problem.ts';
import { type App, IdPath, may, readForm } from '../platform/http/server.ts';
import { capital } from '../vocabulary/languages/english.ts';
import { returnPaths } from '../vocabulary/paths/returns.ts';
import { listLeftOut, withoutSinglePeople } from './counting/without-single-people.ts';
import { toReturnTable } from './pages.ts';
import type { Return } from './return.ts';
import type { CertifiedReturn } from './signed-return-store.ts';
import { getReturn } from './store.ts';

const exportFormats = { csv: 'a table for a spreadsheet (CSV)', json: 'the signed return as data (JSON)' } as const;
type ExportFormat = keyof typeof exportFormats;
const ReturnExportForm = ExportForm.extend({ shape: z.enum(['csv', 'json'], 'Select a table or data') });

const exportPageOptions = (id: string, codeName: string, version: number): ExportPageOptions => ({
  marking: 'OFFICIAL-SENSITIVE: OPERATIONAL',
  title: 'Export this return',
  caption: `${codeName}, version ${version}`,
  action: returnPaths.export(id),
  back: { href: returnPaths.return(id), text: 'The return' },
  lead: ['The file contains the figures as they were signed. It contains no records.'],
  fields: (ask) => [
    ask.one(
      'shape',
      'As what?',
      Object.entries(exportFormats).map(([value, text]) => ({ value, text: capital(text) })),
    ),
  ],
});

export async function exportRoutes(app: App): Promise<void> {
  app.get(returnPaths.export.route, may('return.export', IdPath), async (request, reply) => {
    const { id } = request.params;
    const certified = certify(await getReturn(request.db, id));
    if (!certified) throw notFound('signed return');
    return reply.form(exportPage(exportPageOptions(id, certified.facts.codeName, certified.version)));
  });

  app.post(returnPaths.export.route, may('return.export', IdPath), async (request, reply) => {
    const { id } = request.params;
    const signed = certify(await getReturn(request.db, id));
    if (!signed) throw notFound('signed return');
    const isWhole = request.can('return.workings');
    const certified = isWhole ? signed : { ...withoutSinglePeople(signed), leftOut: listLeftOut(signed) };
    const { facts, version } = certified;
    const form = readForm(ReturnExportForm, request.body);
    const page = exportPage(exportPageOptions(id, facts.codeName, version));
    if (!form.ok) return reply.form(page, answersOf(request.body), form.errors);
    request.look('return exported', id, {
      kind: 'disclosure',
      recipient: request.actor.agencyId,
      reason: formatExportReason(form.values),
    });
    const shape: ExportFormat = form.values.shape;
    return reply.export({
      fileName: `return-${toFileName(facts.codeName)}-${version}.${shape}`,
      type: shape === 'csv' ? 'text/csv; header=present' : 'application/json',
      content: shape === 'csv' ? toCsv(toReturnTable(certified)) : JSON.stringify(certified, null, 2),
    });
  });
}

function certify({
  signature,
  id,
  operationId,
  version,
  stage,
  definitions,
  facts,
  figures,
}: Return): CertifiedReturn | undefined {
  if (!signature) return undefined;
  const { signedAt, digest } = signature;
  return { id, operationId, version, stage, signedAt, definitions, digest, facts, figures };
}
