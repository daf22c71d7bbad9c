#include "services/s3/object_attributes.h"

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "protocol/http.h"

namespace cumulite::s3 {
namespace {

void Add(std::string& text, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  if (!text.empty()) text += '&';
  text.append(name).append("=").append(protocol::PercentEncode(value));
}

void AddTime(std::string& text, std::string_view name, base::TimePoint time) {
  Add(text, name, std::to_string(std::min(time, base::Clock::kEnd).time_since_epoch().count()));
}

/// Between 0 and `most`.
std::int64_t Number(std::string_view text, std::int64_t most) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value < 0 || value > most) {
    throw std::invalid_argument("an attribute out of range: " + std::string(text));
  }
  return value;
}

template <class T>
T Enum(std::string_view text, T last) {
  return static_cast<T>(Number(text, static_cast<std::int64_t>(last)));
}

base::TimePoint Time(std::string_view text) {
  constexpr std::int64_t kEnd = base::Clock::kEnd.time_since_epoch().count();
  return base::TimePoint(base::TimePoint::duration(Number(text, kEnd)));
}

void AddEncryption(std::string& text, const Encryption& encryption) {
  if (encryption.kind != Encryption::Kind::kAes256) {
    Add(text, "sse", std::to_string(static_cast<int>(encryption.kind)));
  }
  if (encryption.seal != Seal::kNone) Add(text, "seal", std::to_string(static_cast<int>(encryption.seal)));
  if (encryption.bucket_key) Add(text, "bucket-key", "1");
  Add(text, "kms-key", encryption.kms_key);
  Add(text, "context", encryption.context);
  Add(text, "key-md5", encryption.customer_key_md5);
}

void Read(const protocol::QueryParam& param, ObjectAttributes& attributes) {
  const std::string_view name = param.name;
  const std::string& value = param.value;
  Encryption& encryption = attributes.encryption;
  if (name == "owner") attributes.owner = value;
  if (name == "class") attributes.storage_class = value;
  if (name == "sse") encryption.kind = Enum(value, Encryption::Kind::kCustomer);
  if (name == "seal") encryption.seal = Enum(value, Seal::kCustomer);
  if (name == "bucket-key") encryption.bucket_key = true;
  if (name == "kms-key") encryption.kms_key = value;
  if (name == "context") encryption.context = value;
  if (name == "key-md5") encryption.customer_key_md5 = value;
  if (name == "redirect") attributes.redirect = value;
  if (name == "tags") attributes.tags = value;
  if (name == "acl") attributes.acl = value;
  if (name == "governance") attributes.retention = Retention{RetentionMode::kGovernance, Time(value)};
  if (name == "compliance") attributes.retention = Retention{RetentionMode::kCompliance, Time(value)};
  if (name == "hold") attributes.legal_hold = value == "1";
  if (name == "replication") attributes.replication = value;
  if (name == "restored") attributes.restored = Time(value);
}

}  // namespace

std::string EncodeAttributes(const ObjectAttributes& attributes) {
  std::string text;
  Add(text, "owner", attributes.owner);
  Add(text, "class", attributes.storage_class);
  AddEncryption(text, attributes.encryption);
  Add(text, "redirect", attributes.redirect);
  Add(text, "tags", attributes.tags);
  Add(text, "acl", attributes.acl);
  if (attributes.retention) {
    const bool governance = attributes.retention->mode == RetentionMode::kGovernance;
    AddTime(text, governance ? "governance" : "compliance", attributes.retention->until);
  }
  if (attributes.legal_hold) Add(text, "hold", *attributes.legal_hold ? "1" : "0");
  Add(text, "replication", attributes.replication);
  if (attributes.restored) AddTime(text, "restored", *attributes.restored);
  return text;
}

ObjectAttributes DecodeAttributes(std::string_view text) {
  ObjectAttributes attributes;
  if (text.empty()) return attributes;
  const auto params = protocol::ParseQuery(text);
  if (!params) throw std::invalid_argument("not a list of attributes");
  for (const protocol::QueryParam& param : *params) Read(param, attributes);
  return attributes;
}

std::string_view ToString(RetentionMode mode) {
  return mode == RetentionMode::kGovernance ? "GOVERNANCE" : "COMPLIANCE";
}

std::optional<RetentionMode> ParseRetentionMode(std::string_view text) {
  if (text == "GOVERNANCE") return RetentionMode::kGovernance;
  if (text == "COMPLIANCE") return RetentionMode::kCompliance;
  return std::nullopt;
}

}  // namespace cumulite::s3
