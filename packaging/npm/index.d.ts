/** What `start` takes; everything has a default. */
export interface StartOptions {
  /** Further flags of `cumulite serve`, for example `["--auth", "strict"]`. */
  flags?: string[];
  /** Where state is kept; without it the server is ephemeral and leaves nothing behind. */
  dataDir?: string;
  /** How long the server may take until it is ready, in milliseconds. Default 10 000. */
  timeout?: number;
  /** Where the server's log goes. Default "ignore". */
  log?: "inherit" | "ignore";
}

/** A server of one's own. It ends with the process that started it, however that ends. */
export interface Cumulite {
  /** "http://127.0.0.1:PORT" */
  endpoint: string;
  /** The variables by which SDKs and the AWS CLI find it: endpoint, credentials and region. */
  env: Record<string, string>;
  /** The same as SDK v3 client configuration: `new SQSClient(aws.config)`. */
  config: {
    endpoint: string;
    region: string;
    credentials: { accessKeyId: string; secretAccessKey: string };
    forcePathStyle: true;
  };
  /** Drops all state, or that of a service, account or region. */
  reset(what?: { service?: string; account?: string; region?: string }): Promise<void>;
  /** Moves the server's clock: "15m", "36h", "7d" or a number of seconds. Answers when all that fell due is done. */
  advance(by: string | number): Promise<void>;
  /** Stops the server and waits for its end. */
  stop(): Promise<void>;
}

/** Starts a server on a free port and resolves once it answers. */
export function start(options?: StartOptions): Promise<Cumulite>;

/** The path of the program. */
export const binary: string;
