#include "services/s3/select/answer.h"

#include "protocol/event_stream.h"
#include "protocol/xml_writer.h"
#include "services/s3/select/errors.h"
#include "services/s3/select/input.h"
#include "services/s3/select/output.h"

namespace cumulite::s3::select {
namespace {

constexpr std::size_t kRecordsBytes = 128 * 1024;  // of one Records message, more or less
constexpr std::size_t kMaxDocumentBytes = 32 << 20;
constexpr std::size_t kMaxLineBytes = 1 << 20;
constexpr std::uint64_t kProgressBytes = 8 << 20;

std::unique_ptr<RecordReader> MakeReader(const SelectRequest& request, const Query& query) {
  if (request.csv_input) return std::make_unique<CsvReader>(request.input);
  return std::make_unique<JsonReader>(query.from, request.lines ? kMaxLineBytes : kMaxDocumentBytes);
}

class Answer final : public protocol::BodySource {
 public:
  Answer(SelectRequest request, Query query, std::unique_ptr<protocol::BodySource> input, std::uint64_t first,
         base::TimePoint now, runtime::Workers& workers)
      : request_(std::move(request)),
        query_(std::move(query)),
        input_(std::move(input)),
        first_(first),
        now_(now),
        workers_(workers),
        reader_(MakeReader(request_, query_)),
        aggregation_(query_.aggregates) {
    if (request_.packing) unpacker_.emplace(*request_.packing);
    skips_line_ = first_ != 0;
  }

  runtime::Task<std::string_view> Read() override {
    out_.clear();
    while (out_.empty() && !done_) {
      std::string_view piece;
      if (!satisfied_) {
        runtime::Task<std::string_view> reading = input_->Read();
        piece = co_await reading;
      }
      const auto work = [this, piece] { Process(piece); };
      runtime::Task<void> working = workers_.Run(work);
      co_await working;
    }
    co_return std::string_view(out_);
  }

 private:
  /// An empty piece is the end. Errors become a message: the head of the answer is gone already.
  void Process(std::string_view piece) {
    try {
      if (piece.empty()) {
        Finish();
      } else {
        Take(piece);
      }
    } catch (const AwsError& error) {
      FlushRecords();
      protocol::AppendEventMessage(out_,
                                   {{":error-code", error.kind().code},
                                    {":error-message", error.message()},
                                    {":message-type", "error"}},
                                   {});
      done_ = true;
    }
  }

  void Take(std::string_view piece) {
    scanned_ += piece.size();
    if (!unpacker_) {
      Feed(piece);
    } else {
      const bool sound = unpacker_->Feed(piece, [this](std::string_view unpacked) {
        Feed(unpacked);
        return !satisfied_;
      });
      if (!sound) {
        throw AwsError(
            kInvalidCompressionFormat,
            "The file is not in a supported compression format. Only GZIP and BZIP2 are supported.");
      }
    }
    if (records_.size() >= kRecordsBytes) FlushRecords();
    if (request_.progress && scanned_ - told_ >= kProgressBytes) {
      told_ = scanned_;
      FlushRecords();
      AppendCounts("Progress");
    }
  }

  void Feed(std::string_view piece) {
    processed_ += piece.size();
    if (skips_line_) {
      // The range begins within a record, or just behind one: that is told by the byte before it.
      const std::string& delimiter = request_.csv_input ? request_.input.record_delimiter : kNewline;
      const std::size_t end = piece.find(delimiter.back());
      first_ += end == std::string_view::npos ? piece.size() : end + 1;
      if (end == std::string_view::npos) return;
      piece.remove_prefix(end + 1);
      skips_line_ = false;
    }
    reader_->Feed(piece);
    TakeRecords();
  }

  void TakeRecords() {
    while (!satisfied_ && reader_->Next(record_)) {
      if (request_.scan_end && request_.scan_start && first_ + reader_->position() > *request_.scan_end) {
        satisfied_ = true;
        return;
      }
      const Scope scope{.record = record_, .now = now_};
      if (query_.where && !Holds(*query_.where, scope)) continue;
      if (!query_.aggregates.empty()) {
        aggregation_.Add(scope);
        continue;
      }
      if (query_.limit && given_ >= *query_.limit) {
        satisfied_ = true;
        return;
      }
      WriteResult(request_, query_, scope, records_);
      ++given_;
      if (query_.limit && given_ >= *query_.limit) satisfied_ = true;
      if (records_.size() >= kRecordsBytes) FlushRecords();
    }
  }

  void Finish() {
    done_ = true;
    if (!satisfied_ && unpacker_ && scanned_ != 0 && !unpacker_->AtEnd()) {
      throw AwsError(kTruncatedInput,
                     "Object decompression failed. Check that the object is properly compressed.");
    }
    reader_->End();
    TakeRecords();
    if (!query_.aggregates.empty() && query_.limit.value_or(1) != 0) {
      const std::vector<Value> results = aggregation_.Results();
      const Record none;
      WriteResult(request_, query_, {.record = none, .aggregates = &results, .now = now_}, records_);
    }
    FlushRecords();
    if (request_.progress) AppendCounts("Progress");
    AppendCounts("Stats");
    protocol::AppendEventMessage(out_, {{":message-type", "event"}, {":event-type", "End"}}, {});
  }

  void FlushRecords() {
    if (records_.empty()) return;
    returned_ += records_.size();
    protocol::AppendEventMessage(out_,
                                 {{":message-type", "event"},
                                  {":content-type", "application/octet-stream"},
                                  {":event-type", "Records"}},
                                 records_);
    records_.clear();
  }

  void AppendCounts(std::string_view event) {
    std::string text;
    protocol::XmlWriter xml(text);
    xml.Open(event);
    xml.Element("BytesScanned", static_cast<std::int64_t>(scanned_));
    xml.Element("BytesProcessed", static_cast<std::int64_t>(processed_));
    xml.Element("BytesReturned", static_cast<std::int64_t>(returned_));
    xml.Close(event);
    protocol::AppendEventMessage(
        out_, {{":message-type", "event"}, {":content-type", "text/xml"}, {":event-type", event}}, text);
  }

  inline static const std::string kNewline = "\n";

  const SelectRequest request_;
  const Query query_;
  const std::unique_ptr<protocol::BodySource> input_;
  std::uint64_t first_;  // where in the object the reader's bytes begin
  const base::TimePoint now_;
  runtime::Workers& workers_;
  std::optional<protocol::Unpacker> unpacker_;
  const std::unique_ptr<RecordReader> reader_;
  Aggregation aggregation_;
  Record record_;
  std::string records_;  // results that are not in a message yet
  std::string out_;
  bool skips_line_ = false;
  bool satisfied_ = false;  // nothing that follows can be part of the result
  bool done_ = false;
  std::uint64_t given_ = 0;
  std::uint64_t scanned_ = 0;
  std::uint64_t told_ = 0;
  std::uint64_t processed_ = 0;
  std::uint64_t returned_ = 0;
};

}  // namespace

std::unique_ptr<protocol::BodySource> MakeAnswer(SelectRequest request, Query query,
                                                 std::unique_ptr<protocol::BodySource> input,
                                                 std::uint64_t first, base::TimePoint now,
                                                 runtime::Workers& workers) {
  return std::make_unique<Answer>(std::move(request), std::move(query), std::move(input), first, now,
                                  workers);
}

}  // namespace cumulite::s3::select
