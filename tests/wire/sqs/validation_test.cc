#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::HasSubstr;

/// A request that is refused: as AWS JSON, as a Query form to the queue's URL, and in which words.
struct Refusal {
  const char* operation;
  const char* request;  // JSON, without QueueUrl
  const char* form;     // without Action; "" where the Query protocol cannot say it
  const char* code;     // of the Query protocol
  const char* message;
};

/// Text as XML carries it.
std::string Escaped(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '<') {
      escaped += "&lt;";
    } else if (c == '>') {
      escaped += "&gt;";
    } else {
      escaped += c;
    }
  }
  return escaped;
}

std::ostream& operator<<(std::ostream& out, const Refusal& refusal) {
  return out << refusal.operation << " " << refusal.request;
}

class SqsRefusalTest : public SqsWireTest, public ::testing::WithParamInterface<Refusal> {};

TEST_P(SqsRefusalTest, IsTheSameInBothProtocols) {
  const std::string url = CreateQueue("q");
  const auto& [operation, request, form, code, message] = GetParam();
  json body = json::parse(request);
  body["QueueUrl"] = url;
  const Reply reply = Call(operation, body);
  EXPECT_EQ(reply.status, std::string_view(code) == "OverLimit" ? 403 : 400);
  EXPECT_EQ(reply.Header("x-amzn-query-error"), std::string(code) + ";Sender");
  EXPECT_EQ(reply.Json().value("message", ""), message);
  if (std::string_view(form).empty()) return;
  const Reply query = Query(std::string("Action=") + operation + "&" + form, "/000000000000/q");
  EXPECT_EQ(query.status, reply.status);
  EXPECT_THAT(query.body, HasSubstr(std::string("<Type>Sender</Type><Code>") + code + "</Code>"));
  EXPECT_THAT(query.body, HasSubstr(Escaped(message)));
}

constexpr const char* kMissing = "MissingParameter";
constexpr const char* kInvalid = "InvalidParameterValue";
constexpr const char* kAttribute = "InvalidAttributeValue";
constexpr const char* kName = "InvalidAttributeName";

INSTANTIATE_TEST_SUITE_P(
    Required, SqsRefusalTest,
    ::testing::Values(
        Refusal{"AddPermission", R"({"Label":"l","Actions":["*"]})", "Label=l&ActionName.1=*", kMissing,
                "The request must contain the parameter AWSAccountIds."},
        Refusal{"AddPermission", R"({"Label":"l","AWSAccountIds":[],"Actions":["*"]})", "", kMissing,
                "The request must contain the parameter AWSAccountIds."},
        Refusal{"AddPermission", R"({"Label":"l","AWSAccountIds":["111111111111"],"Actions":[]})", "",
                kMissing, "The request must contain the parameter Actions."},
        Refusal{"RemovePermission", "{}", "x=", kMissing, "The request must contain the parameter Label."},
        Refusal{"ChangeMessageVisibility", R"({"ReceiptHandle":"x"})", "ReceiptHandle=x", kMissing,
                "The request must contain the parameter VisibilityTimeout."},
        Refusal{"DeleteMessage", "{}", "x=", kMissing,
                "The request must contain the parameter MessageHandle."},
        Refusal{"SendMessage", "{}", "x=", kMissing, "The request must contain the parameter MessageBody."},
        Refusal{"SetQueueAttributes", "{}", "x=", kMissing,
                "The request must contain the parameter Attributes."},
        Refusal{"TagQueue", R"({"Tags":{}})", "x=", kMissing, "The request must contain the parameter Tags."},
        Refusal{"UntagQueue", R"({"TagKeys":[]})", "x=", kMissing,
                "The request must contain the parameter TagKeys."},
        Refusal{"StartMessageMoveTask", "{}", "x=", kMissing,
                "The request must contain the parameter SourceArn."},
        Refusal{"GetQueueUrl", "{}", "x=", kMissing, "The request must contain the parameter QueueName."}));

INSTANTIATE_TEST_SUITE_P(
    Batches, SqsRefusalTest,
    ::testing::Values(
        Refusal{"SendMessageBatch", R"({"Entries":[{"MessageBody":"x"}]})",
                "SendMessageBatchRequestEntry.1.MessageBody=x", kMissing,
                "The request must contain the parameter SendMessageBatchRequestEntry.1.Id."},
        Refusal{"SendMessageBatch", R"({"Entries":[{"Id":"a","MessageBody":"x"},{"Id":"b"}]})",
                "SendMessageBatchRequestEntry.1.Id=a&SendMessageBatchRequestEntry.1.MessageBody=x"
                "&SendMessageBatchRequestEntry.2.Id=b",
                kMissing,
                "The request must contain the parameter SendMessageBatchRequestEntry.2.MessageBody."},
        Refusal{"DeleteMessageBatch", R"({"Entries":[{"ReceiptHandle":"x"}]})",
                "DeleteMessageBatchRequestEntry.1.ReceiptHandle=x", kMissing,
                "The request must contain the parameter DeleteMessageBatchRequestEntry.1.Id."},
        Refusal{"ChangeMessageVisibilityBatch", R"({"Entries":[{"Id":"a"}]})",
                "ChangeMessageVisibilityBatchRequestEntry.1.Id=a", kMissing,
                "The request must contain the parameter "
                "ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle."},
        Refusal{"DeleteMessageBatch", R"({"Entries":[]})", "x=", "AWS.SimpleQueueService.EmptyBatchRequest",
                "There should be at least one DeleteMessageBatchRequestEntry in the request."},
        Refusal{"ChangeMessageVisibilityBatch", "{}", "x=", "AWS.SimpleQueueService.EmptyBatchRequest",
                "There should be at least one ChangeMessageVisibilityBatchRequestEntry in the request."},
        Refusal{"DeleteMessageBatch",
                R"({"Entries":[{"Id":"a","ReceiptHandle":"x"},{"Id":"a","ReceiptHandle":"y"}]})",
                "DeleteMessageBatchRequestEntry.1.Id=a&DeleteMessageBatchRequestEntry.1.ReceiptHandle=x"
                "&DeleteMessageBatchRequestEntry.2.Id=a&DeleteMessageBatchRequestEntry.2.ReceiptHandle=y",
                "AWS.SimpleQueueService.BatchEntryIdsNotDistinct", "Id a repeated."},
        Refusal{
            "ChangeMessageVisibilityBatch",
            R"({"Entries":[{"Id":"a b","ReceiptHandle":"x","VisibilityTimeout":1}]})",
            "ChangeMessageVisibilityBatchRequestEntry.1.Id=a+b"
            "&ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle=x",
            "AWS.SimpleQueueService.InvalidBatchEntryId",
            "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be "
            "at most 80 letters long."}));

INSTANTIATE_TEST_SUITE_P(
    Ranges, SqsRefusalTest,
    ::testing::Values(
        Refusal{"ReceiveMessage", R"({"MaxNumberOfMessages":0})", "MaxNumberOfMessages=0", kInvalid,
                "Value 0 for parameter MaxNumberOfMessages is invalid. Reason: Must be between 1 and 10, if "
                "provided."},
        Refusal{"ReceiveMessage", R"({"WaitTimeSeconds":21})", "WaitTimeSeconds=21", kInvalid,
                "Value 21 for parameter WaitTimeSeconds is invalid. Reason: Must be >= 0 and <= 20, if "
                "provided."},
        Refusal{
            "ReceiveMessage", R"({"VisibilityTimeout":43201})", "VisibilityTimeout=43201", kInvalid,
            "Value 43201 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, "
            "if provided."},
        Refusal{
            "ChangeMessageVisibility", R"({"ReceiptHandle":"x","VisibilityTimeout":-1})",
            "ReceiptHandle=x&VisibilityTimeout=-1", kInvalid,
            "Value -1 for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200, if "
            "provided."},
        Refusal{
            "SendMessage", R"({"MessageBody":"x","DelaySeconds":901})", "MessageBody=x&DelaySeconds=901",
            kInvalid,
            "Value 901 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."},
        Refusal{
            "SendMessage", R"({"MessageBody":"x","DelaySeconds":-1})", "MessageBody=x&DelaySeconds=-1",
            kInvalid,
            "Value -1 for parameter DelaySeconds is invalid. Reason: DelaySeconds must be >= 0 and <= 900."},
        Refusal{"ListDeadLetterSourceQueues", R"({"MaxResults":1001})", "MaxResults=1001", kInvalid,
                "Value 1001 for parameter MaxResults is invalid. Reason: Must be between 1 and 1000, if "
                "provided."},
        Refusal{
            "ListMessageMoveTasks", R"({"SourceArn":"x","MaxResults":11})", "SourceArn=x&MaxResults=11",
            kInvalid,
            "Value 11 for parameter MaxResults is invalid. Reason: Must be between 1 and 10, if provided."},
        Refusal{
            "StartMessageMoveTask", R"({"SourceArn":"x","MaxNumberOfMessagesPerSecond":501})",
            "SourceArn=x&MaxNumberOfMessagesPerSecond=501", kInvalid,
            "Value 501 for parameter MaxNumberOfMessagesPerSecond is invalid. Reason: Must be between 1 and "
            "500, if provided."}));

INSTANTIATE_TEST_SUITE_P(
    Values, SqsRefusalTest,
    ::testing::Values(
        Refusal{"SetQueueAttributes", R"({"Attributes":{"DelaySeconds":"901"}})",
                "Attribute.1.Name=DelaySeconds&Attribute.1.Value=901", kAttribute,
                "Invalid value for the parameter DelaySeconds."},
        Refusal{"SetQueueAttributes", R"({"Attributes":{"QueueArn":"x"}})",
                "Attribute.1.Name=QueueArn&Attribute.1.Value=x", kName, "Unknown Attribute QueueArn."},
        Refusal{"SetQueueAttributes", R"({"Attributes":{"Policy":"{"}})",
                "Attribute.1.Name=Policy&Attribute.1.Value=%7B", kAttribute,
                "Invalid value for the parameter Policy."},
        Refusal{"GetQueueAttributes", R"({"AttributeNames":["All","Nonsense"]})",
                "AttributeName.1=All&AttributeName.2=Nonsense", kName, "Unknown Attribute Nonsense."},
        Refusal{"ReceiveMessage", R"({"MessageSystemAttributeNames":["Nonsense"]})",
                "MessageSystemAttributeName.1=Nonsense", kName, "Unknown Attribute Nonsense."},
        Refusal{
            "SendMessage", R"({"MessageBody":"x","MessageDeduplicationId":"d"})",
            "MessageBody=x&MessageDeduplicationId=d", kInvalid,
            "Value d for parameter MessageDeduplicationId is invalid. Reason: The request include parameter "
            "that is not valid for this queue type."},
        Refusal{"SendMessage", R"({"MessageBody":"x","MessageGroupId":"a b"})",
                "MessageBody=x&MessageGroupId=a+b", kInvalid,
                "Value a b for parameter MessageGroupId is invalid. Reason: MessageGroupId can only include "
                "alphanumeric and punctuation characters. 1 to 128 in length."},
        Refusal{"AddPermission", R"({"Label":"l","AWSAccountIds":["1"],"Actions":["*"]})",
                "Label=l&AWSAccountId.1=1&ActionName.1=*", kInvalid,
                "Value [1] for parameter PrincipalId is invalid. Reason: Unable to verify."},
        Refusal{"AddPermission",
                R"({"Label":"l","AWSAccountIds":["111111111111"],"Actions":["DeleteQueue"]})",
                "Label=l&AWSAccountId.1=111111111111&ActionName.1=DeleteQueue", kInvalid,
                "Value SQS:DeleteQueue for parameter ActionName is invalid. Reason: Please refer to the "
                "appropriate WSDL for a list of valid actions. "},
        Refusal{
            "AddPermission",
            R"({"Label":"l","AWSAccountIds":["111111111111"],"Actions":["*","*","*","*","*","*","*","*"]})",
            "", "OverLimit", "8 Actions were found, maximum allowed is 7."},
        Refusal{"RemovePermission", R"({"Label":"l"})", "Label=l", kInvalid,
                "Value l for parameter Label is invalid. Reason: can't find label."},
        Refusal{"ListDeadLetterSourceQueues", R"({"NextToken":"?"})", "NextToken=%3F", kInvalid,
                "Invalid or expired next token."}));

TEST_F(SqsWireTest, LabelsOfPermissionsHaveOneForm) {
  const std::string url = CreateQueue("q");
  const auto add = [&](const std::string& label) {
    return Call("AddPermission", {{"QueueUrl", url},
                                  {"Label", label},
                                  {"AWSAccountIds", {"111111111111"}},
                                  {"Actions", {"SendMessage"}}})
        .Header("x-amzn-query-error");
  };
  EXPECT_EQ(add(std::string(77, 'a') + "-_1"), "");
  for (const std::string& label :
       {std::string(), std::string(81, 'a'), std::string("a b"), std::string("a.b")}) {
    EXPECT_EQ(add(label), "InvalidParameterValue;Sender") << label;
  }
}

TEST_F(SqsWireTest, PolicyTakesTwentyPermissions) {
  const std::string url = CreateQueue("q");
  const auto add = [&](int number) {
    return Call("AddPermission", {{"QueueUrl", url},
                                  {"Label", "l" + std::to_string(number)},
                                  {"AWSAccountIds", {"111111111111"}},
                                  {"Actions", {"SendMessage"}}});
  };
  for (int i = 0; i < 20; ++i) ASSERT_EQ(add(i).status, 200) << i;
  const Reply refusal = add(20);
  EXPECT_EQ(refusal.status, 403);
  EXPECT_EQ(refusal.Header("x-amzn-query-error"), "OverLimit;Sender");
  Do("RemovePermission", {{"QueueUrl", url}, {"Label", "l7"}});
  EXPECT_EQ(add(20).status, 200);
}

TEST_F(SqsWireTest, NumbersAreDecimal) {
  const std::string url = CreateQueue("q");
  const auto send = [&](const std::string& value) {
    const json attribute = {{"DataType", "Number"}, {"StringValue", value}};
    return Call("SendMessage",
                {{"QueueUrl", url}, {"MessageBody", "x"}, {"MessageAttributes", {{"n", attribute}}}});
  };
  for (const char* number : {"0", "-1", "+1", "1.5", ".5", "5.", "1e5", "-2.5E-10", "00012"}) {
    EXPECT_EQ(send(number).status, 200) << number;
  }
  for (const char* text :
       {"inf", "-inf", "nan", "NaN", "+-1", "-+1", "--1", "0x10", "1e", "e5", "1,5", " 1", "1 ", "."}) {
    ExpectError(send(text), "InvalidParameterValueException", "InvalidParameterValue",
                "Can't cast the value of message (user) attribute 'n' to a number.");
  }
}

TEST_F(SqsWireTest, MessageHasAtMostTenAttributesOfOneValueEach) {
  const std::string url = CreateQueue("q");
  const auto send = [&](const json& attributes) {
    return Call("SendMessage", {{"QueueUrl", url}, {"MessageBody", "x"}, {"MessageAttributes", attributes}});
  };
  json attributes;
  for (int i = 0; i < 10; ++i) {
    attributes["n" + std::to_string(i)] = {{"DataType", "String.label"}, {"StringValue", "v"}};
  }
  EXPECT_EQ(send(attributes).status, 200);
  attributes["n10"] = attributes["n0"];
  ExpectError(send(attributes), "InvalidParameterValueException", "InvalidParameterValue",
              "Number of message attributes [11] exceeds the allowed maximum [10].");
  ExpectError(send({{"n", {{"DataType", "String"}, {"StringListValues", {"a", "b"}}}}}),
              "UnsupportedOperation", "AWS.SimpleQueueService.UnsupportedOperation",
              "Message attribute list values in SendMessage operation are not supported.");
  ExpectError(send({{"n", {{"DataType", "Binary"}, {"StringValue", "v"}}}}), "InvalidParameterValueException",
              "InvalidParameterValue",
              "The message (user) attribute 'n' with type 'Binary' must use field 'Binary'.");
  ExpectError(send({{"n", {{"StringValue", "v"}}}}), "InvalidParameterValueException",
              "InvalidParameterValue",
              "The message (user) attribute 'n' must contain non-empty message attribute type.");
}

TEST_F(SqsWireTest, HandleOfAnotherQueueIsRefused) {
  const std::string url = CreateQueue("q");
  SendMessage(url, "x");
  const std::string handle = Receive(url)[0]["ReceiptHandle"];
  const std::string other = CreateQueue("other");
  const std::string message = "The receipt handle \"" + handle + "\" is not valid for this queue.";
  ExpectError(Call("DeleteMessage", {{"QueueUrl", other}, {"ReceiptHandle", handle}}),
              "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", message);
  ExpectError(Call("ChangeMessageVisibility",
                   {{"QueueUrl", other}, {"ReceiptHandle", handle}, {"VisibilityTimeout", 0}}),
              "ReceiptHandleIsInvalid", "ReceiptHandleIsInvalid", message);
  const json failed = Do("DeleteMessageBatch",
                         {{"QueueUrl", other}, {"Entries", {{{"Id", "a"}, {"ReceiptHandle", handle}}}}});
  EXPECT_EQ(
      failed["Failed"],
      json({{{"Id", "a"}, {"SenderFault", true}, {"Code", "ReceiptHandleIsInvalid"}, {"Message", message}}}));
}

TEST_F(SqsWireTest, BatchEntriesSayThatAParameterIsOfTheOtherQueueType) {
  const std::string standard = CreateQueue("q");
  const std::string fifo = CreateFifo("f.fifo");
  const json entries = {{{"Id", "a"}, {"MessageBody", "x"}, {"MessageDeduplicationId", "d"}}};
  const json late = {{{"Id", "a"}, {"MessageBody", "x"}, {"MessageGroupId", "g"}, {"DelaySeconds", 1}}};
  for (const auto& [url, batch] : {std::pair(standard, entries), std::pair(fifo, late)}) {
    EXPECT_EQ(Do("SendMessageBatch", {{"QueueUrl", url}, {"Entries", batch}})["Failed"],
              json({{{"Id", "a"},
                     {"SenderFault", true},
                     {"Code", "InvalidParameterValue"},
                     {"Message", "The request include parameter that is not valid for this queue type"}}}));
  }
}

TEST_F(SqsWireTest, GetQueueUrlLooksInTheAccountThatItIsTold) {
  const std::string url = CreateQueue("q");
  EXPECT_EQ(Do("GetQueueUrl", {{"QueueName", "q"}, {"QueueOwnerAWSAccountId", "000000000000"}})["QueueUrl"],
            url);
  ExpectError(Call("GetQueueUrl", {{"QueueName", "q"}, {"QueueOwnerAWSAccountId", "111111111111"}}),
              "QueueDoesNotExist", "AWS.SimpleQueueService.NonExistentQueue",
              "The specified queue does not exist.");
}

}  // namespace
}  // namespace cumulite::testing
