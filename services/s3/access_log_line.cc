#include "services/s3/access_log_line.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <optional>

#include "protocol/base64.h"
#include "protocol/http.h"
#include "services/s3/xml_answer.h"

namespace cumulite::s3 {
namespace {

struct Name {
  std::string_view operation;
  std::string_view name;
};

// Where the name is not made of the method and the sub-resource.
constexpr Name kNames[] = {
    {"CopyObject", "REST.COPY.OBJECT"},
    {"UploadPartCopy", "REST.COPY.PART"},
    {"UploadPart", "REST.PUT.PART"},
    {"CreateMultipartUpload", "REST.POST.UPLOADS"},
    {"CompleteMultipartUpload", "REST.POST.UPLOAD"},
    {"AbortMultipartUpload", "REST.DELETE.UPLOAD"},
    {"ListParts", "REST.GET.UPLOAD"},
    {"DeleteObjects", "REST.POST.MULTI_OBJECT_DELETE"},
    {"ListObjectVersions", "REST.GET.BUCKETVERSIONS"},
    {"ListObjectsV2", "REST.GET.BUCKET"},
    {"GetBucketPolicy", "REST.GET.BUCKETPOLICY"},
    {"PutBucketPolicy", "REST.PUT.BUCKETPOLICY"},
    {"DeleteBucketPolicy", "REST.DELETE.BUCKETPOLICY"},
    {"GetBucketLogging", "REST.GET.LOGGING_STATUS"},
    {"PutBucketLogging", "REST.PUT.LOGGING_STATUS"},
    {"GetObjectTagging", "REST.GET.OBJECT_TAGGING"},
    {"PutObjectTagging", "REST.PUT.OBJECT_TAGGING"},
    {"DeleteObjectTagging", "REST.DELETE.OBJECT_TAGGING"},
    {"OptionsObject", "REST.OPTIONS.PREFLIGHT"},
    {"PostObject", "REST.POST.OBJECT"},
};

/// A header line that was answered; empty when there is none.
std::string_view Answered(std::string_view headers, std::string_view name) {
  while (!headers.empty()) {
    const std::string_view line = headers.substr(0, headers.find("\r\n"));
    headers.remove_prefix(std::min(headers.size(), line.size() + 2));
    if (line.size() > name.size() + 2 && line[name.size()] == ':' &&
        protocol::EqualsIgnoreCase(line.substr(0, name.size()), name)) {
      return line.substr(name.size() + 2);
    }
  }
  return {};
}

std::uint64_t BytesSent(const protocol::HttpResponse& response) {
  std::uint64_t bytes = response.body.size();
  for (const protocol::FileSegment& file : response.files) bytes += file.size();
  if (response.source) bytes += response.source->content_length().value_or(0);
  return bytes;
}

std::optional<std::uint64_t> Number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

/// The whole object's, also where a part of it was asked for.
std::optional<std::uint64_t> ObjectSize(const LoggedRequest& request, std::uint64_t sent) {
  const protocol::Exchange& exchange = request.exchange;
  if (request.key.empty() || !request.marker.empty() || exchange.response.status >= 400) return std::nullopt;
  if (exchange.request.method == "PUT") return Number(exchange.request.Header("Content-Length"));
  const std::string_view range = Answered(exchange.response.headers, "Content-Range");
  if (!range.empty()) return Number(range.substr(range.rfind('/') + 1));
  if (exchange.request.method == "HEAD") return exchange.response.announced_length;
  if (exchange.request.method == "GET" && exchange.response.status == 200) return sent;
  return std::nullopt;
}

void Add(std::string& line, std::string_view field) {
  line += line.empty() ? "" : " ";
  line += field.empty() ? std::string_view("-") : field;
}

void AddNumber(std::string& line, std::optional<std::uint64_t> number) {
  Add(line, number ? std::to_string(*number) : "-");
}

/// What callers wrote must not end the field or the line.
void AddQuoted(std::string& line, std::string_view field) {
  if (field.empty()) return Add(line, "-");
  std::string quoted = "\"";
  for (const char c : field) {
    if (c == '"') {
      quoted += "%22";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      quoted += c;
    }
  }
  Add(line, quoted + "\"");
}

std::tm Parts(base::TimePoint time) {
  const std::time_t seconds = std::chrono::system_clock::to_time_t(time);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  return parts;
}

std::string Format(base::TimePoint time, const char* format) {
  const std::tm parts = Parts(time);
  char text[64];
  return {text, std::strftime(text, sizeof text, format, &parts)};
}

void AddHowItCame(std::string& line, const protocol::Exchange& exchange) {
  const protocol::HttpRequest& request = exchange.request;
  const std::string_view authorization = request.Header("Authorization");
  const bool in_query = request.query.find("Signature=") != std::string_view::npos;
  const bool v2 = authorization.starts_with("AWS ") ||
                  (in_query && request.query.find("X-Amz-Signature=") == std::string_view::npos);
  const bool is_signed = in_query || !authorization.empty();
  Add(line, !is_signed ? "-" : v2 ? "SigV2" : "SigV4");
  const protocol::ConnectionInfo* connection = request.connection;
  Add(line, connection != nullptr ? std::string_view(connection->tls_cipher) : "");
  Add(line, !is_signed ? "-" : in_query ? "QueryString" : "AuthHeader");
  Add(line, exchange.context.host);
  Add(line, connection != nullptr ? std::string_view(connection->tls_version) : "");
}

}  // namespace

std::string LogOperation(std::string_view operation, std::string_view method, std::string_view marker) {
  for (const Name& row : kNames) {
    if (row.operation == operation) return std::string(row.name);
  }
  std::string name = "REST." + std::string(method) + ".";
  if (marker.empty())
    return name + (operation.find("Object") != std::string_view::npos && operation != "ListObjects"
                       ? "OBJECT"
                       : "BUCKET");
  // "publicAccessBlock", "legal-hold" -> PUBLIC_ACCESS_BLOCK, LEGAL_HOLD
  for (const char c : marker) {
    if (c >= 'A' && c <= 'Z') name += '_';
    name += static_cast<char>(c == '-' ? '_' : c >= 'a' && c <= 'z' ? c - 32 : c);
  }
  return name;
}

std::string AccessLogLine(const LoggedRequest& request) {
  const protocol::Exchange& exchange = request.exchange;
  const protocol::RequestContext& context = exchange.context;
  std::string line = CanonicalId(request.bucket.account);
  Add(line, request.bucket.name);
  Add(line, Format(request.time, "[%d/%b/%Y:%H:%M:%S +0000]"));
  Add(line, context.peer_address);
  const bool root = context.identity.principal.ends_with(":root");
  Add(line, context.identity.access_key.empty() ? std::string()
            : root                              ? CanonicalId(context.identity.account)
                                                : context.identity.principal);
  Add(line, context.request_id);
  Add(line, LogOperation(exchange.operation, exchange.request.method, request.marker));
  Add(line, protocol::PercentEncode(request.key, protocol::Slash::kKeep));
  AddQuoted(line, std::string(exchange.request.method) + " " + std::string(exchange.request.target) +
                      (exchange.request.version == 10 ? " HTTP/1.0" : " HTTP/1.1"));
  Add(line, std::to_string(exchange.response.status));
  Add(line, exchange.error_code);
  const std::uint64_t sent = BytesSent(exchange.response);
  AddNumber(line, sent == 0 ? std::nullopt : std::optional(sent));
  AddNumber(line, ObjectSize(request, sent));
  const auto taken = std::chrono::duration_cast<std::chrono::milliseconds>(request.taken).count();
  AddNumber(line, static_cast<std::uint64_t>(std::max<std::int64_t>(taken, 1)));
  AddNumber(line, static_cast<std::uint64_t>(std::max<std::int64_t>(taken, 1)));
  AddQuoted(line, exchange.request.Header("Referer"));
  AddQuoted(line, exchange.request.Header("User-Agent"));
  Add(line, request.version);
  Add(line, protocol::Base64Encode(context.request_id));
  AddHowItCame(line, exchange);
  Add(line, {});  // access point
  Add(line, {});  // whether an ACL was needed
  line += '\n';
  return line;
}

std::string AccessLogKey(const documents::LoggingEnabled& logging, const Bucket& source,
                         base::TimePoint event, base::TimePoint now, std::string_view unique) {
  std::string key = logging.target_prefix;
  base::TimePoint named = now;
  if (const auto& format = logging.target_object_key_format; format && format->partitioned_prefix) {
    const bool by_event = format->partitioned_prefix->partition_date_source == "EventTime";
    // Lines of one day share a folder, and their file is called after the day alone.
    if (by_event) named = std::chrono::floor<std::chrono::days>(event);
    key += source.account + "/" + source.region + "/" + source.name + "/" + Format(named, "%Y/%m/%d/");
  }
  return key + Format(named, "%Y-%m-%d-%H-%M-%S-") + std::string(unique);
}

}  // namespace cumulite::s3
