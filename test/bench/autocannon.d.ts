/** The part of autocannon that the bench uses; the package brings no types. */
declare module 'autocannon' {
  type Options = {
    readonly url: string;
    readonly connections: number;
    readonly duration: number;
    readonly headers: Readonly<Record<string, string>>;
    readonly requests?: readonly {
      readonly setupRequest: <Request extends { readonly path: string }>(
        request: Request,
      ) => Request & {
        readonly method?: string;
        readonly body?: string;
        readonly headers?: Readonly<Record<string, string>>;
      };
    }[];
  };
  type Result = {
    readonly requests: { readonly average: number; readonly total: number };
    readonly latency: { readonly average: number; readonly p50: number; readonly p99: number };
    readonly errors: number;
    readonly timeouts: number;
    readonly non2xx: number;
  };
  export default function autocannon(options: Options): Promise<Result>;
}
