"""The AWS SDK for JavaScript v3, whose scripts in js/ check by themselves; here they are run and cross-checked."""

import hashlib


def test_s3_with_default_checksums_and_trailers(javascript, name):
    javascript("s3.mjs", name)


def test_s3_multipart_upload_of_a_stream(javascript, boto, name):
    javascript("upload.mjs", name)
    # Another SDK reads the same bytes: what one adds and takes off again would show here.
    digest = hashlib.sha256()
    for chunk in boto("s3").get_object(Bucket=name, Key="big")["Body"].iter_chunks(1 << 20):
        digest.update(chunk)
    expected = hashlib.sha256()
    for number in range(100):
        expected.update(hashlib.sha256(str(number).encode()).digest() * (1024 * 1024 // 32))
    assert digest.hexdigest() == expected.hexdigest()


def test_sqs_by_json(javascript, name):
    javascript("sqs.mjs", name)


def test_dynamodb_with_the_document_client(javascript, name):
    javascript("dynamodb.mjs", name)


def test_sts(javascript):
    javascript("sts.mjs")


def test_sns_signatures_by_its_validator(javascript, name):
    javascript("sns.mjs", name)
