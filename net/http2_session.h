#pragma once
#include <memory>

#include "net/connection.h"
#include "net/front.h"
#include "net/http2_connection.h"
#include "protocol/exchange.h"

namespace cumulite::net {

class Http2Request;

/// A client's connection that speaks HTTP/2: serves its streams beside one another, each as one request of
/// the front's handler.
///
/// Parallel requests, requests in all, heads, waiting bytes and the patience with frames that ask for nothing
/// are bounded. Thread: the connection's loop.
/// Source: RFC 9113; User Guide "Listeners for your Application Load Balancers" (128 parallel, 10 000 in
/// all).
class Http2Session final : public Http2Connection {
 public:
  /// All outlive it.
  Http2Session(Connection& connection, IoLoop& loop, const Front& front, protocol::ConnectionInfo& info);

  /// Until the connection is over; true when both sides agreed on that.
  runtime::Task<bool> Run();
  /// The server stops: no new streams, long waits are cut short.
  void Finish();

 private:
  // Http2Connection
  std::shared_ptr<Http2Stream> Begin(std::int32_t id) override;
  void OnFirstStream() override { connection_.ClearDeadline(); }
  void OnLastStream() override { connection_.SetDeadline(connection_.timeouts.idle); }
  bool Hold(Http2Stream& stream, std::size_t bytes) override;
  void Serve(std::shared_ptr<Http2Stream> stream) override;

  runtime::Task<void> ServeRequest(std::shared_ptr<Http2Request> stream);
  runtime::Task<void> HandleRequest(Http2Request& stream);
  runtime::Task<bool> Handle(protocol::Exchange& exchange);
  runtime::Task<void> Answer(Http2Request& stream, const protocol::HttpRequest& request,
                             protocol::HttpResponse& response);
  runtime::Task<bool> SendBody(Http2Request& stream, protocol::HttpResponse& response);
  runtime::Task<bool> SendFile(Http2Request& stream, const protocol::FileSegment& file, bool last);
  runtime::Task<bool> StreamBody(Http2Request& stream, protocol::BodySource& source);

  Connection& connection_;
  IoLoop& loop_;
  const Front& front_;
  protocol::ConnectionInfo& info_;
  bool finishing_ = false;
  bool going_away_ = false;
};

}  // namespace cumulite::net
