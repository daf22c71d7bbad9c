#include <gtest/gtest.h>

#include "base/time_text.h"
#include "protocol/auth.h"
#include "protocol/error.h"
#include "protocol/sigv2.h"
#include "tests/unit/protocol/auth_request.h"

namespace cumulite::protocol {
namespace {

const base::TimePoint kNow = *base::ParseAmzDate("20130524T000000Z");
const SessionIssuer kSessions(std::string(SessionIssuer::kKeySize, 'k'));

/// Temporary credentials that sign with SigV2, as older S3 clients do.
class SigV2SessionTest : public testing::Test {
 protected:
  SigV2SessionTest() {
    AuthSettings settings;
    settings.mode = AuthMode::kStrict;
    settings.sessions = &kSessions;
    authenticator_ = std::make_unique<Authenticator>(std::move(settings));
    Identity identity;
    identity.account = "111111111111";
    identity.principal = "arn:aws:sts::111111111111:assumed-role/deployer/ci";
    credentials_ = kSessions.Issue(identity, kNow + std::chrono::hours(1));
  }
  Identity Authenticate(AuthRequest& request) const {
    return authenticator_->Authenticate(request.View(), kNow, Flavor::kS3).identity;
  }
  std::string Sign(std::string_view date) const {
    return SignatureV2(credentials_.secret, "GET\n\n\n" + std::string(date) + "\nx-amz-security-token:" +
                                                credentials_.token + "\n/bucket/key");
  }

  std::unique_ptr<Authenticator> authenticator_;
  SessionCredentials credentials_;
};

TEST_F(SigV2SessionTest, AHeaderIsVerified) {
  constexpr std::string_view kDate = "Fri, 24 May 2013 00:00:00 GMT";
  AuthRequest request{.method = "GET",
                      .target = "/bucket/key",
                      .headers = {{"Host", "localhost"},
                                  {"Date", std::string(kDate)},
                                  {"x-amz-security-token", credentials_.token},
                                  {"Authorization", "AWS " + credentials_.access_key + ":" + Sign(kDate)}}};
  EXPECT_EQ(Authenticate(request).principal, "arn:aws:sts::111111111111:assumed-role/deployer/ci");
}

TEST_F(SigV2SessionTest, APresignedUrlNamesTheTokenInItsQuery) {
  const std::string expires = "1369353660";  // a minute later
  AuthRequest request{.method = "GET",
                      .target = "/bucket/key?AWSAccessKeyId=" + credentials_.access_key +
                                "&Expires=" + expires + "&Signature=" + PercentEncode(Sign(expires)) +
                                "&x-amz-security-token=" + PercentEncode(credentials_.token),
                      .headers = {{"Host", "localhost"}}};
  EXPECT_EQ(Authenticate(request).account, "111111111111");
  request.target.resize(request.target.find("&x-amz-security-token"));
  EXPECT_THROW(Authenticate(request), AwsError);
}

}  // namespace
}  // namespace cumulite::protocol
