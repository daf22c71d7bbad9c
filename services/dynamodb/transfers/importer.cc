#include "services/dynamodb/transfers/importer.h"

#include "base/log.h"
#include "protocol/inflate.h"
#include "protocol/json_codec.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/errors.h"
#include "services/dynamodb/tables/remove_table.h"
#include "services/dynamodb/transfers/item_lines.h"
#include "services/object_source.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

using Source = services::ObjectSource;
using Outcome = Source::Outcome;

constexpr std::size_t kMaxRecordBytes = std::size_t{4} << 20;  // ten times the largest item
constexpr std::size_t kInflatedAtOnce = std::size_t{256} << 10;
constexpr std::size_t kItemsOfOneJob = 100;

TransferFailure FailureOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kNoBucket:
      return {"S3NoSuchBucket", "The specified bucket does not exist"};
    case Outcome::kNoObject:
      return {"S3NoSuchKey", "The specified key does not exist."};
    case Outcome::kDenied:
    case Outcome::kRejected:
      return {"S3AccessDenied", "Access Denied"};
    default:
      return {"InternalServerError", "The objects could not be read"};
  }
}

constexpr TransferFailure kInvalidItems{
    "ItemValidationError",
    "Some of the items failed validation checks and were not imported. Please "
    "check CloudWatch error logs for more details."};

/// One import on its way.
class Import {
 public:
  Import(DynamoDbService& dynamodb, Transfer transfer) : dynamodb_(dynamodb), transfer_(std::move(transfer)) {
    protocol::DecodeStoredJson(transfer_.record, &record_, ImportRecord::Describe());
    const ImportTableDescription& about = record_.description;
    csv_ = about.input_format == "CSV";
    packed_ = about.input_compression_type == "GZIP";
    if (!csv_ || !about.input_format_options || !about.input_format_options->csv) return;
    const CsvOptions& options = *about.input_format_options->csv;
    if (options.delimiter) delimiter_ = options.delimiter->front();
    headers_given_ = !options.header_list.empty();
    headers_ = options.header_list;
  }

  runtime::Task<void> Run() {
    table_ = dynamodb_.tables().FindById(record_.table);
    if (table_ == nullptr) failure_ = {"TableNotFound", "The table is gone"};
    std::string after;
    bool more = table_ != nullptr;
    bool any = false;
    while (more) {
      runtime::Task<Source::Listing> listing = dynamodb_.buckets().source->ListObjects(
          Reader(), Bucket(), record_.description.s3_bucket_source->s3_key_prefix.value_or(""), after);
      const Source::Listing page = co_await listing;
      if (page.outcome != Outcome::kDone) failure_ = FailureOf(page.outcome);
      for (const Source::Entry& object : page.objects) {
        any = true;
        if (object.size == 0 || object.key.ends_with('/')) continue;
        runtime::Task<void> reading = ReadObject(object.key);
        co_await reading;
        if (!failure_.code.empty() || dynamodb_.stopping()) break;
      }
      if (!page.objects.empty()) after = page.objects.back().key;
      more = page.more && failure_.code.empty() && !dynamodb_.stopping();
    }
    if (!any && failure_.code.empty() && !dynamodb_.stopping()) failure_ = FailureOf(Outcome::kNoObject);
    if (dynamodb_.stopping()) co_return;
    runtime::Task<void> finishing = Finish();
    co_await finishing;
  }

 private:
  services::BucketReader Reader() const {
    services::BucketReader reader{.strict = record_.strict};
    reader.identity.account = transfer_.account;
    reader.identity.region = transfer_.region;
    reader.identity.access_key = transfer_.account;
    reader.identity.principal = record_.principal;
    reader.owner = record_.description.s3_bucket_source->s3_bucket_owner.value_or("");
    return reader;
  }
  const std::string& Bucket() const { return record_.description.s3_bucket_source->s3_bucket; }

  runtime::Task<void> ReadObject(std::string key) {
    runtime::Task<Source::Opened> opening =
        dynamodb_.buckets().source->OpenObject(Reader(), Bucket(), std::move(key));
    const Source::Opened opened = co_await opening;
    if (opened.outcome == Outcome::kNoObject) co_return;  // deleted since it was listed
    if (opened.outcome != Outcome::kDone) {
      failure_ = FailureOf(opened.outcome);
      co_return;
    }
    bytes_ += static_cast<std::int64_t>(opened.size);
    if (!headers_given_) headers_.clear();
    text_.clear();
    scan_ = {};
    protocol::GunzipStream gunzip;
    for (;;) {
      runtime::Task<std::string_view> reading = opened.bytes->Read();
      std::string_view piece = co_await reading;
      if (piece.empty() || dynamodb_.stopping()) break;
      while (!piece.empty()) {
        if (!packed_) {
          text_ += std::exchange(piece, {});
        } else if (!gunzip.Feed(piece, kInflatedAtOnce, text_)) {
          failure_ = {"InvalidInput", "An object is no valid GZIP file"};
          co_return;
        }
        runtime::Task<void> taking = TakeRecords();
        co_await taking;
        if (!failure_.code.empty()) co_return;
      }
    }
    if (packed_ && !gunzip.AtEnd()) failure_ = {"InvalidInput", "An object is no valid GZIP file"};
    if (!text_.empty()) TakeRecord(text_);  // a last line without its end
    runtime::Task<void> writing = WriteItems();
    co_await writing;
  }

  runtime::Task<void> TakeRecords() {
    std::size_t taken = 0;
    for (;;) {
      const std::string_view rest = std::string_view(text_).substr(taken);
      const auto end = EndOfRecord(rest, csv_, scan_);
      if (!end) break;
      TakeRecord(rest.substr(0, *end));
      taken += *end;
      scan_ = {};
      if (items_.size() < kItemsOfOneJob) continue;
      runtime::Task<void> writing = WriteItems();
      co_await writing;
    }
    text_.erase(0, taken);
    if (text_.size() > kMaxRecordBytes) failure_ = {"InvalidInput", "A line is longer than any item"};
  }

  void TakeRecord(std::string_view record) {
    record = WithoutLineBreak(record);
    if (record.empty()) return;
    std::optional<AttributeMap> item;
    if (csv_) {
      auto fields = CsvFields(record, delimiter_);
      if (headers_.empty()) {
        if (fields) headers_ = *std::move(fields);
        return;
      }
      if (fields) item = ItemOfCsv(headers_, *std::move(fields), table_->record);
    } else {
      item = ItemOfJsonLine(record);
    }
    ++processed_;
    if (item) {
      items_.push_back(*std::move(item));
    } else {
      ++errors_;
    }
  }

  runtime::Task<void> WriteItems() {
    std::vector<WriteAction> actions;
    for (AttributeMap& item : items_) {
      try {
        actions.push_back(PutAction(table_, std::move(item)));
      } catch (const AwsError&) {  // of its keys, or its size
        ++errors_;
      }
    }
    items_.clear();
    if (actions.empty()) co_return;
    const auto write = [&]() -> std::int64_t {
      const TablePtr table = dynamodb_.tables().Current(record_.table);
      if (table == nullptr) return -1;
      WriteJob job{.now_ms = dynamodb_.NowMs()};
      for (WriteAction& action : actions) {
        action.table = table;
        Decision decision = dynamodb_.item_writer().Decide(action);
        dynamodb_.item_writer().Apply(action, decision, WrittenBy::kCaller, job);
      }
      dynamodb_.item_writer().Finish(job);  // a new table has no TTL
      return static_cast<std::int64_t>(actions.size());
    };
    runtime::Task<std::int64_t> run = dynamodb_.writer().Run(write);
    const std::int64_t written = co_await run;
    if (written < 0) {
      failure_ = {"TableNotFound", "The table is gone"};
    } else {
      imported_ += written;
    }
  }

  /// Notes how it ended. Of an import that could read nothing the table goes.
  runtime::Task<void> Finish() {
    const bool broken = !failure_.code.empty();
    if (!broken && errors_ > 0) failure_ = kInvalidItems;
    ImportTableDescription& about = record_.description;
    about.import_status = failure_.code.empty() ? "COMPLETED" : "FAILED";
    about.end_time = protocol::Timestamp{dynamodb_.NowMs()};
    about.processed_size_bytes = bytes_;
    about.processed_item_count = processed_;
    about.imported_item_count = imported_;
    about.error_count = errors_;
    if (!failure_.code.empty()) {
      about.failure_code = failure_.code;
      about.failure_message = failure_.message;
    }
    std::string stored;
    protocol::EncodeJson(&record_, ImportRecord::Describe(), stored);
    const bool drop = broken && imported_ == 0;
    const auto finish = [&] {
      dynamodb_.transfers().Save(transfer_.id, stored, false);
      const TablePtr table = dynamodb_.tables().Current(record_.table);
      if (table == nullptr) return;
      if (drop) return RemoveTable(dynamodb_, *table);
      TableRecord record = table->record;
      record.phase.reset();
      record.phase_ends.reset();
      dynamodb_.tables().Update(table->id, record);
    };
    runtime::Task<void> run = dynamodb_.writer().Run(finish);
    co_await run;
    dynamodb_.tables().RefreshAll();
    if (drop) dynamodb_.SweepDropped();
  }

  DynamoDbService& dynamodb_;
  const Transfer transfer_;
  ImportRecord record_;
  TablePtr table_;
  bool csv_ = false;
  bool packed_ = false;
  char delimiter_ = ',';
  bool headers_given_ = false;
  std::vector<std::string> headers_;
  std::string text_;  // what is not a whole record yet
  RecordScan scan_;
  std::vector<AttributeMap> items_;
  std::int64_t bytes_ = 0;
  std::int64_t processed_ = 0;
  std::int64_t imported_ = 0;
  std::int64_t errors_ = 0;
  TransferFailure failure_;
};

}  // namespace

protocol::Members ImportRecord::Describe() {
  using T = ImportRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::description>("description"),
      Wire<&T::table>("table"),
      Wire<&T::principal>("principal"),
      Wire<&T::strict>("strict"),
  };
  return kMembers;
}

runtime::Task<void> RunImport(DynamoDbService& dynamodb, std::int64_t transfer_id) {
  try {
    const auto transfer = dynamodb.transfers().FindById(transfer_id);
    if (!transfer || !transfer->open || dynamodb.buckets().source == nullptr) co_return;
    Import run(dynamodb, *transfer);
    runtime::Task<void> running = run.Run();
    co_await running;
  } catch (const std::exception& failure) {
    // The row still says what is to do: the next start goes on with it.
    if (!dynamodb.stopping()) base::Logger("dynamodb")->warn("an import stopped cause={}", failure.what());
  }
}

}  // namespace cumulite::dynamodb
