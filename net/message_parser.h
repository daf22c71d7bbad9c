#pragma once
#include <boost/beast/http/basic_parser.hpp>
#include <list>
#include <string>
#include <vector>

#include "protocol/http.h"

namespace cumulite::net {

/// Parses HTTP/1.1 requests and answers with Beast's strict parser, but into views of the buffer that the
/// message stands in instead of Beast's header map: a field costs two views. Also decodes bodies.
///
/// The whole head must be given to the first put() and stay where it is. One object a message; the vectors
/// are lent by the caller so that they keep their memory. Thread: the connection's. Source: RFC 9112.
template <bool kIsRequest>
class MessageParser final : public boost::beast::http::basic_parser<kIsRequest> {
 public:
  /// What the parser fills; reused from message to message.
  struct Head {
    std::string_view method;  // requests
    std::string_view target;
    int status = 0;  // answers
    std::string_view reason;
    std::vector<protocol::HeaderField> fields;
    std::list<std::string> unfolded;  // values that Beast joined from several lines (obs-fold)

    protocol::HttpRequest Request() const;
    void Clear();
  };

  /// `bytes` is the region that the head stands in: values outside of it are Beast's own and get copied.
  MessageParser(Head& head, std::string_view bytes);

  /// Where the bytes of a chunked body go; without one, `piece` tells them.
  void set_body_sink(std::string* sink) { body_sink_ = sink; }
  /// The part of the body that the last put() came upon, a view into what was put; not eager() only.
  std::string_view piece() const { return piece_; }
  void clear_piece() { piece_ = {}; }
  /// How often the field was there.
  int hosts() const { return hosts_; }
  /// 10 or 11; of a request.
  int version() const { return version_; }

 private:
  using field = boost::beast::http::field;
  using verb = boost::beast::http::verb;
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;

  void on_request_impl(verb, string_view method, string_view target, int, error_code&) override;
  void on_response_impl(int status, string_view reason, int, error_code&) override;
  void on_field_impl(field, string_view name, string_view value, error_code&) override;
  void on_header_impl(error_code& error) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(string_view body, error_code&) override;
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override;
  void on_finish_impl(error_code&) override {}

  Head& head_;
  std::string_view bytes_;
  std::string* body_sink_ = nullptr;
  std::string_view piece_;
  bool has_transfer_encoding_ = false;
  int version_ = 11;
  int hosts_ = 0;
  int content_lengths_ = 0;
};

/// Looks for the empty line that ends a head.
struct HeadScan {
  enum class State { kMore, kFound, kBadLine };
  State state = State::kMore;
  std::size_t size = 0;  // kFound: of the head with its empty line
};

/// kBadLine: a line feed without its carriage return, or a line that begins with a blank (obs-fold). Either
/// is read differently by different parsers, which is what request smuggling lives on (RFC 9112 2.2, 5.2).
/// `searched` keeps the place from call to call over the same, growing bytes; 0 at first.
HeadScan ScanHead(std::string_view bytes, std::size_t& searched);

using RequestParser = MessageParser<true>;
using AnswerParser = MessageParser<false>;

}  // namespace cumulite::net
