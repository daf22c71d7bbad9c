#include "protocol/judge.h"

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

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

/// What becomes of SendMessage to a queue of the session's own account, in strict mode.
struct Limits {
  std::string_view policy;  // the session's
  std::vector<std::string> arns;
  std::string_view of_queue;  // who may by the queue's policy; empty: it has none
  Judgement::Reason reason;
  std::string principal = "arn:aws:sts::111111111111:assumed-role/r/s";
};

TEST(JudgeTest, SessionPoliciesAreTheMostThatASessionMay) {
  using Reason = Judgement::Reason;
  const std::string federated = "arn:aws:sts::111111111111:federated-user/bob";
  const std::string_view sends =
      R"({"Statement":[{"Effect":"Allow","Action":"sqs:Send*","Resource":"arn:aws:sqs:*:*:q"}]})";
  const std::string_view reads = R"({"Statement":{"Effect":"Allow","Action":"sqs:Receive*","Resource":"*"}})";
  const std::string_view denies = R"({"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}})";
  const std::string_view elsewhere =
      R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":)"
      R"({"IpAddress":{"aws:SourceIp":"10.0.0.0/8"}}}})";
  const std::string aws = "arn:aws:iam::aws:policy/";
  const Limits rows[] = {
      {"", {}, "", Reason::kOwnAccount},
      {sends, {}, "", Reason::kOwnAccount},
      {reads, {}, "", Reason::kNoSessionPolicyAllows},
      {denies, {}, "", Reason::kSessionPolicyDenies},
      {elsewhere, {}, "", Reason::kNoSessionPolicyAllows},
      {"", {aws + "AmazonSQSFullAccess"}, "", Reason::kOwnAccount},
      {"", {aws + "ReadOnlyAccess"}, "", Reason::kNoSessionPolicyAllows},
      {"", {"arn:aws:iam::111111111111:policy/AmazonSQSFullAccess"}, "", Reason::kNoSessionPolicyAllows},
      {reads, {aws + "AdministratorAccess"}, "", Reason::kOwnAccount},
      {denies, {aws + "AdministratorAccess"}, "", Reason::kSessionPolicyDenies},
      // What the queue's policy grants to everybody, the account or the role is limited, but not what it
      // grants to the session by its name.
      {reads, {}, R"("*")", Reason::kNoSessionPolicyAllows},
      {reads, {}, R"({"AWS":"111111111111"})", Reason::kNoSessionPolicyAllows},
      {reads, {}, R"({"AWS":"arn:aws:iam::111111111111:role/r"})", Reason::kNoSessionPolicyAllows},
      {reads, {}, R"({"AWS":"arn:aws:sts::111111111111:assumed-role/r/s"})", Reason::kPolicyAllows},
      {denies, {}, R"({"AWS":"arn:aws:sts::111111111111:assumed-role/r/s"})", Reason::kSessionPolicyDenies},
      {sends, {}, R"("*")", Reason::kPolicyAllows},
      // A federated user has what its policies grant and nothing else.
      {"", {}, "", Reason::kNoSessionPolicyAllows, federated},
      {sends, {}, "", Reason::kOwnAccount, federated},
      {"", {}, R"({"AWS":"arn:aws:sts::111111111111:federated-user/bob"})", Reason::kPolicyAllows, federated},
  };
  for (const Limits& row : rows) {
    RequestContext context;
    context.strict = true;
    context.peer_address = "127.0.0.1";
    context.identity.account = "111111111111";
    context.identity.access_key = "ASIA";
    context.identity.principal = row.principal;
    context.identity.session = std::make_shared<const SessionAttributes>(
        SessionAttributes{.policy = std::string(row.policy), .policy_arns = row.arns});
    const std::string statement =
        R"({"Statement":{"Effect":"Allow","Action":"*","Resource":"*","Principal":)" +
        std::string(row.of_queue) + "}}";
    const auto of_queue =
        row.of_queue.empty() ? std::nullopt : std::optional<Policy>(Policy::Parse(statement));
    const AccessRequest access{.action = "sqs:SendMessage",
                               .resource = "arn:aws:sqs:us-east-1:111111111111:q",
                               .owner = "111111111111",
                               .policy = of_queue ? &*of_queue : nullptr};
    EXPECT_EQ(MayAccess(context, access).reason, row.reason)
        << row.policy << " and " << row.arns.size() << " by ARN; the queue's: " << row.of_queue;
    context.strict = false;
    EXPECT_TRUE(MayAccess(context, access).allowed()) << "permissive: " << row.policy;
  }
}

}  // namespace
}  // namespace cumulite::protocol
