#pragma once
#include <memory>
#include <span>
#include <string_view>

#include "base/clock.h"
#include "config/settings.h"
#include "net/http_client.h"
#include "net/listening.h"
#include "protocol/error.h"
#include "protocol/exchange.h"
#include "protocol/rpc.h"
#include "protocol/session.h"
#include "runtime/worker_pool.h"
#include "services/peers.h"
#include "services/service.h"
#include "services/storage/data_directory.h"

namespace cumulite::server {

/// What a service is opened with; all of it outlives the service.
struct Environment {
  const config::Settings& settings;
  const storage::DataDirectory& data;
  const base::Clock& clock;
  const protocol::SessionIssuer& sessions;
  services::Peers& peers;
  net::HttpClient& http;
  const std::shared_ptr<runtime::WorkerPool>& workers;
  const net::Listening* listening;  // null in unit tests: nothing listens
};

/// All that the server knows of a service before somebody calls it. The router's tables follow from it.
struct ServiceDescriptor {
  std::string_view
      name;  // in health, metrics, the log, the admin API; also a credential scope and host label
  /// Other names of it in credential scopes, and as the first label of a host.
  std::span<const std::string_view> aliases = {};
  /// What it speaks: the targets of AWS JSON and the versions of Query lead to it. None: S3's REST.
  std::span<const protocol::RpcModel* const> models = {};
  /// Query actions of links that it gives to people: they carry neither version nor signature.
  std::span<const std::string_view> link_actions = {};
  /// What the paths of unsigned requests to it begin with, which would be S3's else.
  std::span<const std::string_view> path_prefixes = {};
  /// "elb": requests to NAME.REGION.elb.anything are no calls of an API but Service::ServeHost's.
  std::string_view web_host = {};
  /// The database that it keeps below the data directory; empty: it keeps nothing.
  std::string_view file = {};
  /// Makes an error the answer to a request that the service itself does not get to see, as its clients
  /// expect it. Null: by the model.
  void (*render_error)(const protocol::AwsError& error, protocol::Exchange& exchange) = nullptr;
  /// Opens the service, on a worker. Errors: storage::StorageError.
  std::unique_ptr<services::Service> (*open)(const Environment& environment) = nullptr;
};

/// Every service of this server: a new one is a row here and nowhere else.
std::span<const ServiceDescriptor> ServiceTable();

}  // namespace cumulite::server
