#include "services/s3/operations/select_object_content.h"

#include <algorithm>
#include <stdexcept>

#include "services/s3/attribute_headers.h"
#include "services/s3/encryption.h"
#include "services/s3/header_rules.h"
#include "services/s3/object_answer.h"
#include "services/s3/select/answer.h"
#include "services/s3/select/errors.h"

namespace cumulite::s3 {
namespace {

constexpr std::size_t kMaxDocumentBytes = 1 << 20;

/// Contents beside their row, in one piece.
class InlineSource final : public protocol::BodySource {
 public:
  explicit InlineSource(std::string bytes) : bytes_(std::move(bytes)) {}
  runtime::Task<std::string_view> Read() override {
    co_return std::exchange(read_, true) ? std::string_view{} : std::string_view(bytes_);
  }

 private:
  const std::string bytes_;
  bool read_ = false;
};

/// What a scan range asks for; a byte earlier, so that a record that begins with it is seen to do so.
ByteRange RangeOf(const select::SelectRequest& request, std::uint64_t size) {
  std::uint64_t first = request.scan_start.value_or(0);
  if (!request.scan_start && request.scan_end) first = size - std::min(size, *request.scan_end);
  if (request.scan_start && first >= size && size != 0) {
    throw AwsError(select::kInvalidScanRange, "The provided scan range is not valid.");
  }
  if (first != 0) --first;
  return {first, size - first};
}

}  // namespace

runtime::Task<void> SelectObjectContent(Call& call) {
  CheckHeaders(call.request(), Access::kOther);
  if (call.Header("Range")) {
    throw AwsError(select::kUnsupportedRangeHeader, "Range header is not supported for this operation.");
  }
  if (call.Query("select-type") != "2") {
    throw InvalidArgument("The select-type query parameter must be 2", "select-type",
                          call.Query("select-type", ""));
  }
  const BucketPtr bucket = call.OwnedBucket();
  const std::string document = co_await ReadDocument(call, kMaxDocumentBytes);
  select::SelectRequest request = select::ReadSelectRequest(document);
  select::Query query = select::ParseSql(request.expression);
  for (int attempt = 0; attempt < 100; ++attempt) {
    std::optional<ObjectWithBytes> object = call.s3.objects().FindWithBytes(*bucket, call.key());
    RequireObject(object ? &*object : nullptr, call.key(), std::nullopt);
    RequireReadable(*object, call.Now());
    std::optional<SealKey> key = OpeningKey(call, object->attributes.encryption);
    const ByteRange range = RangeOf(request, object->size);
    std::unique_ptr<protocol::BodySource> input;
    if (object->is_inline()) {
      input = std::make_unique<InlineSource>(InlineBytes(*object, key).substr(range.first));
    } else {
      input = StreamOf(call.s3, *bucket, call.key(), *object, range, std::move(key));
    }
    if (input == nullptr) continue;  // replaced meanwhile
    AddEncryptionHeaders(call.response(), object->attributes.encryption);
    call.response().source = select::MakeAnswer(std::move(request), std::move(query), std::move(input),
                                                range.first, call.Now(), call.s3.content().workers());
    co_return;
  }
  throw std::runtime_error("the content of an object cannot be opened");
}

}  // namespace cumulite::s3
