#include "services/iam/shapes.h"

namespace cumulite::iam {
using protocol::Wire;

protocol::Members Tag::Describe() {
  using T = Tag;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::key>("Key").Required().Length(1, 128).Pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]+)"),
      Wire<&T::value>("Value").Required().Length(0, 256).Pattern(R"([\p{L}\p{Z}\p{N}_.:/=+\-@]*)"),
  };
  return kMembers;
}

protocol::Members ServerCertificateMetadata::Describe() {
  using T = ServerCertificateMetadata;
  static constexpr protocol::Member kMembers[] = {
      Wire<&T::path>("Path"),
      Wire<&T::server_certificate_name>("ServerCertificateName"),
      Wire<&T::server_certificate_id>("ServerCertificateId"),
      Wire<&T::arn>("Arn"),
      Wire<&T::upload_date>("UploadDate"),
      Wire<&T::expiration>("Expiration"),
  };
  return kMembers;
}

}  // namespace cumulite::iam
