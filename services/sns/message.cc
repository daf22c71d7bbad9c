#include "services/sns/message.h"

#include <cstring>
#include <stdexcept>

namespace cumulite::sns {
namespace {

constexpr char kVersion = 1;

class Writer {
 public:
  void Number(std::int64_t number) { out_.append(reinterpret_cast<const char*>(&number), sizeof number); }
  void Text(std::string_view text) {
    Number(static_cast<std::int64_t>(text.size()));
    out_ += text;
  }
  std::string Take() { return std::move(out_); }

 private:
  std::string out_{kVersion};
};

class Reader {
 public:
  explicit Reader(std::string_view in) : in_(in) {
    if (in_.empty() || in_.front() != kVersion) Fail();
    in_.remove_prefix(1);
  }
  std::int64_t Number() {
    std::int64_t number = 0;
    if (in_.size() < sizeof number) Fail();
    std::memcpy(&number, in_.data(), sizeof number);
    in_.remove_prefix(sizeof number);
    return number;
  }
  /// A count of things of at least eight bytes each.
  std::size_t Count() {
    const auto count = static_cast<std::size_t>(Number());
    if (count > in_.size() / sizeof(std::int64_t)) Fail();
    return count;
  }
  std::string Text() {
    const auto size = static_cast<std::size_t>(Number());
    if (size > in_.size()) Fail();
    std::string text(in_.substr(0, size));
    in_.remove_prefix(size);
    return text;
  }

 private:
  [[noreturn]] static void Fail() { throw std::runtime_error("sns.db: a stored message is damaged"); }
  std::string_view in_;
};

}  // namespace

const std::string& Message::BodyFor(std::string_view protocol) const {
  if (bodies.empty()) return body;
  const auto found = bodies.find(std::string(protocol));
  return found == bodies.end() ? body : found->second;
}

std::string Message::SequenceNumber() const {
  if (sequence == 0) return {};
  constexpr std::size_t kDigits = 20;
  const std::string digits = std::to_string(sequence);
  return "1" + std::string(kDigits - 1 - digits.size(), '0') + digits;
}

std::string EncodeShipment(const Message& message, std::span<const std::int64_t> recipients) {
  Writer out;
  for (const std::string* text :
       {&message.id, &message.topic_arn, &message.body, &message.subject, &message.group,
        &message.deduplication_id, &message.trace_header, &message.address}) {
    out.Text(*text);
  }
  for (const std::int64_t number :
       {message.sequence, static_cast<std::int64_t>(message.published.time_since_epoch().count()),
        static_cast<std::int64_t>(message.signature_version_2), static_cast<std::int64_t>(message.strict),
        static_cast<std::int64_t>(message.replayed)}) {
    out.Number(number);
  }
  out.Number(static_cast<std::int64_t>(message.bodies.size()));
  for (const auto& [protocol, body] : message.bodies) {
    out.Text(protocol);
    out.Text(body);
  }
  out.Number(static_cast<std::int64_t>(message.attributes.size()));
  for (const Message::Attribute& attribute : message.attributes) {
    out.Text(attribute.name);
    out.Text(attribute.type);
    out.Text(attribute.value);
  }
  out.Number(static_cast<std::int64_t>(recipients.size()));
  for (const std::int64_t recipient : recipients) out.Number(recipient);
  return out.Take();
}

Shipment DecodeShipment(std::string_view encoded) {
  Reader in(encoded);
  Shipment shipment;
  Message& message = shipment.message;
  for (std::string* text : {&message.id, &message.topic_arn, &message.body, &message.subject, &message.group,
                            &message.deduplication_id, &message.trace_header, &message.address}) {
    *text = in.Text();
  }
  message.sequence = in.Number();
  message.published = base::TimePoint(std::chrono::milliseconds(in.Number()));
  message.signature_version_2 = in.Number() != 0;
  message.strict = in.Number() != 0;
  message.replayed = in.Number() != 0;
  for (std::size_t left = in.Count(); left > 0; --left) {
    std::string protocol = in.Text();
    message.bodies[std::move(protocol)] = in.Text();
  }
  for (std::size_t left = in.Count(); left > 0; --left) {
    Message::Attribute& attribute = message.attributes.emplace_back();
    attribute.name = in.Text();
    attribute.type = in.Text();
    attribute.value = in.Text();
  }
  shipment.recipients.resize(in.Count());
  for (std::int64_t& recipient : shipment.recipients) recipient = in.Number();
  return shipment;
}

}  // namespace cumulite::sns
