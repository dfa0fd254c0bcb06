/** Solves linear problems with HiGHS in a thread of its own, which gives its memory back when it ends. */
import { parentPort, workerData } from 'node:worker_threads';
import highsModule from 'highs';
import type { Outcome, Problem } from './solver.ts';

// The types of the package name its CommonJS form; imported, it is the function itself.
const loadHighs = highsModule as unknown as typeof highsModule.default;
const highs = await loadHighs({ wasmModule: workerData as WebAssembly.Module });
const optimal = 7;
const infeasible = 8;

/** Anything but a proven optimum or a proven contradiction counts as not finished. */
function solve({ cost, lower, upper, whole, rows }: Problem, seconds: number): Outcome {
  const starts = [0];
  const indices: number[] = [];
  const values: number[] = [];
  for (const { columns, factors } of rows) {
    indices.push(...columns);
    values.push(...factors);
    starts.push(indices.length);
  }
  const matrix = { format: 'csr' as const, numRows: rows.length, numCols: cost.length, starts, indices, values };
  return highs.withModel(
    {
      numCols: cost.length,
      numRows: rows.length,
      colCost: cost,
      colLower: lower,
      colUpper: upper,
      rowLower: rows.map((row) => row.least),
      rowUpper: rows.map((row) => row.most),
      matrix,
      ...(whole && { integrality: new Int32Array(cost.length).fill(1) }),
    },
    (model): Outcome => {
      model.options.set('output_flag', false);
      model.options.set('random_seed', 0);
      model.options.set('mip_rel_gap', 0);
      model.options.set('time_limit', seconds);
      model.run();
      const status = model.getModelStatus();
      if (status === infeasible) return { status: 'infeasible' };
      if (status !== optimal) return { status: 'not finished' };
      return { status: 'optimal', values: [...model.getSolution().colValue] };
    },
  );
}

parentPort?.on('message', ({ problem, seconds }: { problem: Problem; seconds: number }) => {
  try {
    parentPort?.postMessage(solve(problem, seconds));
  } catch (error) {
    // The message alone: an error of the library that is not caught prints the whole library.
    parentPort?.postMessage({ status: 'failed', message: error instanceof Error ? error.message : 'unknown' });
  }
});
parentPort?.postMessage({ status: 'ready', version: Object.values(highs.version).join(' ') });
