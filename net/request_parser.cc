#include "net/request_parser.h"

#include <limits>

namespace cumulite::net {
namespace {
std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }
}  // namespace

protocol::HttpRequest RequestParser::Head::Request() const {
  protocol::HttpRequest request;
  request.method = method;
  request.target = target;
  request.path = target;
  // Absolute-form (RFC 9112 3.2.2), as clients send it to a proxy: the path begins after the authority.
  if (!target.starts_with('/')) {
    if (const std::size_t scheme = target.find("://"); scheme != std::string_view::npos) {
      const std::size_t path = target.find('/', scheme + 3);
      request.path = path == std::string_view::npos ? std::string_view("/") : target.substr(path);
    }
  }
  if (const std::size_t query = request.path.find('?'); query != std::string_view::npos) {
    request.query = request.path.substr(query + 1);
    request.path = request.path.substr(0, query);
  }
  request.headers = fields;
  return request;
}

void RequestParser::Head::Clear() {
  fields.clear();
  unfolded.clear();
}

RequestParser::RequestParser(Head& head, std::string_view bytes) : head_(head), bytes_(bytes) {
  header_limit(std::numeric_limits<std::uint32_t>::max());  // the session limits the head before it is parsed
  body_limit(boost::none);                                  // and operations limit their bodies
}

void RequestParser::on_request_impl(verb, string_view method, string_view target, int, error_code&) {
  head_.method = View(method);
  head_.target = View(target);
}

void RequestParser::on_field_impl(field known_name, string_view name, string_view value, error_code&) {
  if (is_header_done()) return;
  has_transfer_encoding_ = has_transfer_encoding_ || known_name == field::transfer_encoding;
  std::string_view text = View(value);
  const bool in_place = text.data() >= bytes_.data() && text.data() <= bytes_.data() + bytes_.size();
  if (!in_place) text = head_.unfolded.emplace_back(text);
  head_.fields.push_back({View(name), text});
}

void RequestParser::on_header_impl(error_code& error) {
  // RFC 9112 6.3: where a body ends whose last coding is not chunked, nobody can tell.
  if (has_transfer_encoding_ && !chunked()) error = boost::beast::http::error::bad_transfer_encoding;
}

std::size_t RequestParser::on_chunk_body_impl(std::uint64_t, string_view body, error_code&) {
  if (body_sink_ != nullptr) body_sink_->append(body.data(), body.size());
  return body.size();
}

}  // namespace cumulite::net
