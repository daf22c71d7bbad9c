#include <nlohmann/json.hpp>

#include "net/certificate.h"
#include "protocol/base64.h"
#include "services/acm/acm_service.h"
#include "tests/support/no_peers.h"
#include "tests/support/operation_table.h"

namespace cumulite::acm {
namespace {
using test::OperationRow;

constexpr auto kCommitted = test::Promise::kCommitted;
constexpr auto kNothing = test::Promise::kNothing;

constexpr OperationRow kRows[] = {
    {"AddTagsToCertificate", kCommitted, R"($arn,"Tags":[{"Key":"k","Value":"v"}])"},
    {"DeleteCertificate", kCommitted, "$arn"},
    {"DescribeCertificate", kNothing, "$arn"},
    {"GetCertificate", kNothing, "$arn"},
    {"ImportCertificate", kCommitted, "$material"},
    {"ListCertificates", kNothing, ""},
    {"ListTagsForCertificate", kNothing, "$arn"},
    {"RemoveTagsFromCertificate", kCommitted, R"($arn,"Tags":[{"Key":"k"}])"},
    {"RequestCertificate", kCommitted, R"("DomainName":"b.example","KeyAlgorithm":"EC_prime256v1")"},
    {"UpdateCertificateOptions", kCommitted,
     R"($arn,"Options":{"CertificateTransparencyLoggingPreference":"DISABLED"})"},
};

class EveryAcmOperationTest : public test::OperationTableTest {
 protected:
  EveryAcmOperationTest() {
    static const net::SelfSigned kCertificate = net::MakeSelfSigned();
    made_["material"] = R"("Certificate":")" + protocol::Base64Encode(kCertificate.certificate_pem) +
                        R"(","PrivateKey":")" + protocol::Base64Encode(kCertificate.key_pem) + "\"";
    const std::string made = Make(acm_, kModel, "RequestCertificate",
                                  R"("DomainName":"a.example","KeyAlgorithm":"EC_prime256v1")");
    made_["arn"] = R"("CertificateArn":")" + nlohmann::json::parse(made).value("CertificateArn", "") + "\"";
  }

  test::NoPeers peers_;
  AcmService acm_{directory_, options_, clock_, peers_};
};

TEST(EveryAcmOperationTableTest, HasEachOperationOfTheModel) {
  // Nothing here ever waits to be validated: ResendValidationEmail is refused whatever it names.
  EXPECT_THAT(test::WithoutRow(kModel, kRows, {"ResendValidationEmail"}), testing::IsEmpty());
}

TEST_P(EveryAcmOperationTest, AnswersWhenItsCommitIsThrough) { ExpectPromise(acm_, kModel); }

TEST_P(EveryAcmOperationTest, IsUnavailableWhenItsCommitFails) { ExpectFullDiskAnswer(acm_, kModel); }

INSTANTIATE_TEST_SUITE_P(Acm, EveryAcmOperationTest, testing::ValuesIn(kRows), test::NameOf);

}  // namespace
}  // namespace cumulite::acm
