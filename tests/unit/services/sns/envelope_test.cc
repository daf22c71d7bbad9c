#include "services/sns/envelope.h"

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "protocol/base64.h"
#include "services/sns/schema.h"
#include "tests/support/manual_loop.h"
#include "tests/support/temporary_directory.h"

namespace cumulite::sns {
namespace {
using nlohmann::json;

/// Checks as an endpoint does: with nothing but the certificate.
bool Verifies(const std::string& certificate, const std::string& text, const std::string& signature,
              const EVP_MD* digest) {
  const std::unique_ptr<BIO, decltype(&BIO_free)> memory(
      BIO_new_mem_buf(certificate.data(), static_cast<int>(certificate.size())), &BIO_free);
  const std::unique_ptr<X509, decltype(&X509_free)> x509(
      PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr), &X509_free);
  const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> key(X509_get_pubkey(x509.get()), &EVP_PKEY_free);
  const std::unique_ptr<EVP_MD_CTX, decltype(&EVP_MD_CTX_free)> context(EVP_MD_CTX_new(), &EVP_MD_CTX_free);
  EVP_DigestVerifyInit(context.get(), nullptr, digest, nullptr, key.get());
  return EVP_DigestVerify(context.get(), reinterpret_cast<const unsigned char*>(signature.data()),
                          signature.size(), reinterpret_cast<const unsigned char*>(text.data()),
                          text.size()) == 1;
}

class EnvelopeTest : public testing::Test {
 protected:
  EnvelopeTest() { loop_.Get(signer_.Prepare()); }
  ~EnvelopeTest() override { writer_.Stop(); }

  Message Example() {
    Message message;
    message.id = "id";
    message.topic_arn = "arn:aws:sns:us-east-1:000000000000:t";
    message.body = "text\nwith \"quotes\"";
    message.published = base::TimePoint{std::chrono::milliseconds{1'700'000'000'070}};
    message.address = "http://localhost:4566";
    return message;
  }
  static std::string Signed(const json& document) {
    std::string text;
    for (const char* name :
         {"Message", "MessageId", "Subject", "SubscribeURL", "Timestamp", "Token", "TopicArn", "Type"}) {
      if (document.contains(name))
        text += std::string(name) + "\n" + document[name].get<std::string>() + "\n";
    }
    return text;
  }
  void ExpectSigned(const json& document, const EVP_MD* digest) {
    const auto signature = protocol::Base64Decode(document["Signature"].get<std::string>());
    ASSERT_TRUE(signature);
    EXPECT_TRUE(Verifies(signer_.certificate(), Signed(document), *signature, digest));
    EXPECT_FALSE(Verifies(signer_.certificate(), Signed(document) + "x", *signature, digest));
  }

  base::Clock clock_{base::TimePoint{std::chrono::seconds{1'700'000'000}}};
  test_support::ManualLoop loop_{clock_};
  test_support::TemporaryDirectory temporary_;
  storage::Database database_{temporary_.path() / "sns.db"};
  storage::Writer writer_{database_.Migrate(Migrations())};
  Signer signer_{database_, writer_};
};

TEST_F(EnvelopeTest, NotificationsVerifyUnderBothVersions) {
  Message message = Example();
  for (const bool version_2 : {false, true}) {
    message.signature_version_2 = version_2;
    message.subject = version_2 ? "subject" : "";
    const json document =
        json::parse(Envelope(message, message.body, &signer_).For(message.topic_arn + ":sub"));
    EXPECT_EQ(document["SignatureVersion"], version_2 ? "2" : "1");
    EXPECT_EQ(document["Timestamp"], "2023-11-14T22:13:20.070Z");
    EXPECT_EQ(document["UnsubscribeURL"],
              "http://localhost:4566/?Action=Unsubscribe&SubscriptionArn=" + message.topic_arn + ":sub");
    ExpectSigned(document, version_2 ? EVP_sha256() : EVP_sha1());
  }
}

TEST_F(EnvelopeTest, ConfirmationsSignTokenAndAddress) {
  Subscription subscription;
  subscription.arn = "arn:aws:sns:us-east-1:000000000000:t:sub";
  subscription.topic_arn = "arn:aws:sns:us-east-1:000000000000:t";
  subscription.token = "token";
  for (const auto kind : {Confirmation::kSubscription, Confirmation::kUnsubscribe}) {
    const json document = json::parse(
        ConfirmationJson(kind, subscription, "id", clock_.Now(), "http://localhost:4566", false, signer_));
    EXPECT_EQ(document["SubscribeURL"], "http://localhost:4566/?Action=ConfirmSubscription&TopicArn=" +
                                            subscription.topic_arn + "&Token=token");
    ExpectSigned(document, EVP_sha1());
  }
}

TEST_F(EnvelopeTest, KeyIsKept) {
  Signer again(database_, writer_);
  loop_.Get(again.Prepare());
  EXPECT_EQ(again.certificate(), signer_.certificate());
  EXPECT_EQ(again.certificate_path(), signer_.certificate_path());
}

TEST(ShipmentTest, ReadsBackWhatItWrote) {
  Message message;
  message.id = "id";
  message.topic_arn = "arn";
  message.body = std::string("\0binary", 7);
  message.bodies = {{"sqs", "for queues"}};
  message.attributes = {{"n", "Number", "1"}, {"b", "Binary", std::string("\1\0", 2)}};
  message.group = "g";
  message.sequence = 42;
  message.published = base::TimePoint{std::chrono::milliseconds{5}};
  message.signature_version_2 = true;
  const std::vector<std::int64_t> recipients{1, 1'000'000'000'000};
  const std::string encoded = EncodeShipment(message, recipients);
  const Shipment read = DecodeShipment(encoded);
  EXPECT_EQ(read.recipients, recipients);
  EXPECT_EQ(read.message.body, message.body);
  EXPECT_EQ(read.message.bodies, message.bodies);
  EXPECT_EQ(read.message.attributes[1].value, message.attributes[1].value);
  EXPECT_EQ(read.message.SequenceNumber(), "10000000000000000042");
  EXPECT_EQ(EncodeShipment(read.message, read.recipients), encoded);
  for (std::size_t size = 0; size < encoded.size(); ++size) {
    EXPECT_THROW(DecodeShipment(std::string_view(encoded).substr(0, size)), std::runtime_error);
  }
}

}  // namespace
}  // namespace cumulite::sns
