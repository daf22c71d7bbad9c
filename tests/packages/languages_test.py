"""The npm package and the Python wheel, from the packed files in folders of their own."""

import os
import shutil
import subprocess
import textwrap

import pytest

PATIENCE = 300
NODE = os.environ.get("CUMULITE_NODE") or shutil.which("node", path="/usr/bin:/bin")


def run(*command, cwd, **variables):
    env = {"PATH": "/usr/bin:/bin", "HOME": str(cwd), **variables}
    done = subprocess.run(command, cwd=cwd, env=env, capture_output=True, text=True, timeout=PATIENCE)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def node_project(artefact, tmp_path_factory):
    folder = tmp_path_factory.mktemp("node")
    (folder / "package.json").write_text('{"name": "user", "private": true, "type": "module"}')
    run("/usr/bin/npm", "install", "--offline", "--no-audit", "--no-fund", str(artefact("cumulite-*.tgz")), cwd=folder)
    return folder


def test_node_test_starts_advances_resets_and_stops(node_project):
    (node_project / "queue.test.mjs").write_text(
        textwrap.dedent(
            """
            import assert from "node:assert";
            import { test } from "node:test";
            import { start } from "cumulite";

            const call = (aws, parameters) => fetch(aws.endpoint, {
              method: "POST", body: new URLSearchParams({ Version: "2012-11-05", ...parameters }),
            }).then((answer) => answer.text());

            test("a message comes back after its visibility timeout", async () => {
              const aws = await start();
              assert.equal(aws.env.AWS_ENDPOINT_URL, aws.endpoint);
              assert.equal(aws.config.endpoint, aws.endpoint);
              await call(aws, { Action: "CreateQueue", QueueName: "q" });
              const QueueUrl = `${aws.endpoint}/000000000000/q`;
              await call(aws, { Action: "SendMessage", QueueUrl, MessageBody: "pack" });
              assert.match(await call(aws, { Action: "ReceiveMessage", QueueUrl }), /pack/);
              assert.doesNotMatch(await call(aws, { Action: "ReceiveMessage", QueueUrl }), /pack/);
              await aws.advance("15m");
              assert.match(await call(aws, { Action: "ReceiveMessage", QueueUrl }), /pack/);
              await aws.reset();
              assert.match(await call(aws, { Action: "ListQueues" }), /<ListQueuesResult\\/>|ListQueuesResult><\\/ListQueuesResult/);
              await aws.stop();
              await assert.rejects(fetch(aws.endpoint));
            });

            test("what cannot start says why", async () => {
              await assert.rejects(start({ flags: ["--no-such-flag"] }), /no-such-flag/);
            });
            """
        )
    )
    run(NODE, "--test", "queue.test.mjs", cwd=node_project)


@pytest.fixture(scope="module")
def runners(artefact, tmp_path_factory):
    """A project that has vitest and jest beside the package."""
    folder = tmp_path_factory.mktemp("runners")
    (folder / "package.json").write_text('{"private": true, "type": "module", "jest": {"transform": {}}}')
    run("/usr/bin/npm", "install", "--no-audit", "--no-fund", "jest@29.7.0", "vitest@2.1.9",
        str(artefact("cumulite-*.tgz")), cwd=folder)
    (folder / "list.test.js").write_text(
        textwrap.dedent(
            """
            import { start } from "cumulite";

            let aws;
            beforeAll(async () => { aws = await start(); });
            afterAll(() => aws.stop());

            test("it answers", async () => {
              const answer = await fetch(`${aws.endpoint}/?Action=ListQueues&Version=2012-11-05`);
              expect(answer.status).toBe(200);
            });
            """
        )
    )
    return folder


@pytest.mark.parametrize(
    "command", [("vitest/vitest.mjs", "run", "--globals"), ("jest/bin/jest.js",)], ids=["vitest", "jest"]
)
def test_other_runners_start_and_stop_it(runners, command):
    program, *arguments = command
    run(NODE, "--experimental-vm-modules", f"node_modules/{program}", *arguments, cwd=runners)


def test_npx_runs_the_program(node_project):
    assert run("/usr/bin/npx", "--offline", "cumulite", "version", cwd=node_project).startswith("cumulite ")


def test_a_server_of_node_ends_with_its_killed_process(node_project):
    script = 'import { start } from "cumulite"; const aws = await start(); console.log(aws.endpoint); process.kill(process.pid, "SIGKILL");'
    killed = subprocess.run(
        [NODE, "--input-type=module", "-e", script], cwd=node_project, capture_output=True, text=True, timeout=PATIENCE
    )
    endpoint = killed.stdout.strip()
    assert endpoint.startswith("http://127.0.0.1:")
    assert_gone(int(endpoint.rsplit(":", 1)[1]))


def assert_gone(port):
    """The server lets its port go soon after its parent was killed."""
    binary = shutil.which("python3", path="/usr/bin")
    code = f"import socket\nwhile True:\n  try: socket.create_connection(('127.0.0.1', {port})).close()\n  except ConnectionRefusedError: break"
    subprocess.run([binary, "-c", code], timeout=60, check=True)


@pytest.fixture(scope="module")
def python_site(artefact, tmp_path_factory):
    """The wheel unpacked as an installer does it, before Debian's own packages."""
    folder = tmp_path_factory.mktemp("python")
    run("/usr/bin/python3", "-m", "pip", "install", "--quiet", "--no-index", "--no-deps", "--target", str(folder / "site"),
        str(artefact("*.whl")), cwd=folder)
    return folder / "site"


def test_pytest_fixtures_come_with_the_wheel(python_site, tmp_path):
    (tmp_path / "test_queue.py").write_text(
        textwrap.dedent(
            """
            import boto3

            def test_one(cumulite_reset):
                sqs = cumulite_reset.client("sqs")
                url = sqs.create_queue(QueueName="orders")["QueueUrl"]
                sqs.send_message(QueueUrl=url, MessageBody="pack")
                assert len(sqs.receive_message(QueueUrl=url)["Messages"]) == 1
                assert "Messages" not in sqs.receive_message(QueueUrl=url)
                cumulite_reset.advance("15m")
                assert len(sqs.receive_message(QueueUrl=url)["Messages"]) == 1

            def test_two_starts_empty(cumulite_reset, cumulite):
                assert cumulite_reset is cumulite
                assert "QueueUrls" not in cumulite.client("sqs").list_queues()

            def test_variables_are_set(cumulite_reset):
                import os
                assert os.environ["AWS_ENDPOINT_URL"] == cumulite_reset.endpoint
            """
        )
    )
    run("/usr/bin/python3", "-m", "pytest", "-q", "-p", "no:cacheprovider", cwd=tmp_path, PYTHONPATH=str(python_site))


def test_the_command_is_on_path(python_site, tmp_path):
    run("/usr/bin/python3", str(python_site / "bin/cumulite"), "version", cwd=tmp_path, PYTHONPATH=str(python_site))


def test_a_server_of_python_ends_with_its_killed_process(python_site, tmp_path):
    script = "import cumulite, os\naws = cumulite.server()\nprint(aws.endpoint, flush=True)\nos.kill(os.getpid(), 9)"
    killed = subprocess.run(
        ["/usr/bin/python3", "-c", script], cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(python_site)},
    )
    assert_gone(int(killed.stdout.strip().rsplit(":", 1)[1]))


def test_what_cannot_start_says_why(python_site, tmp_path):
    script = (
        "import cumulite\n"
        "try: cumulite.server(['--no-such-flag'])\n"
        "except cumulite.CumuliteError as error: print(error)\n"
    )
    assert "exit status 2" in run("/usr/bin/python3", "-c", script, cwd=tmp_path, PYTHONPATH=str(python_site))
