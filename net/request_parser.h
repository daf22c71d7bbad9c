#pragma once
#include <boost/beast/http/basic_parser.hpp>
#include <list>
#include <string>
#include <vector>

#include "protocol/http.h"

namespace cumulite::net {

/// Parses HTTP/1.1 requests with Beast's strict parser, but into views of the buffer that the request stands
/// in instead of Beast's header map: a field costs two views. Also decodes chunked bodies.
///
/// The whole head must be given to the first put() and stay where it is. One object a request; the vectors
/// are lent by the session so that they keep their memory. Thread: the session's. Source: RFC 9112.
class RequestParser final : public boost::beast::http::basic_parser<true> {
 public:
  /// What the parser fills; reused from request to request.
  struct Head {
    std::string_view method;
    std::string_view target;
    std::vector<protocol::HeaderField> fields;
    std::list<std::string> unfolded;  // values that Beast joined from several lines (obs-fold)

    protocol::HttpRequest Request() const;
    void Clear();
  };

  /// `bytes` is the region that the head stands in: values outside of it are Beast's own and get copied.
  RequestParser(Head& head, std::string_view bytes);

  /// Where the bytes of a chunked body go.
  void set_body_sink(std::string* sink) { body_sink_ = sink; }

 private:
  using field = boost::beast::http::field;
  using verb = boost::beast::http::verb;
  using error_code = boost::beast::error_code;
  using string_view = boost::beast::string_view;

  void on_request_impl(verb, string_view method, string_view target, int, error_code&) override;
  void on_response_impl(int, string_view, int, error_code&) override {}
  void on_field_impl(field, string_view name, string_view value, error_code&) override;
  void on_header_impl(error_code& error) override;
  void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override {}
  std::size_t on_body_impl(string_view body, error_code&) override { return body.size(); }
  void on_chunk_header_impl(std::uint64_t, string_view, error_code&) override {}
  std::size_t on_chunk_body_impl(std::uint64_t, string_view body, error_code&) override;
  void on_finish_impl(error_code&) override {}

  Head& head_;
  std::string_view bytes_;
  std::string* body_sink_ = nullptr;
  bool has_transfer_encoding_ = false;
};

}  // namespace cumulite::net
