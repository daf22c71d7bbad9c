// A bucket's whole life through client-s3, with the SDK's default checksums. Usage: s3.mjs BUCKET
import assert from 'node:assert/strict';
import {createHash, randomBytes} from 'node:crypto';
import {Readable} from 'node:stream';

import {
  CreateBucketCommand, DeleteBucketCommand, DeleteObjectCommand, DeleteObjectsCommand, GetObjectCommand,
  HeadObjectCommand, ListBucketsCommand, ListObjectsV2Command, PutObjectCommand, S3Client,
} from '@aws-sdk/client-s3';

const Bucket = process.argv[2];
const s3 = new S3Client({});
const send = (Command, input) => s3.send(new Command({Bucket, ...input}));
const bytesOf = async (Key) => Buffer.from(await (await send(GetObjectCommand, {Key})).Body.transformToByteArray());

await send(CreateBucketCommand);
assert((await s3.send(new ListBucketsCommand({}))).Buckets.some(({Name}) => Name === Bucket));

// A buffer: its checksum travels in a header. The SDK verifies the one that comes back.
const small = randomBytes(1024);
const put = await send(PutObjectCommand, {Key: 'small', Body: small, ContentType: 'image/png', Metadata: {who: 'me'}});
assert.equal(put.ETag, `"${createHash('md5').update(small).digest('hex')}"`);
const got = await send(GetObjectCommand, {Key: 'small', ChecksumMode: 'ENABLED'});
assert.equal(got.ContentType, 'image/png');
assert.deepEqual(got.Metadata, {who: 'me'});
assert.equal(got.ChecksumCRC32, put.ChecksumCRC32);
assert(put.ChecksumCRC32, 'the default checksum is kept');
assert.deepEqual(Buffer.from(await got.Body.transformToByteArray()), small);

// A stream: sent as aws-chunked, its checksum in a trailer. Nothing of the framing may be stored.
const streamed = randomBytes(300 * 1024 + 1);
for (const ChecksumAlgorithm of [undefined, 'CRC32C', 'SHA1', 'SHA256']) {
  await send(PutObjectCommand, {
    Key: 'streamed', Body: Readable.from([streamed.subarray(0, 70_000), streamed.subarray(70_000)]),
    ContentLength: streamed.length, ChecksumAlgorithm,
  });
  const head = await send(HeadObjectCommand, {Key: 'streamed', ChecksumMode: 'ENABLED'});
  assert.equal(head.ContentLength, streamed.length);
  assert.equal(head.ContentEncoding, undefined);
  assert(head[`Checksum${ChecksumAlgorithm ?? 'CRC32'}`], `${ChecksumAlgorithm} is kept`);
  assert.deepEqual(await bytesOf('streamed'), streamed);
}

// As on AWS, only the last chunk may be shorter than 8 KiB.
const tiny = send(PutObjectCommand, {Key: 'tiny', Body: Readable.from(['a', 'b']), ContentLength: 2});
await assert.rejects(tiny, {name: 'InvalidChunkSizeError'});

// A wrong checksum is refused, and the object stays as it was.
const refused = send(PutObjectCommand, {Key: 'small', Body: 'other', ChecksumCRC32: 'AAAAAA=='});
await assert.rejects(refused, {name: 'BadDigest'});
assert.deepEqual(await bytesOf('small'), small);

for (const Key of ['dir/a', 'dir/b/c', 'x y+z%é']) await send(PutObjectCommand, {Key, Body: Key});
const top = await send(ListObjectsV2Command, {Delimiter: '/'});
assert.deepEqual(top.CommonPrefixes.map(({Prefix}) => Prefix), ['dir/']);
assert.deepEqual(top.Contents.map(({Key}) => Key), ['small', 'streamed', 'x y+z%é']);
const below = await send(ListObjectsV2Command, {Prefix: 'dir/'});
assert.deepEqual(below.Contents.map(({Key}) => Key), ['dir/a', 'dir/b/c']);
assert.equal((await bytesOf('x y+z%é')).toString(), 'x y+z%é');

await assert.rejects(send(DeleteBucketCommand), {name: 'BucketNotEmpty'});
await send(DeleteObjectCommand, {Key: 'small'});
await assert.rejects(send(GetObjectCommand, {Key: 'small'}), {name: 'NoSuchKey'});
const rest = (await send(ListObjectsV2Command)).Contents.map(({Key}) => ({Key}));
const deleted = await send(DeleteObjectsCommand, {Delete: {Objects: rest}});
assert.equal(deleted.Deleted.length, rest.length);
await send(DeleteBucketCommand);
await assert.rejects(send(ListObjectsV2Command), {name: 'NoSuchBucket'});
