#pragma once
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "config/settings.h"
#include "server/server.h"
#include "tests/support/temporary_directory.h"
#include "tests/support/wire/client.h"

namespace cumulite::testing {

/// A real server in this process on a free port and a fresh directory, under a clock that stands still at
/// 2026-01-02T03:04:05Z until a test advances it.
class WireTest : public ::testing::Test {
 protected:
  void SetUp() override { StartServer(); }

  /// What the test wants other than the defaults; called by StartServer.
  virtual void Configure([[maybe_unused]] config::Settings& settings) {}

  void StartServer();
  void StopServer() { server_.reset(); }
  void RestartServer() {
    StopServer();
    StartServer();
  }
  std::uint16_t port() const { return server_->ports().front(); }

  /// Sends raw bytes on a connection of their own and reads one answer.
  Reply Send(std::string_view bytes) const;
  /// Builds a request: adds Host and Content-Length, sends it, reads the answer.
  Reply Request(std::string_view method, std::string_view target, std::string_view body = {},
                std::vector<std::pair<std::string, std::string>> headers = {}) const;
  /// AWS JSON: X-Amz-Target and content type, permissive credentials of the default account.
  Reply Json(std::string_view target, std::string_view body, std::string_view version = "1.0") const;
  /// AWS Query: a form POST to `path`.
  Reply Query(std::string_view form, std::string_view path = "/") const;

  base::Clock clock_{std::chrono::sys_days{std::chrono::January / 2 / 2026} + std::chrono::hours(3) +
                     std::chrono::minutes(4) + std::chrono::seconds(5)};
  const test_support::TemporaryDirectory directory_;

 private:
  std::unique_ptr<server::Server> server_;
};

/// A whole request as bytes; Host and Content-Length are added unless given.
std::string MakeRequest(std::string_view method, std::string_view target, std::string_view body,
                        const std::vector<std::pair<std::string, std::string>>& headers);

/// An Authorization header that permissive mode accepts: `service` decides where the request goes.
std::pair<std::string, std::string> Signed(std::string_view service, std::string_view region = "us-east-1",
                                           std::string_view access_key = "test");

}  // namespace cumulite::testing
