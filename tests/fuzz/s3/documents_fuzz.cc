// Everything that S3 reads from strangers: documents, policies of buckets and forms, forms, ACL headers.
#include <array>
#include <string>

#include "protocol/error.h"
#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/bucket_policy.h"
#include "services/s3/documents/access_control.h"
#include "services/s3/documents/lifecycle.h"
#include "services/s3/documents/notification.h"
#include "services/s3/documents/replication.h"
#include "services/s3/documents/reports.h"
#include "services/s3/documents/website.h"
#include "services/s3/post/form.h"
#include "services/s3/post/policy.h"
#include "services/s3/public_policy.h"
#include "tests/fuzz/fuzz_target.h"

namespace cumulite::fuzz {
namespace {

using namespace s3::documents;

/// What is read can be written, and then reads alike.
template <class T>
void UseDocument(std::string_view text, std::string_view root) {
  T document;
  if (!protocol::DecodeXml(text, root, &document, T::Describe())) return;
  const auto write = [&](const T& value) {
    std::string out = "<" + std::string(root) + ">";
    protocol::XmlWriter xml(out, protocol::XmlTimes::kMilliseconds);
    protocol::EncodeXml(&value, T::Describe(), xml);
    return out + "</" + std::string(root) + ">";
  };
  const std::string written = write(document);
  T again;
  if (!protocol::DecodeXml(written, root, &again, T::Describe()) || write(again) != written) __builtin_trap();
}

/// Gives its bytes in small pieces.
class Pieces final : public protocol::BodySource {
 public:
  explicit Pieces(std::string_view bytes) : bytes_(bytes) {}
  runtime::Task<std::string_view> Read() override {
    constexpr std::size_t kPiece = 7;
    const std::string_view piece = bytes_.substr(0, kPiece);
    bytes_.remove_prefix(piece.size());
    co_return piece;
  }

 private:
  std::string_view bytes_;
};

runtime::Task<void> ReadForm(std::string_view data) {
  Pieces body(data);
  s3::PostForm form(body, "xx", data.size());
  form.SetLengthRange(0, 100);
  try {
    runtime::Task<void> reading = form.ReadFields();
    co_await reading;
    std::size_t size = 0;
    for (;;) {
      runtime::Task<std::string_view> next = form.Read();
      const std::string_view piece = co_await next;
      if (piece.empty()) break;
      size += piece.size();
    }
    if (size > data.size()) __builtin_trap();
  } catch (const protocol::AwsError&) {
  }
}

template <class Use>
void Tolerate(Use use) {
  try {
    use();
  } catch (const protocol::AwsError&) {
  }
}

}  // namespace

void FuzzS3Document(std::string_view data) {
  UseDocument<BucketLifecycleConfiguration>(data, "LifecycleConfiguration");
  UseDocument<NotificationConfiguration>(data, "NotificationConfiguration");
  UseDocument<ReplicationConfiguration>(data, "ReplicationConfiguration");
  UseDocument<InventoryConfiguration>(data, "InventoryConfiguration");
  UseDocument<WebsiteConfiguration>(data, "WebsiteConfiguration");
  UseDocument<AccessControlPolicy>(data, "AccessControlPolicy");
}

void FuzzS3Policy(std::string_view data) {
  Tolerate([&] { s3::IsPublic(s3::ReadPolicy(data, "arn:aws:s3:::bucket")); });
  const s3::PostForm::Fields fields{{"bucket", "b"}, {"key", "k"}, {"policy", "x"}};
  Tolerate([&] { s3::CheckPostPolicy(data, fields, base::TimePoint{}); });
}

void FuzzS3Form(std::string_view data) {
  s3::BoundaryOf(data);
  runtime::Task<void> reading = ReadForm(data);
  if (!reading.done()) __builtin_trap();
}

}  // namespace cumulite::fuzz
