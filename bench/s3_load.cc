#include "bench/s3_load.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "bench/requests.h"

namespace cumulite::bench {
namespace {
constexpr std::string_view kBucket = "/bench-bucket";
constexpr std::string_view kBinary = "Content-Type: application/octet-stream\r\n";

class S3 : public Scenario {
 public:
  S3(ScenarioOptions options, S3Load load) : options_(std::move(options)), load_(load) {}

  void SetUp(const Call& call) override {
    call(Head(options_.host, "PUT " + std::string(kBucket), "s3", "", 0));
    if (load_ == S3Load::kFill) return;
    for (std::uint64_t i = 0; i < options_.backlog; ++i) call(Put(Key(i)));
  }

  std::string_view Next(std::size_t connection) override {
    std::string& request = requests_[connection];
    request = Request();
    return request;
  }

 protected:
  static std::string Key(std::uint64_t number) { return "bench/key-" + std::to_string(number); }
  std::string Put(std::string_view target) const {
    return Ask("PUT", target, kBinary, std::string(options_.body_size, 'x'));
  }
  std::string Ask(std::string_view method, std::string_view target, std::string_view headers = {},
                  std::string_view body = {}) const {
    const std::string line = std::string(method) + " " + std::string(kBucket) + "/" + std::string(target);
    return Head(options_.host, line, "s3", headers, body.size()).append(body);
  }

  const ScenarioOptions options_;
  const S3Load load_;
  std::uint64_t counter_ = 0;

 private:
  std::string Request() {
    const std::uint64_t number = counter_++;
    const std::string stored = Key(number % std::max<std::uint64_t>(1, options_.backlog));
    switch (load_) {
      case S3Load::kGet:
        return Ask("GET", stored);
      case S3Load::kHead:
        return Ask("HEAD", stored);
      case S3Load::kList:
        return Ask("GET", "?list-type=2&delimiter=%2F&encoding-type=url");
      case S3Load::kFill: {
        const std::uint64_t at = options_.backlog + number;
        return Put(std::to_string(at % 1000) + "/key-" + std::to_string(at / 1000));
      }
      default:
        return Put(Key(number));
    }
  }

  std::map<std::size_t, std::string> requests_;
};

/// Three requests an object.
class Multipart : public S3 {
 public:
  using S3::S3;

  void SetUp(const Call& call) override {
    S3::SetUp(call);
    const std::string upload = Element(call(Ask("POST", "first?uploads")), "UploadId");
    call(Part("first?uploadId=" + upload));
    etag_ = Element(call(Ask("GET", "first?uploadId=" + upload)), "ETag");
  }

  std::string_view Next(std::size_t connection) override {
    Turn& turn = turns_[connection];
    const std::string target = turn.key + "?uploadId=" + turn.upload;
    if (turn.upload.empty()) {
      turn.key = Key(counter_++);
      turn.request = Ask("POST", turn.key + "?uploads");
    } else if (!turn.sent) {
      turn.request = Part(target);
    } else {
      turn.request = Ask("POST", target, {},
                         "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + etag_ +
                             "</ETag></Part></CompleteMultipartUpload>");
    }
    return turn.request;
  }

  std::size_t Answered(std::size_t connection, int status, std::string_view body) override {
    Turn& turn = turns_[connection];
    if (status != 200) {
      turn = {};
      return 0;
    }
    if (turn.upload.empty()) {
      turn.upload = Element(body, "UploadId");
      return kNoUnits;
    }
    if (!std::exchange(turn.sent, true)) return kNoUnits;
    turn = {};
    return 1;
  }

 private:
  struct Turn {
    std::string key;
    std::string upload;
    bool sent = false;
    std::string request;
  };

  static std::string Element(std::string_view xml, std::string_view name) {
    const std::string open = "<" + std::string(name) + ">";
    const std::size_t at = xml.find(open);
    if (at == std::string_view::npos) throw std::runtime_error("no " + open + " in " + std::string(xml));
    xml.remove_prefix(at + open.size());
    return std::string(xml.substr(0, xml.find('<')));
  }
  std::string Part(const std::string& target) const {
    return Ask("PUT", target + "&partNumber=1", kBinary, std::string(options_.body_size, 'x'));
  }

  /// Of every part: an answer's head, which has it, is not kept.
  std::string etag_;
  std::map<std::size_t, Turn> turns_;
};

}  // namespace

std::unique_ptr<Scenario> MakeS3Load(const ScenarioOptions& options, S3Load load) {
  if (load == S3Load::kMultipart) return std::make_unique<Multipart>(options, load);
  return std::make_unique<S3>(options, load);
}

}  // namespace cumulite::bench
