#include "services/sqs/queue_attributes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "services/sqs/errors.h"

namespace cumulite::sqs {
namespace {
using Occasion = QueueAttributes::Occasion;
using testing::StartsWith;

/// "Code: message" of the refusal; empty when the changes are taken.
std::string Refusal(QueueAttributes& attributes, const AttributeMap& changes, Occasion occasion) {
  const AttributeMap before = attributes.values();
  try {
    attributes.Apply(changes, occasion);
    return {};
  } catch (const AwsError& error) {
    EXPECT_EQ(attributes.values(), before) << "a refusal changes nothing";
    return std::string(error.kind().QueryCode()) + ": " + error.message();
  }
}
const std::string kPolicy =
    R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"sqs:SendMessage","Resource":"*"}]})";

std::string OnSet(const AttributeMap& changes, QueueType type = QueueType::kStandard) {
  QueueAttributes attributes(type);
  return Refusal(attributes, changes, Occasion::kSet);
}

TEST(QueueAttributesTest, NumbersKeepToTheirRanges) {
  const std::tuple<const char*, const char*, const char*> ranges[] = {
      {"DelaySeconds", "0", "900"},
      {"KmsDataKeyReusePeriodSeconds", "60", "86400"},
      {"MaximumMessageSize", "1024", "1048576"},
      {"MessageRetentionPeriod", "60", "1209600"},
      {"ReceiveMessageWaitTimeSeconds", "0", "20"},
      {"VisibilityTimeout", "0", "43200"},
  };
  for (const auto& [name, least, most] : ranges) {
    EXPECT_EQ(OnSet({{name, least}}), "");
    EXPECT_EQ(OnSet({{name, most}}), "");
    const std::string refusal =
        std::string("InvalidAttributeValue: Invalid value for the parameter ") + name + ".";
    for (const std::string& value :
         {std::to_string(std::stol(least) - 1), std::to_string(std::stol(most) + 1), std::string(""),
          std::string("x"), std::string("1e2"), std::string(" 60"), std::string("99999999999999999999")}) {
      EXPECT_EQ(OnSet({{name, value}}), refusal) << value;
    }
  }
}

TEST(QueueAttributesTest, ValuesComeBackInOneSpelling) {
  QueueAttributes attributes(QueueType::kFifo);
  attributes.Apply({{"VisibilityTimeout", "0060"},
                    {"ContentBasedDeduplication", "True"},
                    {"RedriveAllowPolicy", R"({ "redrivePermission" : "denyAll" })"},
                    {"Policy", " " + kPolicy + "\n"}},
                   Occasion::kSet);
  EXPECT_EQ(attributes.values().at("VisibilityTimeout"), "60");
  EXPECT_EQ(attributes.values().at("ContentBasedDeduplication"), "true");
  EXPECT_EQ(attributes.values().at("RedriveAllowPolicy"), R"({"redrivePermission":"denyAll"})");
  EXPECT_EQ(attributes.values().at("Policy"), kPolicy);
}

TEST(QueueAttributesTest, UnknownAndComputedAttributesCannotBeSet) {
  for (const char* name : {"Foobar", "All", "QueueArn", "CreatedTimestamp", "ApproximateNumberOfMessages"}) {
    EXPECT_EQ(OnSet({{name, "1"}}), std::string("InvalidAttributeName: Unknown Attribute ") + name + ".");
  }
}

TEST(QueueAttributesTest, TypeOfAQueueCannotBeChanged) {
  EXPECT_EQ(OnSet({{"FifoQueue", "true"}}), "InvalidAttributeName: Unknown Attribute FifoQueue.");
  EXPECT_EQ(OnSet({{"FifoQueue", "true"}}, QueueType::kFifo), "");
  EXPECT_EQ(OnSet({{"FifoQueue", "false"}}, QueueType::kFifo),
            "InvalidAttributeValue: Invalid value for the parameter FifoQueue. Reason: Modifying queue type "
            "is not supported.");
  EXPECT_EQ(OnSet({{"DeduplicationScope", "queue"}}),
            "InvalidAttributeName: You can specify the DeduplicationScope only when FifoQueue is set to "
            "true.");
}

TEST(QueueAttributesTest, HighThroughputNeedsTheScopeOfGroups) {
  EXPECT_THAT(OnSet({{"FifoThroughputLimit", "perMessageGroupId"}}, QueueType::kFifo),
              StartsWith("InvalidAttributeValue: "));
  EXPECT_EQ(OnSet({{"FifoThroughputLimit", "perMessageGroupId"}, {"DeduplicationScope", "messageGroup"}},
                  QueueType::kFifo),
            "");
}

TEST(QueueAttributesTest, EmptyTextRemovesDocumentsAndKeys) {
  QueueAttributes attributes(QueueType::kStandard);
  const AttributeMap documents{
      {"Policy", kPolicy},
      {"RedriveAllowPolicy", R"({"redrivePermission":"denyAll"})"},
      {"RedrivePolicy",
       R"({"deadLetterTargetArn":"arn:aws:sqs:us-east-1:000000000000:d","maxReceiveCount":3})"},
      {"KmsMasterKeyId", "alias/k"}};
  attributes.Apply(documents, Occasion::kSet);
  AttributeMap none;
  for (const auto& [name, value] : documents) {
    EXPECT_TRUE(attributes.values().contains(name)) << name;
    none[name] = "";
  }
  attributes.Apply(none, Occasion::kSet);
  for (const auto& [name, value] : documents) EXPECT_FALSE(attributes.values().contains(name)) << name;
  EXPECT_FALSE(attributes.redrive_policy());
  EXPECT_EQ(attributes.policy(), nullptr);
  EXPECT_EQ(attributes.values().at("SqsManagedSseEnabled"), "false") << "stays off";
}

TEST(QueueAttributesTest, BrokenPoliciesAreRefused) {
  for (const char* policy : {"x", "[]", "{", R"({"Statement":[]})", R"({"Statement":[{"Effect":"Maybe"}]})",
                             R"({"Statement":{"Effect":"Allow","Principal":"*","Action":"sqs:*"}})",
                             R"({"Statement":{"Effect":"Allow","Resource":"*","Action":"sqs:*"}})"}) {
    EXPECT_THAT(OnSet({{"Policy", policy}}),
                StartsWith("InvalidAttributeValue: Invalid value for the parameter Policy."));
  }
}

std::string PolicyOf(std::size_t statements, std::size_t principals, std::size_t actions,
                     std::string_view more = {}) {
  const auto list = [](std::size_t count, const std::string& item) {
    std::string text;
    for (std::size_t i = 0; i < count; ++i) text.append(i == 0 ? "" : ",").append(item);
    return "[" + text + "]";
  };
  const std::string statement =
      R"({"Effect":"Allow","Principal":{"AWS":)" + list(principals, R"("111111111111")") + R"(},"Action":)" +
      list(actions, R"("sqs:SendMessage")") + R"(,"Resource":"*")" + std::string(more) + "}";
  return R"({"Statement":)" + list(statements, statement) + "}";
}

TEST(QueueAttributesTest, PoliciesKeepToTheirQuotas) {
  EXPECT_EQ(OnSet({{"Policy", PolicyOf(20, 2, 7)}}), "");
  EXPECT_EQ(OnSet({{"Policy", PolicyOf(1, 1, 10)}}),
            "OverLimit: 10 actions were found in a statement from the submitted policy, max allowed is 7");
  EXPECT_THAT(OnSet({{"Policy", PolicyOf(21, 1, 1)}}), StartsWith("OverLimit: 21 statements"));
  EXPECT_THAT(OnSet({{"Policy", PolicyOf(3, 17, 1)}}), StartsWith("OverLimit: 51 principals"));
  std::string keys;
  for (int i = 0; i < 11; ++i) keys += (i == 0 ? "\"k" : ",\"k") + std::to_string(i) + R"(":"v")";
  EXPECT_THAT(OnSet({{"Policy", PolicyOf(1, 1, 1, R"(,"Condition":{"StringEquals":{)" + keys + "}}")}}),
              StartsWith("OverLimit: 11 conditions"));
  const std::string blanks(9'000, ' ');
  EXPECT_EQ(OnSet({{"Policy", PolicyOf(1, 1, 1) + blanks}}), "") << "blanks are not kept";
  EXPECT_EQ(OnSet({{"Policy", PolicyOf(1, 1, 1, R"(,"Sid":")" + std::string(8'192, 'x') + "\"")}}),
            "OverLimit: Submitted policy is over max allowed size.");
}

TEST(QueueAttributesTest, FirstDifferenceLooksAtTheNamedOnesOnly) {
  QueueAttributes there(QueueType::kStandard);
  there.Apply({{"DelaySeconds", "5"}, {"VisibilityTimeout", "6"}}, Occasion::kSet);
  const auto difference = [&there](const AttributeMap& named) {
    QueueAttributes wanted(QueueType::kStandard);
    wanted.Apply(named, Occasion::kCreate);
    const std::string* name = there.FirstDifference(wanted, named);
    return name == nullptr ? std::string() : *name;
  };
  EXPECT_EQ(difference({}), "");
  EXPECT_EQ(difference({{"DelaySeconds", "5"}}), "");
  EXPECT_EQ(difference({{"VisibilityTimeout", "7"}, {"DelaySeconds", "4"}}), "DelaySeconds");
}

TEST(QueueAttributesTest, TheReusePeriodOfAKeyGoesWithTheKey) {
  QueueAttributes attributes(QueueType::kStandard);
  const auto apply = [&](const AttributeMap& changes) {
    attributes.Apply(changes, QueueAttributes::Occasion::kSet);
    return attributes.values().contains("KmsDataKeyReusePeriodSeconds");
  };
  EXPECT_TRUE(apply({{"KmsMasterKeyId", "k"}, {"KmsDataKeyReusePeriodSeconds", "60"}}));
  EXPECT_TRUE(apply({{"DelaySeconds", "1"}}));
  EXPECT_FALSE(apply({{"KmsMasterKeyId", ""}}));
  EXPECT_TRUE(apply({{"KmsMasterKeyId", "k"}, {"KmsDataKeyReusePeriodSeconds", "60"}}));
  EXPECT_FALSE(apply({{"SqsManagedSseEnabled", "true"}}));
}

}  // namespace
}  // namespace cumulite::sqs
