#include "protocol/session.h"

#include <gtest/gtest.h>

#include <set>

#include "protocol/temporary_key.h"

namespace cumulite::protocol {
namespace {

const base::TimePoint kExpires{std::chrono::milliseconds(1'700'000'000'000)};
const SessionIssuer kIssuer(std::string(SessionIssuer::kKeySize, 'k'));

Identity Role() {
  return {.account = "111122223333",
          .region = {},
          .access_key = {},
          .principal = "arn:aws:sts::111122223333:assumed-role/deployer/ci",
          .user_id = "AROAEXAMPLE:ci",
          .display_name = "a name\nof two lines"};
}

TEST(SessionTest, ATokenTellsWhatItWasMadeOf) {
  const SessionCredentials made = kIssuer.Issue(Role(), kExpires);
  EXPECT_EQ(AccountOfTemporaryKey(made.access_key), "111122223333");
  EXPECT_EQ(made.secret.size(), 40u);
  const auto session = kIssuer.Open(made.access_key, made.token);
  ASSERT_TRUE(session);
  EXPECT_EQ(session->identity.access_key, made.access_key);
  EXPECT_EQ(session->identity.account, "111122223333");
  EXPECT_EQ(session->identity.principal, "arn:aws:sts::111122223333:assumed-role/deployer/ci");
  EXPECT_EQ(session->identity.user_id, "AROAEXAMPLE:ci");
  EXPECT_EQ(session->identity.display_name, "a name\nof two lines");
  EXPECT_EQ(session->expires, kExpires);
  EXPECT_EQ(session->secret, made.secret);
}

TEST(SessionTest, ATokenCarriesWhatTheSessionWasGiven) {
  const SessionAttributes given{.expires = kExpires,
                                .role_arn = "arn:aws:iam::111122223333:role/deployer",
                                .source_identity = "alice",
                                .policy = R"({"Statement":[]})",
                                .policy_arns = {"arn:aws:iam::aws:policy/A", "arn:aws:iam::aws:policy/B"},
                                .tags = {{"team", "t"}, {"empty", ""}},
                                .transitive_tag_keys = {"team"}};
  const SessionCredentials made = kIssuer.Issue(Role(), given);
  const auto session = kIssuer.Open(made.access_key, made.token);
  ASSERT_TRUE(session);
  const SessionAttributes& kept = *session->identity.session;
  EXPECT_EQ(session->expires, kExpires);
  EXPECT_EQ(kept.expires, kExpires);
  EXPECT_EQ(kept.role_arn, given.role_arn);
  EXPECT_EQ(kept.source_identity, "alice");
  EXPECT_EQ(kept.policy, given.policy);
  EXPECT_EQ(kept.policy_arns, given.policy_arns);
  EXPECT_EQ(kept.tags, given.tags);
  EXPECT_EQ(kept.transitive_tag_keys, given.transitive_tag_keys);
}

TEST(SessionTest, NoTwoSessionsShareAnything) {
  const SessionCredentials a = kIssuer.Issue(Role(), kExpires);
  const SessionCredentials b = kIssuer.Issue(Role(), kExpires);
  EXPECT_NE(a.access_key, b.access_key);
  EXPECT_NE(a.secret, b.secret);
  EXPECT_FALSE(kIssuer.Open(a.access_key, b.token)) << "another's token";
}

TEST(SessionTest, ATokenThatWasChangedAnywhereIsRefused) {
  const SessionCredentials made = kIssuer.Issue(Role(), kExpires);
  for (std::size_t i = 0; i < made.token.size(); ++i) {
    std::string changed = made.token;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(kIssuer.Open(made.access_key, changed)) << i;
    EXPECT_FALSE(kIssuer.Open(made.access_key, made.token.substr(0, i))) << i;
  }
  EXPECT_FALSE(kIssuer.Open(made.access_key, made.token + "AAAA"));
}

TEST(SessionTest, AnotherServersTokenIsRefused) {
  const SessionIssuer other(std::string(SessionIssuer::kKeySize, 'o'));
  const SessionCredentials made = other.Issue(Role(), kExpires);
  EXPECT_FALSE(kIssuer.Open(made.access_key, made.token));
}

}  // namespace
}  // namespace cumulite::protocol
