#include "services/s3/website_endpoint.h"

#include "protocol/base64.h"
#include "protocol/xml_writer.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/call.h"
#include "services/s3/operations/get_object.h"
#include "services/s3/website.h"

namespace cumulite::s3 {
namespace {

using documents::WebsiteConfiguration;

constexpr std::string_view kRedirectLocation = "x-amz-website-redirect-location: ";

std::string_view Phrase(int status) {
  switch (status) {
    case 400:
      return "Bad Request";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 412:
      return "Precondition Failed";
    case 416:
      return "Requested Range Not Satisfiable";
    default:
      return status < 500 ? "Error" : "Internal Server Error";
  }
}

void AppendList(std::string& html, const AwsError& error) {
  const auto item = [&](std::string_view name, std::string_view value) {
    html.append("<li>").append(name).append(": ");
    protocol::AppendXmlText(html, value);
    html.append("</li>\n");
  };
  html += "<ul>\n";
  item("Code", error.kind().code);
  item("Message", error.message());
  for (const auto& [name, value] : error.extra()) item(name, value);
}

/// What was found of an error document besides the error itself.
void RenderHtml(const AwsError& error, const std::optional<AwsError>& of_document,
                protocol::Exchange& exchange) {
  protocol::HttpResponse& response = exchange.response;
  response = {};
  response.status = error.kind().status;
  exchange.error_code = error.kind().code;
  exchange.error_message = error.message();
  AddCommonHeaders(exchange);
  response.AddHeader("x-amz-error-code", error.kind().code);
  response.AddHeader("x-amz-error-message", error.message());
  for (const auto& [name, value] : error.extra()) response.AddHeader("x-amz-error-detail-" + name, value);
  response.AddHeader("Content-Type", "text/html; charset=utf-8");
  const std::string title = std::to_string(response.status) + " " + std::string(Phrase(response.status));
  std::string html = "<html>\n<head><title>" + title + "</title></head>\n<body>\n<h1>" + title + "</h1>\n";
  AppendList(html, error);
  html.append("<li>RequestId: ").append(exchange.context.request_id).append("</li>\n<li>HostId: ");
  html.append(protocol::Base64Encode(exchange.context.request_id)).append("</li>\n</ul>\n");
  if (of_document) {
    html += "<h3>An Error Occurred While Attempting to Retrieve a Custom Error Document</h3>\n";
    AppendList(html, *of_document);
    html += "</ul>\n";
  }
  html += "<hr/>\n</body>\n</html>\n";
  if (exchange.request.method == "HEAD") {
    response.announced_length = html.size();
  } else {
    response.body = std::move(html);
  }
}

void Redirect(const WebsiteRedirect& redirect, protocol::Exchange& exchange) {
  exchange.response = {};
  exchange.response.status = redirect.status;
  AddCommonHeaders(exchange);
  exchange.response.AddHeader("Location", redirect.location);
}

/// Answers with an object; gives why not, if so.
runtime::Task<std::optional<AwsError>> Fetch(Call& call, std::string key) {
  call.address.key = std::move(key);
  call.exchange.response = {};
  AddCommonHeaders(call.exchange);
  std::optional<AwsError> failure;
  try {
    runtime::Task<void> getting = call.request().method == "HEAD" ? HeadObject(call) : GetObject(call);
    co_await getting;
  } catch (const AwsError& error) {
    failure = error;
  }
  co_return failure;
}

/// An object may say that it is elsewhere.
bool FollowObjectRedirect(protocol::Exchange& exchange) {
  const std::string& headers = exchange.response.headers;
  std::size_t at = headers.find(kRedirectLocation);
  if (at == std::string::npos) return false;
  at += kRedirectLocation.size();
  Redirect({.status = 301, .location = headers.substr(at, headers.find("\r\n", at) - at)}, exchange);
  return true;
}

/// There is no such page, but a folder of that name with an index document.
runtime::Task<bool> IsFolder(Call& call, const WebsiteConfiguration& website, std::string key) {
  if (key.empty() || key.ends_with('/') || !website.index_document) co_return false;
  runtime::Task<std::optional<AwsError>> fetching = Fetch(call, PageOf(website, key + "/"));
  const std::optional<AwsError> failure = co_await fetching;
  co_return !failure;
}

runtime::Task<void> AnswerError(Call& call, const WebsiteConfiguration& website, WebsiteRequest request,
                                AwsError error) {
  if (const auto redirect = RedirectByRule(website, request, error.kind().status)) {
    Redirect(*redirect, call.exchange);
    co_return;
  }
  std::optional<AwsError> of_document;
  if (website.error_document) {
    runtime::Task<std::optional<AwsError>> fetching = Fetch(call, website.error_document->key);
    of_document = co_await fetching;
    if (!of_document) {
      call.response().status = error.kind().status;
      call.exchange.error_code = error.kind().code;
      co_return;
    }
  }
  RenderHtml(error, of_document, call.exchange);
}

runtime::Task<void> ServePage(Call& call, const WebsiteConfiguration& website, std::string key) {
  const WebsiteRequest request{
      .scheme = call.exchange.context.scheme, .host = call.exchange.context.host, .key = key};
  std::optional<WebsiteRedirect> redirect = RedirectAll(website, request);
  if (!redirect) redirect = RedirectByRule(website, request, 0);
  if (redirect) {
    Redirect(*redirect, call.exchange);
    co_return;
  }
  runtime::Task<std::optional<AwsError>> fetching = Fetch(call, PageOf(website, key));
  std::optional<AwsError> failure = co_await fetching;
  if (!failure) {
    FollowObjectRedirect(call.exchange);
    co_return;
  }
  if (failure->kind().status == 404) {
    runtime::Task<bool> looking = IsFolder(call, website, key);
    if (co_await looking) {
      Redirect({.status = 302, .location = "/" + protocol::PercentEncode(key, protocol::Slash::kKeep) + "/"},
               call.exchange);
      co_return;
    }
  }
  runtime::Task<void> answering = AnswerError(call, website, request, *std::move(failure));
  co_await answering;
}

Call ReadCall(S3Service& s3, protocol::Exchange& exchange, protocol::S3Host host) {
  const protocol::HttpRequest& request = exchange.request;
  if (request.method != "GET" && request.method != "HEAD") {
    throw AwsError(kMethodNotAllowed, "The specified method is not allowed against this resource.")
        .With("Method", std::string(request.method));
  }
  if (host.bucket.empty()) {
    throw AwsError(kMethodNotAllowed, "The specified method is not allowed against this resource.");
  }
  Call call{s3, exchange, ParseAddress(std::move(host), request.path), {}, "s3:GetObject"};
  call.address.level = Level::kObject;
  // Nobody signs here, and what somebody did sign is not looked at.
  exchange.context.identity.access_key.clear();
  if (exchange.context.strict) exchange.context.identity = {};
  return call;
}

}  // namespace

runtime::Task<void> ServeWebsite(S3Service& s3, protocol::Exchange& exchange, protocol::S3Host host) {
  exchange.operation = "WebsiteGet";
  std::optional<AwsError> failure;
  try {
    Call call = ReadCall(s3, exchange, std::move(host));
    const BucketPtr bucket = call.FindBucket(call.address.bucket, "x-amz-expected-bucket-owner");
    if (!bucket->configuration->website) {
      throw AwsError(kNoSuchWebsiteConfiguration,
                     "The specified bucket does not have a website configuration")
          .With("BucketName", bucket->name);
    }
    runtime::Task<void> serving = ServePage(call, *bucket->configuration->website, call.address.key);
    co_await serving;
  } catch (const AwsError& error) {
    failure = error;
  }
  if (failure) RenderHtml(*failure, std::nullopt, exchange);
}

}  // namespace cumulite::s3
