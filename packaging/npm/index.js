import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export const binary = fileURLToPath(new URL("./bin/cumulite", import.meta.url));

/** The first line names the address, the second says that it is ready. */
function ready(server, timeout) {
  return new Promise((resolve, reject) => {
    let output = "";
    let errors = "";
    const late = setTimeout(() => fail(`not ready within ${timeout} ms`), timeout);
    function fail(reason) {
      clearTimeout(late);
      server.kill("SIGKILL");
      reject(new Error(`cumulite: ${reason}\n${output}${errors}`));
    }
    server.once("error", (error) => fail(error.message));
    server.once("exit", (code, signal) => fail(`ended with ${signal ?? code}`));
    server.stderr?.on("data", (bytes) => (errors += bytes));
    server.stdout.on("data", (bytes) => {
      output += bytes;
      if (!/^Ready\.$/m.test(output)) return;
      clearTimeout(late);
      server.removeAllListeners("exit").removeAllListeners("error");
      server.stderr?.removeAllListeners("data").resume();
      server.stdout.removeAllListeners("data").resume();
      resolve(output.match(/http:\/\/\S+/)[0]);
    });
  });
}

async function post(endpoint, path, body) {
  const answer = await fetch(endpoint + path, { method: "POST", body });
  if (!answer.ok) throw new Error(`cumulite: ${path} answered ${answer.status}: ${await answer.text()}`);
}

export async function start({ flags = [], dataDir, timeout = 10_000, log = "ignore" } = {}) {
  const where = dataDir === undefined ? ["--ephemeral"] : ["--data-dir", dataDir];
  // Its standard input is a pipe of ours: it closes when this process ends, even by SIGKILL, and the server with it.
  const server = spawn(binary, ["serve", "--listen", "127.0.0.1:0", "--stop-with-stdin", ...where, ...flags], {
    stdio: ["pipe", "pipe", log === "inherit" ? "inherit" : "pipe"],
  });
  const ended = new Promise((resolve) => server.once("close", resolve));
  const endpoint = await ready(server, timeout);
  // A test runner that has nothing else to do may end.
  for (const handle of [server, server.stdin, server.stdout, server.stderr]) handle?.unref?.();

  const region = "us-east-1";
  return {
    endpoint,
    env: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_ACCESS_KEY_ID: "test",
      AWS_SECRET_ACCESS_KEY: "test",
      AWS_REGION: region,
      AWS_DEFAULT_REGION: region,
    },
    config: {
      endpoint,
      region,
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
      forcePathStyle: true,
    },
    reset: (what = {}) => {
      const query = new URLSearchParams(Object.entries(what)).toString();
      return post(endpoint, `/_cumulite/reset${query && `?${query}`}`);
    },
    advance: (by) =>
      post(endpoint, "/_cumulite/clock", JSON.stringify({ advance: typeof by === "number" ? `${by}s` : by })),
    stop: async () => {
      server.ref();
      server.kill("SIGTERM");
      await ended;
    },
  };
}
