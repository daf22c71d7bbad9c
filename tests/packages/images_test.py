"""The image from scratch, built by buildah from docker/Dockerfile around the packed static program."""

import os
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from support.server_process import PATIENCE, ServerProcess, environment

ROOT = Path(__file__).resolve().parents[2]
MIB = 1 << 20


@pytest.fixture(scope="module")
def root_of_image(artefact, tmp_path_factory):
    """Where the image's files are mounted."""
    if shutil.which("buildah") is None or os.geteuid() != 0:
        pytest.skip("buildah and root are needed to build images")
    folder = tmp_path_factory.mktemp("image")
    (folder / "storage.conf").write_text(
        f'[storage]\ndriver = "vfs"\nrunroot = "{folder}/run"\ngraphroot = "{folder}/graph"\n'
    )

    def buildah(*arguments):
        variables = {**os.environ, "BUILDAH_ISOLATION": "chroot", "CONTAINERS_STORAGE_CONF": str(folder / "storage.conf")}
        done = subprocess.run(["buildah", *arguments], env=variables, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    # What the stage that compiles would leave.
    made = folder / "made"
    (made / "empty/data").mkdir(parents=True)
    with tarfile.open(artefact(f"cumulite-*-linux-{os.uname().machine}-static.tar.gz")) as archive:
        archive.extractall(folder / "archive")
    shutil.copy(next((folder / "archive").glob("*/cumulite")), made)
    buildah("bud", "--target", "minimal", "--build-context", f"build={made}", "-f", ROOT / "docker/Dockerfile",
            "-t", "cumulite", ROOT)
    container = buildah("from", "cumulite")
    yield Path(buildah("mount", container)), buildah("inspect", "--format", "{{.OCIv1.Config}}", container)
    buildah("umount", container)
    buildah("rm", container)


def test_it_is_the_program_alone_and_small(root_of_image):
    root, _ = root_of_image
    files = [path for path in root.rglob("*") if path.is_file()]
    assert [path.relative_to(root).as_posix() for path in files] == ["cumulite"]
    assert files[0].stat().st_size <= 15 * MIB


def test_nobody_serves_as_root(root_of_image):
    root, config = root_of_image
    assert "65532:65532" in config
    assert (root / "data").stat().st_uid == 65532


def test_its_own_program_says_that_it_is_healthy(root_of_image, tmp_path):
    root, _ = root_of_image
    server = ServerProcess(root / "cumulite", tmp_path, "--ephemeral")
    try:
        health = [root / "cumulite", "health", "--listen", server.url.removeprefix("http://")]
        assert subprocess.run(health, env=environment(), timeout=PATIENCE).returncode == 0
    finally:
        server.stop()
