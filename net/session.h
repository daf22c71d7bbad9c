#pragma once
#include <coroutine>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include "net/connection.h"
#include "net/front.h"
#include "net/message_parser.h"
#include "net/request_body.h"
#include "net/watched.h"
#include "protocol/exchange.h"

namespace cumulite::net {

class Http2Session;
class IoLoop;

/// One client's connection: reads requests one after the other, hands each to its handler and writes its
/// answer.
///
/// Buffers, parser memory and the answer's string are kept from request to request. Pipelined requests are
/// answered in order because the next one is not looked at before the last answer has gone out.
/// Thread: lives and dies on its loop.
class Session final : public Watched, public std::enable_shared_from_this<Session> {
 public:
  Session(boost::asio::ip::tcp::socket socket, IoLoop& loop, std::shared_ptr<const Front> front);
  ~Session() override;

  /// Serves until the client leaves, misbehaves or the server stops; keeps itself alive meanwhile.
  void Start();
  const Front& front() const { return *front_; }

  // Watched
  Deadline deadline() const override { return connection_.deadline; }
  bool Expired(Deadline now) override;
  /// The client was too slow, or the time to finish is over.
  void Abort() override;
  /// Ends after the answer at hand; at once when there is none. Long waits are cut short.
  void Finish() override;

 private:
  class WatchAwaiter;
  class Bytes;
  /// How the end of an answer's body is told.
  struct AnswerFraming {
    bool keep_alive = false;
    bool http10 = false;  // such a client knows no chunks: a body of unknown length ends with its connection

    bool ends_with_connection(const protocol::HttpRequest& request,
                              const protocol::HttpResponse& response) const;
  };

  static runtime::Task<void> Run(std::shared_ptr<Session> self);
  runtime::Task<void> Converse();
  runtime::Task<bool> Begin();
  runtime::Task<void> SpeakHttp2();
  runtime::Task<std::size_t> ReadHead();
  runtime::Task<bool> ReceiveMore(Connection::Deadline until);
  runtime::Task<bool> ServeRequest(std::size_t head_size);
  runtime::Task<bool> Handle(protocol::Exchange& exchange);
  runtime::Task<bool> Conclude(protocol::Exchange& exchange, RequestBody& body, const RequestParser& parser,
                               bool open);
  runtime::Task<void> EndReading(RequestBody& body);
  runtime::Task<void> SwitchProtocols(protocol::Exchange& exchange, RequestBody& body);
  runtime::Task<void> HandOver(protocol::Takeover& handler);
  runtime::Task<bool> Answer(const protocol::HttpRequest& request, protocol::HttpResponse& response,
                             AnswerFraming framing);
  runtime::Task<bool> SendBody(protocol::HttpResponse& response);
  runtime::Task<bool> SendPiece(std::string_view piece, std::string_view end);
  runtime::Task<bool> StreamBody(protocol::BodySource& source, bool chunked);
  runtime::Task<void> Refuse(int status, std::string_view code, std::string_view message);
  runtime::Task<void> RefuseMalformed();
  runtime::Task<void> Linger();
  void WriteHead(const protocol::HttpRequest& request, const protocol::HttpResponse& response,
                 const AnswerFraming& framing);
  void WatchForDisconnect(const RequestBody& body);

  const std::shared_ptr<const Front> front_;
  Connection connection_;
  IoLoop& loop_;
  std::list<Watched*>::iterator position_;
  protocol::ConnectionInfo info_;
  RequestParser::Head head_;
  std::string out_;
  runtime::Cancel* cancel_ = nullptr;  // of the request being handled
  Http2Session* http2_ = nullptr;      // while the connection speaks that
  std::size_t read_ahead_ = 0;         // what the longest request so far would have needed, within bounds
  std::uint64_t sent_at_last_look_ = 0;
  bool watching_ = false;                 // a read is out that tells us of a disconnect
  std::coroutine_handle<> watch_waiter_;  // who waits for that read to end
  bool disconnected_ = false;
  bool finishing_ = false;
  bool answering_ = false;  // an answer is going out: late only when no byte of it moves
  bool idle_ = true;        // no request at hand
};

}  // namespace cumulite::net
