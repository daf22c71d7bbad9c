"""Both addresses of the server, and one function a client."""

import json
import os
import subprocess
from pathlib import Path
from typing import NamedTuple, Optional

import boto3
import pytest
from botocore.config import Config

from support.server_process import environment

AWS = "/usr/bin/aws"
NODE = os.environ.get("CUMULITE_NODE", "/usr/bin/node")
PATIENCE = 300


class Endpoint(NamedTuple):
    url: str
    certificate: Optional[str]  # for https


@pytest.fixture(params=["http", "https"])
def endpoint(request, server):
    if request.param == "http":
        return Endpoint(server.url, None)
    return Endpoint(server.https_url, str(server.certificate))


def client_environment(home, **variables):
    return environment(
        HOME=str(home),
        AWS_ACCESS_KEY_ID="test",
        AWS_SECRET_ACCESS_KEY="test",
        AWS_DEFAULT_REGION="us-east-1",
        AWS_REGION="us-east-1",
        AWS_EC2_METADATA_DISABLED="true",
        AWS_PAGER="",
        NO_PROXY="*",
        **variables,
    )


@pytest.fixture
def aws(endpoint, tmp_path):
    """Runs the AWS CLI: aws("s3", "ls") gives what it printed; it fails the test unless it exits with 0."""

    def run(*arguments):
        # Debian's 2.9 does not read AWS_ENDPOINT_URL yet.
        ca_bundle = ["--ca-bundle", endpoint.certificate] if endpoint.certificate else []
        done = subprocess.run(
            [AWS, "--endpoint-url", endpoint.url, *ca_bundle, *arguments],
            env=client_environment(tmp_path), cwd=tmp_path, capture_output=True, text=True, timeout=PATIENCE,
        )
        assert done.returncode == 0, f"aws {' '.join(arguments)}: {done.stdout}{done.stderr}"
        return done.stdout

    return run


@pytest.fixture
def aws_json(aws):
    """The same for commands that answer in JSON; {} when they print nothing."""
    return lambda *arguments: json.loads(aws(*arguments, "--output", "json") or "{}")


@pytest.fixture
def boto(endpoint):
    """boto3 clients: boto("s3")."""

    def client(service):
        return boto3.client(
            service,
            endpoint_url=endpoint.url,
            verify=endpoint.certificate or True,
            region_name="us-east-1",
            aws_access_key_id="test",
            aws_secret_access_key="test",
            config=Config(retries={"max_attempts": 1}, proxies={}),
        )

    return client


@pytest.fixture
def javascript(endpoint, tmp_path):
    """Runs tests/sdk/js/SCRIPT with arguments; the SDK takes everything from its usual variables."""

    def run(script, *arguments):
        variables = {"AWS_ENDPOINT_URL": endpoint.url}
        if endpoint.certificate:
            variables["NODE_EXTRA_CA_CERTS"] = endpoint.certificate
        done = subprocess.run(
            [NODE, str(Path(__file__).parent / "js" / script), *arguments],
            env=client_environment(tmp_path, **variables), cwd=tmp_path, capture_output=True, text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{script}: {done.stdout}{done.stderr}"
        return done.stdout

    return run
