// A table's whole life through client-dynamodb and its document client. Usage: dynamodb.mjs TABLE
import assert from 'node:assert/strict';

import {
  CreateTableCommand, DeleteTableCommand, DescribeTableCommand, DynamoDBClient, waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import {
  BatchWriteCommand, DynamoDBDocumentClient, ExecuteStatementCommand, GetCommand, PutCommand, QueryCommand,
  TransactWriteCommand, UpdateCommand, paginateQuery,
} from '@aws-sdk/lib-dynamodb';

const TableName = process.argv[2];
const client = new DynamoDBClient({});
const documents = DynamoDBDocumentClient.from(client);
const send = (Command, input) => documents.send(new Command(input));

await send(CreateTableCommand, {
  TableName,
  BillingMode: 'PAY_PER_REQUEST',
  KeySchema: [{AttributeName: 'customer', KeyType: 'HASH'}, {AttributeName: 'number', KeyType: 'RANGE'}],
  AttributeDefinitions: [
    {AttributeName: 'customer', AttributeType: 'S'}, {AttributeName: 'number', AttributeType: 'N'},
  ],
});
await waitUntilTableExists({client, maxWaitTime: 30}, {TableName});

const order = {
  customer: 'ann', number: 1, articles: [{sku: 'a', count: 2}], tags: new Set(['x', 'y']), paid: false, note: null,
  picture: new Uint8Array([0, 255]),
};
await send(PutCommand, {TableName, Item: order});
assert.deepEqual((await send(GetCommand, {TableName, Key: {customer: 'ann', number: 1}})).Item, order);

const changed = await send(UpdateCommand, {
  TableName,
  Key: {customer: 'ann', number: 1},
  UpdateExpression: 'SET articles[0].#c = articles[0].#c + :one, paid = :yes',
  ConditionExpression: 'paid = :no',
  ExpressionAttributeNames: {'#c': 'count'},
  ExpressionAttributeValues: {':one': 1, ':yes': true, ':no': false},
  ReturnValues: 'UPDATED_NEW',
});
assert.deepEqual(changed.Attributes, {articles: [{count: 3}], paid: true});
await assert.rejects(
  send(UpdateCommand, {
    TableName,
    Key: {customer: 'ann', number: 1},
    UpdateExpression: 'SET paid = :no',
    ConditionExpression: 'paid = :no',
    ExpressionAttributeValues: {':no': false},
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  }),
  error => error.name === 'ConditionalCheckFailedException' && error.Item.paid.BOOL === true);

const puts = Array.from({length: 25}, (_, i) => ({PutRequest: {Item: {customer: 'bob', number: i}}}));
const batch = await send(BatchWriteCommand, {RequestItems: {[TableName]: puts}});
assert.deepEqual(batch.UnprocessedItems, {});
const numbers = [];
const query = {
  TableName,
  KeyConditionExpression: 'customer = :c AND #n BETWEEN :low AND :high',
  ExpressionAttributeNames: {'#n': 'number'},
  ExpressionAttributeValues: {':c': 'bob', ':low': 3, ':high': 12},
  ScanIndexForward: false,
};
for await (const page of paginateQuery({client: documents, pageSize: 4}, {...query})) {
  numbers.push(...page.Items.map(item => item.number));
}
assert.deepEqual(numbers, [12, 11, 10, 9, 8, 7, 6, 5, 4, 3]);
assert.equal((await send(QueryCommand, {...query, Select: 'COUNT'})).Count, 10);

await assert.rejects(
  send(TransactWriteCommand, {
    TransactItems: [
      {Put: {TableName, Item: {customer: 'cid', number: 1}}},
      {ConditionCheck: {
        TableName, Key: {customer: 'none', number: 0}, ConditionExpression: 'attribute_exists(customer)',
      }},
    ],
  }),
  error => error.name === 'TransactionCanceledException' &&
    error.CancellationReasons.map(reason => reason.Code).join() === 'None,ConditionalCheckFailed');
assert.equal((await send(GetCommand, {TableName, Key: {customer: 'cid', number: 1}})).Item, undefined);

const selected = await send(ExecuteStatementCommand, {
  Statement: `SELECT number FROM "${TableName}" WHERE customer = ? AND number < ?`, Parameters: ['bob', 2],
});
assert.deepEqual(selected.Items, [{number: 0}, {number: 1}]);

await send(DeleteTableCommand, {TableName});
await assert.rejects(send(DescribeTableCommand, {TableName}), {name: 'ResourceNotFoundException'});
