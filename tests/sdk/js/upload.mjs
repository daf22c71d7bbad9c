// A large object in parts through lib-storage, from a stream of unknown length. Usage: upload.mjs BUCKET
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';
import {Readable} from 'node:stream';

import {CreateBucketCommand, GetObjectCommand, S3Client} from '@aws-sdk/client-s3';
import {Upload} from '@aws-sdk/lib-storage';

const Bucket = process.argv[2];
const MiB = 1024 * 1024;
const kPieces = 100;
const s3 = new S3Client({});

// Each MiB differs, so that parts in the wrong order are seen.
const piece = (number) => Buffer.alloc(MiB, createHash('sha256').update(`${number}`).digest());
const expected = createHash('sha256');
for (let i = 0; i < kPieces; ++i) expected.update(piece(i));
function* pieces() {
  for (let i = 0; i < kPieces; ++i) yield piece(i);
}

await s3.send(new CreateBucketCommand({Bucket}));
const done = await new Upload({client: s3, params: {Bucket, Key: 'big', Body: Readable.from(pieces())}}).done();
assert.match(done.ETag, /-20"$/);
const got = await s3.send(new GetObjectCommand({Bucket, Key: 'big'}));
assert.equal(got.ContentLength, kPieces * MiB);
const actual = createHash('sha256');
for await (const chunk of got.Body) actual.update(chunk);
assert.equal(actual.digest('hex'), expected.digest('hex'));
