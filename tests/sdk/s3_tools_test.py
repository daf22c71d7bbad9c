"""S3 through the programs that people have: rclone, s3cmd, restic, s3fs; and the AWS CLI's sync."""

import os
import random
import subprocess
import time
import urllib.request

import pytest

from conftest import client_environment

MIB = 1024 * 1024
PATIENCE = 300


@pytest.fixture
def run(tmp_path):
    """Runs a program; fails the test unless it exits with 0."""

    def run(*command, **variables):
        done = subprocess.run(
            command, env=client_environment(tmp_path, **variables), cwd=tmp_path, capture_output=True, text=True,
            timeout=PATIENCE,
        )
        assert done.returncode == 0, f"{' '.join(command)}: {done.stdout}{done.stderr}"
        return done.stdout

    return run


@pytest.fixture
def tree(tmp_path):
    """A folder of files: empty, small, in a folder, with a name that needs escapes, larger than a part."""
    folder = tmp_path / "tree"
    (folder / "sub").mkdir(parents=True)
    for name, size in [("empty", 0), ("small", 100), ("sub/a b+c%.txt", 40_000), ("large", 18 * MIB)]:
        (folder / name).write_bytes(random.Random(name).randbytes(size))
    return folder


def contents(folder):
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_rclone(server, run, name, tree, tmp_path):
    # Its own default, "private", is refused by buckets whose owner owns all, on AWS as here.
    acl = "acl=bucket-owner-full-control"
    remote = f":s3,provider=Other,{acl},access_key_id=test,secret_access_key=test,endpoint='{server.url}':{name}"
    run("rclone", "mkdir", remote)
    run("rclone", "sync", "--s3-chunk-size=5M", "--s3-upload-cutoff=6M", str(tree), remote + "/t")
    run("rclone", "check", str(tree), remote + "/t")
    run("rclone", "copy", remote + "/t", str(tmp_path / "back"))
    assert contents(tmp_path / "back") == contents(tree)
    run("rclone", "moveto", remote + "/t/small", remote + "/t/moved")
    assert sorted(run("rclone", "lsf", remote + "/t").split()) == ["empty", "large", "moved", "sub/"]
    run("rclone", "purge", remote)


def test_s3cmd(server, run, name, tree, tmp_path):
    host = server.url.split("//")[1]
    flags = ["--access_key=test", "--secret_key=test", "--no-ssl", f"--host={host}", f"--host-bucket={host}"]
    s3cmd = ["s3cmd", *flags, "--multipart-chunk-size-mb=5"]
    run(*s3cmd, "mb", f"s3://{name}")
    run(*s3cmd, "sync", f"{tree}/", f"s3://{name}/t/")
    (tmp_path / "back").mkdir()
    run(*s3cmd, "get", "--recursive", f"s3://{name}/t/", f"{tmp_path}/back/")
    run(*s3cmd, "cp", f"s3://{name}/t/large", f"s3://{name}/copy")
    assert contents(tmp_path / "back") == contents(tree)
    assert f"s3://{name}/t/small" in run(*s3cmd, "ls", "--recursive", f"s3://{name}")
    run(*s3cmd, "rb", "--recursive", "--force", f"s3://{name}")


def test_restic(server, run, name, tree, tmp_path):
    repository = {"RESTIC_REPOSITORY": f"s3:{server.url}/{name}", "RESTIC_PASSWORD": "secret"}
    run("restic", "init", **repository)
    run("restic", "backup", str(tree), **repository)
    (tree / "small").write_bytes(b"changed")
    run("restic", "backup", str(tree), **repository)
    run("restic", "check", "--read-data", **repository)
    run("restic", "restore", "latest", "--target", str(tmp_path / "back"), **repository)
    restored = next((tmp_path / "back").rglob("tree"))
    assert contents(restored) == contents(tree)
    run("restic", "forget", "--keep-last", "1", "--prune", **repository)


def test_aws_cli_syncs_moves_and_presigns(server, run, name, tree, tmp_path):
    s3 = ["aws", "--endpoint-url", server.url, "s3"]
    run(*s3, "mb", f"s3://{name}")
    run(*s3, "sync", str(tree), f"s3://{name}/t")
    run(*s3, "mv", f"s3://{name}/t/large", f"s3://{name}/t/moved")
    (tree / "large").rename(tree / "moved")
    (tree / "small").write_bytes(b"changed its size")
    (tree / "empty").unlink()
    told = run(*s3, "sync", str(tree), f"s3://{name}/t", "--delete", "--no-progress")
    assert sorted(line.split(":")[0] for line in told.splitlines()) == ["delete", "upload"]
    run(*s3, "sync", f"s3://{name}/t", str(tmp_path / "back"))
    assert contents(tmp_path / "back") == contents(tree)
    # A week: other tests move the clock of this server ahead.
    url = run(*s3, "presign", "--expires-in", "604800", f"s3://{name}/t/small").strip()
    assert urllib.request.urlopen(url, timeout=PATIENCE).read() == b"changed its size"
    run(*s3, "rb", "--force", f"s3://{name}")


@pytest.mark.skipif(not os.access("/dev/fuse", os.W_OK), reason="no FUSE here")
def test_s3fs(server, run, name, tree, tmp_path):
    run("aws", "--endpoint-url", server.url, "s3", "mb", f"s3://{name}")
    keys, mount = tmp_path / "keys", tmp_path / "mount"
    keys.write_text("test:test")
    keys.chmod(0o600)
    mount.mkdir()
    options = f"url={server.url},use_path_request_style,passwd_file={keys},endpoint=us-east-1"
    mounted = subprocess.run(["s3fs", name, str(mount), "-o", options], capture_output=True, text=True, timeout=PATIENCE)
    if "fuse: " in mounted.stderr or "Operation not permitted" in mounted.stderr:
        pytest.skip("mounting is not permitted here")
    assert mounted.returncode == 0, mounted.stderr
    deadline = time.monotonic() + PATIENCE
    while not os.path.ismount(mount) and time.monotonic() < deadline:
        time.sleep(0.05)
    try:
        run("cp", "-r", str(tree), str(mount / "t"))
        run("mv", str(mount / "t"), str(mount / "moved"))
        assert contents(mount / "moved") == contents(tree)
        with open(mount / "moved" / "large", "r+b") as file:
            file.seek(7 * MIB)
            file.write(b"in the middle")
        changed = bytearray((tree / "large").read_bytes())
        changed[7 * MIB : 7 * MIB + 13] = b"in the middle"
        assert (mount / "moved" / "large").read_bytes() == changed
        (mount / "moved" / "small").chmod(0o640)
        assert (mount / "moved" / "small").stat().st_mode & 0o777 == 0o640
        run("rm", "-r", str(mount / "moved"))
        assert list(mount.iterdir()) == []
    finally:
        run("fusermount", "-u", str(mount))
