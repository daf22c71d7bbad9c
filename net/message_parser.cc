#include "net/message_parser.h"

#include <cstring>
#include <limits>

namespace cumulite::net {
namespace {
std::string_view View(boost::beast::string_view text) { return {text.data(), text.size()}; }
}  // namespace

template <bool kIsRequest>
protocol::HttpRequest MessageParser<kIsRequest>::Head::Request() const {
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

template <bool kIsRequest>
void MessageParser<kIsRequest>::Head::Clear() {
  fields.clear();
  unfolded.clear();
}

template <bool kIsRequest>
MessageParser<kIsRequest>::MessageParser(Head& head, std::string_view bytes) : head_(head), bytes_(bytes) {
  this->header_limit(
      std::numeric_limits<std::uint32_t>::max());  // the session limits the head before it is parsed
  this->body_limit(boost::none);                   // and operations limit their bodies
}

template <bool kIsRequest>
void MessageParser<kIsRequest>::on_request_impl(verb, string_view method, string_view target, int version,
                                                error_code&) {
  version_ = version;
  head_.method = View(method);
  head_.target = View(target);
}

template <bool kIsRequest>
void MessageParser<kIsRequest>::on_response_impl(int status, string_view reason, int, error_code&) {
  head_.status = status;
  head_.reason = View(reason);
}

template <bool kIsRequest>
void MessageParser<kIsRequest>::on_field_impl(field known_name, string_view name, string_view value,
                                              error_code&) {
  if (this->is_header_done()) return;
  has_transfer_encoding_ = has_transfer_encoding_ || known_name == field::transfer_encoding;
  hosts_ += known_name == field::host ? 1 : 0;
  content_lengths_ += known_name == field::content_length ? 1 : 0;
  std::string_view text = View(value);
  const bool in_place = text.data() >= bytes_.data() && text.data() <= bytes_.data() + bytes_.size();
  if (!in_place) text = head_.unfolded.emplace_back(text);
  head_.fields.push_back({View(name), text});
}

template <bool kIsRequest>
void MessageParser<kIsRequest>::on_header_impl(error_code& error) {
  // RFC 9112 6.3: where a body ends whose last coding is not chunked, nobody can tell.
  if (has_transfer_encoding_ && !this->chunked()) error = boost::beast::http::error::bad_transfer_encoding;
  // Even two that agree: somebody on the way may have read them as a list.
  if (content_lengths_ > 1) error = boost::beast::http::error::bad_content_length;
}

template <bool kIsRequest>
std::size_t MessageParser<kIsRequest>::on_body_impl(string_view body, error_code&) {
  piece_ = View(body);
  return body.size();
}

template <bool kIsRequest>
std::size_t MessageParser<kIsRequest>::on_chunk_body_impl(std::uint64_t, string_view body, error_code&) {
  piece_ = View(body);
  if (body_sink_ != nullptr) body_sink_->append(body.data(), body.size());
  return body.size();
}

HeadScan ScanHead(std::string_view bytes, std::size_t& searched) {
  const char* const begin = bytes.data();
  const char* const end = begin + bytes.size();
  const char* at = begin + searched;
  while (at < end) {
    const auto* line_feed =
        static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)));
    if (line_feed == nullptr) break;
    const auto size = static_cast<std::size_t>(line_feed + 1 - begin);
    if (size < 2 || line_feed[-1] != '\r') return {HeadScan::State::kBadLine};
    if (size >= 4 && line_feed[-2] == '\n') return {HeadScan::State::kFound, size};
    if (line_feed + 1 == end) {  // what the next line begins with is looked at when it is there
      searched = size - 1;
      return {};
    }
    if (line_feed[1] == ' ' || line_feed[1] == '\t') return {HeadScan::State::kBadLine};
    at = line_feed + 1;
  }
  searched = bytes.size();
  return {};
}

template class MessageParser<true>;
template class MessageParser<false>;

}  // namespace cumulite::net
