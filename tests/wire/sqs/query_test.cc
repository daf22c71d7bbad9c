#include "tests/wire/sqs/sqs_wire_test.h"

namespace cumulite::testing {
namespace {
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

/// The forms that requests of the Query protocol take.
class SqsQueryTest : public SqsWireTest {
 protected:
  static constexpr const char* kPath = "/000000000000/q";

  std::string Succeed(const std::string& form, const std::string& path = kPath) const {
    const Reply reply = Query(form, path);
    EXPECT_EQ(reply.status, 200) << form << ": " << reply.body;
    return reply.body;
  }
  static std::string Between(const std::string& text, const std::string& begin, const std::string& end) {
    const std::size_t from = text.find(begin) + begin.size();
    return text.substr(from, text.find(end, from) - from);
  }
  /// A receipt handle as a form carries it: base64 needs no more than this.
  static std::string Escaped(const std::string& handle) {
    std::string text;
    for (const char c : handle)
      text += c == '+' ? "%2B" : c == '/' ? "%2F" : c == '=' ? "%3D" : std::string(1, c);
    return text;
  }
};

TEST_F(SqsQueryTest, ListsAndMapsAreNumberedInAnyOrderWithGaps) {
  CreateQueue("q");
  Succeed(
      "Action=SetQueueAttributes&Attribute.7.Value=31&Attribute.7.Name=VisibilityTimeout"
      "&Attribute.2.Name=DelaySeconds&Attribute.2.Value=3");
  EXPECT_THAT(Succeed("Action=GetQueueAttributes&AttributeName.9=DelaySeconds&AttributeName.4="
                      "VisibilityTimeout"),
              AllOf(HasSubstr("<Attribute><Name>DelaySeconds</Name><Value>3</Value></Attribute>"),
                    HasSubstr("<Attribute><Name>VisibilityTimeout</Name><Value>31</Value></Attribute>"),
                    Not(HasSubstr("QueueArn"))));
}

TEST_F(SqsQueryTest, OnlyElementNeedsNoNumber) {
  CreateQueue("q");
  Succeed("Action=SetQueueAttributes&Attribute.Name=DelaySeconds&Attribute.Value=5");
  EXPECT_THAT(Succeed("Action=GetQueueAttributes&AttributeName=DelaySeconds"), HasSubstr("<Value>5</Value>"));
  EXPECT_THAT(Succeed("Action=GetQueueAttributes&AttributeName=All"), HasSubstr("QueueArn"));
}

TEST_F(SqsQueryTest, TagsAreNamedAsDocumentedOrAsSdksDo) {
  CreateQueue("q");
  Succeed("Action=TagQueue&Tag.1.Key=a&Tag.1.Value=1");
  Succeed("Action=TagQueue&Tags.1.Key=b&Tags.1.Value=");
  EXPECT_THAT(Succeed("Action=ListQueueTags"), AllOf(HasSubstr("<Tag><Key>a</Key><Value>1</Value></Tag>"),
                                                     HasSubstr("<Tag><Key>b</Key><Value></Value></Tag>")));
  Succeed("Action=UntagQueue&TagKey.1=a&TagKey.2=b");
  EXPECT_THAT(Succeed("Action=ListQueueTags"), HasSubstr("<ListQueueTagsResult/>"));
}

TEST_F(SqsQueryTest, MessageTravelsThroughSendReceiveChangeAndDelete) {
  const std::string url = CreateQueue("q");
  const std::string sent = Succeed(
      "Action=SendMessage&MessageBody=hello&MessageAttribute.1.Name=n&MessageAttribute.1.Value.DataType="
      "String"
      "&MessageAttribute.1.Value.StringValue=v&MessageAttribute.2.Name=b&MessageAttribute.2.Value.DataType="
      "Binary&MessageAttribute.2.Value.BinaryValue=AAE%3D&MessageSystemAttribute.1.Name=AWSTraceHeader"
      "&MessageSystemAttribute.1.Value.DataType=String&MessageSystemAttribute.1.Value.StringValue=Root%3D1");
  EXPECT_THAT(sent,
              AllOf(HasSubstr("<MD5OfMessageBody>5d41402abc4b2a76b9719d911017c592</MD5OfMessageBody>"),
                    HasSubstr("<MD5OfMessageAttributes>"), HasSubstr("<MD5OfMessageSystemAttributes>")));
  const std::string received = Succeed(
      "Action=ReceiveMessage&MaxNumberOfMessages=10&AttributeName.1=AWSTraceHeader"
      "&MessageSystemAttributeName.1=ApproximateReceiveCount&MessageAttributeName.1=All");
  EXPECT_THAT(received,
              AllOf(HasSubstr("<Body>hello</Body>"),
                    HasSubstr("<Attribute><Name>AWSTraceHeader</Name><Value>Root=1</Value></Attribute>"),
                    HasSubstr("<Attribute><Name>ApproximateReceiveCount</Name><Value>1</Value></Attribute>"),
                    HasSubstr("<MessageAttribute><Name>n</Name><Value><StringValue>v</StringValue>"
                              "<DataType>String</DataType></Value></MessageAttribute>"),
                    HasSubstr("<BinaryValue>AAE=</BinaryValue>")));
  const std::string handle = Between(received, "<ReceiptHandle>", "</ReceiptHandle>");
  EXPECT_THAT(Succeed("Action=ChangeMessageVisibilityBatch"
                      "&ChangeMessageVisibilityBatchRequestEntry.1.Id=a"
                      "&ChangeMessageVisibilityBatchRequestEntry.1.ReceiptHandle=" +
                      Escaped(handle) +
                      "&ChangeMessageVisibilityBatchRequestEntry.1.VisibilityTimeout=60"
                      "&ChangeMessageVisibilityBatchRequestEntry.2.Id=b"
                      "&ChangeMessageVisibilityBatchRequestEntry.2.ReceiptHandle=x"),
              AllOf(HasSubstr("<ChangeMessageVisibilityBatchResultEntry><Id>a</Id>"),
                    HasSubstr("<BatchResultErrorEntry><Id>b</Id><SenderFault>true</SenderFault>"
                              "<Code>ReceiptHandleIsInvalid</Code>")));
  EXPECT_THAT(Succeed("Action=DeleteMessageBatch&DeleteMessageBatchRequestEntry.1.Id=a"
                      "&DeleteMessageBatchRequestEntry.1.ReceiptHandle=" +
                      Escaped(handle)),
              HasSubstr("<DeleteMessageBatchResultEntry><Id>a</Id></DeleteMessageBatchResultEntry>"));
  EXPECT_EQ(Attribute(url, "ApproximateNumberOfMessagesNotVisible"), "0");
}

TEST_F(SqsQueryTest, BatchEntriesMayHaveGapsInTheirNumbers) {
  const std::string url = CreateQueue("q");
  EXPECT_THAT(Succeed("Action=SendMessageBatch&SendMessageBatchRequestEntry.1.Id=a"
                      "&SendMessageBatchRequestEntry.1.MessageBody=first&SendMessageBatchRequestEntry.5.Id=b"
                      "&SendMessageBatchRequestEntry.5.MessageBody=second"),
              AllOf(HasSubstr("<Id>a</Id>"), HasSubstr("<Id>b</Id>")));
  EXPECT_THAT(Bodies(Receive(url)), ElementsAre("first", "second"));
}

TEST_F(SqsQueryTest, QueuesAreListedWithTheirSources) {
  CreateQueue("dead");
  CreateQueue("q", {{"RedrivePolicy", R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:dead",)"
                                      R"("maxReceiveCount":2})"}});
  EXPECT_THAT(
      Succeed("Action=ListQueues&Version=2012-11-05&MaxResults=1", "/"),
      AllOf(HasSubstr("<QueueUrl>http://localhost/000000000000/dead</QueueUrl>"), HasSubstr("<NextToken>")));
  for (const char* path : {"/000000000000/dead", "/queue/dead"}) {
    EXPECT_THAT(
        Succeed("Action=ListDeadLetterSourceQueues", path),
        HasSubstr("<ListDeadLetterSourceQueuesResult><QueueUrl>http://localhost/000000000000/q</QueueUrl>"
                  "</ListDeadLetterSourceQueuesResult>"))
        << path;
  }
}

TEST_F(SqsQueryTest, EveryFormOfQueueUrlTakesGetAndPost) {
  CreateQueue("q");
  const std::pair<const char*, const char*> addresses[] = {
      {"localhost", "/000000000000/q"},
      {"sqs.us-east-1.localhost", "/000000000000/q"},
      {"us-east-1.queue.localhost", "/000000000000/q"},
      {"localhost", "/queue/us-east-1/000000000000/q"},
      {"localhost", "/queue/q"},
  };
  const std::string form = "Action=GetQueueAttributes&AttributeName.1=QueueArn&Version=2012-11-05";
  for (const auto& [host, path] : addresses) {
    const Reply get = Request("GET", path + ("?" + form), {}, {{"Host", host}});
    const Reply post =
        Request("POST", path, form, {{"Host", host}, {"Content-Type", "application/x-www-form-urlencoded"}});
    for (const Reply& reply : {get, post}) {
      EXPECT_THAT(reply.body, HasSubstr("<Value>arn:aws:sqs:us-east-1:000000000000:q</Value>"))
          << host << path;
    }
  }
}

TEST_F(SqsQueryTest, QueueUrlParameterWinsOverThePath) {
  CreateQueue("q");
  CreateQueue("other");
  EXPECT_THAT(Succeed("Action=GetQueueAttributes&AttributeName.1=QueueArn"
                      "&QueueUrl=http%3A%2F%2Flocalhost%2F000000000000%2Fother"),
              HasSubstr(":other</Value>"));
}

}  // namespace
}  // namespace cumulite::testing
