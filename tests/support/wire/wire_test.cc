#include "tests/support/wire/wire_test.h"

#include <algorithm>

namespace cumulite::testing {

void WireTest::StartServer() {
  config::Settings settings;
  settings.listen = {{"127.0.0.1", 0}};
  settings.data_dir = (directory_.path() / "data").string();
  settings.threads = 2;
  Configure(settings);
  server_ = std::make_unique<server::Server>(settings, clock_);
}

Reply WireTest::Send(std::string_view bytes) const {
  Client client(port());
  client.Send(bytes);
  return client.Read(bytes.starts_with("HEAD ")).value_or(Reply{});
}

Reply WireTest::Request(std::string_view method, std::string_view target, std::string_view body,
                        std::vector<std::pair<std::string, std::string>> headers) const {
  return Send(MakeRequest(method, target, body, headers));
}

Reply WireTest::Json(std::string_view target, std::string_view body, std::string_view version) const {
  return Request("POST", "/", body,
                 {{"X-Amz-Target", std::string(target)},
                  {"Content-Type", "application/x-amz-json-" + std::string(version)}});
}

Reply WireTest::Query(std::string_view form, std::string_view path) const {
  return Request("POST", path, form, {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"}});
}

std::string MakeRequest(std::string_view method, std::string_view target, std::string_view body,
                        const std::vector<std::pair<std::string, std::string>>& headers) {
  const auto has = [&](std::string_view name) {
    return std::ranges::any_of(headers, [&](const auto& header) { return header.first == name; });
  };
  std::string bytes = std::string(method) + " " + std::string(target) + " HTTP/1.1\r\n";
  if (!has("Host")) bytes += "Host: localhost\r\n";
  for (const auto& [name, value] : headers) bytes += name + ": " + value + "\r\n";
  const bool counted = !body.empty() || method == "POST" || method == "PUT";
  if (counted && !has("Content-Length") && !has("Transfer-Encoding")) {
    bytes += "Content-Length: " + std::to_string(body.size()) + "\r\n";
  }
  return bytes + "\r\n" + std::string(body);
}

std::pair<std::string, std::string> Signed(std::string_view service, std::string_view region,
                                           std::string_view access_key) {
  return {"Authorization",
          "AWS4-HMAC-SHA256 Credential=" + std::string(access_key) + "/20260102/" + std::string(region) +
              "/" + std::string(service) +
              "/aws4_request, SignedHeaders=host;x-amz-date, Signature=" + std::string(64, '0')};
}

}  // namespace cumulite::testing
