#include "services/s3/select/input.h"

#include <algorithm>

#include "services/s3/select/errors.h"

namespace cumulite::s3::select {
namespace {

constexpr std::size_t kMaxRecordBytes = 1 << 20;
constexpr std::size_t kMaxFields = 16'384;

AwsError TooLong() {
  return AwsError(
      kOverMaxRecordSize,
      "The length of a record in the input or result is greater than the maxCharsPerRecord limit of 1 MB.");
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

}  // namespace

void RecordReader::Feed(std::string_view piece) {
  buffer_.erase(0, at_);
  dropped_ += at_;
  at_ = 0;
  buffer_ += piece;
}

bool CsvReader::Next(Record& record) {
  record.is_csv = true;
  for (;;) {
    const std::size_t start = at_;
    record.fields.clear();
    const std::size_t pending = buffer_.size() - start;
    if (pending == 0 || (pending < wanted_ && !ended_)) return false;
    if (!ReadFields(record.fields)) {
      at_ = start;
      if (pending > kMaxRecordBytes) throw TooLong();
      wanted_ = 2 * pending;
      return false;
    }
    wanted_ = 0;
    if (at_ - start > kMaxRecordBytes) throw TooLong();
    position_ = dropped_ + start;
    if (!format_.comment.empty() && std::string_view(buffer_).substr(start).starts_with(format_.comment))
      continue;
    if (record.fields.size() == 1 && record.fields[0].empty()) continue;  // an empty line
    if (std::exchange(skips_header_, false)) {
      header_ = record.fields;
      continue;
    }
    record.header = format_.header == CsvFormat::Header::kUse ? &header_ : nullptr;
    return true;
  }
}

bool CsvReader::ReadFields(std::vector<std::string>& fields) {
  for (bool last = false; !last;) {
    if (fields.size() == kMaxFields) throw AwsError(kCSVParsingError, "A record has too many fields.");
    if (!ReadField(fields.emplace_back(), last)) return false;
  }
  return true;
}

bool CsvReader::ReadField(std::string& field, bool& last) {
  const std::string_view text = buffer_;
  const auto at_delimiter = [&](const std::string& delimiter) {
    return text.substr(at_).starts_with(delimiter);
  };
  if (format_.quote != 0 && at_ < text.size() && text[at_] == format_.quote) {
    ++at_;
    for (;; ++at_) {
      if (at_ >= text.size()) {
        if (!ended_) return false;
        throw AwsError(kCSVParsingError, "Encountered an error parsing the CSV file: a quote is not closed.");
      }
      const char c = text[at_];
      if (c == format_.escape && at_ + 1 >= text.size() && !ended_) return false;
      const bool escapes = format_.escape != 0 && c == format_.escape && at_ + 1 < text.size() &&
                           (text[at_ + 1] == format_.quote ||
                            (format_.escape != format_.quote && text[at_ + 1] == format_.escape));
      if (escapes) {
        field += text[++at_];
        continue;
      }
      if (c == format_.quote) break;
      if (!format_.quoted_delimiters && at_delimiter(format_.record_delimiter)) {
        last = true;  // the quote ends with the line
        at_ += format_.record_delimiter.size();
        return true;
      }
      field += c;
    }
    ++at_;
  }
  for (;; ++at_) {
    // A delimiter of two bytes may be cut by the end of the piece.
    const std::size_t ahead = std::max(format_.field_delimiter.size(), format_.record_delimiter.size());
    if (at_ + ahead > text.size() && !ended_) return false;
    if (at_ >= text.size()) {
      last = true;
      return true;
    }
    if (at_delimiter(format_.record_delimiter)) {
      last = true;
      at_ += format_.record_delimiter.size();
      return true;
    }
    if (at_delimiter(format_.field_delimiter)) {
      at_ += format_.field_delimiter.size();
      return true;
    }
    field += text[at_];
  }
}

JsonReader::JsonReader(Path from, std::size_t max_bytes) : from_(std::move(from)), max_bytes_(max_bytes) {
  // "S3Object[*]" is every value of the input, as "S3Object" is.
  if (!from_.empty() && from_[0].kind == PathStep::Kind::kEach) from_.erase(from_.begin());
}

bool JsonReader::Next(Record& record) {
  record.is_csv = false;
  while (waiting_.empty()) {
    Value value;
    if (!NextValue(value)) return false;
    Expand(value, 0);
    std::reverse(waiting_.begin(), waiting_.end());
  }
  record.value = std::move(waiting_.back());
  waiting_.pop_back();
  return true;
}

void JsonReader::Expand(const Value& value, std::size_t step) {
  if (step == from_.size()) {
    waiting_.push_back(value);
    return;
  }
  if (from_[step].kind != PathStep::Kind::kEach) return Expand(Step(value, from_[step]), step + 1);
  if (value.kind != Value::Kind::kList) return;
  for (const Value& element : *value.list) Expand(element, step + 1);
}

/// Behind the value that begins at at_; 0 when it does not end in the buffer.
std::size_t JsonReader::EndOfValue() {
  for (; at_ + scanned_ < buffer_.size(); ++scanned_) {
    const char c = buffer_[at_ + scanned_];
    if (in_string_) {
      if (escaped_) {
        escaped_ = false;
      } else if (c == '\\') {
        escaped_ = true;
      } else if (c == '"') {
        in_string_ = false;
        if (depth_ == 0) return at_ + scanned_ + 1;
      }
    } else if (c == '"') {
      in_string_ = true;
    } else if (c == '{' || c == '[') {
      ++depth_;
    } else if (c == '}' || c == ']') {
      if (--depth_ <= 0) return at_ + scanned_ + 1;
    } else if (depth_ == 0 && IsBlank(c)) {
      return at_ + scanned_;
    }
  }
  return ended_ ? buffer_.size() : 0;
}

bool JsonReader::NextValue(Value& value) {
  if (scanned_ == 0) {
    while (at_ < buffer_.size() && IsBlank(buffer_[at_])) ++at_;
  }
  if (at_ == buffer_.size()) return false;
  const std::size_t end = EndOfValue();
  if ((end == 0 ? buffer_.size() : end) - at_ > max_bytes_) throw TooLong();
  if (end == 0) return false;
  try {
    value = ParseJson(std::string_view(buffer_).substr(at_, end - at_));
  } catch (const AwsError&) {
    throw AwsError(kJSONParsingError,
                   "Encountered an error parsing the JSON file. Check the file and try again.");
  }
  position_ = dropped_ + at_;
  at_ = end;
  scanned_ = 0;
  depth_ = 0;
  in_string_ = escaped_ = false;
  return true;
}

}  // namespace cumulite::s3::select
