#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "services/s3/select/evaluate.h"
#include "services/s3/select/request.h"

namespace cumulite::s3::select {

/// Cuts what is fed to it into records. Holds one record and one piece, and no record of more than 1 MiB (a
/// JSON document: 32 MiB).
/// Errors: OverMaxRecordSize, CSVParsingError, JSONParsingError.
class RecordReader {
 public:
  virtual ~RecordReader() = default;
  void Feed(std::string_view piece);
  /// No more is to come.
  void End() { ended_ = true; }
  /// The next record; false when more must be fed first, or all was read. Valid until the next call.
  virtual bool Next(Record& record) = 0;
  /// Where the record given last begins in all that was fed.
  std::uint64_t position() const { return position_; }

 protected:
  std::string buffer_;
  std::size_t at_ = 0;         // in buffer_: what was not given yet
  std::uint64_t dropped_ = 0;  // bytes that were before buffer_
  std::uint64_t position_ = 0;
  bool ended_ = false;
};

class CsvReader final : public RecordReader {
 public:
  explicit CsvReader(CsvFormat format) : format_(std::move(format)) {
    skips_header_ = format_.header != CsvFormat::Header::kNone;
  }
  bool Next(Record& record) override;

 private:
  bool ReadFields(std::vector<std::string>& fields);
  /// False when the field does not end in the buffer.
  bool ReadField(std::string& field, bool& last);

  const CsvFormat format_;
  // A record that was cut is begun anew, so only once there is twice as much: pieces may be tiny.
  std::size_t wanted_ = 0;
  bool skips_header_ = false;
  std::vector<std::string> header_;
};

class JsonReader final : public RecordReader {
 public:
  /// `from`: the steps behind S3Object. `max_bytes`: of one value.
  JsonReader(Path from, std::size_t max_bytes);
  bool Next(Record& record) override;

 private:
  bool NextValue(Value& value);
  void Expand(const Value& value, std::size_t step);
  std::size_t EndOfValue();

  Path from_;
  const std::size_t max_bytes_;
  std::vector<Value> waiting_;  // records of the last value, the next one at the end
  // How far the value at hand has been looked through.
  std::size_t scanned_ = 0;
  int depth_ = 0;
  bool in_string_ = false;
  bool escaped_ = false;
};

}  // namespace cumulite::s3::select
