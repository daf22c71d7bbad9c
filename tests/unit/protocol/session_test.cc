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
