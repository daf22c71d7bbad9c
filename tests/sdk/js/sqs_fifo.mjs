// A FIFO queue with dead letters and their redrive through client-sqs, which speaks AWS JSON.
import assert from 'node:assert/strict';

import {
  CreateQueueCommand, DeleteMessageCommand, GetQueueAttributesCommand, ListMessageMoveTasksCommand,
  ReceiveMessageCommand, SendMessageBatchCommand, SendMessageCommand, SQSClient, StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';

const sqs = new SQSClient({});
const send = (Command, input) => sqs.send(new Command(input));
const advance = (by) => fetch(`${process.env.AWS_ENDPOINT_URL}/_cumulite/clock`,
  {method: 'POST', body: JSON.stringify({advance: by})});

const fifo = {FifoQueue: 'true', ContentBasedDeduplication: 'true'};
const dead = (await send(CreateQueueCommand, {QueueName: 'js-dead.fifo', Attributes: fifo})).QueueUrl;
const {QueueArn} = (await send(GetQueueAttributesCommand, {QueueUrl: dead, AttributeNames: ['QueueArn']})).Attributes;
const RedrivePolicy = JSON.stringify({deadLetterTargetArn: QueueArn, maxReceiveCount: 1});
const {QueueUrl} = await send(CreateQueueCommand, {QueueName: 'js.fifo', Attributes: {...fifo, RedrivePolicy}});
const receive = async (url, more) => (await send(ReceiveMessageCommand,
  {QueueUrl: url, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ['All'], ...more})).Messages ?? [];

// Several groups: order within each, and what is sent twice arrives once.
const Entries = ['a-1', 'b-1', 'a-2', 'b-2', 'a-2'].map((MessageBody, i) =>
  ({Id: `e${i}`, MessageBody, MessageGroupId: MessageBody[0]}));
const sent = await send(SendMessageBatchCommand, {QueueUrl, Entries});
assert.equal(sent.Successful.length, 5);
assert.equal(sent.Successful[4].MessageId, sent.Successful[2].MessageId);
const messages = await receive(QueueUrl);
assert.deepEqual(messages.map((m) => m.Body), ['a-1', 'a-2', 'b-1', 'b-2']);
for (const {ReceiptHandle} of messages) await send(DeleteMessageCommand, {QueueUrl, ReceiptHandle});

// A message that nobody deletes dies, and a move task brings it back.
const poison = await send(SendMessageCommand, {QueueUrl, MessageBody: 'poison', MessageGroupId: 'p'});
assert.equal((await receive(QueueUrl)).length, 1);
await advance('15m');
assert.equal((await receive(QueueUrl)).length, 0);
const [letter] = await receive(dead, {VisibilityTimeout: 0});
assert.equal(letter.MessageId, poison.MessageId);
await send(StartMessageMoveTaskCommand, {SourceArn: QueueArn});
let task;
do {
  [task] = (await send(ListMessageMoveTasksCommand, {SourceArn: QueueArn})).Results;
} while (task.Status === 'RUNNING');
assert.equal(task.Status, 'COMPLETED');
assert.equal(task.ApproximateNumberOfMessagesMoved, 1);
const [again] = await receive(QueueUrl);
assert.equal(again.Body, 'poison');
assert.equal(again.Attributes.ApproximateReceiveCount, '1');
await send(DeleteMessageCommand, {QueueUrl, ReceiptHandle: again.ReceiptHandle});
