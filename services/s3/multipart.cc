#include "services/s3/multipart.h"

#include <algorithm>
#include <charconv>

#include "protocol/base64.h"
#include "services/s3/errors.h"

namespace cumulite::s3 {
namespace {

using protocol::Digest;

AwsError InvalidPart(std::string_view upload_part_etag, std::int32_t number) {
  return AwsError(
             kInvalidPart,
             "One or more of the specified parts could not be found.  The part may not have been uploaded, "
             "or the specified entity tag may not match the part's entity tag.")
      .With("PartNumber", std::to_string(number))
      .With("ETag", std::string(upload_part_etag));
}

std::string_view WithoutQuotes(std::string_view etag) {
  if (etag.size() >= 2 && etag.front() == '"' && etag.back() == '"') etag = etag.substr(1, etag.size() - 2);
  return etag;
}

void CheckPartChecksum(const NamedPart& named, const Part& part, const UploadChecksum& checksum) {
  if (named.checksum) {
    if (named.checksum->algorithm != checksum.algorithm || named.checksum->value != part.checksum) {
      throw InvalidPart(named.etag, named.number);
    }
  } else if (checksum.type == ChecksumType::kComposite && checksum.asked) {
    const std::string algorithm = LowerName(checksum.algorithm);
    throw AwsError(kInvalidRequest, "The upload was created using a " + algorithm +
                                        " checksum. The complete request must include the checksum for each "
                                        "part. It was missing for part " +
                                        std::to_string(named.number) + " in the request.");
  }
}

const Part& FindPart(const NamedPart& named, std::span<const Part> uploaded) {
  const auto found =
      std::lower_bound(uploaded.begin(), uploaded.end(), named.number,
                       [](const Part& part, std::int32_t number) { return part.number < number; });
  if (found == uploaded.end() || found->number != named.number || found->etag != WithoutQuotes(named.etag)) {
    throw InvalidPart(named.etag, named.number);
  }
  return *found;
}

std::string CompositeEtag(std::span<const Part> parts) {
  std::vector<Digest> digests;
  digests.reserve(parts.size());
  for (const Part& part : parts) digests.emplace_back(protocol::HexDecode(part.etag).value());
  return protocol::CompositeChecksum(ChecksumAlgorithm::kMd5, digests).Hex() + "-" +
         std::to_string(parts.size());
}

ObjectChecksum CombinedChecksum(std::span<const Part> parts, const UploadChecksum& checksum) {
  std::vector<Digest> digests;
  digests.reserve(parts.size());
  for (const Part& part : parts) {
    digests.push_back(protocol::ParseDigest(checksum.algorithm, part.checksum).value());
  }
  ObjectChecksum result{checksum.algorithm, checksum.type, {}};
  if (checksum.type == ChecksumType::kComposite) {
    result.value = protocol::CompositeChecksum(checksum.algorithm, digests).Base64() + "-" +
                   std::to_string(parts.size());
    return result;
  }
  Digest whole = digests.front();
  for (std::size_t i = 1; i < digests.size(); ++i) {
    whole = protocol::CombineCrc(checksum.algorithm, whole, digests[i], parts[i].size);
  }
  result.value = whole.Base64();
  return result;
}

}  // namespace

UploadChecksum ChooseUploadChecksum(std::optional<std::string_view> algorithm,
                                    std::optional<std::string_view> type) {
  UploadChecksum chosen;
  if (algorithm) {
    const auto parsed = protocol::ParseChecksumName(*algorithm);
    if (!parsed || *parsed == ChecksumAlgorithm::kMd5) {
      throw AwsError(
          kInvalidRequest,
          "Checksum algorithm provided is unsupported. Please try again with any of the valid types: "
          "[CRC32, CRC32C, CRC64NVME, SHA1, SHA256]");
    }
    chosen.algorithm = *parsed;
    chosen.asked = true;
    if (*parsed != ChecksumAlgorithm::kCrc64Nvme) chosen.type = ChecksumType::kComposite;
  }
  if (!type) return chosen;
  if (!algorithm) {
    throw AwsError(
        kInvalidRequest,
        "The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.");
  }
  const auto parsed = ParseChecksumType(*type);
  if (!parsed) throw AwsError(kInvalidRequest, "Value for x-amz-checksum-type header is invalid.");
  const bool is_sha =
      chosen.algorithm == ChecksumAlgorithm::kSha1 || chosen.algorithm == ChecksumAlgorithm::kSha256;
  const bool is_crc64 = chosen.algorithm == ChecksumAlgorithm::kCrc64Nvme;
  if ((*parsed == ChecksumType::kFullObject && is_sha) || (*parsed == ChecksumType::kComposite && is_crc64)) {
    throw AwsError(kInvalidRequest, "The " + std::string(ToString(*parsed)) +
                                        " checksum type cannot be used with the " +
                                        LowerName(chosen.algorithm) + " checksum algorithm.");
  }
  chosen.type = *parsed;
  return chosen;
}

Completion CompleteParts(std::span<const NamedPart> named, std::span<const Part> uploaded,
                         const UploadChecksum& checksum) {
  for (std::size_t i = 1; i < named.size(); ++i) {
    if (named[i].number <= named[i - 1].number) {
      throw AwsError(kInvalidPartOrder,
                     "The list of parts was not in ascending order. Parts must be ordered by part number.");
    }
  }
  Completion completion;
  completion.parts.reserve(named.size());
  for (const NamedPart& name : named) {
    const Part& part = FindPart(name, uploaded);
    CheckPartChecksum(name, part, checksum);
    completion.parts.push_back(part);
    completion.size += part.size;
  }
  for (std::size_t i = 0; i + 1 < completion.parts.size(); ++i) {
    const Part& part = completion.parts[i];
    if (part.size >= kMinPartBytes) continue;
    throw AwsError(kEntityTooSmall, "Your proposed upload is smaller than the minimum allowed size")
        .With("ProposedSize", std::to_string(part.size))
        .With("MinSizeAllowed", std::to_string(kMinPartBytes))
        .With("PartNumber", std::to_string(part.number))
        .With("ETag", part.etag);
  }
  completion.etag = CompositeEtag(completion.parts);
  completion.checksum = CombinedChecksum(completion.parts, checksum);
  return completion;
}

std::int32_t ParsePartNumber(std::string_view text) {
  std::int32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number < 1 || number > kMaxPartNumber) {
    throw InvalidArgument("Part number must be an integer between 1 and 10000, inclusive", "partNumber",
                          text);
  }
  return number;
}

}  // namespace cumulite::s3
