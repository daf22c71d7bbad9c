"""kill -9 while versions are written, completed, copied and deleted: what was acknowledged is whole, and nothing stays
behind that nobody refers to."""

import hashlib
import threading
from pathlib import Path

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

ROUNDS = 3
WORKERS = 4
CHANGES_A_ROUND = 60
PART = b"p" * (5 * 1024 * 1024)
SIZES = (0, 1_000, 40_000, 300_000)


def client(server):
    return boto3.client(
        "s3", endpoint_url=server.url, region_name="us-east-1", aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}, proxies={}, max_pool_connections=WORKERS),
    )


def body_of(name):
    digest = hashlib.sha256(name.encode()).digest()
    size = SIZES[digest[0] % len(SIZES)]
    return (digest * (size // len(digest) + 1))[:size]


class Changes:
    """One worker's changes, and what must be there of them: {(key, version): md5}."""

    def __init__(self, s3, name):
        self._s3, self._name, self._number = s3, name, 0
        self.kept = {}

    def change(self):
        self._number += 1
        kind = self._number % 4
        key = f"{self._name}/{self._number // 4}"
        if kind == 1:
            body = body_of(f"{key}-{self._number}")
            put = self._s3.put_object(Bucket="bucket", Key=key, Body=body)
            self.kept[key, put["VersionId"]] = hashlib.md5(body).hexdigest()
        elif kind == 2 and self._number % 8 == 2 and self.kept:
            # A part that shares the file of its source.
            source, digest = next(reversed(self.kept.items()))
            upload = self._s3.create_multipart_upload(Bucket="bucket", Key=key)["UploadId"]
            part = self._s3.upload_part_copy(
                Bucket="bucket", Key=key, UploadId=upload, PartNumber=1,
                CopySource={"Bucket": "bucket", "Key": source[0], "VersionId": source[1]})
            done = self._s3.complete_multipart_upload(
                Bucket="bucket", Key=key, UploadId=upload,
                MultipartUpload={"Parts": [{"PartNumber": 1, "ETag": part["CopyPartResult"]["ETag"]}]})
            self.kept[key, done["VersionId"]] = digest
        elif kind == 2:
            upload = self._s3.create_multipart_upload(Bucket="bucket", Key=key)["UploadId"]
            parts = []
            for number, body in enumerate((PART, key.encode()), 1):
                etag = self._s3.upload_part(Bucket="bucket", Key=key, UploadId=upload, PartNumber=number, Body=body)
                parts.append({"PartNumber": number, "ETag": etag["ETag"]})
            done = self._s3.complete_multipart_upload(
                Bucket="bucket", Key=key, UploadId=upload, MultipartUpload={"Parts": parts})
            self.kept[key, done["VersionId"]] = hashlib.md5(PART + key.encode()).hexdigest()
        elif self.kept:
            source, digest = next(iter(self.kept.items()))
            if kind == 3:
                copied = self._s3.copy_object(
                    Bucket="bucket", Key=key, CopySource={"Bucket": "bucket", "Key": source[0], "VersionId": source[1]})
                self.kept[key, copied["VersionId"]] = digest
            else:
                del self.kept[source]  # before the call: killed in between, either outcome is right
                self._s3.delete_object(Bucket="bucket", Key=source[0], VersionId=source[1])


def run_until_killed(server, workers):
    done = threading.Semaphore(0)
    unexpected = []

    def run(worker):
        try:
            while True:
                worker.change()
                done.release()
        except BotoCoreError:
            pass  # the connection broke: the server was killed
        except (ClientError, KeyError) as error:
            unexpected.append(error)
        finally:
            for _ in range(CHANGES_A_ROUND):
                done.release()

    threads = [threading.Thread(target=run, args=(worker,)) for worker in workers]
    for thread in threads:
        thread.start()
    for _ in range(CHANGES_A_ROUND):
        assert done.acquire(timeout=240)
    server.kill()
    for thread in threads:
        thread.join()
    assert unexpected == []


def versions(s3):
    for page in s3.get_paginator("list_object_versions").paginate(Bucket="bucket"):
        yield from page.get("Versions", [])
        yield from page.get("DeleteMarkers", [])


def test_acknowledged_versions_survive_and_leave_nothing_behind(start_server):
    server = start_server()
    s3 = client(server)
    s3.create_bucket(Bucket="bucket")
    s3.put_bucket_versioning(Bucket="bucket", VersioningConfiguration={"Status": "Enabled"})
    for turn in range(ROUNDS):
        workers = [Changes(client(server), f"{turn}-{number}") for number in range(WORKERS)]
        run_until_killed(server, workers)
        server = start_server()
        s3 = client(server)
        for worker in workers:
            for (key, version), digest in worker.kept.items():
                got = s3.get_object(Bucket="bucket", Key=key, VersionId=version)
                assert hashlib.md5(got["Body"].read()).hexdigest() == digest, key
        # Whatever else is listed is whole, too.
        for version in versions(s3):
            got = s3.get_object(Bucket="bucket", Key=version["Key"], VersionId=version["VersionId"])
            assert len(got["Body"].read()) == version["Size"]
    for version in list(versions(s3)):
        s3.delete_object(Bucket="bucket", Key=version["Key"], VersionId=version["VersionId"])
    for upload in s3.list_multipart_uploads(Bucket="bucket").get("Uploads", []):
        s3.abort_multipart_upload(Bucket="bucket", Key=upload["Key"], UploadId=upload["UploadId"])
    server.stop()
    files = [path for path in Path(server.data_dir, "s3-content").rglob("*") if path.is_file()]
    assert files == []
