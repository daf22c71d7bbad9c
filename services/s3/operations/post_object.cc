#include "services/s3/operations/post_object.h"

#include <algorithm>
#include <array>

#include "protocol/base64.h"
#include "protocol/xml_decode.h"
#include "protocol/xml_writer.h"
#include "services/s3/configuration/rules.h"
#include "services/s3/operations/put_object.h"
#include "services/s3/post/form.h"
#include "services/s3/post/policy.h"
#include "services/s3/post/signature.h"

namespace cumulite::s3 {
namespace {

using Fields = PostForm::Fields;

constexpr std::size_t kMaxObjectTags = 10;
constexpr std::string_view kFileName = "${filename}";
// Fields that say of the object what a header of PutObject says. Besides, all of x-amz-.
constexpr std::array<std::string_view, 7> kHeaders{"cache-control",    "content-type", "content-disposition",
                                                   "content-encoding", "expires",      "content-language",
                                                   "content-md5"};
constexpr std::array<std::string_view, 5> kNoHeaders{"x-amz-algorithm", "x-amz-credential", "x-amz-date",
                                                     "x-amz-signature", "x-amz-security-token"};

template <std::size_t kSize>
bool Contains(const std::array<std::string_view, kSize>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// The key that the form names, with the file's own name where it says so.
std::string ReadKey(const PostForm& form) {
  const auto field = form.fields().find("key");
  if (field == form.fields().end() || field->second.empty()) {
    throw InvalidArgument(
        "Bucket POST must contain a field named 'key'.  If it is specified, please check the order of the "
        "fields.",
        "key", "");
  }
  std::string key = field->second;
  std::string_view name = form.file_name();
  name.remove_prefix(name.find_last_of("/\\") + 1);  // npos + 1 is 0
  for (std::size_t at = 0; (at = key.find(kFileName, at)) != std::string::npos; at += name.size()) {
    key.replace(at, kFileName.size(), name);
  }
  CheckKey(key);
  return key;
}

/// The tags of a <Tagging> document as x-amz-tagging has them.
std::string TagsAsHeader(std::string_view document) {
  documents::Tagging tagging;
  if (!protocol::DecodeXml(document, "Tagging", &tagging, documents::Tagging::Describe()))
    throw MalformedXml();
  CheckTags(tagging.tag_set, kMaxObjectTags);
  std::string header;
  for (const documents::Tag& tag : tagging.tag_set) {
    header.append(header.empty() ? "" : "&").append(protocol::PercentEncode(tag.key));
    header.append("=").append(protocol::PercentEncode(tag.value));
  }
  return header;
}

/// The form as the headers of a PutObject; views into `fields`.
std::vector<protocol::HeaderField> HeadersOf(const Fields& fields) {
  std::vector<protocol::HeaderField> headers;
  for (const auto& [name, value] : fields) {
    if (name == "acl") {
      headers.push_back({"x-amz-acl", value});
    } else if (name == "tagging") {
      headers.push_back({"x-amz-tagging", value});
    } else if (Contains(kHeaders, name) || (name.starts_with("x-amz-") && !Contains(kNoHeaders, name))) {
      headers.push_back({name, value});
    }
  }
  return headers;
}

std::string LineOf(const std::string& headers, std::string_view name) {
  const std::string start = "\r\n" + std::string(name) + ": ";
  const std::string lines = "\r\n" + headers;
  const std::size_t at = lines.find(start);
  if (at == std::string::npos) return {};
  const std::size_t value = at + start.size();
  return lines.substr(value, lines.find("\r\n", value) - value);
}

/// As the form wants to be answered.
void Answer(Call& call, const Fields& fields, const std::string& key, const std::string& etag) {
  protocol::HttpResponse& response = call.response();
  const auto field = [&](std::string_view name) {
    const auto found = fields.find(name);
    return found == fields.end() ? std::string_view{} : std::string_view(found->second);
  };
  const std::string encoded = protocol::PercentEncode(key, protocol::Slash::kKeep);
  std::string location(call.exchange.context.scheme);
  location.append("://").append(call.exchange.context.host).append("/");
  if (!call.address.virtual_host) location.append(call.address.bucket).append("/");
  location += encoded;
  std::string_view redirect = field("success_action_redirect");
  if (redirect.empty()) redirect = field("redirect");
  if (redirect.starts_with("http://") || redirect.starts_with("https://")) {
    std::string target(redirect);
    target += redirect.find('?') == std::string_view::npos ? '?' : '&';
    target += "bucket=" + call.address.bucket + "&key=" + protocol::PercentEncode(key) +
              "&etag=" + protocol::PercentEncode(etag);
    response.status = 303;
    response.AddHeader("Location", target);
    return;
  }
  response.AddHeader("Location", location);
  const std::string_view status = field("success_action_status");
  response.status = status == "200" ? 200 : status == "201" ? 201 : 204;
  if (response.status != 201) return;
  response.AddHeader("Content-Type", "application/xml");
  response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  protocol::XmlWriter xml(response.body);  // the one document of S3 without its namespace
  xml.Open("PostResponse");
  xml.Element("Location", location);
  xml.Element("Bucket", call.address.bucket);
  xml.Element("Key", key);
  xml.Element("ETag", etag);
  xml.Close("PostResponse");
}

/// Errors: those of the policy; what it lets the file be is set on the form.
void HoldAgainstPolicy(const Call& call, PostForm& form, const std::string& key) {
  const auto policy = form.fields().find("policy");
  if (policy == form.fields().end()) return;
  const auto json = protocol::Base64Decode(policy->second);
  if (!json) throw AwsError(kInvalidPolicyDocument, "Invalid Policy: Invalid Base64.");
  Fields judged = form.fields();
  judged["bucket"] = call.address.bucket;
  judged["key"] = key;
  // Clients sign by real time, whatever the admin API did to ours.
  const base::TimePoint signed_by = call.Now() - call.s3.clock().offset();
  if (const auto range = CheckPostPolicy(*json, judged, signed_by)) {
    form.SetLengthRange(range->least, range->most);
  }
}

/// Puts the file as PutObject does.
runtime::Task<void> PutFile(Call& call, PostForm& form, std::string key, protocol::Identity identity) {
  Fields& fields = form.fields();
  if (const auto tagging = fields.find("tagging"); tagging != fields.end()) {
    tagging->second = TagsAsHeader(tagging->second);
  }
  const std::vector<protocol::HeaderField> headers = HeadersOf(fields);
  protocol::HttpRequest request = call.request();
  request.headers = headers;
  protocol::Exchange exchange{.request = request, .body = form};
  exchange.context = call.exchange.context;
  exchange.context.identity = std::move(identity);
  exchange.operation = call.exchange.operation;
  Call put{call.s3, exchange, call.address, {}, "s3:PutObject"};
  put.address.level = Level::kObject;
  put.address.key = std::move(key);
  runtime::Task<void> putting = PutObject(put);
  co_await putting;
  call.response().headers += exchange.response.headers;
}

}  // namespace

runtime::Task<void> PostObject(Call& call) {
  const std::optional<std::string> boundary = BoundaryOf(call.Header("Content-Type").value_or(""));
  if (!boundary) throw PreconditionFailed("Bucket POST must be of the enclosure-type multipart/form-data");
  const std::optional<std::uint64_t> length = call.exchange.body.content_length();
  if (!length) {
    throw AwsError(protocol::kMissingContentLength, "You must provide the Content-Length HTTP header.");
  }
  PostForm form(call.exchange.body, *boundary, *length);
  {
    runtime::Task<void> reading = form.ReadFields();
    co_await reading;
  }
  const std::string key = ReadKey(form);
  protocol::Identity identity = AuthenticateForm(call, form.fields());
  HoldAgainstPolicy(call, form, key);
  {
    runtime::Task<void> putting = PutFile(call, form, key, std::move(identity));
    co_await putting;
  }
  Answer(call, form.fields(), key, LineOf(call.response().headers, "ETag"));
}

}  // namespace cumulite::s3
