#include "services/s3/s3_service.h"

#include <algorithm>

#include "protocol/base64.h"
#include "protocol/http_errors.h"
#include "protocol/xml_writer.h"
#include "services/s3/access.h"
#include "services/s3/access_log.h"
#include "services/s3/bucket_configuration.h"
#include "services/s3/call.h"
#include "services/s3/control/control_endpoint.h"
#include "services/s3/errors.h"
#include "services/s3/event_log.h"
#include "services/s3/lifecycle_runner.h"
#include "services/s3/operations.h"
#include "services/s3/operations/cors.h"
#include "services/s3/operations/restore_object.h"
#include "services/s3/replicator.h"
#include "services/s3/schema.h"
#include "services/s3/website_endpoint.h"
#include "services/s3/xml_answer.h"
#include "services/storage/error.h"

namespace cumulite::s3 {
namespace {

AwsError OperationNotImplemented(std::string_view operation) {
  return AwsError(kNotImplemented,
                  "The operation " + std::string(operation) + " is not implemented by this server.")
      .With("Operation", std::string(operation));
}

std::vector<protocol::QueryParam> ReadQuery(std::string_view raw) {
  if (raw.empty()) return {};
  std::optional<std::vector<protocol::QueryParam>> query = protocol::ParseQuery(raw);
  if (!query) throw AwsError(kInvalidURI, "Couldn't parse the specified URI.");
  return *std::move(query);
}

/// SDKs that were given an endpoint of their own put no more than the account before it.
bool IsControlPath(const protocol::HttpRequest& request) {
  return request.path.starts_with("/v20180820/") && request.Find("x-amz-account-id");
}

/// The body is not what its head says, so where it ends is not certain either: what follows on the connection
/// may be the rest of it, and must not be taken for the next request.
bool IsOfBrokenBody(std::string_view code) {
  return code == kBadDigest.code || code == kXAmzContentSHA256Mismatch.code ||
         code == protocol::kIncompleteBody.code || code == protocol::kInvalidChunkSizeError.code ||
         code == protocol::kMalformedTrailerError.code;
}

}  // namespace

S3Service::S3Service(const std::filesystem::path& data_dir, const storage::DatabaseOptions& database,
                     const base::Clock& clock, S3Settings settings, services::Peers* peers)
    : clock_(clock),
      settings_(std::move(settings)),
      peers_(peers),
      database_(data_dir / "s3.db", database),
      first_number_(ObjectStore::TakeNumberBlock(database_.Migrate(Migrations()))),
      writer_(database_),
      owners_(database_),
      buckets_(database_, writer_, owners_),
      control_(database_, writer_),
      objects_(database_, writer_, owners_, first_number_),
      lister_(database_),
      uploads_(database_, writer_, owners_, objects_),
      content_(data_dir / "s3-content", database.durability, database_.workers().pool(),
               [this](std::string_view blob) { return objects_.References(blob); }),
      local_key_(data_dir / "s3-content.key"),
      events_(std::make_unique<EventLog>(database_, writer_, clock, peers)),
      lifecycle_(std::make_unique<LifecycleRunner>(*this)),
      access_log_(std::make_unique<AccessLog>(*this, database_, writer_)) {
  access_log_->Changed();
  buckets_.OnChange([this](const Bucket& bucket) {
    if (bucket.configuration->lifecycle) lifecycle_->Changed();
    if (bucket.configuration->logging || access_log_->active()) access_log_->Changed();
  });
  for (const Route& route : Routes()) {
    const auto operations = Operations();
    const auto built = std::find_if(operations.begin(), operations.end(), [&](const Operation& operation) {
      return operation.name == route.operation;
    });
    actions_.push_back(ActionOf(route.operation));
    handlers_.push_back(built == operations.end() ? nullptr : built->handler);
  }
}

void S3Service::Start() {
  content_.Sweep();
  events_->Start([this](storage::OutboxEvent event) { return Replicate(*this, std::move(event)); },
                 [this](storage::OutboxEvent event) { return EndRestore(*this, std::move(event)); });
  lifecycle_->Start();
  access_log_->Start();
}

runtime::Task<bool> S3Service::Settle() {
  runtime::Task<bool> running = lifecycle_->Settle();
  const bool ran = co_await running;
  runtime::Task<bool> delivering = events_->Settle();
  const bool delivered = co_await delivering;
  runtime::Task<bool> logging = access_log_->Settle();
  const bool logged = co_await logging;
  co_return ran || delivered || logged;
}

void S3Service::Stop() {
  access_log_->Stop();
  lifecycle_->Stop();
  events_->Stop();
}

S3Service::~S3Service() { writer_.Stop(); }  // before the stores and their statements go

std::string_view S3Service::DisplayName(std::string_view account) const {
  for (const protocol::Credential& credential : settings_.credentials) {
    if (credential.account == account && !credential.name.empty()) return credential.name;
  }
  return {};
}

std::optional<std::string> S3Service::AccountOf(std::string_view canonical_id) const {
  for (const protocol::Credential& credential : settings_.credentials) {
    if (CanonicalId(credential.account) == canonical_id) return credential.account;
  }
  for (const std::string& account : buckets_.Owners()) {
    if (CanonicalId(account) == canonical_id) return account;
  }
  return std::nullopt;
}

const protocol::Credential* S3Service::FindCredential(std::string_view access_key) const {
  for (const protocol::Credential& credential : settings_.credentials) {
    if (credential.access_key == access_key) return &credential;
  }
  return nullptr;
}

runtime::Task<void> S3Service::Handle(protocol::Exchange& exchange) {
  protocol::S3Host host = protocol::ParseS3Host(exchange.context.host, settings_.base_hosts);
  if (host.endpoint == Endpoint::kWebsite) {
    runtime::Task<void> served = ServeWebsite(*this, exchange, std::move(host));
    co_await served;
    co_return;
  }
  if (host.endpoint == Endpoint::kControl || IsControlPath(exchange.request)) {
    runtime::Task<void> served = ServeControl(*this, exchange);
    co_await served;
    co_return;
  }
  Address address;  // outlives the call: errors tell pages of it, too
  const bool is_page = exchange.request.Find("Origin").has_value();
  const bool is_logged = access_log_->active();
  std::chrono::steady_clock::time_point begun;
  if (is_logged) begun = std::chrono::steady_clock::now();
  try {
    Call call = Read(exchange, std::move(host));
    if (is_page || is_logged) address = call.address;
    runtime::Task<void> handled = FindHandler(call)(call);
    co_await handled;
  } catch (const ErrorWithHeaders& error) {
    RenderError(error, exchange);
    exchange.response.headers += error.headers();
  } catch (const AwsError& error) {
    RenderError(error, exchange);
  } catch (const storage::QueueFull&) {
    RenderError(AwsError(kSlowDown, "Please reduce your request rate."), exchange);
  }
  if (address.bucket.empty()) co_return;
  if (is_page) AddCorsHeaders(*this, address, exchange);
  if (is_logged) NoteAccess(exchange, address, begun);
}

void S3Service::NoteAccess(const protocol::Exchange& exchange, const Address& address,
                           std::chrono::steady_clock::time_point begun) {
  const BucketPtr bucket = buckets_.Find(address.bucket);
  if (!bucket || !bucket->configuration->logging || !bucket->configuration->logging->logging_enabled) return;
  const auto query = protocol::ParseQuery(exchange.request.query);
  const std::span<const protocol::QueryParam> params =
      query ? *query : std::span<const protocol::QueryParam>{};
  std::string_view version;
  for (const protocol::QueryParam& param : params) {
    if (param.name == "versionId") version = param.value;
  }
  access_log_->Note({.exchange = exchange,
                     .bucket = *bucket,
                     .key = address.key,
                     .marker = SubresourceOf(params),
                     .version = version,
                     .time = clock_.Now(),
                     .taken = std::chrono::steady_clock::now() - begun});
}

Call S3Service::Read(protocol::Exchange& exchange, protocol::S3Host host) {
  const protocol::HttpRequest& request = exchange.request;
  return Call{*this, exchange, ParseAddress(std::move(host), request.path), ReadQuery(request.query)};
}

S3Service::Handler S3Service::FindHandler(Call& call) {
  protocol::Exchange& exchange = call.exchange;
  const Route& route = FindRoute(exchange.request.method, call.address.level, call.query, exchange.request);
  exchange.operation = route.operation;
  call.action = actions_[static_cast<std::size_t>(&route - Routes().data())];
  const Handler handler = handlers_[static_cast<std::size_t>(&route - Routes().data())];
  if (handler == nullptr) throw OperationNotImplemented(route.operation);
  exchange.response.headers.reserve(640);
  AddCommonHeaders(exchange);
  return handler;
}

void RenderError(const protocol::AwsError& error, protocol::Exchange& exchange) {
  // S3's own names for a body that never came or broke off.
  if (error.kind().code == protocol::kRequestTimeoutException.code) {
    return RenderError(AwsError(kRequestTimeout,
                                "Your socket connection to the server was not read from or written to within "
                                "the timeout period. Idle connections will be closed."),
                       exchange);
  }
  if (error.kind().code == protocol::kRequestAbortedException.code) {
    return RenderError(AwsError(protocol::kIncompleteBody,
                                "You did not provide the number of bytes specified by the Content-Length "
                                "HTTP header."),
                       exchange);
  }
  const bool internal = error.kind().code == protocol::kInternalFailure.code;
  const std::string_view code = internal ? kInternalError.code : error.kind().code;
  const std::string_view message =
      internal ? std::string_view("We encountered an internal error. Please try again.") : error.message();
  exchange.error_code = code;
  exchange.error_message = message;
  protocol::HttpResponse& response = exchange.response;
  response = {};
  response.status = error.kind().status;
  response.close_connection = IsOfBrokenBody(code);
  AddCommonHeaders(exchange);
  response.AddHeader("Content-Type", "application/xml");
  if (exchange.request.method == "HEAD") return;
  response.body = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  protocol::XmlWriter xml(response.body);
  xml.Open("Error");
  xml.Element("Code", code);
  xml.Element("Message", message);
  for (const auto& [name, value] : error.extra()) xml.Element(name, value);
  xml.Element("RequestId", exchange.context.request_id);
  xml.Element("HostId", protocol::Base64Encode(exchange.context.request_id));
  xml.Close("Error");
}

runtime::Task<void> S3Service::Reset(services::ResetScope scope) {
  runtime::Task<Blobs> reset = buckets_.Reset(scope.account.value_or(""), scope.region.value_or(""));
  Blobs blobs = co_await reset;
  content_.Discard(std::move(blobs));
  runtime::Task<void> control = control_.Reset(scope.account.value_or(""), scope.region.value_or(""));
  co_await control;
}

}  // namespace cumulite::s3
