#include "net/certificate.h"
#include "protocol/http.h"
#include "services/iam/iam_service.h"
#include "tests/support/no_peers.h"
#include "tests/support/operation_table.h"

namespace cumulite::iam {
namespace {
using test::OperationRow;

constexpr auto kCommitted = test::Promise::kCommitted;
constexpr auto kNothing = test::Promise::kNothing;

constexpr OperationRow kRows[] = {
    {"DeleteServerCertificate", kCommitted, "$named"},
    {"GetServerCertificate", kNothing, "$named"},
    {"ListServerCertificateTags", kNothing, "$named"},
    {"ListServerCertificates", kNothing, ""},
    {"TagServerCertificate", kCommitted, "$named&Tags.member.1.Key=k&Tags.member.1.Value=v"},
    {"UntagServerCertificate", kCommitted, "$named&TagKeys.member.1=k"},
    {"UpdateServerCertificate", kCommitted, "$named&NewServerCertificateName=other"},
    {"UploadServerCertificate", kCommitted, "ServerCertificateName=new&$material"},
};

class EveryIamOperationTest : public test::OperationTableTest {
 protected:
  EveryIamOperationTest() {
    static const net::SelfSigned kCertificate = net::MakeSelfSigned();
    made_["named"] = "ServerCertificateName=c";
    made_["material"] = "CertificateBody=" + protocol::PercentEncode(kCertificate.certificate_pem) +
                        "&PrivateKey=" + protocol::PercentEncode(kCertificate.key_pem);
    Make(iam_, kModel, "UploadServerCertificate", "$named&$material");
  }

  test::NoPeers peers_;
  IamService iam_{directory_, options_, clock_, peers_};
};

TEST(EveryIamOperationTableTest, HasEachOperationOfTheModel) {
  EXPECT_THAT(test::WithoutRow(kModel, kRows), testing::IsEmpty());
}

TEST_P(EveryIamOperationTest, AnswersWhenItsCommitIsThrough) { ExpectPromise(iam_, kModel); }

TEST_P(EveryIamOperationTest, IsUnavailableWhenItsCommitFails) { ExpectFullDiskAnswer(iam_, kModel); }

INSTANTIATE_TEST_SUITE_P(Iam, EveryIamOperationTest, testing::ValuesIn(kRows), test::NameOf);

}  // namespace
}  // namespace cumulite::iam
