#include "protocol/xml_codec.h"
#include "protocol/xml_decode.h"
#include "services/s3/configuration/rules.h"
#include "services/s3/control/control_call.h"
#include "services/s3/control/control_store.h"

// The public access block of an account. Source: S3 Control API Reference "PutPublicAccessBlock" and so on.
namespace cumulite::s3 {
namespace {

using documents::PublicAccessBlockConfiguration;

constexpr std::size_t kMaxDocumentBytes = 64 * 1024;
constexpr std::string_view kRoot = "PublicAccessBlockConfiguration";

}  // namespace

runtime::Task<void> GetAccountPublicAccessBlock(ControlCall& control) {
  const std::string document = control.call.s3.control().AccountBlock(control.account());
  if (document.empty()) {
    throw AwsError(kNoSuchPublicAccessBlockConfiguration,
                   "The public access block configuration was not found")
        .With("AccountId", control.account());
  }
  const std::size_t start = kRoot.size() + 2;  // "<Root>"
  AnswerControl(control.call, kRoot,
                std::string_view(document).substr(start, document.size() - 2 * start - 1));
  co_return;
}

runtime::Task<void> PutAccountPublicAccessBlock(ControlCall& control) {
  const std::string sent = co_await ReadDocument(control.call, kMaxDocumentBytes);
  PublicAccessBlockConfiguration block;
  if (!protocol::DecodeXml(sent, kRoot, &block, PublicAccessBlockConfiguration::Describe())) {
    throw MalformedXml();
  }
  Check(control.call, Bucket{}, block);
  std::string text;
  protocol::XmlWriter xml(text);
  xml.Open(kRoot);
  protocol::EncodeXml(&block, PublicAccessBlockConfiguration::Describe(), xml);
  xml.Close(kRoot);
  runtime::Task<void> putting = control.call.s3.control().PutAccountBlock(control.account(), text);
  co_await putting;
}

runtime::Task<void> DeleteAccountPublicAccessBlock(ControlCall& control) {
  const std::string none;
  runtime::Task<void> deleting = control.call.s3.control().PutAccountBlock(control.account(), none);
  co_await deleting;
  control.call.response().status = 204;
}

}  // namespace cumulite::s3
