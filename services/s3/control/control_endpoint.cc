#include "services/s3/control/control_endpoint.h"

#include <algorithm>

#include "protocol/base64.h"
#include "protocol/xml_writer.h"
#include "services/s3/control/control_call.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

constexpr std::string_view kNamespace = "http://awss3control.amazonaws.com/doc/2018-08-20/";
constexpr std::string_view kDeclaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
constexpr std::string_view kVersion = "/v20180820/";

struct BuiltOperation {
  std::string_view name;
  runtime::Task<void> (*handler)(ControlCall& control);
};

constexpr BuiltOperation kBuilt[] = {
    {"CreateAccessPoint", &CreateAccessPoint},
    {"DeleteAccessPoint", &DeleteAccessPoint},
    {"DeleteAccessPointPolicy", &DeleteAccessPointPolicy},
    {"DeletePublicAccessBlock", &DeleteAccountPublicAccessBlock},
    {"GetAccessPoint", &GetAccessPoint},
    {"GetAccessPointPolicy", &GetAccessPointPolicy},
    {"GetAccessPointPolicyStatus", &GetAccessPointPolicyStatus},
    {"GetPublicAccessBlock", &GetAccountPublicAccessBlock},
    {"ListAccessPoints", &ListAccessPoints},
    {"ListTagsForResource", &ListTagsForResource},
    {"PutAccessPointPolicy", &PutAccessPointPolicy},
    {"PutPublicAccessBlock", &PutAccountPublicAccessBlock},
    {"TagResource", &TagResource},
    {"UntagResource", &UntagResource},
};

/// S3 Control wraps its errors as the Query protocol does.
void Render(const AwsError& error, protocol::Exchange& exchange) {
  RenderError(error, exchange);
  std::string& body = exchange.response.body;
  if (!body.starts_with(kDeclaration)) return;
  const std::string inner = body.substr(kDeclaration.size());
  body = kDeclaration;
  protocol::XmlWriter xml(body);
  xml.Open("ErrorResponse");
  body += inner;
  xml.Element("RequestId", exchange.context.request_id);
  xml.Element("HostId", protocol::Base64Encode(exchange.context.request_id));
  xml.Close("ErrorResponse");
}

std::string DecodeSegment(std::string_view segment) {
  std::optional<std::string> decoded = protocol::PercentDecode(segment);
  if (!decoded) throw AwsError(kInvalidURI, "Couldn't parse the specified URI.");
  return *std::move(decoded);
}

std::vector<std::string> Segments(std::string_view path) {
  std::vector<std::string> segments;
  path.remove_prefix(kVersion.size());
  while (!path.empty()) {
    const std::size_t slash = path.find('/');
    segments.push_back(DecodeSegment(path.substr(0, slash)));
    path.remove_prefix(slash == std::string_view::npos ? path.size() : slash + 1);
  }
  return segments;
}

/// The account that the request is about must be the caller's.
void RequireAccount(const Call& call) {
  if (call.identity().account.empty()) throw AccessDenied();
  const auto account = call.Header("x-amz-account-id");
  if (account && *account != call.identity().account) throw AccessDenied();
}

runtime::Task<void> Dispatch(S3Service& s3, protocol::Exchange& exchange) {
  const protocol::HttpRequest& request = exchange.request;
  exchange.operation = ControlOperation(request.method, request.path);
  if (exchange.operation.empty()) {
    throw AwsError(kMethodNotAllowed, "The specified method is not allowed against this resource.");
  }
  const auto built = std::find_if(std::begin(kBuilt), std::end(kBuilt),
                                  [&](const BuiltOperation& row) { return row.name == exchange.operation; });
  if (built == std::end(kBuilt)) {
    throw AwsError(kNotImplemented,
                   "The operation " + std::string(exchange.operation) + " is not implemented by this server.")
        .With("Operation", std::string(exchange.operation));
  }
  auto query = protocol::ParseQuery(request.query);
  if (!query) throw AwsError(kInvalidURI, "Couldn't parse the specified URI.");
  Call call{s3, exchange, Address{}, *std::move(query), {}};
  RequireAccount(call);
  ControlCall control{call, Segments(request.path)};
  AddCommonHeaders(exchange);
  runtime::Task<void> handled = built->handler(control);
  co_await handled;
}

}  // namespace

void AnswerControl(Call& call, std::string_view root, std::string_view inside) {
  call.response().AddHeader("Content-Type", "application/xml");
  std::string& body = call.response().body;
  body = kDeclaration;
  protocol::XmlWriter xml(body);
  xml.Open(root, "xmlns", kNamespace);
  body += inside;
  xml.Close(root);
}

runtime::Task<void> ServeControl(S3Service& s3, protocol::Exchange& exchange) {
  try {
    runtime::Task<void> dispatched = Dispatch(s3, exchange);
    co_await dispatched;
  } catch (const AwsError& error) {
    Render(error, exchange);
  } catch (const storage::QueueFull&) {
    Render(AwsError(kSlowDown, "Please reduce your request rate."), exchange);
  }
}

}  // namespace cumulite::s3
