#include "services/dynamodb/transfers/exporter.h"

#include <unordered_map>

#include "base/log.h"
#include "base/time_text.h"
#include "protocol/checksum.h"
#include "protocol/inflate.h"
#include "protocol/json_codec.h"
#include "services/dynamodb/dynamodb_service.h"
#include "services/dynamodb/items/item_key.h"
#include "services/object_delivery.h"

namespace cumulite::dynamodb {
using protocol::Wire;
namespace {

using Outcome = services::ObjectDelivery::Outcome;

constexpr std::size_t kFileBytes = std::size_t{16} << 20;  // of one data file, before it is packed
constexpr std::size_t kRowsAtOnce = 256;

struct FileEntry {
  std::int64_t item_count = 0;
  std::string md5_checksum;
  std::string etag;
  std::string data_file_s3_key;
  static protocol::Members Describe() {
    using T = FileEntry;
    static constexpr protocol::Member kMembers[] = {
        Wire<&T::item_count>("itemCount"),
        Wire<&T::md5_checksum>("md5Checksum"),
        Wire<&T::etag>("etag"),
        Wire<&T::data_file_s3_key>("dataFileS3Key"),
    };
    return kMembers;
  }
};

TransferFailure FailureOf(Outcome outcome) {
  if (outcome == Outcome::kNoBucket) return {"S3NoSuchBucket", "The specified bucket does not exist"};
  if (outcome == Outcome::kRefused) return {"S3AccessDenied", "Access Denied"};
  return {"InternalServerError", "The bucket could not be written to"};
}

void AppendText(std::string& out, std::string_view name, const std::optional<std::string>& value) {
  out.append(out.size() > 1 ? ",\"" : "\"").append(name).append("\":");
  if (!value) {
    out += "null";
    return;
  }
  std::string quoted;
  AppendJson(AttributeValue::OfString(*value), quoted);  // {"S":"text"}
  constexpr std::size_t kBefore = 5;
  out.append(quoted, kBefore, quoted.size() - kBefore - 1);
}

void AppendNumber(std::string& out, std::string_view name, std::int64_t value) {
  out.append(",\"").append(name).append("\":").append(std::to_string(value));
}

std::optional<std::string> TimeText(const std::optional<protocol::Timestamp>& time) {
  if (!time) return std::nullopt;
  return base::FormatIso8601(base::TimePoint(std::chrono::milliseconds(time->milliseconds)));
}

/// One export on its way.
class Export {
 public:
  Export(DynamoDbService& dynamodb, Transfer transfer) : dynamodb_(dynamodb), transfer_(std::move(transfer)) {
    protocol::DecodeStoredJson(transfer_.record, &record_, ExportRecord::Describe());
    const std::string& prefix = record_.description.s3_prefix.value_or("");
    root_ = prefix.empty() ? "AWSDynamoDB/" : prefix + "/AWSDynamoDB/";
    folder_ = root_ + transfer_.label + "/";
  }

  runtime::Task<void> Run() {
    const auto backup =
        dynamodb_.backups().Find(transfer_.account, transfer_.region, transfer_.table_name, transfer_.label);
    if (!backup) co_return;
    rows_of_ = backup->rows_of;
    runtime::Task<bool> starting = Put(folder_ + "_started", {});
    if (!co_await starting) co_return co_await Finish();
    runtime::Task<bool> writing = incremental() ? WriteChanges(*backup) : WriteItems();
    if (!co_await writing) co_return co_await Finish();
    runtime::Task<bool> listing = WriteManifests();
    co_await listing;
    co_await Finish();
  }

 private:
  bool incremental() const { return record_.description.export_type == "INCREMENTAL_EXPORT"; }

  /// False when it failed or the service stops.
  runtime::Task<bool> Put(std::string key, std::string bytes) {
    if (dynamodb_.stopping()) co_return false;
    const std::string type = key.ends_with(".gz") ? "application/gzip" : "application/json";
    services::ObjectDelivery::Name name{.account = transfer_.account,
                                        .region = transfer_.region,
                                        .bucket = record_.description.s3_bucket.value_or(""),
                                        .key = std::move(key),
                                        .owner = record_.description.s3_bucket_owner.value_or("")};
    runtime::Task<Outcome> putting =
        dynamodb_.buckets().delivery->Put(std::move(name), std::move(bytes), type);
    const Outcome outcome = co_await putting;
    if (outcome == Outcome::kStored) co_return true;
    failure_ = FailureOf(outcome);
    co_return false;
  }

  runtime::Task<bool> WriteItems() {
    std::string after;
    bool more = true;
    while (more) {
      std::size_t read = 0;
      RowRange range;
      range.after = after;
      for (auto rows = dynamodb_.items().Rows(rows_of_, range); read < kRowsAtOnce && rows.Next(); ++read) {
        after = rows.Blob(0).bytes;
        Add(R"({"Item":)", rows.Text(2), "}\n", rows.Int64(1));
      }
      more = read == kRowsAtOnce;
      if (!more || text_.size() >= kFileBytes) {
        runtime::Task<bool> writing = WriteFile();
        if (!co_await writing) co_return false;
      }
    }
    co_return true;
  }

  runtime::Task<bool> WriteChanges(const Backup& backup) {
    const IncrementalExportSpecification& wanted = *record_.description.incremental_export_specification;
    const TablePtr table = MakeTable(0, 0, backup.account, backup.region, backup.table_name, backup.record);
    const HistorySpan span{.table = record_.source,
                           .from_ms = wanted.export_from_time->milliseconds,
                           .to_ms = wanted.export_to_time->milliseconds};
    const bool shows_old = wanted.export_view_type != "NEW_IMAGE";
    // An item is written once, where it changed first: what it was before is told there. When it changed last
    // is found before.
    std::unordered_map<std::string, std::int64_t> last_ms;
    std::vector<HistoryRow> changes;
    for (std::int64_t at = 0; NextChanges(span, at, changes);) {
      for (HistoryRow& change : changes) last_ms[std::move(change.key)] = change.at_ms;
    }
    for (std::int64_t at = 0; NextChanges(span, at, changes);) {
      for (HistoryRow& change : changes) {
        const auto found = last_ms.find(change.key);
        if (found == last_ms.end()) continue;
        change.at_ms = found->second;
        last_ms.erase(found);
        AddChange(*table, change, shows_old);
      }
      if (text_.size() < kFileBytes) continue;
      runtime::Task<bool> writing = WriteFile();
      if (!co_await writing) co_return false;
    }
    runtime::Task<bool> writing = WriteFile();
    co_return co_await writing;
  }

  bool NextChanges(const HistorySpan& span, std::int64_t& after, std::vector<HistoryRow>& changes) {
    changes = dynamodb_.changes().Within(span, after, kRowsAtOnce);
    if (!changes.empty()) after = changes.back().number;
    return !changes.empty();
  }

  void AddChange(const Table& table, const HistoryRow& change, bool shows_old) {
    const auto now = dynamodb_.items().Get(rows_of_, change.key);
    if (!now && !change.before) return;  // came and went
    const AttributeMap item = ParseStoredItem(now ? now->body : change.before->body);
    std::string line = R"({"Metadata":{"WriteTimestampMicros":{"N":")" + std::to_string(change.at_ms * 1000) +
                       R"("}},"Keys":)" + ToJson(KeyAttributesOf(table, nullptr, item));
    std::int64_t size = 0;
    if (shows_old && change.before) {
      line += R"(,"OldImage":)" + change.before->body;
      size += change.before->size;
    }
    if (now) {
      line += R"(,"NewImage":)" + now->body;
      size += now->size;
    }
    Add({}, line, "}\n", size);
  }

  void Add(std::string_view head, std::string_view body, std::string_view tail, std::int64_t size) {
    text_.append(head).append(body).append(tail);
    ++items_of_file_;
    ++items_;
    bytes_ += size;
  }

  runtime::Task<bool> WriteFile() {
    const auto pack = [this] { return protocol::Deflate(protocol::Packing::kGzip, text_); };
    runtime::Task<std::string> packing = dynamodb_.database().workers().Run(pack);
    std::string packed = co_await packing;
    const protocol::Digest md5 = protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, packed);
    FileEntry entry{.item_count = items_of_file_,
                    .md5_checksum = md5.Base64(),
                    .etag = md5.Hex(),
                    .data_file_s3_key = (incremental() ? root_ : folder_) + "data/" + FileName()};
    protocol::EncodeJson(&entry, FileEntry::Describe(), files_);
    files_ += "\n";
    text_.clear();
    items_of_file_ = 0;
    runtime::Task<bool> putting = Put(entry.data_file_s3_key, std::move(packed));
    co_return co_await putting;
  }

  /// Of the next data file: always the same for the same export.
  std::string FileName() {
    const std::string seed = transfer_.Arn() + "/" + std::to_string(file_++);
    constexpr std::size_t kLength = 26;
    return protocol::Checksum(protocol::ChecksumAlgorithm::kSha256, seed).Hex().substr(0, kLength) +
           ".json.gz";
  }

  runtime::Task<bool> WriteManifests() {
    const std::string summary = Summary();
    const auto checksum = [](std::string_view text) {
      return protocol::Checksum(protocol::ChecksumAlgorithm::kMd5, text).Base64();
    };
    const std::pair<std::string, std::string> all[] = {
        {"manifest-files.json", files_},
        {"manifest-files.checksum", checksum(files_)},
        {"manifest-summary.json", summary},
        {"manifest-summary.checksum", checksum(summary)},
    };
    for (const auto& [name, text] : all) {
      runtime::Task<bool> putting = Put(folder_ + name, text);
      if (!co_await putting) co_return false;
    }
    done_ = true;
    co_return true;
  }

  std::string Summary() const {
    const ExportDescription& about = record_.description;
    std::string json = "{";
    AppendText(json, "version", incremental() ? "2023-08-01" : "2020-06-30");
    AppendText(json, "exportArn", about.export_arn);
    AppendText(json, "startTime", TimeText(about.start_time));
    AppendText(json, "endTime", TimeText(protocol::Timestamp{dynamodb_.NowMs()}));
    AppendText(json, "tableArn", about.table_arn);
    AppendText(json, "tableId", about.table_id);
    if (incremental()) {
      AppendText(json, "exportFromTime", TimeText(about.incremental_export_specification->export_from_time));
      AppendText(json, "exportToTime", TimeText(about.incremental_export_specification->export_to_time));
    } else {
      AppendText(json, "exportTime", TimeText(about.export_time));
    }
    AppendText(json, "s3Bucket", about.s3_bucket);
    AppendText(json, "s3Prefix", about.s3_prefix);
    AppendText(json, "s3SseAlgorithm", about.s3_sse_algorithm);
    AppendText(json, "s3SseKmsKeyId", about.s3_sse_kms_key_id);
    AppendText(json, "manifestFilesS3Key", folder_ + "manifest-files.json");
    AppendNumber(json, "billedSizeBytes", bytes_);
    AppendNumber(json, "itemCount", items_);
    AppendText(json, "outputFormat", about.export_format);
    if (incremental())
      AppendText(json, "outputView", about.incremental_export_specification->export_view_type);
    AppendText(json, "exportType", about.export_type);
    return json + "}";
  }

  /// Notes how it ended; what a stop broke off stays open.
  runtime::Task<void> Finish() {
    if (!done_ && failure_.code.empty()) co_return;
    ExportDescription& about = record_.description;
    about.export_status = done_ ? "COMPLETED" : "FAILED";
    about.end_time = protocol::Timestamp{dynamodb_.NowMs()};
    if (done_) {
      about.export_manifest = folder_ + "manifest-summary.json";
      about.billed_size_bytes = bytes_;
      about.item_count = items_;
    } else {
      about.failure_code = failure_.code;
      about.failure_message = failure_.message;
    }
    std::string stored;
    protocol::EncodeJson(&record_, ExportRecord::Describe(), stored);
    const auto finish = [this, &stored] {
      if (const auto backup = dynamodb_.backups().Current(record_.backup_id)) {
        dynamodb_.backups().Remove(*backup);
      }
      dynamodb_.transfers().Save(transfer_.id, stored, false);
    };
    runtime::Task<void> run = dynamodb_.writer().Run(finish);
    co_await run;
    dynamodb_.SweepDropped();
  }

  DynamoDbService& dynamodb_;
  const Transfer transfer_;
  ExportRecord record_;
  std::string root_;
  std::string folder_;
  std::int64_t rows_of_ = 0;
  std::string text_;   // of the data file at hand
  std::string files_;  // manifest-files.json
  std::int64_t items_of_file_ = 0;
  std::int64_t items_ = 0;
  std::int64_t bytes_ = 0;
  int file_ = 0;
  TransferFailure failure_;
  bool done_ = false;
};

}  // namespace

protocol::Members ExportRecord::Describe() {
  using T = ExportRecord;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::description>("description"),
      Wire<&T::backup_id>("backup"),
      Wire<&T::source>("source"),
  };
  return kMembers;
}

runtime::Task<void> RunExport(DynamoDbService& dynamodb, std::int64_t transfer_id) {
  try {
    const auto transfer = dynamodb.transfers().FindById(transfer_id);
    if (!transfer || !transfer->open || dynamodb.buckets().delivery == nullptr) co_return;
    Export run(dynamodb, *transfer);
    runtime::Task<void> running = run.Run();
    co_await running;
  } catch (const std::exception& failure) {
    // The row still says what is to do: the next start goes on with it.
    if (!dynamodb.stopping()) base::Logger("dynamodb")->warn("an export stopped cause={}", failure.what());
  }
}

}  // namespace cumulite::dynamodb
