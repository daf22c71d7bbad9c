// A topic's whole life through client-sns: attributes, filters, batches, a queue and an HTTP endpoint of our own.
// What they get is checked by sns-validator, as receivers in production do. Usage: sns.mjs NAME
import assert from 'node:assert/strict';
import {once} from 'node:events';
import {createServer} from 'node:http';

import {
  ConfirmSubscriptionCommand, CreateTopicCommand, DeleteTopicCommand, GetSubscriptionAttributesCommand,
  GetTopicAttributesCommand, ListSubscriptionsByTopicCommand, ListTagsForResourceCommand, PublishBatchCommand,
  PublishCommand, SetSubscriptionAttributesCommand, SetTopicAttributesCommand, SNSClient, SubscribeCommand,
  UnsubscribeCommand, paginateListTopics,
} from '@aws-sdk/client-sns';
import {CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient} from '@aws-sdk/client-sqs';
import MessageValidator from 'sns-validator';

const Name = process.argv[2];
const sns = new SNSClient({});
const sqs = new SQSClient({});
const send = (Command, input) => sns.send(new Command(input));
const address = new URL(process.env.AWS_ENDPOINT_URL);

/** Verifies by sns-validator, told our host. It takes certificates from https only. */
const validate = (document) => new Promise((resolve, reject) => {
  if (address.protocol !== 'https:') return resolve(document);
  const validator = new MessageValidator(new RegExp(`^${address.host.replaceAll('.', '\\.')}$`));
  validator.validate(document, (failure, message) => (failure ? reject(failure) : resolve(message)));
});

const {QueueUrl} = await sqs.send(new CreateQueueCommand({QueueName: Name}));
const receive = async () => {
  const {Messages = []} = await sqs.send(new ReceiveMessageCommand({
    QueueUrl, WaitTimeSeconds: 10, MaxNumberOfMessages: 1, MessageAttributeNames: ['All'],
  }));
  assert.equal(Messages.length, 1);
  await sqs.send(new DeleteMessageCommand({QueueUrl, ReceiptHandle: Messages[0].ReceiptHandle}));
  return Messages[0];
};

const {TopicArn} = await send(CreateTopicCommand, {
  Name, Attributes: {DisplayName: 'shown'}, Tags: [{Key: 'team', Value: 'blue'}],
});
assert.equal((await send(CreateTopicCommand, {Name})).TopicArn, TopicArn);
assert.deepEqual((await send(ListTagsForResourceCommand, {ResourceArn: TopicArn})).Tags, [{Key: 'team', Value: 'blue'}]);
assert.equal((await send(GetTopicAttributesCommand, {TopicArn})).Attributes.DisplayName, 'shown');
const topics = [];
for await (const page of paginateListTopics({client: sns}, {})) topics.push(...page.Topics.map((t) => t.TopicArn));
assert(topics.includes(TopicArn));

// A queue: enveloped and signed by both versions, then raw, then filtered.
const {SubscriptionArn} = await send(SubscribeCommand, {
  TopicArn, Protocol: 'sqs', Endpoint: `arn:aws:sqs:us-east-1:000000000000:${Name}`,
});
const Message = 'text "é" \u{1F4E6} \\ <&>\n';
const MessageAttributes = {
  color: {DataType: 'String', StringValue: 'red'}, blob: {DataType: 'Binary', BinaryValue: new Uint8Array([0, 255])},
};
for (const version of ['1', '2']) {
  await send(SetTopicAttributesCommand, {TopicArn, AttributeName: 'SignatureVersion', AttributeValue: version});
  for (const Subject of [undefined, 'a subject']) {
    const {MessageId} = await send(PublishCommand, {TopicArn, Message, Subject, MessageAttributes});
    const document = JSON.parse((await receive()).Body);
    assert.equal(document.MessageId, MessageId);
    assert.equal(document.SignatureVersion, version);
    assert.equal(document.Message, Message);
    assert.equal(document.Subject, Subject);
    assert.equal(document.MessageAttributes.blob.Value, 'AP8=');
    await validate(document);
    if (address.protocol === 'https:') await assert.rejects(validate({...document, Message: 'another'}));
  }
}

const set = (AttributeName, AttributeValue) =>
  send(SetSubscriptionAttributesCommand, {SubscriptionArn, AttributeName, AttributeValue});
await set('RawMessageDelivery', 'true');
await set('FilterPolicy', JSON.stringify({color: [{prefix: 're'}], size: [{exists: false}]}));
assert.equal((await send(GetSubscriptionAttributesCommand, {SubscriptionArn})).Attributes.FilterPolicyScope,
  'MessageAttributes');
const batch = await send(PublishBatchCommand, {TopicArn, PublishBatchRequestEntries: [
  {Id: 'plain', Message: 'plain'}, {Id: 'red', Message: 'red', MessageAttributes},
  {Id: 'bad', Message: 'bad', Subject: ''},
]});
assert.deepEqual(batch.Successful.map((entry) => entry.Id), ['plain', 'red']);
assert.deepEqual(batch.Failed.map((entry) => [entry.Id, entry.Code]), [['bad', 'InvalidParameter']]);
const raw = await receive();
assert.equal(raw.Body, 'red');
assert.deepEqual(raw.MessageAttributes.blob.BinaryValue, new Uint8Array([0, 255]));

// An HTTP endpoint: asked, confirmed, told, and asked once more when it leaves.
const received = [];
const endpoint = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    received.push({headers: request.headers, document: JSON.parse(Buffer.concat(chunks).toString())});
    response.end();
    endpoint.emit('notified');
  });
});
endpoint.listen(0, '127.0.0.1');
await once(endpoint, 'listening');
const next = async (type) => {
  if (received.length === 0) await once(endpoint, 'notified');
  const {headers, document} = received.shift();
  assert.equal(headers['x-amz-sns-message-type'], type);
  assert.equal(document.Type, type);
  return document;
};
assert.equal((await send(SubscribeCommand, {
  TopicArn, Protocol: 'http', Endpoint: `http://127.0.0.1:${endpoint.address().port}/`,
})).SubscriptionArn, 'pending confirmation');
const asked = await validate(await next('SubscriptionConfirmation'));
const confirmed = (await send(ConfirmSubscriptionCommand, {TopicArn, Token: asked.Token})).SubscriptionArn;
await send(PublishCommand, {TopicArn, Message: 'to all'});
assert.equal((await validate(await next('Notification'))).Message, 'to all');
const listed = (await send(ListSubscriptionsByTopicCommand, {TopicArn})).Subscriptions;
assert.deepEqual(listed.map((one) => one.SubscriptionArn), [SubscriptionArn, confirmed]);
await send(UnsubscribeCommand, {SubscriptionArn: confirmed});
endpoint.close();
endpoint.closeAllConnections();

await send(DeleteTopicCommand, {TopicArn});
await assert.rejects(send(PublishCommand, {TopicArn, Message}), {name: 'NotFoundException'});
await assert.rejects(send(CreateTopicCommand, {Name: 'not allowed'}), {
  name: 'InvalidParameterException', message: 'Invalid parameter: Topic Name',
});
