#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "protocol/exchange.h"
#include "protocol/memory_body.h"
#include "server/service_slot.h"

namespace cumulite::server {

/// A request to S3 that comes over no connection, with all that it refers to: S3 does with it what it does
/// with a client's.
/// Thread: an I/O thread.
class S3Request {
 public:
  struct What {
    std::string_view method;
    std::string bucket;
    std::string key = {};
    std::string query = {};
    std::string owner = {};  // the bucket must be this account's; empty: whose it is does not matter
  };
  /// `bytes` and `content_type` outlive it.
  S3Request(protocol::Identity identity, bool strict, const What& what, std::string_view bytes = {},
            std::string_view content_type = {});
  S3Request(const S3Request&) = delete;
  S3Request& operator=(const S3Request&) = delete;

  /// False when S3 could not be asked, which is logged; else exchange() has the answer.
  runtime::Task<bool> Ask(ServiceSlot& s3);

  protocol::Exchange& exchange() { return exchange_; }
  int status() const { return exchange_.response.status; }

 private:
  const std::string path_;
  const std::string query_;
  const std::string target_;
  const std::string length_;
  const std::string owner_;
  std::vector<protocol::HeaderField> fields_;
  protocol::HttpRequest head_;
  protocol::MemoryBody body_;
  protocol::Exchange exchange_{.request = head_, .body = body_};
};

}  // namespace cumulite::server
