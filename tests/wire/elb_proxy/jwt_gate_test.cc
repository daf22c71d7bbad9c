#include "tests/wire/elb_proxy/data_plane_test.h"

namespace cumulite::elb::proxy {
namespace {

class GateTest : public DataPlaneTest {
 protected:
  void Protect(decltype(Rule::gate) gate) {
    Rule rule;
    rule.gate = std::move(gate);
    rule.action = FixedResponse{.status = 200, .content_type = {}, .body = "secret"};
    listener_->rules = {rule};
    Install();
  }
};

TEST_F(GateTest, WithoutATokenNobodyPasses) {
  Backend& keys = AddBackend([](const Backend::Seen&) { return Content(R"({"keys":[]})"); });
  Protect(ValidateJwt{.jwks_endpoint = "http://127.0.0.1:" + std::to_string(keys.port()) + "/keys",
                      .issuer = "i",
                      .claims = {}});
  EXPECT_EQ(SendGet().status, 401);
  EXPECT_TRUE(keys.seen().empty()) << "nothing to be checked";
  EXPECT_EQ(SendGet("/", "Authorization: Bearer a.b.c\r\n").status, 401);
  EXPECT_EQ(SendGet("/", "Authorization: Bearer a.b.c\r\n").status, 401);
  EXPECT_EQ(keys.seen().size(), 1U) << "keys are kept";
}

TEST_F(GateTest, WithoutKeysNobodyPasses) {
  Protect(ValidateJwt{
      .jwks_endpoint = "http://127.0.0.1:" + std::to_string(FreePort()) + "/", .issuer = "i", .claims = {}});
  EXPECT_EQ(SendGet("/", "Authorization: Bearer a.b.c\r\n").status, 500);
}

}  // namespace
}  // namespace cumulite::elb::proxy
