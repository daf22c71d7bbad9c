// A queue's whole life through client-sqs, which speaks AWS JSON. Usage: sqs.mjs QUEUE
import assert from 'node:assert/strict';
import {createHash} from 'node:crypto';

import {
  CreateQueueCommand, DeleteMessageCommand, DeleteQueueCommand, GetQueueUrlCommand, ListQueuesCommand,
  ReceiveMessageCommand, SendMessageCommand, SQSClient,
} from '@aws-sdk/client-sqs';

const QueueName = process.argv[2];
const sqs = new SQSClient({});
const send = (Command, input) => sqs.send(new Command(input));

const {QueueUrl} = await send(CreateQueueCommand, {QueueName});
assert.equal(QueueUrl, `${process.env.AWS_ENDPOINT_URL}/000000000000/${QueueName}`);
assert.equal((await send(GetQueueUrlCommand, {QueueName})).QueueUrl, QueueUrl);
assert.deepEqual((await send(ListQueuesCommand, {QueueNamePrefix: QueueName})).QueueUrls, [QueueUrl]);

const MessageBody = 'pack the order "é" \u{1F4E6} \\ <&>';
const sent = await send(SendMessageCommand, {QueueUrl, MessageBody});
assert.equal(sent.MD5OfMessageBody, createHash('md5').update(MessageBody).digest('hex'));
const {Messages} = await send(ReceiveMessageCommand, {QueueUrl, WaitTimeSeconds: 20});
assert.equal(Messages.length, 1);
assert.equal(Messages[0].Body, MessageBody);
assert.equal(Messages[0].MessageId, sent.MessageId);
assert.equal((await send(ReceiveMessageCommand, {QueueUrl})).Messages, undefined, 'in flight, so hidden');
await send(DeleteMessageCommand, {QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle});

// The long poll ends with the message, not with its time.
const poll = send(ReceiveMessageCommand, {QueueUrl, WaitTimeSeconds: 20});
const began = performance.now();
await send(SendMessageCommand, {QueueUrl, MessageBody: 'now'});
assert.equal((await poll).Messages[0].Body, 'now');
assert(performance.now() - began < 15_000);

await send(DeleteQueueCommand, {QueueUrl});
await assert.rejects(send(GetQueueUrlCommand, {QueueName}), {name: 'QueueDoesNotExist'});
