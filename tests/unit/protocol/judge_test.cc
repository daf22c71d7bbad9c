#include "protocol/judge.h"

#include <gtest/gtest.h>

#include <memory>

#include "protocol/session.h"

namespace cumulite::protocol {
namespace {

/// Whether a policy with this condition lets a session with these tags from another account.
bool Allows(const std::string& condition, SessionAttributes given) {
  const Policy policy = Policy::Parse(
      R"({"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*","Condition":)" +
      condition + "}]}");
  RequestContext context;
  context.identity = {.account = "111111111111",
                      .region = "us-east-1",
                      .access_key = "ASIA",
                      .principal = "arn:aws:sts::111111111111:assumed-role/r/s",
                      .user_id = "AROA:s",
                      .display_name = {},
                      .session = std::make_shared<const SessionAttributes>(std::move(given))};
  const AccessRequest access{.action = "sqs:SendMessage",
                             .resource = "arn:aws:sqs:us-east-1:222222222222:q",
                             .owner = "222222222222",
                             .policy = &policy};
  return MayAccess(context, access).allowed();
}

TEST(JudgeTest, PoliciesSeeTheTagsAndTheSourceIdentityOfASession) {
  const std::string tag = R"({"StringEquals":{"aws:PrincipalTag/Team":"blue"}})";
  EXPECT_TRUE(Allows(tag, {.tags = {{"Team", "blue"}}}));
  EXPECT_TRUE(Allows(tag, {.tags = {{"other", "x"}, {"team", "blue"}}}))
      << "tag keys differ by more than case";
  EXPECT_FALSE(Allows(tag, {.tags = {{"Team", "red"}}}));
  EXPECT_FALSE(Allows(tag, {}));
  const std::string source = R"({"StringEquals":{"aws:SourceIdentity":"alice"}})";
  EXPECT_TRUE(Allows(source, {.source_identity = "alice"}));
  EXPECT_FALSE(Allows(source, {}));
}

}  // namespace
}  // namespace cumulite::protocol
